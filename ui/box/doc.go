// Package box draws the frame of what lies over the screen: a rounded border
// with a title above and a hint below. It knows nothing of what is inside.
package box
