package chart

import "c8yx/ui/text"

// braille are the 256 patterns of dots, in the order of their bits.
const braille text.Safe = "" +
	"⠀⠁⠂⠃⠄⠅⠆⠇⠈⠉⠊⠋⠌⠍⠎⠏⠐⠑⠒⠓⠔⠕⠖⠗⠘⠙⠚⠛⠜⠝⠞⠟" +
	"⠠⠡⠢⠣⠤⠥⠦⠧⠨⠩⠪⠫⠬⠭⠮⠯⠰⠱⠲⠳⠴⠵⠶⠷⠸⠹⠺⠻⠼⠽⠾⠿" +
	"⡀⡁⡂⡃⡄⡅⡆⡇⡈⡉⡊⡋⡌⡍⡎⡏⡐⡑⡒⡓⡔⡕⡖⡗⡘⡙⡚⡛⡜⡝⡞⡟" +
	"⡠⡡⡢⡣⡤⡥⡦⡧⡨⡩⡪⡫⡬⡭⡮⡯⡰⡱⡲⡳⡴⡵⡶⡷⡸⡹⡺⡻⡼⡽⡾⡿" +
	"⢀⢁⢂⢃⢄⢅⢆⢇⢈⢉⢊⢋⢌⢍⢎⢏⢐⢑⢒⢓⢔⢕⢖⢗⢘⢙⢚⢛⢜⢝⢞⢟" +
	"⢠⢡⢢⢣⢤⢥⢦⢧⢨⢩⢪⢫⢬⢭⢮⢯⢰⢱⢲⢳⢴⢵⢶⢷⢸⢹⢺⢻⢼⢽⢾⢿" +
	"⣀⣁⣂⣃⣄⣅⣆⣇⣈⣉⣊⣋⣌⣍⣎⣏⣐⣑⣒⣓⣔⣕⣖⣗⣘⣙⣚⣛⣜⣝⣞⣟" +
	"⣠⣡⣢⣣⣤⣥⣦⣧⣨⣩⣪⣫⣬⣭⣮⣯⣰⣱⣲⣳⣴⣵⣶⣷⣸⣹⣺⣻⣼⣽⣾⣿"

// pattern returns the character with the given dots.
func pattern(dots uint8) text.Safe {
	const size = len("⠀")
	return braille[int(dots)*size : (int(dots)+1)*size]
}

// bit returns the bit of the dot in column x (0, 1) and row y (0 to 3) of a
// character.
func bit(x, y int) uint8 {
	if y == 3 {
		return 0x40 << (x & 1)
	}
	return 1 << (y + 3*(x&1))
}

// cell is a character of the plot: the dots of the lines and those of the
// bands, and the series to which they belong.
type cell struct {
	line, band           uint8
	lineOwner, bandOwner uint8
}

// canvas is the plot as dots: two columns and four rows for each cell.
type canvas struct {
	width, height int // in cells
	cells         []cell
}

// reset empties the canvas and sets its size in cells.
func (k *canvas) reset(width, height int) {
	k.width, k.height = width, height
	if cap(k.cells) < width*height {
		k.cells = make([]cell, width*height)
		return
	}
	k.cells = k.cells[:width*height]
	clear(k.cells)
}

// dot sets a dot of a line. Outside of the canvas it does nothing.
func (k *canvas) dot(x, y int, owner uint8) {
	if x < 0 || y < 0 || x >= 2*k.width || y >= 4*k.height {
		return
	}
	c := &k.cells[y>>2*k.width+x>>1]
	c.line |= bit(x, y&3)
	c.lineOwner = owner
}

// column sets the dots of a line from row y0 to row y1, in either order.
func (k *canvas) column(x, y0, y1 int, owner uint8) {
	for y := max(0, min(y0, y1)); y <= min(max(y0, y1), 4*k.height-1); y++ {
		k.dot(x, y, owner)
	}
}

// shade sets every second dot of a band from row y0 to row y1.
func (k *canvas) shade(x, y0, y1 int, owner uint8) {
	if x < 0 || x >= 2*k.width {
		return
	}
	for y := max(0, min(y0, y1)); y <= min(max(y0, y1), 4*k.height-1); y++ {
		if (x+y)&1 == 0 {
			c := &k.cells[y>>2*k.width+x>>1]
			c.band |= bit(x, y&3)
			c.bandOwner = owner
		}
	}
}

// line connects two dots.
func (k *canvas) line(x0, y0, x1, y1 int, owner uint8) {
	dx, dy := x1-x0, max(y1-y0, y0-y1)
	down := 1
	if y1 < y0 {
		down = -1
	}
	for rest := dx - dy; ; {
		k.dot(x0, y0, owner)
		if x0 >= x1 && y0 == y1 {
			return
		}
		twice := 2 * rest
		if twice > -dy {
			rest -= dy
			x0++
		}
		if twice < dx {
			rest += dx
			y0 += down
		}
	}
}
