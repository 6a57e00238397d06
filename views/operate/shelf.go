package operate

import (
	"cmp"
	"context"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// shelf is one of the tenant's repositories, out of which devices are sent something (reference 19.3).
type shelf struct {
	what       text.Safe // of which one is chosen
	objectType string
	// put writes a thing of the shelf into an operation.
	put func(document jsontext.Value, thing *shelved) jsontext.Value
}

// shelved is one thing of a shelf.
type shelved struct{ name, version, url, sort string }

// kept is how many things of a shelf are offered, the first by name.
const kept = 500

func put(document jsontext.Value, fragment string, members ...string) jsontext.Value {
	for i := 0; i+1 < len(members); i += 2 {
		if value := quoted(members[i+1]); value != nil {
			document = write.Set(document, value, fragment, members[i])
		}
	}
	return document
}

func firmwareShelf() *shelf {
	return &shelf{"firmware", "c8y_FirmwareBinary", func(d jsontext.Value, s *shelved) jsontext.Value {
		return put(d, "c8y_Firmware", "name", s.name, "version", s.version, "url", s.url)
	}}
}

func softwareShelf() *shelf {
	return &shelf{"software", "c8y_SoftwareBinary", func(d jsontext.Value, s *shelved) jsontext.Value {
		return put(d, "c8y_SoftwareUpdate", "name", s.name, "version", s.version, "url", s.url, "softwareType", s.sort)
	}}
}

func configurationShelf() *shelf {
	return &shelf{"configuration", "c8y_ConfigurationDump", func(d jsontext.Value, s *shelved) jsontext.Value {
		return put(d, "c8y_DownloadConfigFile", "type", s.sort, "url", s.url)
	}}
}

// read lists what is on the shelf. Versions are child additions of what has the name.
func (s *shelf) read(ctx context.Context, client *c8yclient.Client) ([]*shelved, error) {
	var all []*shelved
	options := &c8yclient.InventoryListOptions{
		InventoryFilter: c8yclient.InventoryFilter{Query: fmt.Sprintf("$filter=(type eq '%s') $orderby=name", s.objectType)},
		InventoryDetail: c8yclient.InventoryDetail{WithParents: true},
		Paging:          c8yclient.Paging{PageSize: kept},
	}
	page, err := client.Inventory.Page(ctx, options)
	if err != nil {
		return nil, err
	}
	type version struct {
		Version string `json:"version"`
		URL     string `json:"url"`
	}
	for _, m := range page.Items {
		one := &shelved{name: m.Name}
		for _, fragment := range []string{"c8y_Firmware", "c8y_Software"} {
			if v, there := c8yclient.FragmentAs[version](m, fragment); there && v.Version != "" {
				one.version, one.url = v.Version, v.URL
			}
		}
		if len(m.AdditionParents.References) > 0 {
			one.name = cmp.Or(m.AdditionParents.References[0].ManagedObject.Name, one.name)
		}
		if url, there := c8yclient.FragmentAs[string](m, "url"); there {
			one.url = cmp.Or(one.url, url)
		}
		for _, fragment := range []string{"configurationType", "softwareType"} {
			if sort, there := c8yclient.FragmentAs[string](m, fragment); there {
				one.sort = cmp.Or(one.sort, sort)
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// choose lets the user take something off the shelf, or go on by hand. next gets the document with
// what was chosen.
func (s *shelf) choose(t *tenant.Tenant, scope *ui.Scope, title text.Safe, document jsontext.Value, next func(jsontext.Value)) {
	ui.Load(scope, func(ctx context.Context) ([]*shelved, error) { return s.read(ctx, t.Client) }, func(all []*shelved, err error) {
		hand := dialog.Choice{Key: "h", Title: "By hand", Note: "write name and address yourself", Run: func() { next(document) }}
		choose := &dialog.Choose{Title: title, Intro: "Which " + s.what + " of the repository?", Choices: []dialog.Choice{hand}}
		switch {
		case err != nil:
			choose.Intro = "The repository could not be read: " + fault.Explain(err)
		case len(all) == 0:
			choose.Intro = "There is no " + s.what + " in the repository."
		}
		for _, one := range all {
			choose.Choices = append(choose.Choices, dialog.Choice{
				Title: text.Clean(one.name) + " " + text.Clean(one.version), Note: text.Clean(cmp.Or(one.sort, one.url)),
				Run: func() { next(s.put(document, one)) },
			})
		}
		scope.Show(choose)
	})
}
