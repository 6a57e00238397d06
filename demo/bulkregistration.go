package demo

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// The columns of a registration file that mean something. All others are properties of the device.
const (
	columnID          = "ID"
	columnCredentials = "CREDENTIALS"
	columnAuth        = "AUTH_TYPE"
	columnTenant      = "TENANT"
	columnType        = "TYPE"
	columnName        = "NAME"
	columnICCID       = "ICCID"
	columnIDType      = "IDTYPE"
	columnPath        = "PATH"
	columnShell       = "SHELL"
	columnOTP         = "ENROLLMENT_OTP"
	prefixExternal    = "external-"
)

func registrationColumns() []string {
	return []string{
		columnID, columnCredentials, columnAuth, columnTenant, columnType, columnName, columnICCID, columnIDType, columnPath, columnShell, columnOTP,
	}
}

// bulkRegistration is one file on its way in.
type bulkRegistration struct {
	*registration
	c      *call
	table  csvTable
	simple bool              // only ID and PATH: requests instead of credentials
	groups map[string]string // ids of groups by path
}

// outcome is what became of a line.
type outcome struct{ id, status, reason, line string }

// bulk registers the devices of a CSV file. Lines fail one by one; the call as such does not.
func (g *registration) bulk(c *call) (reply, error) {
	sent, err := c.upload()
	if err != nil {
		return reply{}, err
	}
	table, err := readTable(sent.file.Content)
	switch {
	case err != nil:
		return reply{}, err
	case !table.has(columnID):
		return reply{}, invalid("Column %s is missing", columnID)
	}
	b := &bulkRegistration{
		registration: g, c: c, table: table, groups: map[string]string{},
		simple: !table.has(columnCredentials) && !table.has(columnAuth) && !table.has(columnOTP),
	}
	outcomes := make([]outcome, len(table.rows))
	for i, row := range table.rows {
		outcomes[i] = b.register(row)
	}
	g.audit(c.did("Inventory", "Devices registered in bulk", ""))
	return created("bulknewdevicerequest", c.url("/devicecontrol/bulkNewDeviceRequests"), renderOutcomes(outcomes)), nil
}

func renderOutcomes(outcomes []outcome) []byte {
	counts := map[string]int{}
	updated, failed := []any{}, []any{}
	for _, o := range outcomes {
		counts[o.status]++
		entry := map[string]any{"bulkNewDeviceStatus": o.status, "deviceId": o.id}
		if o.status != "FAILED" {
			updated = append(updated, entry)
			continue
		}
		entry["failureReason"], entry["line"] = o.reason, o.line
		failed = append(failed, entry)
	}
	return rawjson.Append(nil, map[string]any{
		"numberOfAll": len(outcomes), "numberOfCreated": counts["CREATED"], "numberOfFailed": counts["FAILED"],
		"numberOfSuccessful": len(outcomes) - counts["FAILED"], "credentialUpdatedList": updated, "failedCreationList": failed,
	})
}

// register carries out one line.
func (b *bulkRegistration) register(row csvRow) outcome {
	id, _ := b.table.cell(row, columnID)
	password, _ := b.table.cell(row, columnCredentials)
	status, err := b.try(row, id, password)
	if err == nil {
		return outcome{id: id, status: status}
	}
	reason := err.Error()
	if refusal, known := err.(*problem); known {
		reason = refusal.message
	}
	return outcome{
		id: id, status: "FAILED", reason: reason, line: fmt.Sprintf("DeviceInfo{id='%s', credentials='%s', tenant='%s'}", id, password, b.registration.id),
	}
}

func (b *bulkRegistration) try(row csvRow, id, password string) (status string, err error) {
	get := func(column string) string {
		value, _ := b.table.cell(row, column)
		return value
	}
	auth := strings.ToUpper(or(get(columnAuth), "BASIC"))
	switch {
	case row.err != nil:
		return "", row.err
	case id == "":
		return "", invalid("Device id is missing")
	case len(id) > maxName:
		return "", invalid("Device id is too long: at most %d characters are allowed", maxName)
	case auth != "BASIC" && auth != "CERTIFICATES":
		return "", invalid("Invalid %s: %s", columnAuth, auth)
	case get(columnOTP) != "" && auth != "CERTIFICATES":
		return "", invalid("%s requires %s CERTIFICATES", columnOTP, columnAuth)
	}
	if b.simple {
		group, err := b.group(get(columnPath))
		if err != nil {
			return "", err
		}
		_, err = b.expect(deviceRequest{id: id, owner: b.c.who.user.name, placement: placement{group: group, kind: get(columnType)}})
		return "CREATED", err
	}
	if auth == "BASIC" {
		if err := b.gate.passwords.acceptable(password); err != nil {
			return "", err
		}
	}
	described := get(columnType) != "" && get(columnName) != ""
	for _, column := range []string{columnICCID, columnIDType, columnPath, columnShell} {
		if !described && get(column) != "" {
			return "", invalid("%s requires %s and %s", column, columnType, columnName)
		}
	}
	doc, err := b.document(row)
	if err != nil {
		return "", err
	}
	status = "CREATED"
	if b.gate.directory.find(b.registration.id, deviceUserName(id)) != nil {
		status = "CREDENTIAL_UPDATED"
	}
	switch {
	case auth == "BASIC":
		b.enlist(id, password, placement{})
	case get(columnOTP) != "": // the request stands for the certificate that is still to come
		if _, err := b.expect(deviceRequest{id: id, owner: b.c.who.user.name, enrollment: get(columnOTP)}); err != nil {
			return "", err
		}
		b.enlist(id, rand.Text(), placement{})
	default:
		b.enlist(id, "", placement{})
	}
	if !described {
		return status, nil
	}
	return status, b.device(row, id, doc)
}

