package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"c8yx/demo/fleet"
	"c8yx/demo/store"
)

// fillRepositories puts into the tenant what its devices can install: firmware, software and configurations, as the device management
// application keeps them in the inventory, with files that can be downloaded.
func (t *Tenant) fillRepositories() error {
	r := &repositories{binaries: &binaries{t.inventory}, base: t.home()}
	firmware, software, configurations := fleet.Repository()
	for _, image := range firmware {
		parent := r.object(map[string]any{
			"type": "c8y_Firmware", "name": image.Name, "description": "Firmware for " + image.DeviceType, "c8y_Filter": map[string]any{"type": image.DeviceType},
		})
		for _, version := range image.Versions {
			url := r.file(image.Name+"-"+version+".swu", "application/octet-stream", content(image.Name, version))
			r.version(parent, map[string]any{"type": "c8y_FirmwareBinary", "c8y_Firmware": map[string]any{"version": version, "url": url}})
		}
	}
	for _, each := range software {
		parent := r.object(map[string]any{
			"type": "c8y_Software", "name": each.Name, "softwareType": each.Type, "description": "For " + each.DeviceType,
			"c8y_Filter": map[string]any{"type": each.DeviceType},
		})
		url := r.file(each.Name+"-"+each.Version+"."+each.Type, "application/octet-stream", content(each.Name, each.Version))
		r.version(parent, map[string]any{"type": "c8y_SoftwareBinary", "c8y_Software": map[string]any{"version": each.Version, "url": url}})
	}
	for _, each := range configurations {
		url := r.file(strings.ReplaceAll(each.Name, " ", "-")+".conf", "text/plain", []byte(each.Text))
		r.object(map[string]any{
			"type": "c8y_ConfigurationDump", "name": each.Name, "configurationType": each.Type, "deviceType": each.DeviceType, "url": url,
		})
	}
	return r.err
}

// repositories creates what belongs into them, until something fails.
type repositories struct {
	*binaries
	base string // what the platform's own links begin with
	err  error
}

func (r *repositories) object(doc map[string]any) *store.Object {
	if r.err != nil {
		return nil
	}
	doc["owner"], doc["c8y_Global"] = administratorName, map[string]any{}
	var object *store.Object
	object, r.err = r.create(r.store.Shapes.Encode(doc), r.now(), r.now(), nil, r.tell)
	return object
}

// version hangs a version below what it is one of.
func (r *repositories) version(of *store.Object, doc map[string]any) {
	if object := r.object(doc); object != nil {
		r.attach(of.ID, store.Additions, []*store.Object{object}, r.tell)
	}
}

// file stores a file and returns its address.
func (r *repositories) file(name, media string, content []byte) string {
	if r.err != nil {
		return ""
	}
	file := store.File{Name: name, Type: media, Content: content}
	doc := r.store.Shapes.Encode(map[string]any{"owner": administratorName, "c8y_Global": map[string]any{}})
	var object *store.Object
	if object, r.err = r.keep(r.describe(doc, file), file, r.now(), r.tell); r.err != nil {
		return ""
	}
	return r.base + filePath(object.ID)
}

// contentSize is how large the files of the repositories are: small, but more than one could take for text.
const contentSize = 8 << 10

// content is the same for the same version, and like compressed data for who looks into it.
func content(name, version string) []byte {
	title := fmt.Sprintf("%s %s\n", name, version)
	var seed [32]byte
	copy(seed[:], title)
	random := rand.NewChaCha8(seed)
	bytes := make([]byte, contentSize)
	_, _ = random.Read(bytes) // never fails
	copy(bytes, title)
	return bytes
}
