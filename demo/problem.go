package demo

import (
	"fmt"
	"net/http"

	"c8yx/demo/rawjson"
)

// problem is an error as a client sees it: status, error code, message.
type problem struct {
	status  int
	code    string // "<area>/<Name>"
	message string
	header  http.Header
}

func (p *problem) Error() string { return fmt.Sprintf("%d %s: %s", p.status, p.code, p.message) }

// fail makes a problem.
func fail(status int, code, format string, args ...any) *problem {
	return &problem{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func (p *problem) body() []byte {
	var w rawjson.Writer
	w.Open('{')
	w.Str("error", p.code)
	w.Str("message", p.message)
	w.Str("info", "https://www.cumulocity.com/guides/reference-guide/#error_reporting")
	w.Close('}')
	return w.Buf
}

func unauthorized(format string, args ...any) *problem {
	return fail(http.StatusUnauthorized, "security/Unauthorized", format, args...)
}

func forbidden() *problem {
	return fail(http.StatusForbidden, "security/Forbidden", "Access is denied")
}

// invalid is a document or parameter that the platform refuses to process.
func invalid(format string, args ...any) *problem {
	return fail(http.StatusUnprocessableEntity, "undefined/validationError", format, args...)
}

// missing lists mandatory fields that are not there.
func missing(fields string) *problem {
	return invalid("Following mandatory fields should be included: %s", fields)
}

func noObject(id string) *problem {
	return fail(http.StatusNotFound, "inventory/Not Found", "Finding device data from database failed : No managedObject for id '%s'!", id)
}