// device makes the object of a line, or finds it, and puts it into its group.
func (b *bulkRegistration) device(row csvRow, id string, doc map[string]any) error {
	kind, _ := b.table.cell(row, columnIDType)
	path, _ := b.table.cell(row, columnPath)
	externals := []store.ExternalID{{Type: or(kind, "c8y_Serial"), Value: id}}
	for i, column := range b.table.columns {
		if kind, external := strings.CutPrefix(column, prefixExternal); external && kind != "" && row.cells[i] != "" {
			externals = append(externals, store.ExternalID{Type: kind, Value: row.cells[i]})
		}
	}
	group, err := b.group(path)
	if err != nil {
		return err
	}
	var object *store.Object
	b.store.View(func(d *store.Data) {
		if known, found := d.Objects.Identified(externals[0]); found {
			object = d.Objects.Get(known)
		}
	})
	if object == nil {
		doc["owner"] = deviceUserName(id)
		if object, err = b.inventory.create(b.store.Shapes.Encode(doc), b.now(), b.now(), externals, b.c.say); err != nil {
			return err
		}
	}
	if parent := b.lookup(group); parent != nil {
		b.inventory.attach(parent.ID, store.Assets, []*store.Object{object}, b.c.say)
	}
	return nil
}

// maxNesting is how deep the dots of a column name may nest its property.
const maxNesting = 20

// document makes the object of a line. Dots in the names of columns nest; values are text.
func (b *bulkRegistration) document(row csvRow) (map[string]any, error) {
	doc := map[string]any{"c8y_IsDevice": map[string]any{}}
	for i, column := range b.table.columns {
		name, value := strings.ToUpper(column), strings.TrimSpace(row.cells[i])
		switch {
		case value == "" || strings.HasPrefix(column, prefixExternal):
		case name == columnType:
			doc["type"] = value
		case name == columnName:
			doc["name"] = value
		case name == columnICCID:
			doc["c8y_Mobile"] = map[string]any{"iccid": value}
		case name == columnShell && value == "1":
			doc["c8y_SupportedOperations"] = []string{"c8y_Command"}
		case slices.Contains(registrationColumns(), name):
		case slices.Contains(reserved(), column):
		default:
			if err := nest(doc, strings.Split(column, "."), value); err != nil {
				return nil, err
			}
		}
	}
	return doc, nil
}

// nest sets a property below others.
func nest(doc map[string]any, path []string, value string) error {
	if len(path) > maxNesting || slices.Contains(path, "") {
		return invalid("Invalid property: %.100s", strings.Join(path, "."))
	}
	for _, name := range path[:len(path)-1] {
		below, found := doc[name].(map[string]any)
		if _, taken := doc[name]; taken && !found {
			return invalid("Property %s has a value already", name)
		}
		if !found {
			below = map[string]any{}
			doc[name] = below
		}
		doc = below
	}
	doc[path[len(path)-1]] = value
	return nil
}

// group returns the id of the group at a path like "plant/hall 2/line 4". What is not there is made.
func (b *bulkRegistration) group(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	names := strings.Split(strings.Trim(path, "/"), "/")
	if len(names) > maxNesting || slices.Contains(names, "") {
		return "", invalid("Invalid path: %.100s", path)
	}
	parent := ""
	for i, name := range names {
		key := strings.Join(names[:i+1], "/")
		if b.groups[key] == "" {
			id, err := b.subgroup(parent, name)
			if err != nil {
				return "", err
			}
			b.groups[key] = id
		}
		parent = b.groups[key]
	}
	return parent, nil
}

// subgroup finds or makes a group below another one, or at the top.
func (b *bulkRegistration) subgroup(parent, name string) (string, error) {
	above := b.lookup(parent)
	var candidates []*store.Object
	if above == nil {
		for object := range b.store.All() {
			if isGroup(object) && object.Text("name") == name {
				candidates = append(candidates, object)
			}
		}
	} else {
		b.store.View(func(d *store.Data) { candidates = objectsOf(d, d.Objects.Children(store.Assets, above.ID)) })
	}
	for _, object := range candidates {
		if isGroup(object) && object.Text("name") == name && (above != nil || b.inventory.isRoot(object)) {
			return object.ID.String(), nil
		}
	}
	doc := map[string]any{"name": name, "type": "c8y_DeviceGroup", "c8y_IsDeviceGroup": map[string]any{}, "owner": b.c.who.user.name}
	if above != nil {
		doc["type"] = "c8y_DeviceSubgroup"
	}
	object, err := b.inventory.create(b.store.Shapes.Encode(doc), b.now(), b.now(), nil, b.c.say)
	if err != nil {
		return "", err
	}
	if above != nil {
		b.inventory.attach(above.ID, store.Assets, []*store.Object{object}, b.c.say)
	}
	return object.ID.String(), nil
}
