package fleet

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// procedure is how devices carry out one kind of operation.
type procedure struct {
	fragment string
	seconds  int64    // it takes this long to twice as long
	offline  bool     // the agent loses its connection meanwhile
	failures []string // reasons for which one in eight fails
	// do changes the device and returns what the operation has as its result.
	do func(f *Fleet, i int32, op map[string]any) (result map[string]any, err error)
}

type procedures []procedure

// find returns the procedure for an operation, one without fragment if it has none that devices know. The order of the list
// decides where an operation has several.
func (ps procedures) find(op map[string]any) *procedure {
	for i := range ps {
		if _, ok := op[ps[i].fragment]; ok {
			return &ps[i]
		}
	}
	return &procedure{seconds: 1}
}

// changes are what operations have done to a device.
type changes struct {
	firmware string
	software []map[string]any
	config   any // c8y_Configuration
}

// change returns the changes of a device, to be added to.
func (f *Fleet) change(i int32) *changes {
	if f.changed[i] == nil {
		d := &f.devices[i]
		c := &changes{software: d.softwareOf(), config: map[string]any{"config": d.class.config}}
		if len(d.class.firmware) > 0 {
			c.firmware = d.firmwareOf()
		}
		f.changed[i] = c
	}
	return f.changed[i]
}

// update patches the object of a device.
func (f *Fleet) update(i int32, patch map[string]any) error {
	return f.tenant.UpdateObject(f.devices[i].id, patch)
}

// knownProcedures are all that a device can be asked for.
func knownProcedures() procedures {
	return procedures{
		{fragment: "c8y_DeviceProfile", seconds: 15, failures: []string{"Profile: package opcua-bridge cannot be installed, dependency libssl3 is missing"}, do: applyProfile},
		{fragment: "c8y_Restart", seconds: 6, offline: true, failures: []string{"Restart refused: a program is running"}, do: restart},
		{
			fragment: "c8y_Firmware", seconds: 10, offline: true, do: installFirmware,
			failures: []string{"Checksum mismatch: image rejected, running version kept", "Not enough space on /dev/mmcblk0p3", "Download failed: 404 Not Found"},
		},
		{
			fragment: "c8y_SoftwareUpdate", seconds: 6, do: updateSoftware,
			failures: []string{"apt-get: unmet dependencies: libmosquitto1 (>= 2.0.20)", "Download failed: connection reset by peer after 1.2 MB of 14.8 MB"},
		},
		{fragment: "c8y_Command", seconds: 1, do: runCommand},
		{fragment: "c8y_Configuration", seconds: 2, failures: []string{"Line 4: unknown key 'keepalife'"}, do: configure},
		{fragment: "c8y_SendConfiguration", seconds: 1, do: sendConfiguration},
		{fragment: "c8y_UploadConfigFile", seconds: 2, do: uploadConfiguration},
		{fragment: "c8y_DownloadConfigFile", seconds: 3, failures: []string{"Download failed: 403 Forbidden"}, do: downloadConfiguration},
		{fragment: "c8y_LogfileRequest", seconds: 2, do: uploadLog},
		{fragment: "c8y_ServiceCommand", seconds: 2, failures: []string{"Job for opcua-bridge.service failed because the control process exited with error code"}, do: commandService},
		{fragment: "c8y_MeasurementRequestOperation", seconds: 1, do: measureNow},
		{fragment: "c8y_Relay", seconds: 1, failures: []string{"Relay does not follow: feedback contact is open"}, do: show("c8y_Relay")},
		{fragment: "c8y_RelayArray", seconds: 1, do: show("c8y_RelayArray")},
		{fragment: "c8y_Message", seconds: 1, do: show("c8y_Message")},
		{fragment: "c8y_Network", seconds: 4, offline: true, failures: []string{"No link with the new settings, went back to the old ones"}, do: show("c8y_Network")},
	}
}

// show makes what was asked for the state of the device: a relay, a message on the display.
func show(fragment string) func(*Fleet, int32, map[string]any) (map[string]any, error) {
	return func(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
		return nil, f.update(i, map[string]any{fragment: op[fragment]})
	}
}

func restart(f *Fleet, i int32, _ map[string]any) (map[string]any, error) {
	_, err := f.tenant.CreateEvent(map[string]any{
		"source": ref(f.devices[i].id), "type": "c8y_RestartEvent", "text": "Device restarted on request", "time": stamp(f.now()),
	})
	return nil, err
}

func installFirmware(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	return nil, f.install(i, op["c8y_Firmware"])
}

// install makes a firmware the one that runs.
func (f *Fleet) install(i int32, wanted any) error {
	w, _ := wanted.(map[string]any)
	version, _ := w["version"].(string)
	if version == "" {
		return errors.New("c8y_Firmware names no version")
	}
	c := f.change(i)
	before := c.firmware
	running := map[string]any{"name": f.devices[i].class.image, "version": version, "url": ""}
	for _, key := range []string{"name", "url"} {
		if text, ok := w[key].(string); ok && text != "" {
			running[key] = text
		}
	}
	if err := f.update(i, map[string]any{"c8y_Firmware": running}); err != nil {
		return err
	}
	c.firmware = version
	_, err := f.tenant.CreateEvent(map[string]any{
		"source": ref(f.devices[i].id), "type": "c8y_FirmwareChanged", "text": fmt.Sprintf("Firmware %s: %s → %s", running["name"], before, version), "time": stamp(f.now()),
	})
	return err
}

