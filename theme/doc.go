// Package theme gives meaning a colour.
//
// Code that draws asks for a [Role] ("critical", "muted", "accent") and never
// for a colour, so that light and dark terminals, palettes for colour-blind
// readers and NO_COLOR are decided in one place. A [Theme] hands a role out
// twice: as a lipgloss style for the chrome of a screen, and as a ready-made
// escape prefix for rows, where building a style per cell would cost more
// than the rest of the frame. Nothing here knows Cumulocity, and nothing here
// writes to a terminal.
package theme
