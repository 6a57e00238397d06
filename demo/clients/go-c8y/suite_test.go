package goc8y_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	// What the library's own tests are made of, so that go.sum has it.
	_ "github.com/reubenmiller/go-c8y/pkg/c8ytestutils"
	_ "github.com/reubenmiller/go-c8y/pkg/microservice"
	_ "github.com/vbauerster/mpb/v8"
)

// unfit are the tests of the library that cannot pass here, and why.
var unfit = []string{
	"ApplicationVersions", "UIExtension", // they fetch an archive from the internet
	"SimpleEnrollment_Register", // it shows its certificate at port 8443
}

// TestItsOwnTests lets the library's own tests loose on the demo tenant, which they take for a tenant of the platform.
func TestItsOwnTests(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	program := filepath.Join(folder, "suite")
	build := exec.Command("go", "test", "-vet=off", "-c", "-o", program, "github.com/reubenmiller/go-c8y/test/c8y_test")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	suite := exec.CommandContext(t.Context(), program, "-test.v", "-test.timeout=4m", "-test.skip="+strings.Join(unfit, "|"))
	suite.Dir = folder // it writes where it is
	suite.Env = append(os.Environ(), "C8Y_HOST="+address, "C8Y_TENANT="+tenant, "C8Y_USER="+user, "C8Y_USERNAME="+user, "C8Y_PASSWORD="+password, "C8Y_TOKEN=")
	output, err := suite.CombinedOutput()
	passed := regexp.MustCompile(`(?m)^--- PASS: `).FindAll(output, -1)
	if len(passed) < 90 {
		t.Errorf("only %d tests of the library pass", len(passed))
	}
	for _, failed := range regexp.MustCompile(`(?m)^--- FAIL: (\w+)`).FindAllSubmatch(output, -1) {
		t.Errorf("%s fails:\n%s", failed[1], of(output, string(failed[1])))
	}
	if err != nil {
		t.Error(err)
	}
}

// of cuts the output of one test out of that of all.
func of(output []byte, test string) []byte {
	_, rest, _ := bytes.Cut(output, []byte("=== RUN   "+test+"\n"))
	text, _, _ := bytes.Cut(rest, []byte("--- FAIL: "+test))
	return text
}
