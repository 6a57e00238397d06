package fleet

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// runCommand is c8y_Command: a small shell with the commands that people try.
func runCommand(f *Fleet, i int32, op map[string]any) (map[string]any, error) {
	asked, _ := op["c8y_Command"].(map[string]any)
	text, _ := asked["text"].(string)
	output, status := shell(&f.devices[i], strings.TrimSpace(text), f.now())
	result := map[string]any{"c8y_Command": map[string]any{"text": text, "result": output}}
	if status != 0 {
		return result, fmt.Errorf("command returned a non-zero exit code: %d", status)
	}
	return result, nil
}

// shell returns what a command prints on a device at a time, and its exit status.
func shell(d *device, command string, at time.Time) (output string, status int) {
	name, argument, _ := strings.Cut(command, " ")
	host := strings.ToLower(d.class.serial) + "-" + hex(d.seed, 4)
	now := at.UTC()
	switch name {
	case "":
		return "", 0
	case "uptime":
		days := among(d.seed, saltSample, 90)
		load := 0.05 + chance(d.seed, uint64(now.Unix()))
		return fmt.Sprintf(" %s up %d days,  3:%02d,  1 user,  load average: %.2f, %.2f, %.2f\n", now.Format("15:04:05"), days, among(d.seed, 5, 60), load, load*0.9, load*0.8), 0
	case "date":
		return now.Format("Mon Jan _2 15:04:05 UTC 2006\n"), 0
	case "hostname":
		return host + "\n", 0
	case "whoami":
		return "tedge\n", 0
	case "echo":
		return strings.Trim(argument, `"'`) + "\n", 0
	case "uname":
		return fmt.Sprintf("Linux %s 6.6.51-rt45 #1 SMP PREEMPT_RT aarch64 GNU/Linux\n", host), 0
	case "df":
		used := 41 + among(d.seed, saltInstalled, 45)
		return fmt.Sprintf("Filesystem      Size  Used Avail Use%% Mounted on\n/dev/root       7.2G  %.1fG  %.1fG  %d%% /\ntmpfs           486M  1.1M  485M   1%% /run\n/dev/mmcblk0p4   21G  2.3G   18G  12%% /data\n",
			7.2*float64(used)/100, 7.2*float64(100-used)/100, used), 0
	case "free":
		return "               total        used        free      shared  buff/cache   available\nMem:          995256      412840      118300        6240      464116      561020\nSwap:              0           0           0\n", 0
	case "ls":
		return "alarms.db\nconfig\nlog\nrecipes\n", 0
	case "cat":
		if argument == "/etc/os-release" {
			return fmt.Sprintf("ID=%s\nNAME=\"Hansen & Vega Edge\"\nVERSION=\"%s\"\n", d.class.image, d.firmwareOf()), 0
		}
		return fmt.Sprintf("cat: %s: No such file or directory\n", argument), 1
	case "ip", "ifconfig":
		h := roll(d.seed, saltNetwork)
		return fmt.Sprintf("2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP\n    inet 10.%d.%d.%d/24 brd 10.255.255.255 scope global eth0\n", 20+h%40, h>>8%250, 10+h>>16%200), 0
	case "systemctl", "ps":
		var b strings.Builder
		for _, s := range d.class.services {
			fmt.Fprintf(&b, "%-20s loaded active running %s\n", s.name+".service", s.kind)
		}
		return b.String(), 0
	case "help":
		return "cat date df echo free hostname ip ls ps systemctl uname uptime whoami\n", 0
	}
	return fmt.Sprintf("sh: %s: command not found\n", name), 127
}

// logText writes the last lines of a log, as many as a c8y_LogfileRequest wants and only those that have its search text.
func logText(d *device, name string, asked map[string]any, now time.Time) []byte {
	messages := []string{
		"connection to broker established", "keepalive sent", "session renewed, 3599 s left", "14 values published", "queue empty",
		"time adjusted by 12 ms", "retry 1 of 5 after 2 s", "WARN slow response: 812 ms", "subscription restored", "ERROR timeout after 5000 ms, will reconnect",
	}
	most := 1000
	if n, ok := asked["maximumLines"].(float64); ok && n >= 1 {
		most = int(min(n, 1000))
	}
	search, _ := asked["searchText"].(string)
	var lines []string
	for i := 0; i < 1000 && len(lines) < most; i++ {
		at := now.Add(time.Duration(-i) * 7 * time.Second).Truncate(time.Second)
		line := fmt.Sprintf("%s %s[%d]: %s\n", stamp(at), name, 400+among(d.seed, 3, 900), pick(d.seed, uint64(at.Unix()), messages))
		if strings.Contains(line, search) {
			lines = append(lines, line)
		}
	}
	slices.Reverse(lines)
	return []byte(strings.Join(lines, ""))
}
