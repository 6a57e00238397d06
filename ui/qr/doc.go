// Package qr draws QR codes, two rows of modules in each line of half blocks, so
// that a telephone can read from the screen what nobody wants to type.
package qr
