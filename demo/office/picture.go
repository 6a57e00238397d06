package office

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sync"
)

// picture is the plan of a site. All tenants have the same one, which is drawn when the first needs it.
var picture = sync.OnceValue(drawPicture)

// drawPicture draws halls as coloured blocks.
func drawPicture() []byte {
	plan := image.NewPaletted(image.Rect(0, 0, 320, 200), color.Palette{
		color.RGBA{0xf4, 0xf4, 0xf0, 0xff}, color.RGBA{0x2b, 0x5c, 0x8a, 0xff}, color.RGBA{0xd9, 0x7b, 0x29, 0xff}, color.RGBA{0x7a, 0x7a, 0x7a, 0xff},
	})
	for i, hall := range []image.Rectangle{image.Rect(20, 20, 140, 90), image.Rect(160, 20, 300, 90), image.Rect(20, 110, 220, 180), image.Rect(240, 120, 300, 180)} {
		for y := hall.Min.Y; y < hall.Max.Y; y++ {
			for x := hall.Min.X; x < hall.Max.X; x++ {
				plan.SetColorIndex(x, y, uint8(1+i%3))
			}
		}
	}
	var encoded bytes.Buffer
	if png.Encode(&encoded, plan) != nil {
		return nil // a buffer takes everything
	}
	return encoded.Bytes()
}
