package c8yclient

import (
	"context"
	"net/http"
)

// BulkRegistration says what became of the rows of a file of devices.
type BulkRegistration struct {
	All        int `json:"numberOfAll"`
	Created    int `json:"numberOfCreated"`
	Failed     int `json:"numberOfFailed"`
	Successful int `json:"numberOfSuccessful"`
	// Updated are the devices that were created, or existed and got new credentials.
	Updated []RegisteredDevice `json:"credentialUpdatedList,omitzero"`
	// Failures are the rows that could not be used.
	Failures []RegisteredDevice `json:"failedCreationList,omitzero"`
	Document
}

// RegisteredDevice says what became of one row.
type RegisteredDevice struct {
	// Status is CREATED, CREDENTIAL_UPDATED or FAILED.
	Status        string `json:"bulkNewDeviceStatus,omitzero"`
	DeviceID      string `json:"deviceId,omitzero"`
	FailureReason string `json:"failureReason,omitzero"`
	// Line is the row as it stands in the file. It may hold the password of the device.
	Line Secret `json:"line,omitzero"`
	Document
}

// CreateMany registers the devices of a CSV file, whose first line names the columns. With
// the columns ID and PATH it makes requests; with CREDENTIALS or AUTH_TYPE, TYPE, NAME and
// more it makes the devices themselves. Rows succeed and fail one by one.
//
// Operation: POST /devicecontrol/bulkNewDeviceRequests
func (s *NewDeviceRequestsService) CreateMany(ctx context.Context, csv Upload) (*BulkRegistration, error) {
	if csv.ContentType == "" {
		csv.ContentType = "text/csv"
	}
	var result BulkRegistration
	err := s.client.postForm(ctx, call{
		method: http.MethodPost, path: at("devicecontrol", "bulkNewDeviceRequests"), into: &result,
	}, formFile{part: "file", upload: csv})
	if err != nil {
		return nil, err
	}
	return &result, nil
}
