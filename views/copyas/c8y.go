package copyas

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// resource is a collection of the API for which the c8y command has verbs of its own.
type resource struct {
	path    string // of the collection, without the leading slash
	command string // its name in c8y
	// list names the flags by the query parameters of the list.
	list map[string]string
	// body names the flags by the members of the document that updating takes one by one.
	body map[string]string
	// lacks names the verbs that c8y does not have for it.
	lacks []string
}

// paging are the flags that all lists share.
var paging = map[string]string{"pageSize": "pageSize", "currentPage": "currentPage", "withTotalPages": "withTotalPages"}

// resources are those that people use most. What is not here is asked for by "c8y api".
var resources = []resource{
	{
		path: "alarm/alarms", command: "alarms", lacks: []string{"delete"},
		list: map[string]string{
			"source": "device", "dateFrom": "dateFrom", "dateTo": "dateTo", "type": "type", "status": "status", "severity": "severity",
			"resolved": "resolved", "withSourceAssets": "withSourceAssets", "withSourceDevices": "withSourceDevices",
		},
		body: map[string]string{"status": "status", "severity": "severity", "text": "text"},
	},
	{
		path: "event/events", command: "events",
		list: map[string]string{
			"source": "device", "dateFrom": "dateFrom", "dateTo": "dateTo", "type": "type", "fragmentType": "fragmentType", "revert": "revert",
		},
		body: map[string]string{"text": "text"},
	},
	{
		path: "measurement/measurements", command: "measurements", lacks: []string{"update"},
		list: map[string]string{
			"source": "device", "dateFrom": "dateFrom", "dateTo": "dateTo", "type": "type", "valueFragmentType": "valueFragmentType",
			"valueFragmentSeries": "valueFragmentSeries", "revert": "revert",
		},
	},
	{
		path: "devicecontrol/operations", command: "operations", lacks: []string{"delete"},
		list: map[string]string{
			"deviceId": "device", "agentId": "agent", "status": "status", "dateFrom": "dateFrom", "dateTo": "dateTo",
			"bulkOperationId": "bulkOperationId", "revert": "revert",
		},
		body: map[string]string{"status": "status", "failureReason": "failureReason"},
	},
	{
		path: "inventory/managedObjects", command: "inventory",
		list: map[string]string{
			"ids": "ids", "type": "type", "fragmentType": "fragmentType", "owner": "owner", "text": "text", "withParents": "withParents", "withChildren": "withChildren",
		},
		body: map[string]string{"name": "newName"},
	},
	{path: "inventory/binaries", command: "binaries", lacks: []string{"create", "update", "get"}, list: map[string]string{"type": "type", "owner": "owner"}},
	{path: "audit/auditRecords", command: "auditrecords", lacks: []string{"update", "delete"}, list: map[string]string{
		"source": "source", "type": "type", "user": "user", "application": "application", "dateFrom": "dateFrom", "dateTo": "dateTo", "revert": "revert",
	}},
	{path: "retention/retentions", command: "retentionrules"},
	{path: "application/applications", command: "applications", list: map[string]string{"type": "type"}},
	{path: "devicecontrol/newDeviceRequests", command: "deviceregistration", lacks: []string{"create", "update"}},
	{path: "devicecontrol/bulkoperations", command: "bulkoperations", lacks: []string{"create", "update"}},
	{path: "tenant/tenants", command: "tenants", lacks: []string{"create", "update"}},
}

// C8Y returns the request as a command of go-c8y-cli: with the verbs of its own where it has
// them, else by "c8y api". Before it changes something, c8y asks.
func (r Request) C8Y() string {
	if r.Mode == "" && len(r.Header) == 0 && !r.Cut && (r.ContentType == "" || strings.HasPrefix(r.ContentType, jsonType) || strings.HasSuffix(r.ContentType, "+json")) {
		path, query := r.elements()
		for _, resource := range resources {
			rest, ok := under(path, strings.Split(resource.path, "/")...)
			if !ok {
				continue
			}
			if command, ok := resource.write(r, rest, query); ok {
				return command
			}
		}
		if command, ok := r.option(path); ok {
			return command
		}
	}
	return r.plainC8Y()
}

