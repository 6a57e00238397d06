package demo

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// applicationContents is what is in the archive of a web application: the files that browsers get below /apps, that can be
// replaced one by one, and of which plugins are some. Neither the official document nor the vendor's client says how plugins
// are kept; here the files of one are those below plugins/NAME.
type applicationContents struct{ *applicationFiles }

func (a *applicationContents) routes() []route {
	const one, binaries = "/application/applications/{id}", "/application/applications/{id}/binaries"
	readers, writers := needs(roleApplicationRead), needs(roleApplicationAdmin)
	return []route{
		{"POST", one + "/refresh", writers, "application", a.refresh},
		{"POST", binaries + "/files", writers, "", a.postFiles},
		{"GET", binaries + "/plugins", readers, "", a.plugins},
		{"POST", binaries + "/plugins/{name}", writers, "", a.postPlugin},
		{"DELETE", binaries + "/plugins/{name}", writers, "", a.deletePlugin},
		{"GET", "/apps/{path}", anonymous(), "*/*", a.serve},
		{"GET", "/apps/{path}/{file}", anonymous(), "*/*", a.serve},
		{"GET", "/apps/{path}/{folder}/{file}", anonymous(), "*/*", a.serve},
		{"GET", "/apps/{path}/{folder}/{inner}/{file}", anonymous(), "*/*", a.serve},
	}
}

// Bounds of what is unpacked, as an archive may claim anything.
const (
	maxUnpacked      = 64 << 20
	maxUnpackedFiles = 2000
)

// contents are files of an archive by their paths.
type contents map[string][]byte

