package idp

import (
	"html"
	"io"
	"net/http"
	"strings"
)

// The pages are plain forms, for browsers without scripts as well as for programs that fill them in: fields username and password, for a device
// user_code, and decision, which is deny for who cancels.

// page sends a page. The body is HTML.
func page(w http.ResponseWriter, status int, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>`+html.EscapeString(title)+
		` · Hansen &amp; Vega ID</title><style>body{font:16px/1.5 system-ui,sans-serif;margin:10vh auto;max-width:24rem;padding:0 1rem}`+
		`label{display:block;margin:.8rem 0}input{font:inherit;padding:.4rem;width:100%;box-sizing:border-box}button{font:inherit;padding:.4rem 1.2rem;margin-right:.5rem}`+
		`.wrong{color:#b00020}small{color:#555}</style><h1>`+html.EscapeString(title)+`</h1>`+body+"</html>\n")
}

func paragraph(text string) string { return "<p>" + html.EscapeString(text) + "</p>" }

// form asks for an account, and for the code of a device if there is one. Wrong says what was wrong the last time.
func (p *Provider) form(action string, userCode *string, wrong string) string {
	var b strings.Builder
	if wrong != "" {
		b.WriteString(`<p class="wrong">` + html.EscapeString(wrong) + "</p>")
	}
	b.WriteString(`<form method="post" action="` + html.EscapeString(action) + `">`)
	if userCode != nil {
		b.WriteString(`<label>Code shown by the device <input name="user_code" required value="` + html.EscapeString(*userCode) + `"></label>`)
	}
	b.WriteString(`<label>User <input name="username" autocomplete="username"></label>` +
		`<label>Password <input name="password" type="password" autocomplete="current-password"></label>` +
		`<p><button name="decision" value="allow">Sign in</button><button name="decision" value="deny">Cancel</button></p></form>`)
	b.WriteString("<p><small>This is the demo's own identity provider. It knows ")
	for i, account := range p.options.Accounts {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(html.EscapeString(account.Name) + " (" + html.EscapeString(account.Password) + ")")
	}
	b.WriteString(".</small></p>")
	return b.String()
}
