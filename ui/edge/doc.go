// Package edge draws what the rows of every scrolling list have in common: the
// gutter at the left edge, with the cursor's bar and the mark, and the scrollbar
// at the right one. Table and tree share it, so that they look and behave alike.
// What stands between the edges is theirs.
package edge
