// Package bench compares c8yclient with go-c8y, another client for the same API. It is a module
// of its own, so that what go-c8y needs stays out of the go.mod of c8yx: see README.md. Nothing
// else may enter.
package bench
