package keys

// What can be done with subscriptions of Notification 2.0.
var SubscriptionFollow = Action{ID: "subscription.follow", Title: "Follow the subscription live", Hint: "follow", Keys: []string{"f"}, Context: Subscriptions, Writes: true, Needs: []string{"ROLE_NOTIFICATION_2_ADMIN"}}

// What can be done with applications, beside writing them.
var (
	ApplicationSubscribe   = Action{ID: "application.subscribe", Title: "Let a tenant use it…", Hint: "subscribe", Keys: []string{"a"}, Context: Applications, Many: true, Writes: true, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_UPDATE"}}
	ApplicationUnsubscribe = Action{ID: "application.unsubscribe", Title: "End the use by a tenant…", Hint: "unsubscribe", Keys: []string{"X"}, Context: Applications, Many: true, Writes: true, Destroys: true, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_UPDATE"}}
	ApplicationVersions    = Action{ID: "application.versions", Title: "Versions of the application", Hint: "versions", Keys: []string{"B"}, Context: Applications, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_READ", "ROLE_APPLICATION_MANAGEMENT_ADMIN"}}
	ApplicationUpload      = Action{ID: "application.upload", Title: "Upload an archive or a version…", Hint: "upload", Keys: []string{"<"}, Context: Applications, Writes: true, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_ADMIN"}}
	VersionActivate        = Action{ID: "version.activate", Title: "Serve this version", Hint: "activate", Keys: []string{"a"}, Context: Versions, Writes: true, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_ADMIN"}}
)

// What can be done with certificates and login options, beside writing them.
var (
	CertificateEnable   = Action{ID: "certificate.enable", Title: "Trust the certificate, or no longer", Hint: "trust/distrust", Keys: []string{"E"}, Context: Certificates, Many: true, Writes: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_ADMIN"}}
	CertificateRegister = Action{ID: "certificate.register", Title: "Register its devices, or no longer", Hint: "auto", Keys: []string{"A"}, Context: Certificates, Many: true, Writes: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_ADMIN"}}
	CertificateProve    = Action{ID: "certificate.prove", Title: "Prove that its key is yours…", Hint: "prove", Keys: []string{"P"}, Context: Certificates, Writes: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_ADMIN"}}
	LoginMappings       = Action{ID: "login.mappings", Title: "What it gives to whom", Hint: "mappings", Keys: []string{"m"}, Context: LoginOptions, Needs: []string{"ROLE_TENANT_ADMIN", "ROLE_TENANT_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"}}
	LoginRestrict       = Action{ID: "login.restrict", Title: "Let only the management tenant change it…", Hint: "restrict", Keys: []string{"R"}, Context: LoginOptions, Writes: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN"}}
)

// What can be done with tenants and with repositories, beside writing them.
var (
	SubtenantSuspend      = Action{ID: "tenant.suspend", Title: "Suspend: let nobody in", Hint: "suspend", Keys: []string{"z"}, Context: Subtenants, Many: true, Writes: true, Destroys: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_UPDATE"}}
	SubtenantActivate     = Action{ID: "tenant.activate", Title: "Activate: let everybody in again", Hint: "activate", Keys: []string{"A"}, Context: Subtenants, Many: true, Writes: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_UPDATE"}}
	SubtenantApplications = Action{ID: "tenant.applications", Title: "Applications that the tenant uses", Hint: "applications", Keys: []string{"a"}, Context: Subtenants, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_READ"}}
	RepositoryVersions    = Action{ID: "repository.versions", Title: "Versions of it", Hint: "versions", Keys: []string{"B"}, Context: Repositories, Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"}}
)

// Audited opens what the audit log has about a thing.
var Audited = Action{ID: "list.audit", Title: "What the audit log says about it", Hint: "audit log", Keys: []string{"Z"}, Context: Lists, Needs: []string{"ROLE_AUDIT_READ"}}

func settings() []Action {
	return []Action{
		SubscriptionFollow,
		ApplicationSubscribe, ApplicationUnsubscribe, ApplicationVersions, ApplicationUpload, VersionActivate,
		CertificateEnable, CertificateRegister, CertificateProve, LoginMappings, LoginRestrict,
		SubtenantSuspend, SubtenantActivate, SubtenantApplications, RepositoryVersions, Audited,
	}
}
