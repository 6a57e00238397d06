package keys

// What can be done with what administrators look after.
var (
	ApplicationLogs = Action{ID: "application.logs", Title: "Logs of the microservice, as they grow", Hint: "logs", Keys: []string{"L"}, Context: Applications, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_READ"}}
)

// What can be done with users, beside writing them.
var (
	UserRoles     = Action{ID: "user.roles", Title: "Give and take global roles…", Hint: "global roles", Keys: []string{"a"}, Context: Users, Many: true, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"}}
	UserParts     = Action{ID: "user.parts", Title: "Roles for parts of the inventory", Hint: "inventory roles", Keys: []string{"A"}, Context: Users, Needs: []string{"ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"}}
	UserPassword  = Action{ID: "user.password", Title: "Reset the password…", Hint: "password", Keys: []string{"P"}, Context: Users, Many: true, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"}}
	UserTFA       = Action{ID: "user.tfa", Title: "Require a second factor, or no longer", Hint: "require TFA", Keys: []string{"F"}, Context: Users, Many: true, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"}}
	UserLogoutAll = Action{ID: "user.logoutall", Title: "Log everybody out of the tenant…", Hint: "log all out", Keys: []string{"L"}, Context: Users, Writes: true, Destroys: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN"}}
)

// What can be done with roles.
var RolePermissions = Action{ID: "role.permissions", Title: "Grant and revoke permissions…", Hint: "permissions", Keys: []string{"P"}, Context: Roles, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN"}}

// What one can change of oneself.
var (
	MePassword   = Action{ID: "me.password", Title: "Change your password…", Hint: "password", Keys: []string{"P"}, Context: Me, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_OWN_ADMIN"}}
	MeTOTP       = Action{ID: "me.totp", Title: "Set up an authenticator…", Hint: "authenticator", Keys: []string{"T"}, Context: Me, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_OWN_READ", "ROLE_SYSTEM"}}
	MeRevokeTOTP = Action{ID: "me.revoketotp", Title: "Revoke your authenticator", Hint: "revoke", Keys: []string{"R"}, Context: Me, Writes: true, Destroys: true, Needs: []string{"ROLE_USER_MANAGEMENT_OWN_READ", "ROLE_SYSTEM"}}
)

func administration() []Action {
	return []Action{ApplicationLogs, UserRoles, UserParts, RolePermissions, UserPassword, UserTFA, UserLogoutAll, MePassword, MeTOTP, MeRevokeTOTP}
}
