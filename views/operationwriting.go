package views

import (
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/operate"
	"c8yx/views/place"
	"c8yx/views/write"
)

// operationAdmin is what creating and changing operations needs.
const operationAdmin = operate.Admin

// cancelOperations asks for a reason and sets operations to failed, which is all that the platform
// knows of cancelling. A device that works on one may not notice.
func cancelOperations() collection.Action[*operation] {
	return collection.Action[*operation]{
		Action: keys.OperationCancel,
		Disabled: func(o *operation) string {
			if o.Status == c8yclient.OperationSuccessful || o.Status == c8yclient.OperationFailed {
				return "it is over already"
			}
			return ""
		},
		Run: func(act *collection.Act[*operation]) {
			act.Scope.Show(form.New(form.Options{
				Title: "Cancel", Submit: "Set to failed",
				Intro:  []text.Safe{"An operation is cancelled by setting it to FAILED. The device may work on it nevertheless."},
				Fields: []form.Field{{Name: "reason", Label: "Reason", Required: true, Value: "Cancelled by the operator"}},
				Accept: func(f *form.Form, values form.Values) {
					f.Close()
					act.Write(failOperations(values.Text("reason")))
				},
			}))
		},
	}
}

func failOperations(reason string) collection.Write[*operation] {
	return collection.Write[*operation]{
		Did: "Cancelled",
		Request: func(o *operation) write.Request {
			return write.Put("devicecontrol/operations/"+o.ID, c8yclient.OperationPatch{Status: c8yclient.OperationFailed, FailureReason: reason})
		},
	}
}

// retryOperations sends operations again as new ones. Sending one twice is not the same as once, so
// nothing is sent again whose arrival is in doubt.
func retryOperations() collection.Action[*operation] {
	return collection.Action[*operation]{
		Action: keys.OperationRetry,
		Write: &collection.Write[*operation]{
			Did:     "Sent again",
			Request: func(o *operation) write.Request { return write.Post("devicecontrol/operations", copyOf(o)) },
			Inverse: func(_ *operation, answer jsontext.Value) (write.Request, text.Safe) { return operate.Fail(answer) },
		},
	}
}

// copyOf returns what has to be sent to have the device do the same once more.
func copyOf(o *operation) *operation {
	again := &operation{DeviceID: o.DeviceID, Description: o.Description}
	again.Fragments = o.Fragments
	for _, result := range []string{"delivery", "deviceExternalIDs"} {
		again.DeleteFragment(result)
	}
	return again
}

// newOperation asks for a device and what it is to do, written as JSON.
func newOperation(p place.Place) edit.Creator {
	begin := jsontext.Value(`{"operation":{"c8y_Restart":{}}}`)
	if device, err := jsontext.AppendQuote(nil, p.Query.Get("device")); err == nil && p.Query.Get("device") != "" {
		begin = write.With(begin, "deviceId", device)
	}
	return edit.Creator{
		One: "operation", Needs: []string{operationAdmin}, Begin: begin,
		Fields: []edit.Field{
			{Field: form.Field{Name: "deviceId", Label: "Device", Required: true, Validate: digits, Placeholder: "4711", Note: "The id of an agent, or of a device below one."}},
			{Field: form.Field{Name: "description", Label: "Description", Placeholder: "Restart device"}},
			{As: edit.JSON, Field: form.Field{Name: "operation", Label: "Operation", Required: true, Note: "What to do, as JSON: the fragments of the operation."}},
		},
		// The fragments stand beside device and description, not below a name of their own.
		Request: func(document jsontext.Value) write.Request {
			what, _ := write.Member(document, "operation")
			return write.Post("devicecontrol/operations", write.Apply(write.Without(document, "operation"), what))
		},
		Back: operate.Fail,
	}
}
