package demo

// people are the areas that are about users: who there is, what they may, how they sign in.
func (t *Tenant) people() people {
	common := &accounts{platform: t.platform, gate: t.gate}
	return people{
		&login{platform: t.platform, gate: t.gate, options: t.loginOptions, sso: t.sso, basic: t.options.SignIn.BasicOnly}, t.sso, &currentUser{common}, &enrolment{common}, &users{common},
		&userGroups{common}, &inventoryRoles{common}, &deviceAccess{common}, t.registration, &deviceUsers{t.registration}, &deviceTokens{t.registration},
	}
}

type people []area

func (p people) routes() []route {
	var all []route
	for _, area := range p {
		all = append(all, area.routes()...)
	}
	return all
}

// option is a tenant option, "" if it is not set.
func (p *platform) option(category, key string) string {
	value, _ := p.settings.value(category, key)
	return value
}
