package demo_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
)

// BenchmarkSeed settles companies of growing size. The budget for 100,000 devices is 5 s and 600 MB of process memory; both
// are reported.
func BenchmarkSeed(b *testing.B) {
	for _, devices := range []int{240, 10_000, 100_000} {
		b.Run(fmt.Sprint(devices), func(b *testing.B) {
			for b.Loop() {
				began := time.Now()
				tenant, err := demo.New(demo.Options{Devices: devices})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(began).Seconds(), "s")
				b.ReportMetric(resident(), "MB-resident")
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-heap")
				tenant.Close()
			}
		})
	}
}

// resident is the memory that the process holds, in MB; 0 where the system does not tell.
func resident() float64 {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		var kB float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kB); n == 1 {
			return kB / 1024
		}
	}
	return 0
}
