package registry

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"c8yx/c8yclient"
)

// configFile is the file that Cumulocity's Python client reads, too.
const configFile = "c8y_api.yaml"

// configuration is what the file says about registration.
type configuration struct {
	Base            string `yaml:"base"`
	DeviceBootstrap struct {
		TenantID string `yaml:"tenant_id"`
		Username string `yaml:"username"`
		Password string `yaml:"password"`
	} `yaml:"devicebootstrap"`
}

// Default returns the registry that environment and configuration name: the
// address from C8Y_BASEURL or C8Y_HOST; tenant, user and password from
// C8Y_DEVICEBOOTSTRAP_TENANT, C8Y_DEVICEBOOTSTRAP_USER and
// C8Y_DEVICEBOOTSTRAP_PASSWORD; what is missing there from the keys "base" and
// "devicebootstrap" (tenant_id, username, password) of the file c8y_api.yaml in
// the present folder or in the user's configuration folder, below c8yx.
func Default(options ...c8yclient.Option) (*Registry, error) {
	file, err := readConfiguration()
	if err != nil {
		return nil, err
	}
	address := cmp.Or(os.Getenv("C8Y_BASEURL"), os.Getenv("C8Y_HOST"), file.Base)
	if address == "" {
		return nil, errors.New("registry: no address is known; set C8Y_BASEURL")
	}
	bootstrap := Bootstrap{
		Tenant:   cmp.Or(os.Getenv("C8Y_DEVICEBOOTSTRAP_TENANT"), file.DeviceBootstrap.TenantID),
		User:     cmp.Or(os.Getenv("C8Y_DEVICEBOOTSTRAP_USER"), file.DeviceBootstrap.Username),
		Password: c8yclient.Secret(cmp.Or(os.Getenv("C8Y_DEVICEBOOTSTRAP_PASSWORD"), file.DeviceBootstrap.Password)),
	}
	if bootstrap.Password == "" {
		return nil, errors.New("registry: the password of the bootstrap user is not known; set C8Y_DEVICEBOOTSTRAP_PASSWORD, or devicebootstrap in " + configFile)
	}
	return New(address, bootstrap, options...)
}

// readConfiguration reads the first configuration file there is. No file is no
// error: the environment may say everything.
func readConfiguration() (configuration, error) {
	places := []string{configFile}
	if dir, err := os.UserConfigDir(); err == nil {
		places = append(places, filepath.Join(dir, "c8yx", configFile))
	}
	for _, place := range places {
		content, err := os.ReadFile(place)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return configuration{}, fmt.Errorf("registry: %w", err)
		}
		var c configuration
		if err := yaml.Unmarshal(content, &c); err != nil {
			// The parser quotes the lines around the mistake, which may hold the password.
			return configuration{}, fmt.Errorf("registry: %s is not valid YAML", place)
		}
		return c, nil
	}
	return configuration{}, nil
}
