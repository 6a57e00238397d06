package c8yclient_test

import (
	"fmt"
	"strings"
	"testing"

	"c8yx/c8yclient"
)

// FuzzBulkRegistration reads what a tenant says of the rows of a CSV file: whatever it is, a
// result or an error, and the rows, which may hold passwords, do not print.
func FuzzBulkRegistration(f *testing.F) {
	f.Add(`{"numberOfAll":2,"numberOfCreated":1,"numberOfFailed":1,"credentialUpdatedList":[{"bulkNewDeviceStatus":"CREATED","deviceId":"SN-1"}],"failedCreationList":[{"bulkNewDeviceStatus":"FAILED","deviceId":"SN-2","failureReason":"no","line":"SN-2;pa55-w0rd"}]}`)
	f.Add(`{"numberOfAll":"many","failedCreationList":{}}`)
	f.Add(`[]`)
	f.Add("SN-1;pa55-w0rd")
	f.Fuzz(func(t *testing.T, answer string) {
		result, err := c8yclient.DecodeDocument[c8yclient.BulkRegistration]([]byte(answer))
		if err != nil {
			return
		}
		for _, row := range append(result.Failures, result.Updated...) {
			if said := fmt.Sprintf("%v %+v", row.Line, row.Line); row.Line != "" && strings.Contains(said, row.Line.Reveal()) && len(row.Line) > len("[redacted]") {
				t.Errorf("a row tells its password: %s", said)
			}
		}
	})
}
