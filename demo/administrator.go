package demo

// The account that may do everything, unless [Options] name another one. It is the same in every demo tenant, so that it can be
// told before one is made.
const (
	administratorName     = "admin"
	administratorPassword = "demo-Admin.1"
)

// Administrator is the account that may do everything in a tenant made with these options.
func (o Options) Administrator() User {
	o = o.withDefaults()
	return User{Tenant: o.Tenant, Name: o.User, Password: o.Password, Description: "administrator: may do everything"}
}
