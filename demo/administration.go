package demo

// administration makes the areas of what a tenant administers beside its devices and users, with what they come with.
func (t *Tenant) administration() []area {
	t.applications = &applications{platform: t.platform, gate: t.gate, shelf: t.shelf("applications", 101), files: &binaries{inventory: t.inventory}, company: t.options.Seed}
	apps := t.applications
	subtenants := &tenants{served: t.below, platform: t.platform, shelf: t.shelf("tenants", 2), applications: apps}
	t.tenants = subtenants
	if t.above == nil {
		subtenants.seed()
	} else {
		subtenants.seedSelf(t.above.tenants)
	}
	t.suspend()
	t.retention = newRetention(t.platform)
	if t.above == nil {
		apps.seed()
	} else {
		apps.seedBelow(t.above)
	}
	certificates := &certificates{platform: t.platform, shelf: t.shelf("certificates", 1), crl: t.shelf("revoked", 1)}
	t.trusted, t.revoked = certificates.anchors, certificates.isRevoked
	t.statistics = &statistics{platform: t.platform, tenants: subtenants, files: t.shelf("statisticsFiles", 1)}
	files := &applicationFiles{applications: apps}
	return []area{
		&audits{platform: t.platform}, t.bulks, &binaries{inventory: t.inventory}, &dataPoints{inventory: t.inventory},
		apps, files, &applicationContents{files}, &microservices{applications: apps}, &services{applications: apps}, subtenants, &subscriptions{tenants: subtenants},
		t.statistics, t.retention, newFeatures(t.platform),
		t.loginOptions, &support{platform: t.platform}, newRemoteAccess(t.platform), certificates, &authorities{certificates: certificates, registration: t.registration},
	}
}