func updateSoftware(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	return nil, f.amend(i, elements(op["c8y_SoftwareUpdate"]))
}

// amend installs and deletes packages.
func (f *Fleet) amend(i int32, packages []map[string]any) error {
	c := f.change(i)
	list := slices.Clone(c.software)
	for _, p := range packages {
		name, _ := p["name"].(string)
		at := slices.IndexFunc(list, func(s map[string]any) bool { return s["name"] == name })
		switch {
		case p["action"] == "delete" && at < 0:
			return fmt.Errorf("package %s is not installed", name)
		case p["action"] == "delete":
			list = slices.Delete(list, at, at+1)
		default:
			installed := maps.Clone(p)
			delete(installed, "action")
			delete(installed, "id")
			if at < 0 {
				list = append(list, installed)
			} else {
				list[at] = installed
			}
		}
	}
	if err := f.update(i, map[string]any{"c8y_SoftwareList": list}); err != nil {
		return err
	}
	c.software = list
	_, err := f.tenant.CreateEvent(map[string]any{
		"source": ref(f.devices[i].id), "type": "c8y_SoftwareChanged", "text": fmt.Sprintf("%d packages changed", len(packages)), "time": stamp(f.now()),
	})
	return err
}

func applyProfile(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	profile, _ := op["c8y_DeviceProfile"].(map[string]any)
	if profile["firmware"] != nil {
		if err := f.install(i, profile["firmware"]); err != nil {
			return nil, err
		}
	}
	if packages := elements(profile["software"]); len(packages) > 0 {
		if err := f.amend(i, packages); err != nil {
			return nil, err
		}
	}
	return nil, f.update(i, map[string]any{"c8y_Profile": map[string]any{
		"profileId": op["profileId"], "profileName": op["profileName"], "profileExecuted": true,
	}})
}

func configure(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	f.change(i).config = op["c8y_Configuration"]
	return sendConfiguration(f, i, op)
}

func sendConfiguration(f *Fleet, i int32, _ map[string]any) (map[string]any, error) {
	return nil, f.update(i, map[string]any{"c8y_Configuration": f.change(i).config})
}

func measureNow(f *Fleet, i int32, _ map[string]any) (map[string]any, error) {
	return nil, f.sample(i, f.clock()/1000)
}

func uploadConfiguration(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	asked, _ := op["c8y_UploadConfigFile"].(map[string]any)
	kind, _ := asked["type"].(string)
	c := f.devices[i].class
	if !slices.Contains(c.configs, kind) {
		return nil, fmt.Errorf("configuration %q is unknown to this device", kind)
	}
	_, err := f.upload(i, kind, "Configuration "+kind, kind, []byte(c.config))
	return nil, err
}

func downloadConfiguration(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	asked, _ := op["c8y_DownloadConfigFile"].(map[string]any)
	kind, _ := asked["type"].(string)
	if !slices.Contains(f.devices[i].class.configs, kind) {
		return nil, fmt.Errorf("configuration %q is unknown to this device", kind)
	}
	_, err := f.tenant.CreateEvent(map[string]any{
		"source": ref(f.devices[i].id), "type": "c8y_ConfigurationChanged", "text": "Configuration " + kind + " replaced", "time": stamp(f.now()),
	})
	return nil, err
}

func uploadLog(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	asked, _ := op["c8y_LogfileRequest"].(map[string]any)
	name, _ := asked["logFile"].(string)
	d := &f.devices[i]
	if !slices.Contains(d.class.logs, name) {
		return nil, fmt.Errorf("log %q is unknown to this device", name)
	}
	url, err := f.upload(i, "c8y_Logfile", "Log "+name, name+".log", logText(d, name, asked, f.now()))
	if err != nil {
		return nil, err
	}
	result := maps.Clone(asked)
	result["file"] = url
	return map[string]any{"c8y_LogfileRequest": result}, nil
}

// upload creates an event with an attachment and returns the attachment's URL.
func (f *Fleet) upload(i int32, kind, text, name string, content []byte) (url string, err error) {
	attacher, ok := f.tenant.(Attacher)
	if !ok {
		return "", errors.New("upload failed: the tenant takes no attachments (404 Not Found)")
	}
	event, err := f.tenant.CreateEvent(map[string]any{"source": ref(f.devices[i].id), "type": kind, "text": text, "time": stamp(f.now())})
	if err != nil {
		return "", err
	}
	return attacher.Attach(event, name, "text/plain", content)
}

func commandService(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	asked, _ := op["c8y_ServiceCommand"].(map[string]any)
	name, _ := asked["serviceName"].(string)
	at := slices.IndexFunc(f.devices[i].class.services, func(s service) bool { return s.name == name })
	if ids := f.services[i]; at >= 0 && at < len(ids) {
		status := "up"
		if asked["command"] == "STOP" {
			status = "down"
		}
		return nil, f.tenant.UpdateObject(ids[at], map[string]any{"status": status})
	}
	return nil, fmt.Errorf("systemctl: Unit %s.service not found", name)
}

// elements returns the objects of an array, however it was made.
func elements(v any) []map[string]any {
	switch v := v.(type) {
	case []map[string]any:
		return v
	case []any:
		var list []map[string]any
		for _, element := range v {
			if m, ok := element.(map[string]any); ok {
				list = append(list, m)
			}
		}
		return list
	}
	return nil
}
