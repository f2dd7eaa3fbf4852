package model

// EventView is a line of the Activity.
type EventView struct {
	ID     string
	Icon   string
	Title  string
	Time   string
	Detail []LineView // of a share: to whom, what was shown, what was kept back, until when
	Note   string     // about a share: it can't be called back
	Badge  string     // id of the badge it is about, when there is one
	Taken  string     // "taken back", or empty
}

// DayView is a day of the Activity.
type DayView struct {
	Title  string
	Events []EventView
}

// Activity is S11.
type Activity struct {
	base
	Loading bool
	Fault   *FaultView
	Empty   bool
	NoMatch bool
	Query   string
	Kinds   []OptionView
	Days    []DayView
}

// NewActivity reads what was done.
func NewActivity(d *Desk) *Activity { return &Activity{base: newBase(d)} }

// Search shows what fits a text.
func (a *Activity) Search(text string) {}

// Filter shows one of Kinds.
func (a *Activity) Filter(id string) {}

// OpenBadge shows the badge an event is about.
func (a *Activity) OpenBadge(id string) {}
