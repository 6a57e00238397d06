package c8yclient

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// Role is a permission, for example ROLE_ALARM_ADMIN.
type Role struct {
	ID   string `json:"id,omitzero"`
	Name string `json:"name,omitzero"`
	Self string `json:"self,omitzero"`
	Document
}

// CurrentUser is the user that the client is signed in as.
type CurrentUser struct {
	ID        string `json:"id,omitzero"`
	UserName  string `json:"userName,omitzero"`
	FirstName string `json:"firstName,omitzero"`
	LastName  string `json:"lastName,omitzero"`
	Email     string `json:"email,omitzero"`
	Phone     string `json:"phone,omitzero"`
	Self      string `json:"self,omitzero"`
	// EffectiveRoles are all permissions of the user, whichever way they were granted. They
	// do not contain what inventory roles allow for single objects.
	EffectiveRoles                 []Role    `json:"effectiveRoles,omitempty"`
	ShouldResetPassword            bool      `json:"shouldResetPassword,omitzero"`
	TwoFactorAuthenticationEnabled bool      `json:"twoFactorAuthenticationEnabled,omitzero"`
	LastPasswordChange             time.Time `json:"lastPasswordChange,omitzero"`
	Document
}

// HasRole reports whether the user has any of the permissions.
func (u *CurrentUser) HasRole(names ...string) bool {
	return slices.ContainsFunc(u.EffectiveRoles, func(role Role) bool {
		return slices.Contains(names, role.Name) || (role.Name == "" && slices.Contains(names, role.ID))
	})
}

// CurrentUserService is about the user that the client is signed in as.
type CurrentUserService service

// Get returns the user with the effective permissions.
//
// Operation: GET /user/currentUser
func (s *CurrentUserService) Get(ctx context.Context) (*CurrentUser, error) {
	return one[CurrentUser](ctx, s.client, call{
		method: http.MethodGet, path: at("user", "currentUser"), accept: mediaCurrentUser,
	})
}

// Update changes name, phone or mail address. The patch is a *[CurrentUser] or a map with
// what changes and nothing else.
//
// Operation: PUT /user/currentUser
func (s *CurrentUserService) Update(ctx context.Context, patch any) (*CurrentUser, error) {
	return one[CurrentUser](ctx, s.client, call{
		method: http.MethodPut, path: at("user", "currentUser"), body: patch,
		contentType: mediaCurrentUser, accept: mediaCurrentUser,
	})
}

// ChangePassword sets a new password. Sign in again afterwards: tokens end with it.
//
// Operation: PUT /user/currentUser/password
func (s *CurrentUserService) ChangePassword(ctx context.Context, current, changed Secret) error {
	return s.client.do(ctx, call{
		method: http.MethodPut, path: at("user", "currentUser", "password"),
		body: map[string]string{"currentUserPassword": current.Reveal(), "newPassword": changed.Reveal()},
	})
}

// Logout ends the session of the token that the client uses. If the user signed in at an
// identity provider, page is the address at which a browser logs out there as well; it is ""
// where the tenant names none.
//
// Operation: POST /user/logout
func (s *CurrentUserService) Logout(ctx context.Context) (page string, err error) {
	var answer struct {
		URL string `json:"url"`
	}
	err = s.client.do(ctx, call{method: http.MethodPost, path: at("user", "logout"), body: struct{}{}, into: &answer})
	return answer.URL, err
}
