package copyas_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/views/copyas"
	"c8yx/views/traffic"
)

func TestAJournalAsAScript(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 13, 0, time.Local)
	writes := []traffic.Write{
		{Time: at, Method: "PUT", Target: "/alarm/alarms/901", Cause: "Acknowledge · alarms", Body: c8yclient.Body{Content: `{"status":"ACKNOWLEDGED"}`}, Status: 200, Attempt: 1},
		{Time: at, Method: "POST", Target: "/user/t1/users", Cause: "x\nrm -rf /\x1b[2J", Body: c8yclient.Body{Content: `{"password":"[redacted]"}`}, Status: 201},
		{Time: at, Method: "DELETE", Target: "/inventory/managedObjects/4", Cause: "Delete · devices", Status: 403},
		{Time: at, Method: "PUT", Target: "/x", Status: 503, RetryIn: time.Second},
		{Time: at, Method: "POST", Target: "/event/events", Err: errors.New("reset"), Body: c8yclient.Body{Content: "{}"}},
		{Time: at, Method: "POST", Target: "/inventory/binaries", Status: 201, Bytes: 5_000_000},
		{Time: at, Method: "PUT", Target: "/y", Status: 200, Body: c8yclient.Body{Content: `{"a":"…"}`, Cut: true}},
	}
	const want = `#!/bin/sh
# What c8yx wrote to acme.example: 7 requests.
# Choose a session of c8y before, and set C8Y_SECRET where a secret was.
set -eu

# 2026-03-02 09:00:13 Acknowledge · alarms: 200
c8y alarms update --id 901 --status ACKNOWLEDGED --force

# 2026-03-02 09:00:13 x
# rm -rf / [2J: 201
c8y api POST /user/t1/users --data '{"password":"'"$C8Y_SECRET"'"}' --force

# 2026-03-02 09:00:13 Delete · devices: 403
# It did not happen:
# c8y inventory delete --id 4 --force

# 2026-03-02 09:00:13 : 503
# It was sent again afterwards:
# c8y api PUT /x --force

# 2026-03-02 09:00:13 : no answer: reset
# Whether it arrived is not known:
# c8y events create --data '{}' --force

# 2026-03-02 09:00:13 : 201
# What was sent is not kept, 5000000 bytes:
# c8y api POST /inventory/binaries --force

# 2026-03-02 09:00:13 : 200
# Its body is not kept in full:
# c8y api PUT /y --data '{"a":"…"}' --force
`
	if got := copyas.Script(writes, copyas.WithC8Y, "acme.example"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	script := copyas.Script(writes, copyas.WithCurl, "acme.example")
	if strings.Count(script, "\ncurl -fsS") != 2 || strings.Count(script, "\n# curl -fsS") != 5 {
		t.Errorf("%s", script)
	}
	if shell, err := exec.LookPath("sh"); err == nil {
		check := exec.Command(shell, "-n")
		check.Stdin = strings.NewReader(script)
		if out, err := check.CombinedOutput(); err != nil {
			t.Errorf("the shell cannot read the script: %v\n%s\n%s", err, out, script)
		}
	}
}
