package c8yclient_test

import (
	"context"
	"crypto/x509"
	"strings"

	"c8yx/c8yclient"
)

const (
	newDeviceRequestJSON = `{"id":"SN/1","self":"https://acme.example/devicecontrol/newDeviceRequests/SN%2F1","status":"PENDING_ACCEPTANCE",
		"type":"acme_Pump","groupId":"200","owner":"jane","tenantId":"t1","creationTime":"2026-02-02T09:30:00.000Z",
		"customProperties":{"floor":{"number":3}},"acme_Note":"n"}`
	newDeviceRequestsJSON = `{"newDeviceRequests":[` + newDeviceRequestJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`

	// redactedPassword is what becomes of a secret when a document is encoded.
	redactedPassword = `"[redacted]"`
)

func deviceRegistrationOperations() []operation {
	return []operation{{
		method: "NewDeviceRequests.List", answer: newDeviceRequestsJSON, items: "newDeviceRequests",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.NewDeviceRequests.List(ctx, &c8yclient.NewDeviceRequestListOptions{
				Paging: c8yclient.Paging{WithTotalPages: true, WithTotalElements: true},
			}))
		},
		sends: "GET /devicecontrol/newDeviceRequests?withTotalPages=true&withTotalElements=true&pageSize=2000",
	}, {
		method: "NewDeviceRequests.Pages", answer: newDeviceRequestsJSON, items: "newDeviceRequests",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.NewDeviceRequests.Pages(ctx, nil))
		},
		sends: "GET /devicecontrol/newDeviceRequests?pageSize=2000",
	}, {
		method: "NewDeviceRequests.Page", answer: newDeviceRequestsJSON, items: "newDeviceRequests",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.NewDeviceRequests.Page(ctx, nil))
		},
		sends: "GET /devicecontrol/newDeviceRequests?pageSize=2000",
	}, {
		method: "NewDeviceRequests.Get", answer: newDeviceRequestJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NewDeviceRequests.Get(ctx, "SN/1")
		},
		sends: "GET /devicecontrol/newDeviceRequests/SN%2F1",
	}, {
		method: "NewDeviceRequests.Create", status: 201, answer: newDeviceRequestJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NewDeviceRequests.Create(ctx, &c8yclient.NewDeviceRequest{
				ID: "SN/1", GroupID: "200", Type: "acme_Pump", EnrollmentToken: "once",
			})
		},
		sends: "POST /devicecontrol/newDeviceRequests",
		body:  `{"id":"SN/1","groupId":"200","type":"acme_Pump","enrollmentToken":"once"}`,
	}, {
		method: "NewDeviceRequests.Accept", answer: newDeviceRequestJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NewDeviceRequests.Accept(ctx, "SN-1", "4711")
		},
		sends: "PUT /devicecontrol/newDeviceRequests/SN-1", body: `{"status":"ACCEPTED","securityToken":"4711"}`,
	}, {
		method: "NewDeviceRequests.Update", answer: newDeviceRequestJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NewDeviceRequests.Update(ctx, "SN-1", c8yclient.NewDeviceRequestPatch{
				Status: c8yclient.RequestWaiting, EnrollmentToken: "once",
			})
		},
		sends: "PUT /devicecontrol/newDeviceRequests/SN-1", body: `{"status":"WAITING_FOR_CONNECTION","enrollmentToken":"once"}`,
	}, {
		method: "NewDeviceRequests.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.NewDeviceRequests.Delete(ctx, "SN-1"))
		},
		sends: "DELETE /devicecontrol/newDeviceRequests/SN-1",
	}, {
		method: "NewDeviceRequests.AcceptAll", beyond: undocumented,
		answer: `[{"id":"SN-1","successful":true},{"id":"SN-2","successful":false,"error":"blocked","acme":1}]`,
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.NewDeviceRequests.AcceptAll(ctx) },
		sends:  "POST /devicecontrol/newDeviceRequests/acceptAll", body: `{}`,
	}, {
		method: "NewDeviceRequests.Limit", answer: `{"isReached":false,"limit":100,"deviceCount":12,"acme":1}`, beyond: undocumented,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.NewDeviceRequests.Limit(ctx) },
		sends: "GET /devicecontrol/newDeviceRequests/limit",
	}, {
		method: "NewDeviceRequests.CreateMany", status: 201,
		answer: `{"numberOfAll":2,"numberOfCreated":1,"numberOfFailed":1,"numberOfSuccessful":1,"acme":1,
			"credentialUpdatedList":[{"bulkNewDeviceStatus":"CREATED","deviceId":"SN-1"}],
			"failedCreationList":[{"bulkNewDeviceStatus":"FAILED","deviceId":"SN-2","failureReason":"no path","line":"SN-2;secret"}]}`,
		returns: `{"numberOfAll":2,"numberOfCreated":1,"numberOfFailed":1,"numberOfSuccessful":1,"acme":1,
			"credentialUpdatedList":[{"bulkNewDeviceStatus":"CREATED","deviceId":"SN-1"}],
			"failedCreationList":[{"bulkNewDeviceStatus":"FAILED","deviceId":"SN-2","failureReason":"no path","line":` + redactedPassword + `}]}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NewDeviceRequests.CreateMany(ctx, c8yclient.Upload{Name: "devices.csv", Body: strings.NewReader("ID;PATH\nSN-1;g")})
		},
		sends: "POST /devicecontrol/bulkNewDeviceRequests", contentType: "multipart/form-data",
		body: formParts("file devices.csv (text/csv): ID;PATH\nSN-1;g"),
	}, {
		method: "DeviceCredentials.Request", status: 201,
		answer:  `{"id":"SN-1","tenantId":"t1","username":"device_SN-1","password":"x9","self":"s","acme":1}`,
		returns: `{"id":"SN-1","tenantId":"t1","username":"device_SN-1","password":` + redactedPassword + `,"self":"s","acme":1}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.DeviceCredentials.Request(ctx, "SN-1", "4711")
		},
		sends: "POST /devicecontrol/deviceCredentials", body: `{"id":"SN-1","securityToken":"4711"}`,
		beyond: "the platform answers 201 as well as 200",
	}, {
		method: "DeviceCredentials.AccessToken", returns: `["e30.e30.e30","1h0m0s"]`,
		answer: `{"accessToken":"e30.e30.e30","idToken":null,"refreshToken":null,"expiresIn":3600}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			token, err := c.DeviceCredentials.AccessToken(ctx, []*x509.Certificate{{Raw: []byte("device")}, {Raw: []byte("issuer")}})
			if err != nil {
				return nil, err
			}
			return []string{token.Access.Reveal(), token.ExpiresIn.String()}, nil
		},
		sends: "POST /devicecontrol/deviceAccessToken",
		header: map[string]string{
			"Authorization": "",
			"X-Ssl-Cert-Chain": "-----BEGIN CERTIFICATE----- ZGV2aWNl -----END CERTIFICATE----- " +
				"-----BEGIN CERTIFICATE----- aXNzdWVy -----END CERTIFICATE-----",
		},
		beyond: "the tokens that are not used are null",
	}}
}
