package model

// Place names a screen.
type Place string

// The places of an open wallet. What a closed one shows, its Session says.
const (
	AtHome     Place = "home"     // S1
	AtBadges   Place = "badges"   // S2
	AtDetail   Place = "detail"   // S3, ID is the badge
	AtAdd      Place = "add"      // S4 and S5, over another place; In is what to take in
	AtPathways Place = "pathways" // S6
	AtStack    Place = "stack"    // S7, ID is the pathway
	AtShare    Place = "share"    // S8 to S10, ID is the badge, or empty to choose one
	AtAnswer   Place = "answer"   // somebody's request, ID is its link
	AtActivity Place = "activity" // S11
	AtSettings Place = "settings" // S12
	AtCheck    Place = "check"    // S15, over another place; In is what to check
	AtFind     Place = "find"     // quick find, over another place
)

// Route is a place and what it shows.
type Route struct {
	Place  Place
	ID     string
	Filter string  // of the badges: a ChipView's ID, or "find:" and what is searched for
	In     []Input // for AtAdd and AtCheck
}

// over says whether a route lies over another one.
func (r Route) over() bool { return r.Place == AtAdd || r.Place == AtCheck || r.Place == AtFind }

func (r Route) same(o Route) bool {
	return r.Place == o.Place && r.ID == o.ID && r.Filter == o.Filter
}

// maxHistory bounds how far one can go back.
const maxHistory = 100

// Way is where the learner is, was, and can go back to.
type Way struct {
	OnChange func() // the place, or what lies over it, is another one

	past, ahead []Route
	here        Route
	top         *Route
}

// Here is the place shown.
func (w *Way) Here() Route { return w.here }

// Over is what lies over the place, if anything.
func (w *Way) Over() (Route, bool) {
	if w.top == nil {
		return Route{}, false
	}
	return *w.top, true
}

// Go shows a route; AtAdd, AtCheck and AtFind lie over the present one.
func (w *Way) Go(r Route) {
	switch {
	case r.over():
		w.top = &r
	case w.here.same(r):
		w.top = nil
	default:
		w.top = nil
		if w.here.Place != "" {
			w.past = append(w.past, w.here)
		}
		if len(w.past) > maxHistory {
			w.past = w.past[1:]
		}
		w.here, w.ahead = r, nil
	}
	w.changed()
}

// Reset shows a route and forgets where one was.
func (w *Way) Reset(r Route) {
	w.here, w.top, w.past, w.ahead = r, nil, nil, nil
	w.changed()
}

// Shut takes away what lies over the place.
func (w *Way) Shut() {
	if w.top != nil {
		w.top = nil
		w.changed()
	}
}

// CanBack says whether there is a way back.
func (w *Way) CanBack() bool { return w.top != nil || len(w.past) > 0 }

// CanForward says whether Back was taken.
func (w *Way) CanForward() bool { return len(w.ahead) > 0 }

// Back shuts what lies over the place, else shows the place before.
func (w *Way) Back() {
	if w.top != nil {
		w.Shut()
		return
	}
	if n := len(w.past); n > 0 {
		w.ahead = append(w.ahead, w.here)
		w.here, w.past = w.past[n-1], w.past[:n-1]
		w.changed()
	}
}

// Forward takes Back back.
func (w *Way) Forward() {
	if n := len(w.ahead); n > 0 {
		w.past = append(w.past, w.here)
		w.here, w.ahead = w.ahead[n-1], w.ahead[:n-1]
		w.changed()
	}
}

func (w *Way) changed() {
	if w.OnChange != nil {
		w.OnChange()
	}
}
