package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// User is a user of a tenant: a person, a device or a service.
type User struct {
	// ID is the user name, by which users are addressed.
	ID          string `json:"id,omitzero"`
	Self        string `json:"self,omitzero"`
	UserName    string `json:"userName,omitzero"`
	FirstName   string `json:"firstName,omitzero"`
	LastName    string `json:"lastName,omitzero"`
	DisplayName string `json:"displayName,omitzero"`
	Email       string `json:"email,omitzero"`
	// Phone is in international form, for example +49123456789.
	Phone string `json:"phone,omitzero"`
	// Enabled says whether the user may sign in. A new user may unless it is false.
	Enabled    *bool `json:"enabled,omitzero"`
	Newsletter bool  `json:"newsletter,omitzero"`
	// Owner is the user above this one, and DelegatedBy the user who lent this one their
	// permissions, where the tenant has a hierarchy of users.
	Owner       string `json:"owner,omitzero"`
	DelegatedBy string `json:"delegatedBy,omitzero"`
	// ShouldResetPassword makes the user change the password when signing in.
	ShouldResetPassword            bool             `json:"shouldResetPassword,omitzero"`
	PasswordStrength               PasswordStrength `json:"passwordStrength,omitzero"`
	LastPasswordChange             time.Time        `json:"lastPasswordChange,omitzero"`
	TwoFactorAuthenticationEnabled bool             `json:"twoFactorAuthenticationEnabled,omitzero"`
	// CustomProperties hold the preferred language and whatever else was put there.
	CustomProperties  Document          `json:"customProperties,omitzero"`
	DevicePermissions DevicePermissions `json:"devicePermissions,omitzero"`
	// GlobalRoles and Permissions are the first few only, and not there at all in some
	// answers: ask [UsersService.GlobalRoles] and [UsersService.Permissions].
	GlobalRoles GlobalRoleReferences `json:"groups,omitzero"`
	Permissions RoleReferences       `json:"roles,omitzero"`
	Document
}

// UserReference is a link to a user, as lists of members hold it.
type UserReference struct {
	Self string `json:"self,omitzero"`
	User *User  `json:"user,omitzero"`
	Document
}

// NewUser is a user to be created. A user name and a mail address are required, and
// either a password or the mail with which the user chooses one.
type NewUser struct {
	User
	Password               Secret `json:"-"`
	SendPasswordResetEmail bool   `json:"sendPasswordResetEmail,omitzero"`
}

// UserListOptions are the options of [UsersService.List].
type UserListOptions struct {
	// Username is how the user name begins, UsernameContains at least three characters of it.
	Username         string `query:"username"`
	UsernameContains string `query:"usernameContains"`
	// GlobalRoles are the ids of global roles, of which users have at least one.
	GlobalRoles []string `query:"groups,comma"`
	Owner       string   `query:"owner"`
	// OnlyDevices gives the users of devices, which are not listed otherwise.
	OnlyDevices bool `query:"onlyDevices"`
	// WithSubusersCount adds the fragment subusersCount.
	WithSubusersCount bool `query:"withSubusersCount"`
	Paging
}

// UsersService manages the users of a tenant, which every method takes as the first id:
// that of the client is [CurrentTenant.Name]. Users are addressed by their names.
type UsersService service

func (s *UsersService) listing(tenantID string, options *UserListOptions) listing {
	return listing{path: at("user", tenantID, "users"), query: options, key: "users"}
}

// List walks all users that match. Without ROLE_USER_MANAGEMENT_READ those below the
// current user are all there is to see.
//
// Operation: GET /user/{tenantId}/users
func (s *UsersService) List(ctx context.Context, tenantID string, options *UserListOptions) iter.Seq2[*User, error] {
	return list[User](ctx, s.client, s.listing(tenantID, options))
}

// Pages walks the pages of users that match.
//
// Operation: GET /user/{tenantId}/users
func (s *UsersService) Pages(ctx context.Context, tenantID string, options *UserListOptions) iter.Seq2[*Page[User], error] {
	return pages[User](ctx, s.client, s.listing(tenantID, options))
}

// Page returns one page of users.
//
// Operation: GET /user/{tenantId}/users
func (s *UsersService) Page(ctx context.Context, tenantID string, options *UserListOptions) (*Page[User], error) {
	return page[User](ctx, s.client, s.listing(tenantID, options))
}

// Count returns the number of users that match, up to ten seconds old. The paging of
// the options is ignored.
//
// Operation: GET /user/{tenantId}/users
func (s *UsersService) Count(ctx context.Context, tenantID string, options *UserListOptions) (int, error) {
	var counting UserListOptions
	if options != nil {
		counting = *options
	}
	counting.Paging = justTotal()
	return countByTotals[User](ctx, s.client, s.listing(tenantID, &counting))
}

// Get returns one user.
//
// Operation: GET /user/{tenantId}/users/{userId}
func (s *UsersService) Get(ctx context.Context, tenantID, user string) (*User, error) {
	return one[User](ctx, s.client, call{method: http.MethodGet, path: at("user", tenantID, "users", user)})
}

// GetByName returns one user by name. It finds whom [UsersService.Get] finds, but asks for
// other permissions: ROLE_USER_MANAGEMENT_ADMIN.
//
// Operation: GET /user/{tenantId}/userByName/{username}
func (s *UsersService) GetByName(ctx context.Context, tenantID, userName string) (*User, error) {
	return one[User](ctx, s.client, call{method: http.MethodGet, path: at("user", tenantID, "userByName", userName)})
}

// Create adds a user. [ErrConflict] means that the name is taken, [ErrInvalid] that the
// password is too weak, or that the mail address or the phone number is none.
//
// Operation: POST /user/{tenantId}/users
func (s *UsersService) Create(ctx context.Context, tenantID string, user *NewUser) (*User, error) {
	return one[User](ctx, s.client, call{
		method: http.MethodPost, path: at("user", tenantID, "users"),
		body: struct {
			*NewUser
			Password string `json:"password,omitzero"`
		}{user, user.Password.Reveal()},
	})
}

// Update changes a user and returns the user as it is now. The patch is a *[User], a map or
// raw JSON with what changes and nothing else. Nobody can set the password or the mail
// address of somebody else: set shouldResetPassword or sendPasswordResetEmail instead.
//
// Operation: PUT /user/{tenantId}/users/{userId}
func (s *UsersService) Update(ctx context.Context, tenantID, user string, patch any) (*User, error) {
	return one[User](ctx, s.client, call{
		method: http.MethodPut, path: at("user", tenantID, "users", user), body: patch,
	})
}

// Delete deletes a user.
//
// Operation: DELETE /user/{tenantId}/users/{userId}
func (s *UsersService) Delete(ctx context.Context, tenantID, user string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", tenantID, "users", user)})
}

// LogoutAll ends all sessions that began with a token, the caller's included. Users who
// send their password with every request notice nothing.
//
// Operation: POST /user/logout/{tenantId}/allUsers
func (s *UsersService) LogoutAll(ctx context.Context, tenantID string) error {
	return s.client.do(ctx, call{method: http.MethodPost, path: at("user", "logout", tenantID, "allUsers")})
}
