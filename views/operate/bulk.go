package operate

import (
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/edit"
	"c8yx/views/grouping"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// BulkAdmin is the permission that bulk operations need.
const BulkAdmin = "ROLE_BULK_OPERATION_ADMIN"

// prototype is the member of a bulk operation with what each device is told.
const prototype = "operationPrototype"

// Group asks what the devices of a group shall do, and makes a bulk operation of it: one operation
// for each device, one after another. Without an id the group is asked for. landed is told what the
// tenant answered, on the update loop; nil if nobody wants to know.
func Group(t *tenant.Tenant, scope *ui.Scope, id, name string, landed func(jsontext.Value)) {
	bench := edit.Bench{Tenant: t, Scope: scope}
	whom := text.Safe("the devices of a group")
	if name != "" {
		whom = "the devices of " + text.Clean(name)
	}
	choose := &dialog.Choose{Title: "Bulk operation", Intro: "What shall " + whom + " do? A device that does not support it fails."}
	for _, task := range append(tasks(), others(nil)...) {
		ask := func(document jsontext.Value) {
			bench.Create(bulkCreator(t, scope, task, grouping.Chosen(id, name), document), landed)
		}
		choose.Choices = append(choose.Choices, dialog.Choice{Key: task.key, Title: task.title, Note: text.Clean(task.fragment), Run: func() {
			if task.shelf == nil {
				ask(task.begin())
				return
			}
			task.shelf.choose(t, scope, task.title, task.begin(), ask)
		}})
	}
	scope.Show(choose)
}

// bulkCreator asks for the group, the pace and what the devices are told.
func bulkCreator(t *tenant.Tenant, scope *ui.Scope, task task, group string, operation jsontext.Value) edit.Creator {
	whose := edit.Field{Field: grouping.Field(t, scope, "groupId")}
	whose.Value = group
	fields := []edit.Field{
		whose,
		{As: edit.Time, Field: form.Field{Name: "startDate", Label: "Begins", Required: true, Value: "+5m", Note: "It must lie in the future: the platform begins then."}},
		{As: edit.Number, Field: form.Field{Name: "creationRamp", Label: "One every", Required: true, Value: "15", Input: form.Number(0.001, 86_400), Note: "Seconds between two operations."}},
	}
	return edit.Creator{
		One: "bulk operation", Needs: []string{BulkAdmin}, Path: "devicecontrol/bulkoperations",
		Intro:  []text.Safe{task.title},
		Begin:  write.With(jsontext.Value("{}"), prototype, operation),
		Fields: append(fields, fieldsOf(task, nil, prototype+".")...),
		Check: func(v form.Values) map[string]text.Safe {
			if !v.Time("startDate").After(time.Now()) {
				return map[string]text.Safe{"startDate": "this lies in the past: the platform wants a moment to come"}
			}
			return nil
		},
		Request: func(document jsontext.Value) write.Request {
			told, _ := write.Member(document, prototype)
			document = write.With(document, prototype, task.complete(told))
			var chosen string
			if raw, there := write.Member(document, "groupId"); there && json.Unmarshal(raw, &chosen) == nil {
				document = write.With(document, "groupId", quoted(grouping.ID(chosen)))
			}
			return write.Post("devicecontrol/bulkoperations", document)
		},
	}
}
