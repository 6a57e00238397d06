package c8yclient_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
)

// Every method is called on the demo tenant, with the arguments of the table.
// Most of these name things that the tenant does not have, and then its own
// refusal is the right answer; but it must know the operation, take its media
// types and its body, and answer so that the client can read it.
func TestOperationsAgainstDemo(t *testing.T) {
	options := demo.Options{Devices: -1, Settle: time.Millisecond}
	admin := options.Administrator()
	answered := 0
	for _, op := range operations() {
		if strings.Contains(op.sends, " /service/") {
			continue // what a microservice serves itself; that of the demo tenant has no loggers
		}
		// A tenant for each: some calls end sessions, and some end tenants.
		tenant, err := demo.New(options)
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(tenant)
		client, err := c8yclient.New(server.URL, c8yclient.WithRetry(c8yclient.NoRetry()), c8yclient.WithAuth(c8yclient.Basic{
			Tenant: tenant.ID(), User: admin.Name, Password: c8yclient.Secret(admin.Password),
		}))
		if err != nil {
			t.Fatal(err)
		}
		_, err = op.call(t.Context(), client)
		client.CloseIdleConnections()
		server.Close()
		tenant.Close()

		var refused *c8yclient.Error
		switch {
		case err == nil:
			answered++
		case !errors.As(err, &refused):
			t.Errorf("%s: %v", op.method, err)
		case refused.Code == "general/Not Found":
			t.Errorf("%s: the demo tenant does not know %s", op.method, op.sends)
		case refused.Status == http.StatusMethodNotAllowed, refused.Status == http.StatusNotAcceptable,
			refused.Status == http.StatusUnsupportedMediaType, refused.Status >= 500,
			errors.Is(err, c8yclient.ErrUnreadable), errors.Is(err, c8yclient.ErrTransport):
			t.Errorf("%s: %v", op.method, err)
		}
	}
	t.Logf("%d of %d were carried out, the others refused by the tenant's own rules", answered, len(operations()))
}
