package fleet

// Operations get stuck in practice, and each for another reason: the device is offline (lost), nobody fetches (stubborn, mute), it is no agent any
// more (disowned), only an application speaks for it (relayed), it does not know what is asked (reticent), or it still executes an
// older one (hung). The past has some of each.

// hangs says whether an agent still executes an operation that it began in the past. Such an agent begins no other one.
func (f *Fleet) hangs(agent int32) bool {
	id, hung := f.hung[agent]
	if !hung {
		return false
	}
	recorder, ok := f.tenant.(Recorder)
	return !ok || recorder.OperationStatus(id) == "EXECUTING"
}

// awake lets an agent go on whose operation somebody has ended for it.
func (f *Fleet) awake(i int32) {
	if _, hung := f.hung[i]; hung && !f.hangs(i) {
		delete(f.hung, i)
		f.fetchPending(i)
	}
}

// ignores says whether a device leaves an operation alone because it does not know it.
func (f *Fleet) ignores(i int32, op map[string]any) bool {
	c := f.devices[i].class
	if !c.reticent {
		return false
	}
	for _, fragment := range c.supported {
		if _, asked := op[fragment]; asked {
			return false
		}
	}
	return true
}

// rememberStuck creates the operations that wait for the reasons that do not come about by chance.
func (f *Fleet) rememberStuck() error {
	ask := func(i int32, ago int64, fragment, description string, body any) error {
		_, err := f.tenant.CreateOperation(document{
			{"deviceId", f.devices[i].id}, {"description", description}, {fragment, body}, {"creationTime", stampUnix(f.born - ago)}, {"status", "PENDING"},
		}.fields())
		return err
	}
	log := map[string]any{"logFile": "syslog", "maximumLines": 1000, "searchText": "", "dateFrom": stampUnix(f.born - day), "dateTo": stampUnix(f.born)}
	for i := range int32(len(f.devices)) { // in the order of devices: the same every time
		if _, hung := f.hung[i]; !hung {
			continue
		}
		if err := ask(i, 4*minute, "c8y_LogfileRequest", "Why does the update take so long?", log); err != nil {
			return err
		}
		if err := ask(i, 2*minute, "c8y_Restart", "Restart device", map[string]any{}); err != nil {
			return err
		}
	}
	unknown := 2
	for i := range int32(len(f.devices)) {
		d := &f.devices[i]
		_, silent := f.silent(d, f.born)
		switch {
		case d.habit == disowned:
			if err := ask(i, 5*hour, "c8y_Restart", "Restart device", map[string]any{}); err != nil {
				return err
			}
			if err := f.update(i, map[string]any{"com_cumulocity_model_Agent": nil}); err != nil {
				return err
			}
		case d.class.reticent && d.habit == ordinary && !silent && unknown > 0:
			unknown--
			if err := ask(i, 26*hour, "c8y_RemoteAccessConnect", "Open a remote console", map[string]any{"hostname": "localhost", "port": 22}); err != nil {
				return err
			}
		}
	}
	return nil
}
