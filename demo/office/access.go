package office

import "time"

// Endpoint is a remote access configuration of a device.
type Endpoint struct {
	Name, Host, Protocol string
	Port                 int
	Credentials          map[string]any // type, username, password, …
}

// Endpoints are those of the first gateways, one list for each of them.
func Endpoints() [][]Endpoint {
	return [][]Endpoint{
		{
			{"SSH", "127.0.0.1", "SSH", 22, map[string]any{"type": "USER_PASS", "username": "maintenance", "password": "hv-ssh-1"}},
			{"Node-RED", "127.0.0.1", "PASSTHROUGH", 1880, map[string]any{"type": "NONE"}},
			{"PLC panel", "10.20.0.31", "VNC", 5900, map[string]any{"type": "PASS_ONLY", "password": "hv-vnc-1"}},
		},
		{{"SSH", "127.0.0.1", "SSH", 22, map[string]any{
			"type": "KEY_PAIR", "username": "maintenance", "privateKey": "-----BEGIN OPENSSH PRIVATE KEY-----\nbm9uZQ==\n-----END OPENSSH PRIVATE KEY-----\n",
			"publicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemo maintenance@hv.example", "hostKey": "",
		}}},
		{{"Serial console", "localhost", "TELNET", 2323, map[string]any{"type": "NONE"}}},
	}
}

// Subscription is one of Notification 2.0. Type names the type of device whose first object it is about; none, the whole tenant.
type Subscription struct {
	Name, Type string
	APIs       []string
	TypeFilter string
	Fragments  []string
	Volatile   bool
}

// Subscriptions are what other systems of the company listen to.
func Subscriptions() []Subscription {
	return []Subscription{
		{Name: "controldesk", APIs: []string{"alarms"}},
		{Name: "historian", Type: "hv_HydraulicPress", APIs: []string{"measurements"}, TypeFilter: "'hv_Press'", Fragments: []string{"hv_OilTemperature", "hv_HydraulicPressure"}},
		{Name: "historian", Type: "hv_CncLathe", APIs: []string{"measurements"}},
		{Name: "twins", Type: "hv_Telematics", APIs: []string{"managedobjects", "events"}, Volatile: true},
		{Name: "erp", APIs: []string{"managedobjects"}},
	}
}

// Certificate is one that the company trusts to sign for devices.
type Certificate struct {
	Name                   string
	Since, Until           time.Duration // both from now
	Disabled, Registers    bool          // Registers: devices with it register themselves
	Proven, AwaitingProof  bool
	Organization, Location string
}

// Certificates are valid, about to expire, and expired.
func Certificates() []Certificate {
	return []Certificate{
		{Name: "HV Device CA 2024", Since: -700 * day, Until: 2950 * day, Registers: true, Proven: true, Organization: "Hansen & Vega Fluidtechnik", Location: "DE"},
		{Name: "HV Field Devices CA 2021", Since: -1814 * day, Until: 11*day + 7*time.Hour, Registers: true, Proven: true, Organization: "Hansen & Vega Fluidtechnik", Location: "DE"},
		{Name: "Aguas del Norte Gateways", Since: -60 * day, Until: 1035 * day, AwaitingProof: true, Organization: "Aguas del Norte", Location: "MX"},
		{Name: "Pilot 2019", Since: -2600 * day, Until: -41 * day, Disabled: true, Proven: true, Organization: "Hansen & Vega Fluidtechnik", Location: "DE"},
	}
}

// Application is one that the company has beside those of every tenant.
type Application struct {
	Name, Key, Type, Path, Description string
	URL                                string // of an external application
	Permissions                        []string
	Version                            string
	Subscribed                         bool
	Restarts                           int // of a microservice that does not come up; 0: all is well
}

// Applications are an external one, and microservices that are well, not well and not subscribed.
func Applications() []Application {
	return []Application{
		{Name: "ERP orders", Key: "erp-orders-key", Type: "EXTERNAL", Description: "Orders of the day", URL: "https://erp.hv.example/orders", Subscribed: true},
		{
			Name: "vision-check", Key: "vision-check-key", Type: "MICROSERVICE", Path: "vision-check", Description: "Looks at parts", Version: "0.9.0-rc2",
			Permissions: []string{"ROLE_INVENTORY_READ", "ROLE_EVENT_ADMIN", "ROLE_BINARY_READ"}, Subscribed: true, Restarts: 37,
		},
		{
			Name: "spare-parts", Key: "spare-parts-key", Type: "MICROSERVICE", Path: "spare-parts", Description: "Finds out what will break next", Version: "2.0.1",
			Permissions: []string{"ROLE_INVENTORY_READ", "ROLE_ALARM_READ"},
		},
	}
}
