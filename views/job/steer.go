package job

// Pause lets what is under way end, and nothing new begin.
func (j *Job) Pause() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.state == Running || j.state == Waiting {
		j.state, j.reason = Paused, "you paused it"
		j.changed()
	}
}

// Resume goes on with what is left.
func (j *Job) Resume() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.state == Paused || j.state == Waiting {
		j.start()
	}
}

// Cancel leaves undone what has not begun. What is under way ends by itself; if that takes too
// long, cancelling once more gives it up, without knowing whether it was carried out.
func (j *Job) Cancel() {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.state == Cancelled && j.under > 0:
		j.stop()
	case j.state.Over():
		return
	}
	j.state, j.reason = Cancelled, ""
	if j.workers == 0 {
		j.rest()
	}
	j.changed()
}

// Retry does once more what failed, and what was left when the job was cancelled.
func (j *Job) Retry() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.state.Over() && j.state != Paused {
		return
	}
	if j.ctx.Err() != nil { // what was under way has been given up
		j.renew()
	}
	for item, o := range j.outcomes {
		if o == Failed {
			j.note(item, Open, "")
			j.again = append(j.again, item)
		}
	}
	if j.left() > 0 {
		j.start()
	}
}
