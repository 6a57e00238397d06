package c8yclient_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"c8yx/c8yclient"
)

// An id that somebody forgot must not turn one thing into all things: DELETE /event/events/{id}
// without the id is the end of all events.
func TestNoMethodTakesEmptyIDs(t *testing.T) {
	client, srv := newClient(t, answer(200, "{}"))
	// These take a tenant first, which is no part of the path.
	elsewhere := map[string]int{"TenantOptions.SetEditable": 1, "LoginOptions.Restrict": 1}
	tried := 0
	for name, operations := range documented(t) {
		if !strings.Contains(operations[0], "{") {
			continue
		}
		service, method, _ := strings.Cut(name, ".")
		receiver := reflect.ValueOf(client)
		if service != "Client" {
			receiver = receiver.Elem().FieldByName(service)
		}
		call := receiver.MethodByName(method)
		ids := strings.Count(operations[0], "{")
		for empty := range ids {
			arguments, found := withoutID(t.Context(), call.Type(), empty+elsewhere[name])
			if !found {
				continue
			}
			tried++
			before := len(srv.recorded())
			if err := errorOf(call.Call(arguments)); !errors.Is(err, c8yclient.ErrInvalid) {
				t.Errorf("%s without id %d: %v", name, empty+1, err)
			}
			if sent := srv.recorded()[before:]; len(sent) > 0 {
				t.Errorf("%s without id %d sends %s %s", name, empty+1, sent[0].Method, sent[0].Target)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d methods were tried", tried)
	}
}

// withoutID returns arguments for a method, of which those that are text are all given but one,
// and whether there is that one.
func withoutID(ctx context.Context, method reflect.Type, empty int) (arguments []reflect.Value, found bool) {
	arguments = []reflect.Value{reflect.ValueOf(ctx)}
	texts := 0
	for i := 1; i < method.NumIn(); i++ {
		parameter := method.In(i)
		switch {
		case method.IsVariadic() && i == method.NumIn()-1:
		case parameter.Kind() == reflect.Pointer:
			arguments = append(arguments, reflect.New(parameter.Elem()))
		case parameter.Kind() == reflect.String && texts != empty:
			texts++
			arguments = append(arguments, reflect.ValueOf("x").Convert(parameter))
		case parameter.Kind() == reflect.String:
			texts++
			found = true
			fallthrough
		default:
			arguments = append(arguments, reflect.Zero(parameter))
		}
	}
	return arguments, found
}

// errorOf returns the error of a call, or the first that its list yields.
func errorOf(results []reflect.Value) error {
	last := results[len(results)-1]
	if last.Kind() != reflect.Func {
		err, _ := last.Interface().(error)
		return err
	}
	var first error
	yield := reflect.MakeFunc(last.Type().In(0), func(yielded []reflect.Value) []reflect.Value {
		first, _ = yielded[1].Interface().(error)
		return []reflect.Value{reflect.ValueOf(false)}
	})
	last.Call([]reflect.Value{yield})
	return first
}
