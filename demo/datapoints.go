package demo

import (
	"slices"

	"c8yx/demo/query"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// dataPoints is …/kpis of an object: the entries of the data point library that are about series which it has measured. An
// entry is an object with the fragment c8y_Kpi.
type dataPoints struct{ *inventory }

func (dp *dataPoints) routes() []route {
	return []route{{"GET", "/inventory/managedObjects/{id}/kpis", inventoryReaders(), "managedobjectcollection", dp.list}}
}

func (dp *dataPoints) list(c *call) (reply, error) {
	object, err := dp.subject(c)
	if err != nil {
		return reply{}, err
	}
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	var measured []store.Series
	dp.store.View(func(d *store.Data) { measured = d.Series.Of(object.ID) })
	s := dp.scan(query.Needs{Presence: []string{"c8y_Kpi"}})
	entries, total := found{objects: filter(s.objects(s.where(0, s.Len(), s.has("c8y_Kpi"))), []func(*store.Object) bool{
		func(o *store.Object) bool {
			kpi, _ := o.Get("c8y_Kpi")
			return slices.Contains(measured, store.Series{Fragment: rawjson.Text(kpi, "fragment"), Name: rawjson.Text(kpi, "series")})
		},
	})}.page(c, &p)
	return collection(c, "managedobjectcollection", "managedObjects", p, entries, total, func(w *rawjson.Writer, o *store.Object) {
		dp.write(w, c.base, o, objectOptions{})
	}), nil
}
