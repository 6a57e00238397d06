package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// ManagedObject is anything in the inventory: a device, a group, a service, a file,
// a dashboard. What it is shows in its fragments.
type ManagedObject struct {
	ID           string    `json:"id,omitzero"`
	Self         string    `json:"self,omitzero"`
	Name         string    `json:"name,omitzero"`
	Type         string    `json:"type,omitzero"`
	Owner        string    `json:"owner,omitzero"`
	CreationTime time.Time `json:"creationTime,omitzero"`
	// LastUpdated also moves when children are added.
	LastUpdated time.Time `json:"lastUpdated,omitzero"`
	// The three kinds of children and parents. References are filled, and counts given,
	// only if the request asked for them.
	ChildDevices    References `json:"childDevices,omitzero"`
	ChildAssets     References `json:"childAssets,omitzero"`
	ChildAdditions  References `json:"childAdditions,omitzero"`
	DeviceParents   References `json:"deviceParents,omitzero"`
	AssetParents    References `json:"assetParents,omitzero"`
	AdditionParents References `json:"additionParents,omitzero"`
	Document
}

// IsDevice reports whether the object is a device.
func (m *ManagedObject) IsDevice() bool { return m.HasFragment("c8y_IsDevice") }

// IsAgent reports whether the object can receive operations for itself and the devices
// below it.
func (m *ManagedObject) IsAgent() bool { return m.HasFragment("com_cumulocity_model_Agent") }

// IsGroup reports whether the object is a group, whose members are child assets.
func (m *ManagedObject) IsGroup() bool { return m.HasFragment("c8y_IsDeviceGroup") }

// IsSmartGroup reports whether the object is a group whose members are the answer to a
// query.
func (m *ManagedObject) IsSmartGroup() bool { return m.HasFragment("c8y_IsDynamicGroup") }

// References is one of the child or parent blocks of a managed object. The links in it
// follow from the ids and are not kept: six of them with each of a hundred thousand devices
// would be most of the memory.
type References struct {
	// Count is given only if the request asked for it.
	Count      *int        `json:"count,omitzero"`
	References []Reference `json:"references,omitempty"`
}

// IsZero reports whether the block says nothing.
func (r References) IsZero() bool { return r.Count == nil && len(r.References) == 0 }

// Reference points to a managed object.
type Reference struct {
	ManagedObject ReferencedObject `json:"managedObject"`
}

// ReferencedObject is what an embedded reference tells about its object.
type ReferencedObject struct {
	ID   string `json:"id,omitzero"`
	Name string `json:"name,omitzero"`
	Type string `json:"type,omitzero"`
	Document
}

// InventoryFilter selects managed objects. If Query or Q is set the platform ignores
// the others.
type InventoryFilter struct {
	// Query is an expression of the inventory query language, for example
	// "$filter=(name eq 'Pump*') $orderby=name". Q is the same for devices only.
	Query        string `query:"query"`
	Q            string `query:"q"`
	Type         string `query:"type"`
	FragmentType string `query:"fragmentType"`
	Owner        string `query:"owner"`
	// Text looks for words in id, type, name, owner and external ids.
	Text string   `query:"text"`
	IDs  []string `query:"ids,comma"`
	// The parents of a child.
	ChildDeviceID   string `query:"childDeviceId"`
	ChildAssetID    string `query:"childAssetId"`
	ChildAdditionID string `query:"childAdditionId"`
	// OnlyRoots leaves out what has a parent.
	OnlyRoots bool `query:"onlyRoots"`
}

// InventoryDetail says how much of each object to send. The zero value is the least,
// which is right for long lists.
type InventoryDetail struct {
	// WithChildren fills the child blocks. It is always sent, because tenants differ in
	// what they do without it.
	WithChildren bool `query:"withChildren,always"`
	// WithChildrenCount adds counts to the child blocks.
	WithChildrenCount bool `query:"withChildrenCount"`
	// SkipChildrenNames leaves the names out of filled child blocks.
	SkipChildrenNames bool `query:"skipChildrenNames"`
	// WithParents fills the parent blocks with all ancestors.
	WithParents bool `query:"withParents"`
	// WithLatestValues adds c8y_LatestMeasurements, where the tenant is set up for it.
	WithLatestValues bool `query:"withLatestValues"`
}

