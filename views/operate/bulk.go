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
		choose.Choices = append(choose.Choices, dialog.Choice{Key: task.key, Title: task.title, Note: text.Clean(task.fragment), Run: func() {
			document := write.With(jsontext.Value("{}"), prototype, task.begin())
			prepareBulk(bench, task, grouping.Chosen(id, name), document, landed)
		}})
	}
	scope.Show(choose)
}

// prepareBulk takes what is needed off the shelf and asks for the rest of a bulk operation.
func prepareBulk(b edit.Bench, t task, group string, document jsontext.Value, landed func(jsontext.Value)) {
	ask := func(told jsontext.Value) {
		c := bulkCreator(b.Tenant, b.Scope, t, group, write.With(document, prototype, told))
		if t.list {
			c.More = func(document jsontext.Value) {
				told, _ := write.Member(document, prototype)
				t, told := t.another(told)
				prepareBulk(b, t, group, write.With(document, prototype, told), landed)
			}
		}
		b.Create(c, landed)
	}
	told, _ := write.Member(document, prototype)
	if t.shelf == nil {
		ask(told)
		return
	}
	t.shelf.choose(b.Tenant, b.Scope, t.title, told, ask)
}

// bulkCreator asks for the group, the pace and what the devices are told.
func bulkCreator(t *tenant.Tenant, scope *ui.Scope, task task, group string, begin jsontext.Value) edit.Creator {
	whose := edit.Field{Field: grouping.Field(t, scope, "groupId")}
	whose.Value = group
	fields := []edit.Field{
		whose,
		{As: edit.Time, Field: form.Field{Name: "startDate", Label: "Begins", Required: true, Value: "+5m", Note: "It must lie in the future: the platform begins then."}},
		{As: edit.Number, Field: form.Field{Name: "creationRamp", Label: "One every", Required: true, Value: "15", Input: form.Number(0.001, 86_400), Note: "Seconds between two operations."}},
	}
	fields = append(fields, fieldsOf(task, nil, prototype+".")...)
	partly := task.check(fields, prototype+".")
	return edit.Creator{
		One: "bulk operation", Needs: []string{BulkAdmin}, Path: "devicecontrol/bulkoperations",
		Intro:  append([]text.Safe{task.title}, task.before()...),
		Begin:  begin,
		Fields: fields,
		Check: func(v form.Values) map[string]text.Safe {
			switch {
			case !v.Time("startDate").After(time.Now()):
				return map[string]text.Safe{"startDate": "this lies in the past: the platform wants a moment to come"}
			case partly != nil:
				return partly(v)
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
