package cmd

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/scrypt"

	"c8yx/cmd/story/process"
	"c8yx/demo"
)

// sealed encrypts a text as the c8y command line does, but always with the same salt and nonce.
func sealed(t *testing.T, text, passphrase string) string {
	t.Helper()
	salt, nonce := make([]byte, 32), make([]byte, 12)
	key, err := scrypt.Key([]byte(passphrase), salt, 16384, 8, 1, 32)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	return "{encrypted}" + hex.EncodeToString(append(gcm.Seal(nonce, nonce, []byte(text), nil), salt...))
}

// An encrypted session of the command line is opened with a passphrase that is asked for before the
// screen is taken, and is not shown; or with that of the environment.
func TestBinaryAsksForThePassphraseOfASession(t *testing.T) {
	t.Parallel()
	tenant, err := demo.New(demo.Options{Devices: -1})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(tenant)
	t.Cleanup(server.Close)
	admin := demo.Options{}.Administrator()
	folder := t.TempDir()
	content := "host: " + server.URL + "\ntenant: " + admin.Tenant + "\nusername: " + admin.Name + "\npassword: '" + sealed(t, admin.Password, "correct horse") + "'\n"
	if err := os.WriteFile(filepath.Join(folder, "work.yaml"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	variables := []string{"C8Y_SESSION_HOME=" + folder, "C8YX_KEEP=none"}

	p := c8yx.Start(t, process.Options{Args: []string{"-t", "work"}, Variables: variables})
	p.See("Passphrase of the c8y command line:")
	p.Type("wrong horse")
	p.Press("enter")
	p.See("the passphrase is wrong.")
	p.Type("correct horse")
	p.Press("enter")
	p.See("Overview", "PROD · read-only")
	if screen := p.Screen(); strings.Contains(screen, "horse") {
		t.Errorf("the passphrase is shown:\n%s", screen)
	}
	p.Press("q")
	if code := p.Exit(); code != ExitOK {
		t.Errorf("exit code %d", code)
	}

	p = c8yx.Start(t, process.Options{Args: []string{"-t", "work"}, Variables: variables})
	p.See("Passphrase of the c8y command line:")
	p.Press("ctrl+c")
	if code := p.Exit(); code != ExitInterrupted {
		t.Errorf("exit code %d after ctrl+c at the prompt", code)
	}

	for name, test := range map[string]struct {
		variables []string
		code      int
		says      string
	}{
		"nobody to ask":        {variables, ExitSignIn, "passphrase of the c8y command line is needed"},
		"in the environment":   {append(variables, "C8Y_PASSPHRASE=correct horse"), ExitOK, "PROD · read-only"},
		"wrong, and no asking": {append(variables, "C8Y_PASSPHRASE=wrong horse"), ExitSignIn, "the passphrase is wrong"},
	} {
		result := c8yx.Run(t, test.variables, "-t", "work", "snapshot", "devices")
		if all := result.Stdout + result.Stderr; result.Code != test.code || !strings.Contains(all, test.says) || strings.Contains(all, "horse") {
			t.Errorf("%s: exit code %d, want %d with %q:\n%s", name, result.Code, test.code, test.says, all)
		}
	}
}
