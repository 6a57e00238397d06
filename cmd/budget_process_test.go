package cmd

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story/process"
	"c8yx/demo"
)

// BenchmarkBudgetStart starts the binary: --version must take no longer than
// 10 ms, and the first frame 60 ms, painted although the tenant never answers.
// The other program is the empty one of the package process.
func BenchmarkBudgetStart(b *testing.B) {
	other := process.Binary{Package: "c8yx/cmd/story/process/testdata/echo"}
	b.Cleanup(other.Remove)
	silent, err := net.Listen("tcp", "127.0.0.1:0") // connections are made, and nobody answers
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = silent.Close() })
	tenant := []string{"C8Y_BASEURL=http://" + silent.Addr().String(), "C8Y_TENANT=t4711", "C8Y_USER=admin", "C8Y_PASSWORD=secret"}
	b.Run("version", func(b *testing.B) {
		ours, theirs := c8yx.Path(b), other.Path(b)
		var we, they samples
		for b.Loop() {
			we = append(we, runTime(b, ours, "--version"))
			they = append(they, runTime(b, theirs))
		}
		b.ReportMetric(we.quantile(0.5), "p50-ms")
		b.ReportMetric(they.quantile(0.5), "empty-p50-ms")
	})
	b.Run("first frame", func(b *testing.B) {
		var we, they samples
		for b.Loop() {
			we = append(we, seeTime(b, &c8yx, process.Options{Args: []string{"devices"}, Variables: tenant}, "signing in"))
			they = append(they, seeTime(b, &other, process.Options{}, "120x40"))
		}
		b.ReportMetric(we.quantile(0.5), "p50-ms")
		b.ReportMetric(they.quantile(0.5), "empty-p50-ms")
	})
}

// runTime returns how long a program takes from start to end.
func runTime(b *testing.B, path string, args ...string) time.Duration {
	b.Helper()
	command := exec.Command(path, args...)
	began := time.Now()
	_, _ = command.Output() // without a terminal, the empty program ends with an error
	return time.Since(began)
}

// seeTime returns how long a program takes until its terminal shows a text.
func seeTime(b *testing.B, binary *process.Binary, options process.Options, text string) time.Duration {
	b.Helper()
	binary.Path(b)
	began := time.Now()
	p := binary.Start(b, options)
	p.See(text)
	took := time.Since(began)
	p.Press("ctrl+c")
	p.Exit()
	return took
}

// BenchmarkBudgetMemory opens a small and a large tenant in the binary, with the
// tenant in this process: what the program holds resident, and what is alive on its
// heap, measured here with the same list. The budgets are 40 MB and 150 MB.
func BenchmarkBudgetMemory(b *testing.B) {
	for _, devices := range []int{-1, manyDevices} {
		b.Run(fmt.Sprint(max(0, devices), " devices"), func(b *testing.B) {
			_, tenant := benchTenant(b, demo.Options{Devices: devices})
			for b.Loop() {
				before := heapInUse()
				d := newDesk(b, tenant, "devices")
				d.settle()
				_ = d.shell.View()
				b.ReportMetric(heapInUse()-before, "MB-heap")
				runtime.KeepAlive(d)
				d.shell.Close()

				p := c8yx.Start(b, process.Options{Args: []string{"devices"}, Variables: variables(tenant)})
				p.See("● live", " devices ·") // not before the last page: "34,000 of 99,999 …"
				time.Sleep(3 * time.Second)
				b.ReportMetric(residentMB(b, p.PID()), "MB-resident")
				p.Press("ctrl+c")
				p.Exit()
			}
		})
	}
}

// variables are those that name the tenant to the binary.
func variables(a access) []string {
	return []string{"C8Y_BASEURL=" + a.profile.Address, "C8Y_TENANT=" + a.profile.Tenant, "C8Y_USER=" + a.profile.User, "C8Y_PASSWORD=" + string(a.profile.Password)}
}

// BenchmarkBudgetIdle compares the processor time that the binary takes while
// nothing happens with that of an empty Bubble Tea program in the same seconds. The
// budget is 1.2 times as much. A list in which ages grow is no part of the budget,
// but should not cost much either.
func BenchmarkBudgetIdle(b *testing.B) {
	const seconds = 5
	other := process.Binary{Package: "c8yx/cmd/story/process/testdata/echo"}
	b.Cleanup(other.Remove)
	_, tenant := benchTenant(b, demo.Options{})
	for _, place := range []string{"inspect/tenant/currentTenant", "devices"} {
		b.Run(place, func(b *testing.B) {
			ours := c8yx.Start(b, process.Options{Args: []string{place}, Variables: variables(tenant)})
			theirs := other.Start(b, process.Options{})
			ours.See("t4711")
			theirs.See("120x40")
			time.Sleep(time.Second) // until everything has come
			var we, they time.Duration
			for b.Loop() {
				weBefore, theyBefore := processorTime(b, ours.PID()), processorTime(b, theirs.PID())
				time.Sleep(seconds * time.Second)
				we += processorTime(b, ours.PID()) - weBefore
				they += processorTime(b, theirs.PID()) - theyBefore
			}
			b.ReportMetric(we.Seconds()*100/seconds/float64(b.N), "%-of-a-core")
			b.ReportMetric(float64(we)/float64(max(they, time.Millisecond)), "times-an-empty-program")
		})
	}
}

// residentMB is the memory that a process holds.
func residentMB(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("this system does not tell: ", err)
	}
	for line := range strings.Lines(string(status)) {
		var kB float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kB); n == 1 {
			return kB / 1024
		}
	}
	b.Fatal("the status of the process tells no VmRSS")
	return 0
}

// processorTime is what all threads of a process have taken so far, in the user's
// and the system's name.
func processorTime(b *testing.B, pid int) time.Duration {
	b.Helper()
	tasks, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		b.Skip("this system does not tell: ", err)
	}
	var total time.Duration
	for _, task := range tasks {
		// The first number is the time on a processor, in nanoseconds.
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/schedstat", pid, task.Name()))
		var took int64
		if n, _ := fmt.Sscan(string(text), &took); err == nil && n == 1 {
			total += time.Duration(took)
		}
	}
	return total
}
