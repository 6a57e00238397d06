package views

import (
	"context"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// retentionAdmin is what changing retention rules needs.
const retentionAdmin = "ROLE_RETENTION_RULE_ADMIN"

// fixedRule says why a rule stays as it is.
func fixedRule(r *retentionRule) string {
	if r.Editable != nil && !*r.Editable {
		return "the platform's operator does not let the tenant change this rule"
	}
	return ""
}

// retentionFields are those of a rule. A rule about a sort of data looks at its type, its fragments,
// or both; what it does not look at is not asked for.
func retentionFields() []edit.Field {
	options := []form.Option{{Value: string(c8yclient.RetainAll), Label: "all"}}
	for _, d := range retainedTypes() {
		options = append(options, form.Option{Value: string(d), Label: text.Clean(strings.ReplaceAll(show.Lower(string(d)), "_", " "))})
	}
	looks := func(at func(c8yclient.RetentionDataType) bool) func(form.Values) bool {
		return func(v form.Values) bool { return at(c8yclient.RetentionDataType(v.Text("dataType"))) }
	}
	return []edit.Field{
		{Field: form.Field{Name: "dataType", Label: "Data", Input: form.Choice(options...), Value: string(c8yclient.RetainEvents)}},
		{As: edit.Number, Field: form.Field{
			Name: "maximumAge", Label: "Days", Required: true, Input: form.Whole(0, 36500), Note: "What is older is removed, some time in the night.",
		}},
		{Field: form.Field{Name: "type", Label: "Type", Required: true, Value: "*", Note: "* is every type.", Visible: looks(hasType)}},
		{Field: form.Field{Name: "fragmentType", Label: "Fragment", Required: true, Value: "*", Note: "* is whatever is in it.", Visible: looks(hasFragment)}},
		{Field: form.Field{Name: "source", Label: "Source", Required: true, Value: "*", Note: "The id of a managed object; * is all of them.", Validate: anID}},
	}
}

// anID refuses what is neither the id of a managed object nor all of them.
func anID(typed string) text.Safe {
	if strings.TrimSpace(typed) == "*" {
		return ""
	}
	return digits(typed)
}

// wouldRemove asks what a rule would remove that is being written.
func wouldRemove() *edit.Question {
	return &edit.Question{
		Key: "ctrl+t", Title: "What would it remove?",
		Answer: func(ctx context.Context, t *tenant.Tenant, document jsontext.Value) (explain.Explanation, error) {
			rule, err := c8yclient.DecodeDocument[retentionRule](document)
			if err != nil {
				return explain.Explanation{}, err
			}
			return explainRetention(ctx, t, rule)
		},
	}
}

func editRetention() *collection.Edit[*retentionRule] {
	return &collection.Edit[*retentionRule]{Disabled: fixedRule, Editor: edit.Editor{
		Needs: []string{retentionAdmin}, Fields: retentionFields(), Fixed: []string{"editable"}, Ask: wouldRemove(),
		// A rule is sent as a whole: of what is missing the tenant takes what it has by itself.
		Replace: func(path string, document jsontext.Value) write.Request {
			return write.Put(path, write.Without(document, "id", "self"))
		},
	}}
}

func newRetention(place.Place) edit.Creator {
	return edit.Creator{
		One: "retention rule", Needs: []string{retentionAdmin}, Path: "retention/retentions", Fields: retentionFields(), Ask: wouldRemove(),
	}
}

func deleteRetention() *collection.Delete[*retentionRule] {
	return &collection.Delete[*retentionRule]{Disabled: fixedRule, Remover: edit.Remover{
		Needs:   []string{retentionAdmin},
		Details: []text.Safe{"What it would have removed is kept, unless another rule concerns it."},
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			return write.Post("retention/retentions", write.Without(before, "id", "self")), "It comes back under another id."
		},
	}}
}
