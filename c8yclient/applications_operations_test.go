package c8yclient_test

import (
	"context"
	"strings"

	"c8yx/c8yclient"
)

// An application as a tenant sends it; like all fixtures with properties that nobody documented.
const (
	applicationJSON = `{"id":"20","self":"s","key":"pump-key","name":"pumps","type":"MICROSERVICE","availability":"MARKET",
		"contextPath":"pumps","description":"d","externalUrl":"https://x.example","owner":{"self":"s","tenant":{"id":"t1"},"acme":1},
		"activeVersionId":"2000","resourcesUrl":"/","roles":["ROLE_PUMP"],"requiredRoles":["ROLE_ALARM_READ"],"breadcrumbs":true,
		"contentSecurityPolicy":"csp","dynamicOptionsUrl":"/o.json","globalTitle":"Pumps","legacy":true,"rightDrawer":true,
		"upgrade":true,"manifest":` + manifestJSON + `,"acme_Team":{"name":"blue"}}`
	manifestJSON = `{"apiVersion":"v2","version":"1.0.0","contextPath":"pumps","billingMode":"RESOURCES","isolation":"MULTI_TENANT",
		"scale":"AUTO","provider":{"name":"Acme","acme":1},"extensions":[{"path":"/x","type":"y","acme":1}],
		"resources":{"cpu":"0.5","memory":"512Mi","acme":1},"requestResources":{"cpu":"250m"},
		"livenessProbe":{"httpGet":{"path":"/health","port":80},"failureThreshold":3,"periodSeconds":10,"timeoutSeconds":2,
		"successThreshold":1,"initialDelaySeconds":60},"readinessProbe":{"acme":1},"roles":["R"],"requiredRoles":["Q"],
		"settings":[{"key":"k"}],"settingsCategory":"pumps","noAppSwitcher":true,"tabsHorizontal":true,"_webpaas":true}`
	applicationsJSON = `{"applications":[` + applicationJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
	versionJSON      = `{"version":"1.0","binaryId":"315165","tags":["latest"],"acme":{"by":"jane"}}`

	// mentionsNoPaging is why a list sends a page size that the official document does not have.
	mentionsNoPaging = "the answer has the form of a page, so that it may be one"
)

