package inventory

import (
	"slices"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/ui/tree"
)

// softLimit is how many children of one object the platform recommends at most.
const softLimit = 1000

// mark returns the sign of a node: what it is for groups, else how it is below
// its parent.
func mark(o *object, r relation) text.Safe {
	switch o.kind {
	case group:
		return "▣"
	case smartGroup:
		return "◎"
	case branch:
		return "◌"
	}
	switch r {
	case member:
		return "∈"
	case behind:
		return "↳"
	case addition:
		return "+"
	case answer:
		return "≈"
	}
	return "·"
}

// describe returns what a node looks like. While nodes are searched by their
// text the rest is left out.
func (v *View) describe(k key) tree.Node {
	o := v.objects[k.id]
	if o == nil {
		return tree.Node{Text: text.Clean(k.id), Leaf: true}
	}
	n := tree.Node{Text: text.Clean(o.label()), Leaf: k.again || o.children() == 0}
	if v.finding {
		return n
	}
	n.Glyph, n.GlyphRole = mark(o, k.relation), o.role()
	switch {
	case o.kind == group || o.kind == smartGroup:
		n.Role = theme.Strong
	case o.kind == branch || o.kind == service || o.kind == asset:
		n.Role = theme.Muted
	}
	if !k.again {
		n.Count = max(0, o.children())
	}
	n.Badges = v.badges(o, k)
	return n
}

// role is the colour of an object's sign: the state that it is in.
func (o *object) role() theme.Role {
	switch o.kind {
	case group, smartGroup:
		return theme.Accent
	case service:
		switch o.state {
		case "up":
			return theme.Good
		case "down":
			return theme.Critical
		}
	case device:
		return o.Status().Role
	}
	return theme.Faint
}

// badges returns what stands at the right of a node: known mistakes, a state
// that is not as it should be, and the alarms.
func (v *View) badges(o *object, k key) []tree.Badge {
	var badges []tree.Badge
	if w := warn(o, k); w.short != "" {
		badges = append(badges, tree.Badge{Text: "⚠ " + w.short, Role: theme.Minor})
	}
	switch status := o.Status(); {
	case o.kind == service && o.state != "":
		badges = append(badges, tree.Badge{Text: text.Clean(o.state), Role: o.role()})
	case o.kind == device && status.Role != theme.Good && status.Role != theme.Faint:
		badges = append(badges, tree.Badge{Text: status.Text, Role: status.Role})
	}
	if k.again {
		return badges
	}
	sum := v.sums.of(o)
	if cell := sum.alarms.Cell(); cell.Text != "" {
		if sum.below {
			cell.Text = "Σ " + cell.Text
		}
		badges = append(badges, tree.Badge{Text: cell.Text, Role: cell.Role})
	}
	return badges
}

// warning is a known mistake: in two words, and in a sentence with its cure.
type warning struct{ short, long text.Safe }

// warn looks for the mistakes that people make with the relations of objects.
func warn(o *object, k key) warning {
	switch {
	case k.again:
		return warning{"cycle", "It is above itself: its relations form a cycle. Remove one of them."}
	case k.relation == behind && o.misplaced():
		return warning{"child device of a group", "Groups hold devices as child assets. As a child device it is missing in the group's lists of devices, yet deleted with the group."}
	case k.relation == behind && o.kind != device:
		return warning{"no c8y_IsDevice", "A child device without the fragment c8y_IsDevice is missing in all lists of devices."}
	case o.kind != branch && o.kind != smartGroup && o.children() > softLimit:
		return warning{"too many children", "The platform recommends at most 1,000 children; with more, reading and permission checks get slow."}
	}
	return warning{}
}

// misplaced reports whether the object is a child device of a group.
func (o *object) misplaced() bool {
	return slices.ContainsFunc(o.above, func(p *object) bool {
		return p.kind == group && p.linked[key{relation: behind, id: o.ID}]
	})
}

// relationWords says in words how an object is below another.
func relationWords(o *object, r relation) text.Safe {
	switch r {
	case member:
		return "child asset: a member of the group or asset above"
	case behind:
		return "child device: behind the device above"
	case addition:
		return "child addition: a part of the object above"
	case answer:
		return "found by the query of the smart group"
	case loose:
		return "in no group, and behind no other device"
	}
	return "the top of this tree"
}

// kindWords says in words what an object is.
func kindWords(o *object) text.Safe {
	switch o.kind {
	case group:
		return "group"
	case smartGroup:
		return "smart group"
	case service:
		return "service"
	case device:
		if o.IsAgent {
			return "device, agent"
		}
		return "device"
	}
	return "object"
}