func unpack(archive []byte) (contents, error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, invalid("The file is no zip archive: %v", err)
	}
	files, left := contents{}, int64(maxUnpacked)
	for _, entry := range reader.File {
		name := path.Clean("/" + strings.ReplaceAll(entry.Name, `\`, "/"))[1:]
		if name == "" || entry.FileInfo().IsDir() {
			continue
		}
		content, err := readEntry(entry, left)
		if err != nil {
			return nil, err
		}
		if left -= int64(len(content)); left < 0 || len(files) == maxUnpackedFiles {
			return nil, invalid("The archive is too large")
		}
		files[name] = content
	}
	return files, nil
}

// readEntry reads a file of an archive, but not much more of it than is left to unpack.
func readEntry(entry *zip.File, left int64) ([]byte, error) {
	file, err := entry.Open()
	if err != nil {
		return nil, invalid("%s cannot be read: %v", entry.Name, err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(io.LimitReader(file, left+1))
	if err != nil {
		return nil, invalid("%s cannot be read: %v", entry.Name, err)
	}
	return content, nil
}

// pack makes an archive, the same one for the same files.
func (f contents) pack() ([]byte, error) {
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		w, err := archive.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f[name]); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// active returns the files of the active archive, or none if the application has no archive yet.
func (a *applicationContents) active(it item) (contents, error) {
	_, file, found := a.file(it.Text("activeVersionId"))
	if !found {
		return contents{}, nil
	}
	return unpack(file.Content)
}

// replace makes changed files the active archive of an application, and answers with it.
func (a *applicationContents) replace(c *call, it item, files contents) (reply, error) {
	packed, err := files.pack()
	if err != nil {
		return reply{}, err
	}
	manifest, err := manifest(packed)
	if err != nil {
		return reply{}, err
	}
	id, err := a.keepFile(c, it, store.File{Name: or(it.Text("contextPath"), it.id) + ".zip", Type: "application/zip", Content: packed})
	if err != nil {
		return reply{}, err
	}
	a.activate(it, id, manifest)
	a.audit(c.did("Application", "Application binary updated", it.id))
	it, _ = a.shelf.get(it.id)
	return created("", c.url(applicationPath(it)), a.render(c.base, it)), nil
}

// hosted is own for what only web applications have.
func (a *applicationContents) hosted(c *call) (item, error) {
	it, err := a.own(c)
	if err == nil && it.Text("type") != "HOSTED" {
		err = fail(http.StatusBadRequest, "applications/Bad Request", "Application %s is no hosted one", it.id)
	}
	return it, err
}

// refresh puts the active archive in place again.
func (a *applicationContents) refresh(c *call) (reply, error) {
	it, err := a.hosted(c)
	if err != nil {
		return reply{}, err
	}
	_, file, found := a.file(it.Text("activeVersionId"))
	if !found {
		return reply{}, fail(http.StatusNotFound, "applications/Not Found", "Application %s has no active binary", it.id)
	}
	if manifest, err := manifest(file.Content); err == nil {
		a.activate(it, it.Text("activeVersionId"), manifest)
	}
	it, _ = a.shelf.get(it.id)
	return created("application", c.url(applicationPath(it)), a.render(c.base, it)), nil
}

// postFiles replaces files, or adds some. The name of a part is the path of its file.
func (a *applicationContents) postFiles(c *call) (reply, error) {
	it, err := a.hosted(c)
	if err != nil {
		return reply{}, err
	}
	sent, err := c.parts("")
	if err != nil {
		return reply{}, err
	}
	files, err := a.active(it)
	if err != nil {
		return reply{}, err
	}
	for name, content := range sent.parts {
		files[path.Clean("/" + name)[1:]] = content
	}
	return a.replace(c, it, files)
}

const pluginFolder = "plugins/"

func (a *applicationContents) plugins(c *call) (reply, error) {
	it, err := a.find(c)
	if err != nil {
		return reply{}, err
	}
	files, err := a.active(it)
	if err != nil {
		return reply{}, err
	}
	counts := map[string]int{}
	for name := range files {
		if plugin, _, below := strings.Cut(strings.TrimPrefix(name, pluginFolder), "/"); below && strings.HasPrefix(name, pluginFolder) {
			counts[plugin]++
		}
	}
	list := []any{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, map[string]any{"name": name, "files": counts[name]})
	}
	return ok("", rawjson.Append(nil, list)), nil
}

func (a *applicationContents) postPlugin(c *call) (reply, error) {
	it, err := a.hosted(c)
	if err != nil {
		return reply{}, err
	}
	sent, err := c.upload()
	if err != nil {
		return reply{}, err
	}
	added, err := unpack(sent.file.Content)
	if err != nil {
		return reply{}, err
	}
	files, err := a.active(it)
	if err != nil {
		return reply{}, err
	}
	for name, content := range added {
		files[pluginFolder+c.param("name")+"/"+name] = content
	}
	return a.replace(c, it, files)
}

func (a *applicationContents) deletePlugin(c *call) (reply, error) {
	it, err := a.hosted(c)
	if err != nil {
		return reply{}, err
	}
	files, err := a.active(it)
	if err != nil {
		return reply{}, err
	}
	before := len(files)
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return strings.HasPrefix(name, pluginFolder+c.param("name")+"/") })
	if len(files) == before {
		return reply{}, fail(http.StatusNotFound, "applications/Not Found", "Application %s has no plugin %s", it.id, c.param("name"))
	}
	changed, err := a.replace(c, it, files)
	changed.status = http.StatusOK
	return changed, err
}

// serve answers browsers: with a file of the active archive, or of that of the version or tag after an @ in the path. Applications that call
// themselves public are below /apps/public as well.
func (a *applicationContents) serve(c *call) (reply, error) {
	steps := slices.DeleteFunc([]string{c.param("path"), c.param("folder"), c.param("inner"), c.param("file")}, func(step string) bool { return step == "" })
	public := steps[0] == "public" && len(steps) > 1
	if public {
		steps = steps[1:]
	}
	name, version, _ := strings.Cut(steps[0], "@")
	it, found := a.at(name)
	if !found || it.Text("type") != "HOSTED" || public && !it.flag("public") {
		return reply{}, noPage(c)
	}
	archive := it.Text("activeVersionId")
	if version != "" {
		versions := a.versionsOf(it)
		at := slices.IndexFunc(versions, func(v applicationVersion) bool { return v.Version == version || slices.Contains(v.Tags, version) })
		if at < 0 {
			return reply{}, noPage(c)
		}
		archive = versions[at].BinaryID
	}
	wanted := or(path.Join(steps[1:]...), "index.html")
	_, file, _ := a.file(archive)
	files, err := unpack(file.Content)
	content, there := files[wanted]
	if raw, declared := it.Get("manifest"); !there && wanted == "cumulocity.json" && declared {
		content, there = []byte(raw), true
	}
	if !there {
		if err == nil || file.Content == nil {
			err = noPage(c)
		}
		return reply{}, err
	}
	media := or(mime.TypeByExtension(path.Ext(wanted)), "application/octet-stream")
	return reply{status: http.StatusOK, media: media, body: content, always: true}, nil
}

func noPage(c *call) error {
	return fail(http.StatusNotFound, "general/Not Found", "HTTP 404 Not Found: %s", c.r.URL.Path)
}
