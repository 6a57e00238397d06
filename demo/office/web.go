package office

import "time"

// WebVersion is a version of the company's own web application.
type WebVersion struct {
	Version string
	Tags    []string
	Age     time.Duration
}

// WebVersions are those of the shift book, from old to new.
func WebVersions() []WebVersion {
	return []WebVersion{{"1.4.0", nil, 90 * day}, {"1.5.2", []string{"stable"}, 34 * day}, {"1.6.0", []string{"latest", "next"}, 6 * day}}
}

// Files are what is in the archive of the version, by their paths.
func (v WebVersion) Files() map[string][]byte {
	return map[string][]byte{
		"cumulocity.json": []byte(`{"name":"Shift book","key":"shift-book-key","contextPath":"shift-book","type":"HOSTED","version":"` + v.Version + `","noAppSwitcher":false}` + "\n"),
		"index.html": []byte(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Shift book ` + v.Version + `</title><link rel="stylesheet" href="style.css">
<h1>Shift book</h1><img src="assets/site.png" alt="The site"><ol id="entries"></ol><script type="module" src="main.js"></script></html>
`),
		"main.js": []byte(`const answer = await fetch('/event/events?type=hv_ShiftNote&pageSize=20', { headers: { accept: 'application/json' } });
const { events } = await answer.json();
document.getElementById('entries').append(...events.map(({ text }) => Object.assign(document.createElement('li'), { textContent: text })));
`),
		"style.css":       []byte("body { font: 16px/1.5 sans-serif; margin: 2rem auto; max-width: 40rem }\n"),
		"assets/site.png": picture(),
	}
}
