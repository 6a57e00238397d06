package demo

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"c8yx/demo/rawjson"
)

// services is /service/{path}: what microservices themselves answer, if the tenant is subscribed to them and they run. Those of the demo
// are built with Spring, as most that the vendor's SDK makes are, and tell their health and loggers as Spring does.
type services struct{ *applications }

func (s *services) routes() []route {
	const health, loggers = "/service/{path}/health", "/service/{path}/loggers"
	return []route{
		{"GET", health, everyone(), "", s.health},
		{"GET", loggers, everyone(), "", s.loggers},
		{"GET", loggers + "/{logger}", everyone(), "", s.logger},
		{"POST", loggers + "/{logger}", needs(roleApplicationAdmin), "", s.setLogger},
	}
}

// running finds the microservice that the path names.
func (s *services) running(c *call) (item, error) {
	found := s.shelf.all(func(it item) bool {
		return it.Text("type") == "MICROSERVICE" && it.Text("contextPath") == c.param("path") && it.Text(applicationSince) != "" && availableTo(it, s.id)
	})
	if len(found) == 0 {
		return item{}, fail(http.StatusNotFound, "microservice/Not Found", "Microservice %s not found", c.param("path"))
	}
	return found[0], nil
}

func (s *services) health(c *call) (reply, error) {
	if _, err := s.running(c); err != nil {
		return reply{}, err
	}
	return ok("", []byte(`{"status":"UP"}`)), nil
}

func logLevels() []string { return []string{"OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"} }

// rootLogger is the one above all others.
const rootLogger = "ROOT"

// loggersOf are the loggers of a microservice and the levels that were set, "" for those that follow the one above them.
func loggersOf(it item) map[string]string {
	own := "example." + strings.ReplaceAll(it.Text("contextPath"), "-", ".")
	levels := map[string]string{rootLogger: "INFO", "com.cumulocity": "", "com.cumulocity.microservice": "", "org.springframework": "WARN", "org.springframework.web": "", own: "DEBUG", own + ".worker": ""}
	set, _ := it.Get(applicationLoggers)
	for name, raw := range rawjson.Members(set) {
		levels[name] = rawjson.Unquote(raw)
	}
	return levels
}

// effective is the level that a logger has: its own, or that of the nearest one above it.
func effective(levels map[string]string, name string) string {
	for {
		if level := levels[name]; level != "" {
			return level
		}
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 {
			return levels[rootLogger]
		}
		name = name[:dot]
	}
}

func writeLogger(w *rawjson.Writer, levels map[string]string, name string) {
	w.Open('{')
	if level := levels[name]; level != "" {
		w.Str("configuredLevel", level)
	} else {
		w.Raw("configuredLevel", "null")
	}
	w.Str("effectiveLevel", effective(levels, name))
	w.Close('}')
}

func (s *services) loggers(c *call) (reply, error) {
	it, err := s.running(c)
	if err != nil {
		return reply{}, err
	}
	levels := loggersOf(it)
	var w rawjson.Writer
	w.Open('{')
	w.Any("levels", logLevels())
	w.Key("loggers")
	w.Open('{')
	for _, name := range slices.Sorted(maps.Keys(levels)) {
		w.Key(name)
		writeLogger(&w, levels, name)
	}
	w.Close('}')
	w.Raw("groups", "{}")
	w.Close('}')
	return ok("", w.Buf), nil
}

func (s *services) logger(c *call) (reply, error) {
	it, err := s.running(c)
	if err != nil {
		return reply{}, err
	}
	levels, name := loggersOf(it), c.param("logger")
	if _, found := levels[name]; !found {
		return reply{}, fail(http.StatusNotFound, "microservice/Not Found", "There is no logger %s", name)
	}
	var w rawjson.Writer
	writeLogger(&w, levels, name)
	return ok("", w.Buf), nil
}

// setLogger sets the level of a logger, also of one that has written nothing yet; without a level it follows the one above it again.
func (s *services) setLogger(c *call) (reply, error) {
	it, err := s.running(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	level, name := strings.ToUpper(rawjson.Text(body, "configuredLevel")), c.param("logger")
	if level != "" && !slices.Contains(logLevels(), level) || level == "" && name == rootLogger {
		return reply{}, fail(http.StatusBadRequest, "microservice/Bad Request", "Invalid level of logger %s: %q", name, level)
	}
	set, _ := it.Get(applicationLoggers)
	s.shelf.merge(it.id, `{"`+applicationLoggers+`":`+s.store.Shapes.Compact(or(set, "{}")).Set(&s.store.Shapes, name, rawjson.Quote(level)).JSON()+`}`)
	return empty(http.StatusNoContent), nil
}