// plainC8Y is the general form.
func (r Request) plainC8Y() string {
	command := "c8y api " + word(r.Method) + " " + quote(r.Target)
	if r.Mode != "" {
		command += " --processingMode " + word(r.Mode)
	}
	for _, line := range r.headerLines() {
		command += " --header " + quote(line)
	}
	if r.Body != "" {
		if r.ContentType != "" && !strings.HasPrefix(r.ContentType, jsonType) {
			command += " --contentType " + word(r.ContentType)
		}
		command += " --data " + quote(r.Body)
	}
	return command
}

// write writes a request to the resource, if it has a verb for it.
func (s resource) write(r Request, rest []string, query string) (string, bool) {
	verb := map[string]string{"GET0": "list", "POST0": "create", "GET1": "get", "PUT1": "update", "DELETE1": "delete"}[r.Method+string(rune('0'+min(len(rest), 2)))]
	if verb == "" || slices.Contains(s.lacks, verb) || len(rest) == 1 && rest[0] == "count" {
		return "", false
	}
	command := "c8y " + s.command + " " + verb
	if len(rest) == 1 {
		command += " --id " + quote(rest[0])
	}
	flags, ok := s.queryFlags(verb, query)
	if !ok {
		return "", false
	}
	return command + flags + s.bodyFlags(verb, r.Body), true
}

// queryFlags writes the parameters of a query as flags, if there are flags for all of them.
func (s resource) queryFlags(verb, query string) (string, bool) {
	flags := ""
	for parameter := range strings.SplitSeq(query, "&") {
		if parameter == "" {
			continue
		}
		name, value, _ := strings.Cut(parameter, "=")
		flag := s.list[name]
		if flag == "" {
			flag = paging[name]
		}
		value, err := url.QueryUnescape(value)
		if flag == "" || verb != "list" || err != nil {
			return "", false
		}
		switch value {
		case "true":
			flags += " --" + flag
		case "false": // what it is without the flag
		default:
			flags += " --" + flag + " " + quote(value)
		}
	}
	return flags, true
}

// bodyFlags writes a document as flags, as far as there are some for its members, and the rest as
// data.
func (s resource) bodyFlags(verb, body string) string {
	if body == "" {
		return ""
	}
	var members map[string]jsontext.Value
	if verb != "update" || json.Unmarshal([]byte(body), &members) != nil {
		return " --data " + quote(body)
	}
	flags := ""
	for _, name := range sorted(members) {
		var value string
		if flag := s.body[name]; flag == "" || json.Unmarshal(members[name], &value) != nil {
			return " --data " + quote(body)
		} else {
			flags += " --" + flag + " " + quote(value)
		}
	}
	return flags
}

// option writes a request for a tenant option.
func (r Request) option(path []string) (string, bool) {
	rest, ok := under(path, "tenant", "options")
	if !ok || len(rest) != 2 || strings.Contains(r.Target, "?") {
		return "", false
	}
	of := " --category " + quote(rest[0]) + " --key " + quote(rest[1])
	switch r.Method {
	case http.MethodGet:
		return "c8y tenantoptions get" + of, true
	case http.MethodDelete:
		return "c8y tenantoptions delete" + of, true
	case http.MethodPut:
		var option struct {
			Value *string `json:"value"`
		}
		if json.Unmarshal([]byte(r.Body), &option, json.RejectUnknownMembers(true)) == nil && option.Value != nil {
			return "c8y tenantoptions update" + of + " --value " + quote(*option.Value), true
		}
	}
	return "", false
}

func sorted(members map[string]jsontext.Value) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// unescaped returns an element of a path as it is meant.
func unescaped(element string) string {
	if plain, err := url.PathUnescape(element); err == nil {
		return plain
	}
	return element
}
