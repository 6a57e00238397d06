package theme

// Name identifies a palette in the configuration.
type Name string

// The palettes. ColorBlind keeps severities apart by lightness and by the
// blue-orange axis, which stay visible with deuteranopia and protanopia.
const (
	Standard   Name = "standard"
	ColorBlind Name = "colorblind"
)

// look is how one role is drawn: a colour for dark and one for light
// backgrounds ("" is the terminal's own), and the attributes that also carry
// the meaning where there is no colour at all.
type look struct {
	dark, light string
	bold        bool
	faint       bool
	underline   bool
	reverse     bool
}

// looks returns the palette of the given name; the standard one if the name
// is unknown.
func looks(name Name) [roles]look {
	l := [roles]look{
		Text:         {},
		Strong:       {bold: true},
		Muted:        {dark: "#8A8F98", light: "#5E636B"},
		Faint:        {dark: "#555A64", light: "#A6ABB3", faint: true},
		Accent:       {dark: "#4FC1E9", light: "#006FA6", bold: true},
		Link:         {dark: "#7AB8FF", light: "#0B57B0", underline: true},
		Match:        {dark: "#FFD75F", light: "#8A5A00", bold: true, underline: true},
		Critical:     {dark: "#FF5F6D", light: "#B3001B", bold: true},
		Major:        {dark: "#FF9F43", light: "#A84300"},
		Minor:        {dark: "#F6D55C", light: "#7A5C00"},
		Warning:      {dark: "#7FB3E6", light: "#1F5F99"},
		Good:         {dark: "#6CCB78", light: "#1B7A2E"},
		Busy:         {dark: "#B59CFF", light: "#5B3FB8"},
		Idle:         {dark: "#9AA3AF", light: "#555E6A"},
		Chrome:       {dark: "#A9B1BC", light: "#4A4F57"},
		ChromeStrong: {dark: "#E6EDF3", light: "#15181C", bold: true},
		Production:   {dark: "#FF5F6D", light: "#B3001B", bold: true, reverse: true},
		Key:          {dark: "#4FC1E9", light: "#006FA6", bold: true},
		Value:        {dark: "#9CD08F", light: "#2C6E1F"},
		Number:       {dark: "#E5B567", light: "#8A5200"},
		Keyword:      {dark: "#C39BF0", light: "#6A34B5"},
		Fragment:     {dark: "#7CC7E8", light: "#0A5C87"},
		Series1:      {dark: "#4FC1E9", light: "#006FA6"},
		Series2:      {dark: "#FFB454", light: "#A65B00"},
		Series3:      {dark: "#6CCB78", light: "#1B7A2E"},
		Series4:      {dark: "#E37FC2", light: "#A01F7A"},
		Series5:      {dark: "#B59CFF", light: "#5B3FB8"},
		Series6:      {dark: "#F6D55C", light: "#7A5C00"},
	}
	if name == ColorBlind {
		l[Critical] = look{dark: "#FF7A1A", light: "#A33C00", bold: true, underline: true}
		l[Major] = look{dark: "#FFB000", light: "#7A4B00", bold: true}
		l[Minor] = look{dark: "#FFE08A", light: "#6B5A00"}
		l[Warning] = look{dark: "#9BB8FF", light: "#2B4FA8"}
		l[Good] = look{dark: "#5AA9FF", light: "#0050A8"}
		l[Production] = look{dark: "#FF7A1A", light: "#A33C00", bold: true, reverse: true}
		l[Series1] = look{dark: "#56B4E9", light: "#0072B2"}
		l[Series2] = look{dark: "#E69F00", light: "#8A5F00"}
		l[Series3] = look{dark: "#009E73", light: "#006B4E"}
		l[Series4] = look{dark: "#CC79A7", light: "#8F3F6B"}
		l[Series5] = look{dark: "#F0E442", light: "#6E6600"}
		l[Series6] = look{dark: "#D55E00", light: "#9C4500"}
	}
	return l
}
