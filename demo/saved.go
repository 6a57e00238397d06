package demo

import (
	"encoding/json"
	"time"

	"c8yx/demo/notify"
	"c8yx/demo/store"
)

// saved is one line of a saved tenant. What a line is about decides which members count.
type saved struct {
	Kind string `json:"kind"` // one of the saved… constants

	// Of the tenant, on the first line, and of one below it, on the first of its lines.
	Version int              `json:"version,omitempty"`
	Tenant  string           `json:"tenant,omitempty"` // also of users
	Domain  string           `json:"domain,omitempty"`
	Next    map[string]int64 `json:"next,omitempty"` // the next id of each kind

	// Of objects and records.
	ID          store.ID              `json:"id,omitempty"`
	Source      store.ID              `json:"source,omitempty"`
	Time        int64                 `json:"time,omitempty"`   // Unix milliseconds
	Offset      int16                 `json:"offset,omitempty"` // minutes east of UTC
	Created     int64                 `json:"created,omitempty"`
	Updated     int64                 `json:"updated,omitempty"`
	Document    json.RawMessage       `json:"document,omitempty"`
	ExternalIDs []store.ExternalID    `json:"externalIds,omitempty"`
	Children    map[string][]store.ID `json:"children,omitempty"` // by relation
	Series      []store.Series        `json:"series,omitempty"`

	// Of files.
	Name    string `json:"name,omitempty"`
	Type    string `json:"type,omitempty"`
	Content []byte `json:"content,omitempty"`
	Noise   uint64 `json:"noise,omitempty"`  // seed of content that is made as it is read
	Length  int64  `json:"length,omitempty"` // of such content

	// Of options and documents on shelves.
	Category string `json:"category,omitempty"`
	Key      string `json:"key,omitempty"`
	Value    string `json:"value,omitempty"`
	Fixed    bool   `json:"fixed,omitempty"`
	Shelf    string `json:"shelf,omitempty"`

	User          *savedUser          `json:"user,omitempty"`
	Group         *savedGroup         `json:"group,omitempty"`
	InventoryRole *savedInventoryRole `json:"inventoryRole,omitempty"`
	Request       *savedRequest       `json:"request,omitempty"`
	Bulk          *shelvedBulk        `json:"bulk,omitempty"`
	Backlog       *notify.Backlog     `json:"backlog,omitempty"`
}

// The kinds of lines beside those of records.
const (
	savedTenant   = "tenant"
	savedBelow    = "subtenant"
	savedOption   = "option"
	savedShelf    = "shelf"
	savedDocument = "document"
	savedPerson   = "user"
	savedTeam     = "group"
	savedRole     = "inventoryRole"
	savedExpected = "newDeviceRequest"
	savedObject   = "managedObject"
	savedFile     = "file"
	savedBulk     = "bulkOperation"
	savedTopic    = "notificationTopic"
)

// savedRecords are the kinds of records, in the order in which they are saved.
func savedRecords() []struct {
	kind string
	of   func(*store.Data) *store.Records
} {
	return []struct {
		kind string
		of   func(*store.Data) *store.Records
	}{
		{"event", func(d *store.Data) *store.Records { return &d.Events }},
		{"alarm", func(d *store.Data) *store.Records { return &d.Alarms }},
		{"measurement", func(d *store.Data) *store.Records { return &d.Measurements }},
		{"operation", func(d *store.Data) *store.Records { return &d.Operations }},
		{"auditRecord", func(d *store.Data) *store.Records { return &d.Audit }},
	}
}

// savedUser is a user with everything, the password included.
type savedUser struct {
	Name              string              `json:"name"`
	Password          string              `json:"password,omitempty"`
	Former            []string            `json:"formerPasswords,omitempty"`
	First             string              `json:"firstName,omitempty"`
	Last              string              `json:"lastName,omitempty"`
	Display           string              `json:"displayName,omitempty"`
	Email             string              `json:"email,omitempty"`
	Phone             string              `json:"phone,omitempty"`
	Custom            string              `json:"customProperties,omitempty"`
	Description       string              `json:"description,omitempty"`
	Owner             string              `json:"owner,omitempty"`
	DelegatedBy       string              `json:"delegatedBy,omitempty"`
	Newsletter        bool                `json:"newsletter,omitempty"`
	Device            bool                `json:"device,omitempty"`
	Service           bool                `json:"service,omitempty"`
	Remote            bool                `json:"remote,omitempty"`
	Disabled          bool                `json:"disabled,omitempty"`
	Locked            bool                `json:"locked,omitempty"`
	MustChange        bool                `json:"mustChangePassword,omitempty"`
	Groups            []int               `json:"groups,omitempty"`
	Roles             []string            `json:"roles,omitempty"`
	DevicePermissions map[string][]string `json:"devicePermissions,omitempty"`
	Assignments       []savedAssignment   `json:"assignments,omitempty"`
	Failures          int                 `json:"failures,omitempty"`
	LastPassword      time.Time           `json:"lastPasswordChange"`
	TFA               *savedSecondFactor  `json:"tfa,omitempty"`
	PlacementGroup    string              `json:"placementGroup,omitempty"`
	PlacementKind     string              `json:"placementType,omitempty"`
}

type savedSecondFactor struct {
	Wanted   bool   `json:"wanted,omitempty"`
	Strategy string `json:"strategy,omitempty"`
	Secret   string `json:"secret,omitempty"`
	Active   bool   `json:"active,omitempty"`
}

type savedGroup struct {
	ID                int                 `json:"id"`
	Name              string              `json:"name"`
	Description       string              `json:"description,omitempty"`
	Roles             []string            `json:"roles,omitempty"`
	Custom            string              `json:"customProperties,omitempty"`
	DevicePermissions map[string][]string `json:"devicePermissions,omitempty"`
}

type savedRequest struct {
	ID         string `json:"id"`
	Status     string `json:"status"`
	Group      string `json:"groupId,omitempty"`
	Kind       string `json:"type,omitempty"`
	Owner      string `json:"owner,omitempty"`
	Created    int64  `json:"created"`
	Enrollment string `json:"enrollmentToken,omitempty"`
	Custom     string `json:"customProperties,omitempty"`
	Token      string `json:"securityToken,omitempty"`
	Wrong      int    `json:"wrongTokens,omitempty"`
}

type savedInventoryRole struct {
	ID          int               `json:"id"`
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Permissions []savedPermission `json:"permissions,omitempty"`
}

type savedPermission struct {
	ID    int    `json:"id"`
	Scope string `json:"scope"`
	Kind  string `json:"type"`
	Level string `json:"permission"`
}

type savedAssignment struct {
	ID     int    `json:"id"`
	Object string `json:"managedObject"`
	Roles  []int  `json:"roles"`
}
