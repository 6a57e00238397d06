// Package save asks the questions that come before a file moves: where something shall be saved,
// which file shall be sent, whether one of the same name may be replaced. Then it begins the
// transfer; what moves the bytes is package transfer.
package save
