package model

// NextView is a step of a pathway that can be taken now.
type NextView struct {
	Pathway  string // id: AtStack
	Percent  int
	Fraction float64
	Title    string
	Action   string
}

// NoticeView is something that needs attention.
type NoticeView struct {
	Tone   Tone
	Icon   string
	Text   string
	Action string
	Route  Route
}

// Home is S1: what changed, what to do next.
type Home struct {
	base
	Loading  bool
	Fault    *FaultView // a banner; the rest still works
	Empty    bool       // no badge yet: the welcome card
	Greeting string
	Next     []NextView
	Notices  []NoticeView
	Calm     string // when nothing needs attention
	Recent   []CardView
}

// NewHome reads what Home shows.
func NewHome(d *Desk) *Home { return &Home{base: newBase(d)} }

// Open goes where a notice, a step or a card leads.
func (h *Home) Open(r Route) {}
