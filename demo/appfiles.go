package demo

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// applicationFiles is …/binaries and …/versions of an application: the archives it consists of. They are kept as binaries of
// the inventory are.
type applicationFiles struct{ *applications }

func (a *applicationFiles) routes() []route {
	const all, one = "/application/applications/{id}/binaries", "/application/applications/{id}/binaries/{binary}"
	const versions = "/application/applications/{id}/versions"
	readers, writers := needs(roleApplicationRead), needs(roleApplicationAdmin)
	return []route{
		{"GET", all, writers, "applicationbinaries", a.list},
		{"POST", all, writers, "application", a.post},
		{"GET", one, writers, "*/*", a.get},
		{"DELETE", one, writers, "", a.delete},
		{"GET", versions, readers, "applicationVersionCollection", a.getVersions},
		{"POST", versions, writers, "applicationVersion", a.postVersion},
		{"DELETE", versions, writers, "", a.deleteVersion},
		{"PUT", versions + "/{version}", writers, "applicationVersion", a.putTags},
	}
}

// applicationVersion is a named state of a web application.
type applicationVersion struct {
	Version, BinaryID string
	Tags              []string
}

func (a *applications) versionsOf(it item) (versions []applicationVersion) {
	raw, _ := it.Get(applicationVersions)
	for element := range rawjson.Elements(raw) {
		tags, _ := rawjson.Member(element, "tags")
		v := applicationVersion{Version: rawjson.Text(element, "version"), BinaryID: rawjson.Text(element, "binaryId")}
		for tag := range rawjson.Elements(tags) {
			v.Tags = append(v.Tags, rawjson.Unquote(tag))
		}
		versions = append(versions, v)
	}
	return versions
}

func (v applicationVersion) document(tags string) map[string]any {
	return map[string]any{"version": v.Version, "binaryId": v.BinaryID, tags: slices.Clone(v.Tags)}
}

// writeVersions writes the tags under both names that clients know.
func writeVersions(w *rawjson.Writer, versions []applicationVersion) {
	w.Open('[')
	for _, v := range versions {
		w.Comma()
		w.Buf = append(w.Buf, v.render()...)
	}
	w.Close(']')
}

func (v applicationVersion) render() []byte {
	doc := v.document("tag")
	doc["tags"] = doc["tag"]
	return rawjson.Append(nil, doc)
}

// setVersions replaces the versions; the one tagged latest is the active one.
func (a *applications) setVersions(it item, versions []applicationVersion) {
	docs, active := make([]any, len(versions)), it.Text("activeVersionId")
	for i, v := range versions {
		docs[i] = v.document("tags")
		if slices.Contains(v.Tags, "latest") {
			active = v.BinaryID
		}
	}
	patch := map[string]any{applicationVersions: docs}
	if active != "" {
		patch["activeVersionId"] = active
	}
	a.shelf.merge(it.id, string(rawjson.Append(nil, patch)))
}

// version finds the version that a request names by version or tag, by default that of a tag.
func (a *applications) version(c *call, it item, otherwise string) (applicationVersion, error) {
	number, tag := c.query.Get("version"), c.query.Get("tag")
	switch {
	case number != "" && tag != "":
		return applicationVersion{}, invalid("Only one of the parameters version and tag is allowed")
	case number == "" && tag == "":
		tag = otherwise
	}
	for _, v := range a.versionsOf(it) {
		if number != "" && v.Version == number || tag != "" && slices.Contains(v.Tags, tag) {
			return v, nil
		}
	}
	return applicationVersion{}, noVersion()
}

func noVersion() error {
	return fail(http.StatusNotFound, "applications/Not Found", "Cannot find application version for this application")
}

func (a *applications) hasBinary(it item, id string) bool {
	return slices.Contains(it.strings(applicationBinaries), id)
}

// file returns a kept archive.
func (a *applications) file(id string) (object *store.Object, file store.File, found bool) {
	number, _ := store.ParseID(id)
	a.store.View(func(d *store.Data) {
		object = d.Objects.Get(number)
		file, found = d.Files[number]
	})
	return object, file, found && object != nil
}

func (a *applications) keepFile(c *call, it item, file store.File) (string, error) {
	doc := a.files.describe(a.store.Shapes.Encode(map[string]any{"owner": c.who.user.name}), file)
	object, err := a.files.keep(doc, file, a.now(), c.say)
	if err != nil {
		return "", err
	}
	id := object.ID.String()
	a.shelf.merge(it.id, string(rawjson.Append(nil, map[string]any{applicationBinaries: append(it.strings(applicationBinaries), id)})))
	return id, nil
}

func (a *applications) copyFile(c *call, id string) (string, error) {
	_, file, found := a.file(id)
	if !found {
		return "", noObject(id)
	}
	object, err := a.files.keep(a.files.describe(a.store.Shapes.Encode(map[string]any{"owner": c.who.user.name}), file), file, a.now(), c.say)
	if err != nil {
		return "", err
	}
	return object.ID.String(), nil
}

