package fleet

import "math"

// Vehicles leave their depot in the morning, drive a round of stops with a pause at each, and are back in the evening.

// stops is how many stops a round has, the depot being the last.
const stops = 9

// dayBegins and dayEnds bound a round, in local time.
const (
	dayBegins = 6 * hour
	dayEnds   = 18 * hour
)

// standing is the part of a leg that is spent at the stop.
const standing = 0.3

// stop is the n-th stop of a vehicle on a day; stop 0 and the last are the depot.
func (d *device) stop(date int64, n int) (lat, lng float64) {
	if n <= 0 || n >= stops {
		return d.home.lat, d.home.lng
	}
	h := roll(d.seed, saltRoute+uint64(date)<<8)
	// Stops lie around the depot in the order of their direction, so that a round looks like one.
	angle := 2 * math.Pi * (unit(h) + float64(n)/stops)
	distance := 0.05 + 0.35*chance(h, uint64(n))
	return d.home.lat + distance*math.Sin(angle), d.home.lng + distance*math.Cos(angle)/math.Cos(d.home.lat*math.Pi/180)
}

// position is where a vehicle is at a time, and how fast it goes, in km/h.
func (d *device) position(at int64) (lat, lng, speed float64) {
	local := at + d.zone()
	date, clock := local/day, local%day
	weekday := (date + 4) % 7
	if clock < dayBegins || clock >= dayEnds || weekday == 0 {
		return d.home.lat, d.home.lng, 0
	}
	x := float64(clock-dayBegins) / (dayEnds - dayBegins) * stops
	leg := int(x)
	part := (x - float64(leg)) / (1 - standing)
	fromLat, fromLng := d.stop(date, leg)
	toLat, toLng := d.stop(date, leg+1)
	if part >= 1 {
		return toLat, toLng, 0
	}
	km := 111.2 * math.Hypot(toLat-fromLat, (toLng-fromLng)*math.Cos(fromLat*math.Pi/180))
	hours := (dayEnds - dayBegins) / float64(hour) / stops * (1 - standing)
	speed = km / hours * (1 + 0.35*smooth(d.seed, at, 5*minute))
	return fromLat + (toLat-fromLat)*part, fromLng + (toLng-fromLng)*part, math.Round(speed)
}

// coordinate rounds degrees to about a metre.
func coordinate(degrees float64) float64 { return math.Round(degrees*1e5) / 1e5 }

// position writes c8y_Position as a telematics unit does.
func position(lat, lng, speed float64) document {
	reason := "TIME"
	if speed == 0 {
		reason = "STANDSTILL"
	}
	return document{{"lat", coordinate(lat)}, {"lng", coordinate(lng)}, {"alt", 12}, {"trackingProtocol", "FLEETLINK"}, {"reportReason", reason}}
}
