package demo

// The account that may do everything. It is the same in every demo tenant, so that it can be told before one is made.
const (
	administratorName     = "admin"
	administratorPassword = "demo-Admin.1"
)

// Administrator is the account that may do everything in a tenant made with these options.
func (o Options) Administrator() User {
	return User{
		Tenant: o.withDefaults().Tenant, Name: administratorName, Password: administratorPassword,
		Description: "administrator: may do everything",
	}
}
