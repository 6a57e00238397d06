package office

import "time"

// File is a file of the inventory's, with what is in it or, if that is too much to keep, how much it is.
type File struct {
	Name, Type, Owner string
	Content           []byte
	Size              int64 // if Content is empty
	Age               time.Duration
}

// Files are what lies around beside the repositories: used or long forgotten.
func Files() []File {
	const kilo, mega = 1 << 10, 1 << 20
	return []File{
		{Name: "commissioning-checklist.csv", Type: "text/csv", Owner: "admin", Content: []byte("step,done by\nmount,\nwire,\nregister,\nmeasure,\n"), Age: 80 * day},
		{Name: "emergency-contacts.txt", Type: "text/plain", Owner: "admin", Content: []byte("Control desk: extension 2231\nStandby: extension 2240\n"), Age: 79 * day},
		{Name: "PX-630 hydraulic press – manual (de).pdf", Type: "application/pdf", Owner: "k.petersen", Size: 3*mega + 214*kilo, Age: 70 * day},
		{Name: "site-plan.png", Type: "image/png", Owner: "k.petersen", Content: picture(), Age: 66 * day},
		{Name: "station.conf.json", Type: "application/json", Owner: "j.wessels", Content: []byte(`{"pumps":2,"alternate":"daily","level":{"start":1.80,"stop":0.60,"alarm":2.60}}` + "\n"), Age: 31 * day},
		{Name: "edgebox-os-4.9.3-full.img", Type: "application/octet-stream", Owner: "l.garza", Size: 64 * mega, Age: 12 * day},
		{Name: "diagnostics HVE-19001003.tar.gz", Type: "application/gzip", Owner: "operator", Size: 7*mega + 400, Age: 5 * day},
		{Name: "Übergabe Nachtschicht 12.mp3", Type: "audio/mpeg", Owner: "k.petersen", Size: 912 * kilo, Age: 2 * day},
		{Name: "../../etc/passwd", Type: "text/plain", Owner: "audit@external.example", Content: []byte("a name that a careless client would write to\n"), Age: 40 * time.Hour},
		{Name: "empty.log", Type: "text/plain", Owner: "operator", Age: 26 * time.Hour},
	}
}