// InventoryListOptions are the options of [InventoryService.List].
type InventoryListOptions struct {
	InventoryFilter
	InventoryDetail
	// WithGroups fills the asset parents with the groups that hold the object.
	WithGroups bool `query:"withGroups"`
	Paging
}

// InventoryDeleteOptions are the options of [InventoryService.Delete].
type InventoryDeleteOptions struct {
	// Cascade takes the child devices of a device along, or the devices in a group.
	Cascade bool `query:"cascade"`
	// ForceCascade takes everything below along, whatever it is.
	ForceCascade bool `query:"forceCascade"`
	// WithDeviceUser deletes the user of the device, too.
	WithDeviceUser bool `query:"withDeviceUser"`
}

// InventoryService reads and changes managed objects.
type InventoryService service

func (s *InventoryService) listing(options *InventoryListOptions) listing {
	return listing{path: at("inventory", "managedObjects"), query: options, key: "managedObjects"}
}

// List walks all managed objects that match: in the order that the query asks for with
// $orderby, by ascending id if the filter consists of Query, Q, Type, FragmentType or Owner,
// and otherwise in the order of the tenant.
//
// Operation: GET /inventory/managedObjects
func (s *InventoryService) List(ctx context.Context, options *InventoryListOptions) iter.Seq2[*ManagedObject, error] {
	return listBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Pages walks the pages of managed objects that match.
//
// Operation: GET /inventory/managedObjects
func (s *InventoryService) Pages(ctx context.Context, options *InventoryListOptions) iter.Seq2[*Page[ManagedObject], error] {
	return pagesBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Page returns one page of managed objects.
//
// Operation: GET /inventory/managedObjects
func (s *InventoryService) Page(ctx context.Context, options *InventoryListOptions) (*Page[ManagedObject], error) {
	return page[ManagedObject](ctx, s.client, s.listing(options))
}

// Count returns the number of managed objects that match. The operation is not part of
// the core specification.
//
// Operation: GET /inventory/managedObjects/count
func (s *InventoryService) Count(ctx context.Context, filter *InventoryFilter) (int, error) {
	return s.client.count(ctx, at("inventory", "managedObjects", "count"), filter)
}

// Get returns one managed object.
//
// Operation: GET /inventory/managedObjects/{id}
func (s *InventoryService) Get(ctx context.Context, id string, detail *InventoryDetail) (*ManagedObject, error) {
	return one[ManagedObject](ctx, s.client, call{
		method: http.MethodGet, path: at("inventory", "managedObjects", id), query: detail,
	})
}

// Create adds a managed object.
//
// Operation: POST /inventory/managedObjects
func (s *InventoryService) Create(ctx context.Context, object *ManagedObject) (*ManagedObject, error) {
	return one[ManagedObject](ctx, s.client, call{
		method: http.MethodPost, path: at("inventory", "managedObjects"), body: object, contentType: mediaManagedObject,
	})
}

// Update changes a managed object and returns it as it is now. The patch is a
// *[ManagedObject], a map or raw JSON with what changes and nothing else: each fragment
// in it replaces the stored one as a whole, null removes it.
//
// Operation: PUT /inventory/managedObjects/{id}
func (s *InventoryService) Update(ctx context.Context, id string, patch any) (*ManagedObject, error) {
	return one[ManagedObject](ctx, s.client, call{
		method: http.MethodPut, path: at("inventory", "managedObjects", id), body: patch,
	})
}

// Delete deletes a managed object. Groups take their sub-groups along. The data that
// belongs to it disappears in the background; for a moment a Get may still find it.
//
// Operation: DELETE /inventory/managedObjects/{id}
func (s *InventoryService) Delete(ctx context.Context, id string, options *InventoryDeleteOptions) error {
	return s.client.do(ctx, call{
		method: http.MethodDelete, path: at("inventory", "managedObjects", id), query: options,
	})
}
