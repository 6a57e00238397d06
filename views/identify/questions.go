package identify

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strings"

	"c8yx/c8yclient"
	"c8yx/views/place"
)

// some is how many things are named of those that a word fits; the rest is behind a list.
const some = 20

// The types of external ids that devices use; agents are free to invent more.
var externalTypes = []string{"c8y_Serial", "c8y_IMEI", "c8y_ICCID", "c8y_MAC", "c8y_UUID"}

// A fragment's name, as the platform and its agents write them.
var fragmentName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+$`)

// questionsFor returns what can be asked about a word at all: only numbers are ids, and only
// some words can be the name of a fragment.
func questionsFor(word string) []question {
	questions := []question{byName, byExternalID, bySerial, byType, byOwner, byUser}
	if strings.Trim(word, "0123456789") == "" {
		questions = append([]question{byID, byAlarmID, byEventID, byOperationID}, questions...)
	}
	if fragmentName.MatchString(word) {
		questions = append(questions, byFragment)
	}
	return questions
}

func byID(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	object, err := client.Inventory.Get(ctx, word, nil)
	if err != nil {
		return nil, err
	}
	return []Answer{objectAnswer(object, "id")}, nil
}

func byAlarmID(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	a, err := client.Alarms.Get(ctx, word)
	if err != nil {
		return nil, err
	}
	return document("alarm", a.ID, cmp.Or(a.Text, a.Type), "alarm", "alarms"), nil
}

func byEventID(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	e, err := client.Events.Get(ctx, word)
	if err != nil {
		return nil, err
	}
	return document("event", e.ID, cmp.Or(e.Text, e.Type), "event", "events"), nil
}

func byOperationID(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	o, err := client.Operations.Get(ctx, word)
	if err != nil {
		return nil, err
	}
	return document("operation", o.ID, o.Description, "devicecontrol", "operations"), nil
}

// document is the answer for a thing that is shown by its document.
func document(what, id, name string, path ...string) []Answer {
	return []Answer{{What: what, ID: id, Name: name, Matched: "id", Count: 1, Place: place.At("inspect", append(path, id)...)}}
}

func byName(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	return objects(ctx, client, fmt.Sprintf("name eq '*%s*'", quote(word)), "name")
}

func bySerial(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	return objects(ctx, client, fmt.Sprintf("c8y_Hardware.serialNumber eq '*%s*'", quote(word)), "serial number")
}

func objects(ctx context.Context, client *c8yclient.Client, query, matched string) ([]Answer, error) {
	page, err := client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{
		InventoryFilter: c8yclient.InventoryFilter{Query: query}, Paging: c8yclient.Paging{PageSize: some},
	})
	if err != nil {
		return nil, err
	}
	answers := make([]Answer, len(page.Items))
	for i, object := range page.Items {
		answers[i] = objectAnswer(object, matched)
	}
	return answers, nil
}

func byExternalID(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	asked := make([]c8yclient.ExternalID, len(externalTypes))
	for i, kind := range externalTypes {
		asked[i] = c8yclient.ExternalID{Type: kind, ExternalID: word}
	}
	found, err := client.Identity.Search(ctx, asked)
	if err != nil {
		return nil, err
	}
	var answers []Answer
	for _, external := range found {
		object, err := client.Inventory.Get(ctx, external.ManagedObject.ID, nil)
		if err != nil {
			return nil, err
		}
		answers = append(answers, objectAnswer(object, "external id "+external.Type))
	}
	return answers, nil
}

func byType(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	return several(ctx, client, "type", word, fmt.Sprintf("type eq '%s'", quote(word)))
}

func byOwner(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	return several(ctx, client, "owner", word, fmt.Sprintf("owner eq '%s'", quote(word)))
}

func byFragment(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	return several(ctx, client, "fragment", word, "has("+word+")")
}

// several is the answer for a property that many objects share: how many there are, and the
// list of them.
func several(ctx context.Context, client *c8yclient.Client, what, word, query string) ([]Answer, error) {
	n, err := client.Inventory.Count(ctx, &c8yclient.InventoryFilter{Query: query})
	if err != nil || n == 0 {
		return nil, err
	}
	return []Answer{{What: what, Name: word, Matched: what, Count: n, Place: place.At("objects").With("query", query)}}, nil
}

func byUser(ctx context.Context, client *c8yclient.Client, word string) ([]Answer, error) {
	current, err := client.Tenant.Current(ctx, nil)
	if err != nil {
		return nil, err
	}
	user, err := client.Users.Get(ctx, current.Name, word)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(user.FirstName + " " + user.LastName)
	return []Answer{{
		What: "user", ID: user.UserName, Name: cmp.Or(name, user.UserName), Matched: "user name", Count: 1,
		Place: place.At("inspect", "user", current.Name, "users", user.UserName),
	}}, nil
}

func objectAnswer(object *c8yclient.ManagedObject, matched string) Answer {
	what := "object"
	switch {
	case object.IsDevice():
		what = "device"
	case object.IsSmartGroup():
		what = "smart group"
	case object.IsGroup():
		what = "group"
	}
	return Answer{
		What: what, ID: object.ID, Name: cmp.Or(object.Name, object.Type, object.ID), Matched: matched, Count: 1,
		Place: place.At("device", object.ID),
	}
}

// quote makes a word fit between the quotes of a query, without the meaning of its stars.
func quote(word string) string { return strings.ReplaceAll(word, "'", "''") }
