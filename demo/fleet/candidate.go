package fleet

// Registry is what a Tenant may implement besides, so that new devices can come: somebody at the company expects a device, the
// device asks for its credentials until somebody accepts it, and then it moves in and lives like the others.
type Registry interface {
	// Expect is POST /devicecontrol/newDeviceRequests. Group may be empty.
	Expect(id, kind, group string) error
	// Expected is GET /devicecontrol/newDeviceRequests/{id}: whether the request is still there.
	Expected(id string) bool
	// AskCredentials is POST /devicecontrol/deviceCredentials with the bootstrap user. It returns the device's account, false as long as the
	// device has to go on asking. What it creates with the account goes where the request said.
	AskCredentials(id string) (owner string, accepted bool)
}

// candidate is a device that has been delivered and is not registered yet.
type candidate struct {
	berth
	id      string // serial number
	ordinal int
}

// berth is where another device like those that are there would fit in.
type berth struct {
	class *class
	home  *site
	group string
}

const (
	mostBerths   = 12 // remembered for candidates
	mostArriving = 3  // candidates at a time
	askEvery     = 5_000
	nextDelivery = 45_000 // milliseconds, at least, between a candidate's end and the next one
)

// remembersBerth notes where agents live, for the first few of them.
func (f *Fleet) remembersBerth(c *class, home *site, parents []Parent) {
	if len(f.berths) < mostBerths && len(parents) > 0 && parents[0].Relation == ChildAssets {
		f.berths = append(f.berths, berth{c, home, parents[0].ID})
	}
}

// deliverFirst brings the first candidates: all but one have asked already, so that somebody can accept them.
func (f *Fleet) deliverFirst() {
	f.ordinals = len(f.devices)
	for range mostArriving {
		if c, delivered := f.deliver(); delivered {
			f.arriving = append(f.arriving, c)
		}
	}
	for _, c := range f.arriving[min(1, len(f.arriving)):] {
		f.registry.AskCredentials(c.id)
	}
}

// deliver brings another candidate, unless the tenant expects no more.
func (f *Fleet) deliver() (candidate, bool) {
	if f.registry == nil || len(f.berths) == 0 {
		return candidate{}, false
	}
	ordinal := f.ordinals
	f.ordinals++
	seed := roll(f.options.Seed, uint64(ordinal))
	c := candidate{berth: pick(seed, saltPlace, f.berths), ordinal: ordinal}
	c.id = serialNumber(c.class, seed, ordinal)
	return c, f.registry.Expect(c.id, c.class.kind, c.group) == nil
}

// beginArrivals lets the candidates ask for their credentials.
func (f *Fleet) beginArrivals(start int64) {
	for i, c := range f.arriving {
		f.schedule(start+askEvery+int64(i)*1000, f.ask(c))
	}
	f.arriving = nil
}

// ask is a candidate's question, repeated until there is an answer or nobody expects it any more. Another one follows.
func (f *Fleet) ask(c candidate) func(at int64) {
	var ask func(at int64)
	ask = func(at int64) {
		owner, accepted := f.registry.AskCredentials(c.id)
		switch {
		case accepted:
			f.join(c, owner, at)
		case f.registry.Expected(c.id):
			f.schedule(at*1000+askEvery, ask)
			return
		}
		f.schedule(at*1000+nextDelivery+int64(roll(uint64(c.ordinal), saltPlace)%60_000), f.arrive)
	}
	return ask
}

// arrive is the arrival of another candidate.
func (f *Fleet) arrive(at int64) {
	c, delivered := f.deliver()
	if !delivered {
		f.schedule(at*1000+10*nextDelivery, f.arrive)
		return
	}
	f.schedule(at*1000+askEvery, f.ask(c))
}

// join moves a candidate in that has been accepted. It is new: what the platform knows of devices with a past it does not have.
func (f *Fleet) join(c candidate, owner string, at int64) {
	i := int32(len(f.devices))
	f.devices = append(f.devices, device{seed: roll(f.options.Seed, uint64(c.ordinal)), class: c.class, home: c.home, agent: i})
	name := c.home.words[c.class.kind] + " " + c.home.name + " " + c.id[len(c.id)-3:]
	doc := f.describe(&f.devices[i], c.ordinal, name, owner, c.id).fields()
	for _, past := range []string{"creationTime", "lastUpdated", "c8y_Availability", "c8y_Connection"} {
		delete(doc, past)
	}
	id, err := f.tenant.CreateObject(doc)
	if err != nil {
		f.devices = f.devices[:i]
		return
	}
	f.devices[i].id, f.index[id] = id, i
	_ = f.tenant.AddIdentity(id, "c8y_Serial", c.id) // somebody else has taken the name: it lives without
	f.connection(i, true)
	f.schedule(at*1000, f.turn(i))
}
