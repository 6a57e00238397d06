// Package registration registers many devices at once from a CSV file: it reads the file, says line
// by line what is wrong with it before anything is sent, shows what will be registered, sends it, and
// tells what became of each line. A [Sheet] knows what the platform expects of such a file and
// nothing of screens; passwords in it are shown nowhere.
package registration
