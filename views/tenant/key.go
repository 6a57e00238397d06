package tenant

// Key names what is remembered for this tenant and not for others: "t4711@acme.example/columns".
func (t *Tenant) Key(name string) string {
	host := t.Client.BaseURL().Host
	if t.Profile.Tenant == "" {
		return host + "/" + name
	}
	return t.Profile.Tenant + "@" + host + "/" + name
}
