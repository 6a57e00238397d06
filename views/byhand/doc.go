// Package byhand sends requests that a user makes up: any method and path, with a body, a file to
// send, or an answer to be saved. [Ask] is the form for it; commands use [Request] by itself. What
// the tenant's mode forbids does not leave, as with any other request.
package byhand
