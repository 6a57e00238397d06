// Package identify answers "what is this?" for any word: an id, a name, a serial number, an
// external id, a type, an owner, a fragment, a user. It asks the tenant everything that the word
// could be at once and says what matched. It draws nothing; a kind in views shows the answers.
package identify
