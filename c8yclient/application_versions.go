package c8yclient

import (
	"context"
	"errors"
	"net/http"
)

// The path of the versions has two forms, which only the Accept header tells apart.
const (
	mediaApplicationVersion           = "application/vnd.com.nsn.cumulocity.applicationVersion+json"
	mediaApplicationVersionCollection = "application/vnd.com.nsn.cumulocity.applicationVersionCollection+json"
)

// ApplicationVersion is a version of a web application or plugin.
type ApplicationVersion struct {
	Version  string `json:"version,omitzero"`
	BinaryID ID     `json:"binaryId,omitzero"`
	// Tags belong to one version of the application each; "latest" is the one that is served.
	Tags []string `json:"tags,omitempty"`
	Document
}

// AllTags returns the tags, under whichever name the tenant sends them: "tags" is what the
// examples of the official document say, "tag" its schema.
func (v *ApplicationVersion) AllTags() []string {
	raw, ok := v.Fragment("tag")
	switch {
	case len(v.Tags) > 0 || !ok:
		return v.Tags
	case raw.Kind() == '[':
		tags, _ := FragmentAs[[]string](v, "tag")
		return tags
	case raw.Kind() == '"':
		return []string{looseText(raw)}
	}
	return nil
}

// VersionSelector selects a version of an application, by its name or by a tag of it: give one.
type VersionSelector struct {
	Version string `query:"version"`
	Tag     string `query:"tag"`
}

var errNoVersion = errors.New("say which version, by its name or by a tag, but not both")

// route is the route of one version. Without a selector it would be that of all.
func (v VersionSelector) route(id string) route {
	path := applicationRoute(id, "versions")
	if path.err == nil && (v.Version == "") == (v.Tag == "") {
		path.err = errNoVersion
	}
	return path
}

// Versions returns the versions of an application; they are not paged.
//
// Operation: GET /application/applications/{id}/versions
func (s *ApplicationsService) Versions(ctx context.Context, id string) ([]*ApplicationVersion, error) {
	return items[ApplicationVersion](ctx, s.client, call{
		method: http.MethodGet, path: applicationRoute(id, "versions"), accept: mediaApplicationVersionCollection,
	}, "versions")
}

// Version returns one version of an application.
//
// Operation: GET /application/applications/{id}/versions?version=1.0
func (s *ApplicationsService) Version(ctx context.Context, id string, version VersionSelector) (*ApplicationVersion, error) {
	return one[ApplicationVersion](ctx, s.client, call{
		method: http.MethodGet, path: version.route(id), query: version, accept: mediaApplicationVersion,
	})
}

// CreateVersion uploads a version of an application. Name and tags consist of letters, digits,
// dots, pluses and hyphens. [ErrConflict] means that another version has the name or a tag.
//
// Operation: POST /application/applications/{id}/versions
func (s *ApplicationsService) CreateVersion(ctx context.Context, id string, version ApplicationVersion, upload Upload) (*ApplicationVersion, error) {
	encoded, err := marshal(version)
	if err != nil {
		return nil, invalid(http.MethodPost, "", err)
	}
	created := new(ApplicationVersion)
	err = s.client.postForm(ctx, call{
		method: http.MethodPost, path: applicationRoute(id, "versions"), into: created,
	}, formFile{
		fields: []formField{{"applicationVersion", "application/json", string(encoded)}},
		part:   "applicationBinary", upload: upload.orZip(),
	})
	if err != nil {
		return nil, err
	}
	return created, nil
}

// SetVersionTags replaces the tags of a version.
//
// Operation: PUT /application/applications/{id}/versions/{version}
func (s *ApplicationsService) SetVersionTags(ctx context.Context, id, version string, tags ...string) (*ApplicationVersion, error) {
	if tags == nil {
		tags = []string{}
	}
	return one[ApplicationVersion](ctx, s.client, call{
		method: http.MethodPut, path: applicationRoute(id, "versions", version), body: map[string][]string{"tags": tags},
	})
}

// DeleteVersion removes one version of an application.
//
// Operation: DELETE /application/applications/{id}/versions
func (s *ApplicationsService) DeleteVersion(ctx context.Context, id string, version VersionSelector) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: version.route(id), query: version})
}
