package fleet

import (
	"strings"
	"testing"
	"time"
)

func TestShell(t *testing.T) {
	d := &device{seed: 1, class: lineGateway()}
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	tests := []struct {
		command, want string // a part of the output
		status        int
	}{
		{"", "", 0},
		{"uptime", "09:30:00 up ", 0},
		{"date", "Mon Nov 23 09:30:00 UTC 2026\n", 0},
		{"hostname", "hve-", 0},
		{"whoami", "tedge\n", 0},
		{`echo "two words"`, "two words\n", 0},
		{"uname -a", "aarch64 GNU/Linux", 0},
		{"df -h", "/dev/root ", 0},
		{"free", "Mem: ", 0},
		{"ls -l", "recipes\n", 0},
		{"cat /etc/os-release", "ID=edgebox-os\n", 0},
		{"cat /etc/shadow", "cat: /etc/shadow: No such file or directory\n", 1},
		{"ip a", "inet 10.", 0},
		{"systemctl", "mosquitto.service ", 0},
		{"help", "uptime", 0},
		{"rm -rf /", "sh: rm: command not found\n", 127},
	}
	for _, tt := range tests {
		if output, status := shell(d, tt.command, at); !strings.Contains(output, tt.want) || status != tt.status {
			t.Errorf("%q prints %q and returns %d, want %q and %d", tt.command, output, status, tt.want, tt.status)
		}
	}
}

func TestLogIsSearched(t *testing.T) {
	d := &device{seed: 1, class: lineGateway()}
	log := string(logText(d, "syslog", map[string]any{"searchText": "ERROR", "maximumLines": 3.0}, time.Now()))
	if strings.Count(log, "ERROR") != 3 || strings.Count(log, "\n") != 3 {
		t.Errorf("three lines with ERROR were asked for:\n%s", log)
	}
}
