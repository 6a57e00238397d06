package explain

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/tenant"
)

// Refusal returns the refusal for lack of a permission that an error stems from, nil if it has
// another cause.
func Refusal(err error) *c8yclient.Error {
	var refused *c8yclient.Error
	if errors.Is(err, c8yclient.ErrForbidden) && errors.As(err, &refused) {
		return refused
	}
	return nil
}

// Access explains why a request was refused for lack of a permission (403): which it needs,
// which of them the user has, which global roles of this tenant would grant it, and who could
// give them.
func Access(ctx context.Context, t *tenant.Tenant, refused *c8yclient.Error) (Explanation, error) {
	path, _, _ := strings.Cut(refused.Target, "?")
	e := Explanation{Title: "Access denied"}
	e.say(theme.Text, "request", text.Clean(refused.Method+" "+path))
	if refused.Message != "" {
		e.say(theme.Muted, "answer", text.Clean(refused.Message))
	}
	need, known := NeedOf(refused.Method, refused.Target)
	if !known {
		e.Verdict = "It is not known which permission this request needs."
		e.advise("The documentation of the service that answers it names its permissions.")
		return e, nil
	}
	wanted := list(need.Permissions)
	if len(need.Permissions) > 1 {
		wanted = "any of " + wanted
	}
	e.say(theme.Strong, "needs", wanted)
	user, err := t.Client.CurrentUser.Profile(ctx)
	if err != nil {
		return e, err
	}
	current, err := t.Client.CurrentUser.Get(ctx)
	if err != nil {
		return e, err
	}
	has := held(current)
	e.conditions(need)
	present := intersect(need.Permissions, has)
	short := need.short(present)
	switch {
	case len(present) == 0:
		e.say(theme.Critical, "has", "none of them")
		e.Verdict = "The user " + text.Clean(user.UserName) + " lacks " + list(need.Permissions) + "."
	case short != "":
		e.say(theme.Minor, "has", list(present))
		e.Verdict = short
	default:
		e.say(theme.Good, "has", list(present))
		e.Verdict = "The user has the permission, but the tenant refuses for another reason: the object or the tenant itself is restricted."
		if own := t.ID(); need.From == Management && own != "" && own != string(Management) {
			e.Verdict = "The user has the permission, but this is not the management tenant: it is " + text.Clean(own) + "."
			e.advise("Ask those who run the platform: the management tenant is theirs.")
			return e, nil
		}
		e.advise("Read the tenant's answer above. Some operations are for the management tenant, or for the owner of the object alone.")
		return e, nil
	}
	switch {
	case need.Owner && need.Object:
		e.say(theme.Muted, "or", "owning the object, or a permission on it by an inventory role")
	case need.Owner:
		e.say(theme.Muted, "or", "owning the object")
	case need.Object:
		e.say(theme.Muted, "or", "a permission on the object by an inventory role")
	}
	return e, e.cure(ctx, t, need, user)
}

// conditions adds what it takes besides a permission.
func (e *Explanation) conditions(need Need) {
	for _, p := range need.Permissions {
		if limit := need.limit(p); limit != "" {
			e.say(theme.Muted, "but", limit)
		}
	}
	switch need.From {
	case Management:
		e.say(theme.Muted, "from", "the management tenant")
	case Parent:
		e.say(theme.Muted, "from", "the parent of the tenant concerned, or the management tenant")
	case Author:
		e.say(theme.Muted, "from", "the tenant that owns the application")
	}
}

// limit words what a permission is good for, "" if for everything.
func (n Need) limit(permission string) text.Safe {
	switch n.Limits[permission] {
	case Below:
		return text.Clean(permission) + " counts for users below one's own only."
	case Self:
		return text.Clean(permission) + " counts for oneself only."
	case Both:
		return text.Clean(permission) + " counts together with " + list(n.others(permission)) + " only."
	}
	return ""
}

// others are the permissions that it takes beside one of which it takes both.
func (n Need) others(permission string) []string {
	return slices.DeleteFunc(slices.Clone(n.Permissions), func(p string) bool { return p == permission || n.Limits[p] != Both })
}

// short says why the permissions that a user has of those needed may be too few, "" if they are enough for everything.
func (n Need) short(present []string) text.Safe {
	for _, p := range present {
		limit := n.Limits[p]
		if limit == "" || limit == Both && len(intersect(n.others(p), present)) > 0 {
			return ""
		}
	}
	if len(present) == 0 {
		return ""
	}
	return n.limit(present[0])
}

// cure adds which global roles would help and who may assign them. Users who may not read
// roles are told so; that is no error.
func (e *Explanation) cure(ctx context.Context, t *tenant.Tenant, need Need, user *c8yclient.User) error {
	current, err := t.Client.Tenant.Current(ctx, nil)
	if err != nil {
		e.advise("Ask an administrator of the tenant for a global role with one of these permissions.")
		return ignoreForbidden(err)
	}
	granting, err := grants(ctx, t.Client, current.Name, need.Permissions)
	switch {
	case errors.Is(err, c8yclient.ErrForbidden):
		e.say(theme.Muted, "granted by", "this user may not read the global roles")
		e.advise("Ask an administrator of the tenant for a global role with one of these permissions.")
		return nil
	case err != nil:
		return err
	case len(granting) == 0:
		e.say(theme.Minor, "granted by", "no global role of this tenant")
		e.advise("An administrator has to add the permission to a global role first (:roles).")
	default:
		e.say(theme.Strong, "granted by", "the global roles "+list(granting))
		e.advise("Ask for the global role " + text.Clean(granting[0]) + ".")
	}
	if need.Object {
		e.advise("Or for an inventory role on the group that holds the object.")
	}
	if user.Owner != "" {
		e.say(theme.Muted, "user's owner", text.Clean(user.Owner))
	}
	return nil
}

// grants returns the names of the global roles that hold any of the permissions.
func grants(ctx context.Context, client *c8yclient.Client, tenantID string, permissions []string) ([]string, error) {
	var names []string
	for role, err := range client.GlobalRoles.List(ctx, tenantID, nil) {
		if err != nil {
			return nil, err
		}
		for permission, err := range client.GlobalRoles.Permissions(ctx, tenantID, string(role.ID), nil) {
			if err != nil {
				return nil, err
			}
			if slices.Contains(permissions, permission.Name) {
				names = append(names, role.Name)
				break
			}
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return names, nil
}

func ignoreForbidden(err error) error {
	if errors.Is(err, c8yclient.ErrForbidden) {
		return nil
	}
	return err
}

func held(user *c8yclient.CurrentUser) []string {
	var names []string
	for _, role := range user.EffectiveRoles {
		names = append(names, role.Name)
	}
	return names
}

func intersect(a, b []string) []string {
	var both []string
	for _, name := range a {
		if slices.Contains(b, name) {
			both = append(both, name)
		}
	}
	return both
}

// list words several names: "A, B or C".
func list(names []string) text.Safe {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return text.Clean(names[0])
	default:
		return text.Clean(strings.Join(names[:n-1], ", ") + " or " + names[n-1])
	}
}