func (a *applications) dropFile(id string, say announce) {
	if object, _, found := a.file(id); found {
		a.inventory.remove([]*store.Object{object}, say)
	}
}

func (a *applicationFiles) list(c *call) (reply, error) {
	it, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	w.Open('{')
	w.Key("attachments")
	w.Open('[')
	for _, id := range it.strings(applicationBinaries) {
		a.attachment(&w, c, it, id)
	}
	w.Close(']')
	w.Close('}')
	return ok("applicationbinaries", w.Buf), nil
}

// attachment writes what is known of an archive, nothing if it is gone.
func (a *applications) attachment(w *rawjson.Writer, c *call, it item, id string) {
	object, file, found := a.file(id)
	if !found {
		return
	}
	w.Comma()
	w.Open('{')
	w.Str("id", id)
	w.Str("name", file.Name)
	w.Int("length", file.Size())
	w.Str("created", formatMilli(object.Created))
	w.Str("contextPath", it.Text("contextPath"))
	w.Str("description", it.Text("description"))
	w.Str("downloadUrl", c.url(applicationPath(it)+"/binaries/"+id))
	w.Close('}')
}

// maxManifest bounds what is read out of an archive, which may claim anything.
const maxManifest = 1 << 20

// manifest reads cumulocity.json out of an archive; "" if there is none. Not every archive is one: tests upload anything.
func manifest(content []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", invalid("The file is no zip archive: %v", err)
	}
	file, err := archive.Open("cumulocity.json")
	if err != nil {
		return "", nil // web applications need none
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, maxManifest))
	if err != nil {
		return "", invalid("cumulocity.json cannot be read: %v", err)
	}
	compact, err := rawjson.CompactObject(text)
	if err != nil {
		return "", invalid("cumulocity.json is no JSON object: %v", err)
	}
	return compact, nil
}

// post uploads the archive of an application, which becomes the active one. A microservice is started with it.
// The document promises the application; what comes is the archive, whose id the vendor's c8ycli takes for the active version.
func (a *applicationFiles) post(c *call) (reply, error) {
	it, err := a.own(c)
	if err != nil {
		return reply{}, err
	}
	sent, err := c.upload()
	if err != nil {
		return reply{}, err
	}
	manifest, err := manifest(sent.file.Content)
	switch {
	case err != nil:
		return reply{}, err
	case manifest == "" && it.Text("type") == "MICROSERVICE":
		return reply{}, invalid("cumulocity.json is missing in the archive")
	}
	id, err := a.keepFile(c, it, sent.file)
	if err != nil {
		return reply{}, err
	}
	a.activate(it, id, manifest)
	d := c.did("Application", "Application binary uploaded", it.id)
	a.audit(d)
	var w rawjson.Writer
	a.attachment(&w, c, it, id)
	return created("application", c.url(applicationPath(it)+"/binaries/"+id), w.Buf), nil
}

// activate makes an archive the active one, with what its manifest says.
func (a *applications) activate(it item, id, manifest string) {
	patch := map[string]any{"activeVersionId": id}
	it, _ = a.shelf.merge(it.id, string(rawjson.Append(nil, patch)))
	if manifest == "" {
		return
	}
	var w rawjson.Writer
	w.Open('{')
	w.Raw("manifest", manifest)
	for _, name := range []string{"roles", "requiredRoles"} {
		if raw, found := rawjson.Member(manifest, name); found {
			w.Raw(name, raw)
		}
	}
	w.Close('}')
	it, _ = a.shelf.merge(it.id, string(w.Buf))
	if it.Text("type") == "MICROSERVICE" {
		a.started(it)
	}
}

// binary returns the archive that the path names.
func (a *applicationFiles) binary(c *call) (item, *store.Object, store.File, error) {
	it, err := a.find(c)
	if err != nil {
		return it, nil, store.File{}, err
	}
	object, file, found := a.file(c.param("binary"))
	if !found || !a.hasBinary(it, c.param("binary")) {
		return it, nil, store.File{}, noObject(c.param("binary"))
	}
	return it, object, file, nil
}

func (a *applicationFiles) get(c *call) (reply, error) {
	_, object, file, err := a.binary(c)
	if err != nil {
		return reply{}, err
	}
	file.Type = "application/zip"
	return download(file, object.Updated), nil
}

// delete removes an archive that is not the active one.
func (a *applicationFiles) delete(c *call) (reply, error) {
	it, object, _, err := a.binary(c)
	switch {
	case err != nil:
		return reply{}, err
	case it.Text(applicationOwner) != a.id:
		return reply{}, forbidden()
	case it.Text("activeVersionId") == c.param("binary"):
		return reply{}, fail(http.StatusConflict, "applications/Conflict", "The active binary %s cannot be removed", c.param("binary"))
	}
	left := slices.DeleteFunc(it.strings(applicationBinaries), func(id string) bool { return id == c.param("binary") })
	a.shelf.merge(it.id, string(rawjson.Append(nil, map[string]any{applicationBinaries: left})))
	a.inventory.remove([]*store.Object{object}, c.say)
	return empty(http.StatusNoContent), nil
}

