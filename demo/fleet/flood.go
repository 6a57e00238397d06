package fleet

import "fmt"

// A flood of alarms: the field bus of a line has failed, and its gateway raises one alarm for each station on it, of a type of its own, so that
// nothing is merged. Nobody has dealt with it yet.
const (
	floodLasts = 12 * minute
	floodAgo   = 50 * minute
	floodSize  = 64 // stations on the bus
)

// rememberFlood lets the last gateway that is well raise the flood.
func (f *Fleet) rememberFlood() error {
	victim := int32(-1)
	for i := range f.devices {
		if d := &f.devices[i]; d.class.kind == "c8y_Linux" && d.habit == ordinary && i < 240 {
			victim = int32(i)
		}
	}
	if victim < 0 {
		return nil
	}
	d := &f.devices[victim]
	for station := range floodSize {
		severity := "MINOR"
		switch station % 16 {
		case 0:
			severity = "CRITICAL"
		case 1, 2, 3:
			severity = "MAJOR"
		case 13, 14, 15:
			severity = "WARNING"
		}
		since := f.born - floodAgo + int64(station)*floodLasts/floodSize
		last := f.born - int64(among(d.seed, uint64(saltMood+station), 4*minute))
		if _, err := f.tenant.CreateAlarm(document{
			{"source", ref(d.id)},
			{"type", fmt.Sprintf("hv_BusStation%02dLost", station+1)},
			{"severity", severity},
			{"status", "ACTIVE"},
			{"text", fmt.Sprintf("PROFINET: station %d (rack %d, slot %d) does not answer", station+1, station/8+1, station%8+1)},
			{"count", 2 + among(d.seed, uint64(saltHappen+station), 700)},
			{"firstOccurrenceTime", stampUnix(since)},
			{"time", stampUnix(last)},
			{"creationTime", stampUnix(since)},
			{"lastUpdated", stampUnix(last)},
		}.fields()); err != nil {
			return err
		}
	}
	return nil
}
