// Package goc8y_test lets go-c8y, the client library behind go-c8y-cli, use the demo tenant as it uses a tenant of the platform.
package goc8y_test

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reubenmiller/go-c8y/pkg/c8y"
)

// The administrator of the demo tenant.
const (
	tenant   = "t4711"
	user     = "admin"
	password = "demo-Admin.1"
)

// address of the tenant that all tests share.
var address string

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(code)
}

// run serves a demo tenant while the tests run: by the program that C8YX names, or by one built from the sources around.
func run(m *testing.M) (int, error) {
	program := os.Getenv("C8YX")
	if program == "" {
		folder, err := os.MkdirTemp("", "c8yx")
		if err != nil {
			return 0, err
		}
		defer func() { _ = os.RemoveAll(folder) }()
		program = filepath.Join(folder, "c8yx")
		build := exec.Command("go", "build", "-o", program, ".")
		build.Dir = filepath.Join("..", "..", "..")
		if output, err := build.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("building c8yx: %w\n%s", err, output)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	command := exec.CommandContext(ctx, program, "demo", "--listen", "127.0.0.1:0", "--devices", "60")
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := command.Start(); err != nil {
		return 0, err
	}
	defer func() { _ = command.Wait() }()
	defer cancel()
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if _, after, found := strings.Cut(lines.Text(), " answers at "); found {
			address = strings.Fields(after)[0]
			go func() {
				for lines.Scan() { // or the program would block
				}
			}()
			return m.Run(), nil
		}
	}
	return 0, fmt.Errorf("%s demo does not say where it answers", program)
}

// signedIn returns a client of the administrator, and a context that ends before the tests do.
func signedIn(t *testing.T) (*c8y.Client, context.Context) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return c8y.NewClient(nil, address, tenant, user, password, false), ctx
}

// must returns a value, or fails the test.
func must[T any](t *testing.T) func(T, *c8y.Response, error) T {
	return func(value T, _ *c8y.Response, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// check fails the test if a call failed.
func check(t *testing.T) func(*c8y.Response, error) {
	return func(_ *c8y.Response, err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// newDevice makes a device that goes when the test ends.
func newDevice(t *testing.T, client *c8y.Client) *c8y.ManagedObject {
	t.Helper()
	device := must[*c8y.ManagedObject](t)(client.Inventory.Create(t.Context(), c8y.NewAgent(t.Name())))
	t.Cleanup(func() { check(t)(client.Inventory.Delete(context.Background(), device.ID)) })
	return device
}