// getVersions lists the versions, or returns the one that is named.
func (a *applicationFiles) getVersions(c *call) (reply, error) {
	it, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	if c.query.Has("version") || c.query.Has("tag") {
		v, err := a.version(c, it, "")
		if err != nil {
			return reply{}, err
		}
		return ok("applicationVersion", v.render()), nil
	}
	var w rawjson.Writer
	w.Open('{')
	for _, name := range []string{"versions", "applicationVersions"} { // in the document, and in the vendor's client
		w.Key(name)
		writeVersions(&w, a.versionsOf(it))
	}
	w.Close('}')
	return ok("applicationVersionCollection", w.Buf), nil
}

// checkVersion refuses names that are ill spelt or taken by other versions.
func checkVersion(versions []applicationVersion, number string, tags []string) error {
	for _, name := range append([]string{number}, tags...) {
		if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-") != "" {
			return invalid("Version or tag contains unacceptable characters: %q", name)
		}
	}
	for _, v := range versions {
		if v.Version == number || slices.ContainsFunc(tags, func(tag string) bool { return tag != "latest" && slices.Contains(v.Tags, tag) }) {
			return fail(http.StatusConflict, "applications/Duplicate", "Version or tag for this application already exists")
		}
	}
	return nil
}

func (a *applicationFiles) postVersion(c *call) (reply, error) {
	it, err := a.own(c)
	if err != nil {
		return reply{}, err
	}
	sent, err := c.parts("applicationBinary")
	if err != nil {
		return reply{}, err
	}
	body, err := rawjson.CompactObject(sent.parts["applicationVersion"])
	if err != nil || sent.file.Content == nil {
		return reply{}, missing("applicationBinary,applicationVersion")
	}
	v, versions := applicationVersion{Version: rawjson.Text(body, "version"), Tags: tagsOf(body)}, a.versionsOf(it)
	if err := checkVersion(versions, v.Version, v.Tags); err != nil {
		return reply{}, err
	}
	if len(versions) == 0 && !slices.Contains(v.Tags, "latest") {
		v.Tags = append(v.Tags, "latest")
	}
	if v.BinaryID, err = a.keepFile(c, it, sent.file); err != nil {
		return reply{}, err
	}
	it, _ = a.shelf.get(it.id)
	a.setVersions(it, append(untag(versions, v.Tags), v))
	return created("applicationVersion", c.url(applicationPath(it)+"/versions?version="+v.Version), v.render()), nil
}

func tagsOf(body string) (tags []string) {
	raw, _ := rawjson.Member(body, "tags")
	for tag := range rawjson.Elements(raw) {
		tags = append(tags, rawjson.Unquote(tag))
	}
	return tags
}

// untag takes the tag latest from other versions: it moves on.
func untag(versions []applicationVersion, tags []string) []applicationVersion {
	if slices.Contains(tags, "latest") {
		for i := range versions {
			versions[i].Tags = slices.DeleteFunc(versions[i].Tags, func(tag string) bool { return tag == "latest" })
		}
	}
	return versions
}

func (a *applicationFiles) deleteVersion(c *call) (reply, error) {
	it, err := a.own(c)
	if err != nil {
		return reply{}, err
	}
	v, err := a.version(c, it, "")
	switch {
	case err != nil:
		return reply{}, err
	case slices.Contains(v.Tags, "latest"):
		return reply{}, fail(http.StatusConflict, "applications/Conflict", "Version with tag latest cannot be removed")
	}
	a.setVersions(it, slices.DeleteFunc(a.versionsOf(it), func(other applicationVersion) bool { return other.Version == v.Version }))
	a.dropFile(v.BinaryID, c.say)
	return empty(http.StatusNoContent), nil
}

func (a *applicationFiles) putTags(c *call) (reply, error) {
	it, err := a.own(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	if _, found := rawjson.Member(body, "tags"); !found {
		return reply{}, missing("tags")
	}
	tags, versions := tagsOf(body), a.versionsOf(it)
	at := slices.IndexFunc(versions, func(v applicationVersion) bool { return v.Version == c.param("version") })
	if at < 0 {
		return reply{}, noVersion()
	}
	changed := versions[at]
	if err := checkVersion(slices.Delete(slices.Clone(versions), at, at+1), changed.Version, tags); err != nil {
		return reply{}, err
	}
	if slices.Contains(changed.Tags, "latest") && !slices.Contains(tags, "latest") {
		return reply{}, fail(http.StatusConflict, "applications/Conflict", "The tag latest can only be moved to another version")
	}
	versions = untag(versions, tags)
	versions[at].Tags = tags
	a.setVersions(it, versions)
	return created("applicationVersion", c.url(applicationPath(it)+"/versions?version="+changed.Version), versions[at].render()), nil
}
