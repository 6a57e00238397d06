package inventory_test

import (
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/views/inventory"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

func TestAPlaceIsKeptOrRefusedInWords(t *testing.T) {
	client, err := c8yclient.New("http://acme.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ in, out, wrong string }{
		{"tree", "tree", ""},
		{"tree?root=4711", "tree?root=4711", ""},
		{"tree?reveal=4712&root=4711", "tree?reveal=4712&root=4711", ""},
		{"tree?rot=4711", "", `tree knows no "rot", only root and reveal`},
		{"tree/4711", "", "write tree?root=ID"},
	} {
		p, err := place.Parse(tc.in)
		if err != nil {
			t.Fatal(err)
		}
		v, err := inventory.New(tenant.New(client, session.Profile{}), p)
		switch {
		case tc.wrong != "" && (err == nil || !strings.Contains(err.Error(), tc.wrong)):
			t.Errorf("%s: %v, want %q", tc.in, err, tc.wrong)
		case tc.wrong == "" && err != nil:
			t.Errorf("%s: %v", tc.in, err)
		case err == nil && v.Place() != tc.out:
			t.Errorf("%s became %s", tc.in, v.Place())
		}
	}
}