func applicationsOperations() []operation {
	return []operation{{
		method: "Applications.List", items: "applications", answer: applicationsJSON,
		beyond: "availability and dropOverwrittenApps are sent by the platform's own web applications",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Applications.List(ctx, &c8yclient.ApplicationListOptions{
				Name: "pumps", Type: c8yclient.ApplicationHosted, Owner: "t1", Subscriber: "t2", ProvidedFor: "t3", Tenant: "t4", User: "jane",
				HasVersions: new(true), Availability: c8yclient.ApplicationMarket, DropOverwrittenApps: true,
				Paging: c8yclient.Paging{WithTotalPages: true},
			}))
		},
		sends: "GET /application/applications?name=pumps&type=HOSTED&owner=t1&subscriber=t2&providedFor=t3&tenant=t4&user=jane&hasVersions=true&availability=MARKET&dropOverwrittenApps=true&withTotalPages=true&pageSize=2000",
	}, {
		method: "Applications.Pages", items: "applications", answer: applicationsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Applications.Pages(ctx, nil))
		},
		sends: "GET /application/applications?pageSize=2000",
	}, {
		method: "Applications.Page", items: "applications", answer: applicationsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Applications.Page(ctx, nil))
		},
		sends: "GET /application/applications?pageSize=2000",
	}, {
		method: "Applications.Get", answer: applicationJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Applications.Get(ctx, "20") },
		sends: "GET /application/applications/20",
	}, {
		method: "Applications.Create", answer: applicationJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Applications.Create(ctx, &c8yclient.Application{Name: "pumps", Key: "pump-key", Type: c8yclient.ApplicationHosted})
		},
		sends: "POST /application/applications",
		body:  `{"name":"pumps","key":"pump-key","type":"HOSTED"}`,
	}, {
		method: "Applications.Update", answer: applicationJSON,
		beyond: "the document has activeVersionId as read only, but it is the way to activate a binary",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Applications.Update(ctx, "20", map[string]string{"activeVersionId": "2001"})
		},
		sends: "PUT /application/applications/20",
		body:  `{"activeVersionId":"2001"}`,
	}, {
		method: "Applications.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Applications.Delete(ctx, "20", &c8yclient.ApplicationDeleteOptions{Force: true}))
		},
		sends: "DELETE /application/applications/20?force=true",
	}, {
		method: "Applications.Clone", answer: applicationJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Applications.Clone(ctx, "20", &c8yclient.VersionSelector{Tag: "latest"})
		},
		sends: "POST /application/applications/20/clone?tag=latest",
	}, {
		method:  "Applications.BootstrapUser",
		answer:  `{"tenant":"t1","name":"servicebootstrap_pumps","password":"pa55","acme":1}`,
		returns: `[{"tenant":"t1","name":"servicebootstrap_pumps","password":"[redacted]","acme":1},"pa55"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			user, err := c.Applications.BootstrapUser(ctx, "20")
			if err != nil {
				return nil, err
			}
			return []any{user, user.Auth().(c8yclient.Basic).Password.Reveal()}, nil
		},
		sends: "GET /application/applications/20/bootstrapUser",
	}, {
		method: "Applications.ByName", items: "applications", answer: applicationsJSON, beyond: mentionsNoPaging,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Applications.ByName(ctx, "pumps", nil))
		},
		sends: "GET /application/applicationsByName/pumps?pageSize=2000",
	}, {
		method: "Applications.ByNamePage", items: "applications", answer: applicationsJSON, beyond: mentionsNoPaging,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Applications.ByNamePage(ctx, "pumps", nil))
		},
		sends: "GET /application/applicationsByName/pumps?pageSize=2000",
	}, {
		method: "Applications.ByOwner", items: "applications", answer: applicationsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Applications.ByOwner(ctx, "t1", nil))
		},
		sends: "GET /application/applicationsByOwner/t1?pageSize=2000",
	}, {
		method: "Applications.ByOwnerPage", items: "applications", answer: applicationsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Applications.ByOwnerPage(ctx, "t1", nil))
		},
		sends: "GET /application/applicationsByOwner/t1?pageSize=2000",
	}, {
		method: "Applications.ByTenant", items: "applications", answer: applicationsJSON, beyond: mentionsNoPaging,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Applications.ByTenant(ctx, "t1", nil))
		},
		sends: "GET /application/applicationsByTenant/t1?pageSize=2000",
	}, {
		method: "Applications.ByTenantPage", items: "applications", answer: applicationsJSON, beyond: mentionsNoPaging,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Applications.ByTenantPage(ctx, "t1", nil))
		},
		sends: "GET /application/applicationsByTenant/t1?pageSize=2000",
	}, {
		method: "Applications.ByUser", items: "applications", answer: applicationsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Applications.ByUser(ctx, "jane", nil))
		},
		sends: "GET /application/applicationsByUser/jane?pageSize=2000",
	}, {
		method: "Applications.ByUserPage", items: "applications", answer: applicationsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Applications.ByUserPage(ctx, "jane", nil))
		},
		sends: "GET /application/applicationsByUser/jane?pageSize=2000",
	}, {
		method: "Applications.Manifest", answer: manifestJSON, beyond: undocumented,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Applications.Manifest(ctx, "20") },
		sends: "GET /application/applications/20/manifest",
	}, {
		method: "Applications.Binaries", items: "attachments",
		answer: `{"attachments":[{"id":"2000","name":"pumps.zip","contextPath":"pumps","description":"d","length":5262152,"created":"2026-02-01T10:00:00.000Z","downloadUrl":"https://acme.example/x","acme":1}]}`,
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Applications.Binaries(ctx, "20") },
		sends:  "GET /application/applications/20/binaries",
	}, {
		method: "Applications.Binary", answer: "PK", returns: `"pumps.zip (application/zip): PK"`, accept: "*/*",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return content(c.Applications.Binary(ctx, "20", "2000"))
		},
		sends:    "GET /application/applications/20/binaries/2000",
		answered: map[string]string{"Content-Type": "application/zip", "Content-Disposition": `attachment; filename="pumps.zip"`},
	}, {
		method: "Applications.UploadBinary", answer: `{"id":"2000","name":"pumps.zip","length":2,"acme":1}`, status: 201, contentType: "multipart/form-data",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Applications.UploadBinary(ctx, "20", c8yclient.Upload{Name: "pumps.zip", Body: strings.NewReader("PK")},
				&c8yclient.ApplicationUploadOptions{ClearConflictingOptions: true})
		},
		sends: "POST /application/applications/20/binaries?clearConflictingOptions=true",
		body:  formParts("file pumps.zip (application/zip): PK"),
	}, {
		method: "Applications.DeleteBinary", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Applications.DeleteBinary(ctx, "20", "2000"))
		},
		sends: "DELETE /application/applications/20/binaries/2000",
	}, {
		method: "Applications.Versions", items: "versions", answer: `{"versions":[` + versionJSON + `]}`,
		accept: "application/vnd.com.nsn.cumulocity.applicationVersionCollection+json",
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Applications.Versions(ctx, "20") },
		sends:  "GET /application/applications/20/versions",
	}, {
		method: "Applications.Version", answer: versionJSON,
		accept: "application/vnd.com.nsn.cumulocity.applicationVersion+json",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Applications.Version(ctx, "20", c8yclient.VersionSelector{Version: "1.0+b"})
		},
		sends: "GET /application/applications/20/versions?version=1.0%2Bb",
	}, {
		method: "Applications.CreateVersion", answer: versionJSON, status: 201, contentType: "multipart/form-data",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Applications.CreateVersion(ctx, "20", c8yclient.ApplicationVersion{Version: "1.0", Tags: []string{"latest"}},
				c8yclient.Upload{Name: "pumps.zip", Body: strings.NewReader("PK"), Size: 2})
		},
		sends: "POST /application/applications/20/versions",
		body: formParts(`applicationVersion (application/json): {"tags":["latest"],"version":"1.0"}`,
			"applicationBinary pumps.zip (application/zip): PK"),
	}, {
		method: "Applications.SetVersionTags", answer: versionJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Applications.SetVersionTags(ctx, "20", "1.0", "latest", "tag-1")
		},
		sends: "PUT /application/applications/20/versions/1.0",
		body:  `{"tags":["latest","tag-1"]}`,
	}, {
		method: "Applications.DeleteVersion", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Applications.DeleteVersion(ctx, "20", c8yclient.VersionSelector{Tag: "old"}))
		},
		sends: "DELETE /application/applications/20/versions?tag=old",
	}}
}

func microservicesOperations() []operation {
	return []operation{{
		method: "CurrentApplication.Get", answer: applicationJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.CurrentApplication.Get(ctx) },
		sends: "GET /application/currentApplication",
	}, {
		method: "CurrentApplication.Update", answer: applicationJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.CurrentApplication.Update(ctx, &c8yclient.Application{Description: "d"})
		},
		sends: "PUT /application/currentApplication",
		body:  `{"description":"d"}`,
	}, {
		method: "CurrentApplication.Settings", answer: `{"key":"pa55"}`, returns: `[{"key":"[redacted]"},"pa55"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			settings, err := c.CurrentApplication.Settings(ctx)
			return []any{settings, settings["key"].Reveal()}, err
		},
		sends: "GET /application/currentApplication/settings",
	}, {
		method:  "CurrentApplication.Subscriptions",
		answer:  `{"users":[{"tenant":"t1","name":"service_pumps","password":"pa55","acme":1}]}`,
		returns: `[{"tenant":"t1","name":"service_pumps","password":"[redacted]","acme":1}]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.CurrentApplication.Subscriptions(ctx)
		},
		sends: "GET /application/currentApplication/subscriptions",
	}, {
		method:  "Microservices.Status",
		answer:  `{"managedObjects":[{"id":"77","type":"c8y_Application_20","c8y_Status":{"status":"UP"}}]}`,
		returns: `{"id":"77","type":"c8y_Application_20","c8y_Status":{"status":"UP"}}`,
		call:    func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Microservices.Status(ctx, "20") },
		sends:   "GET /inventory/managedObjects?type=c8y_Application_20&withChildren=false&pageSize=1",
	}, {
		method: "Microservices.Logs",
		answer: `{"applicationId":"20","instanceName":"pumps-1","logs":"started","acme":1}`,
		accept: "application/json, text/plain",
		beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Microservices.Logs(ctx, "20", "pumps-1", &c8yclient.MicroserviceLogOptions{DateFrom: date(1), DateTo: date(2)})
		},
		sends: "GET /application/applications/20/logs/pumps-1?dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z",
	}, {
		method: "Microservices.Health", answer: `{"status":"UP","components":{"disk":{"status":"UP"}}}`,
		beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Microservices.Health(ctx, "pumps")
		},
		sends: "GET /service/pumps/health",
	}, {
		method: "Microservices.Loggers",
		answer: `{"levels":["INFO","OFF"],"loggers":{"ROOT":{"configuredLevel":"INFO","effectiveLevel":"INFO","acme":1}},"groups":{}}`,
		beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Microservices.Loggers(ctx, "pumps")
		},
		sends: "GET /service/pumps/loggers",
	}, {
		method: "Microservices.Logger", answer: `{"configuredLevel":"INFO","effectiveLevel":"INFO","acme":1}`,
		beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Microservices.Logger(ctx, "pumps", "ROOT")
		},
		sends: "GET /service/pumps/loggers/ROOT",
	}, {
		method: "Microservices.SetLogLevel", status: 204, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Microservices.SetLogLevel(ctx, "pumps", "com.acme", "DEBUG"))
		},
		sends: "POST /service/pumps/loggers/com.acme",
		body:  `{"configuredLevel":"DEBUG"}`,
	}}
}
