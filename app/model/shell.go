package model

import (
	"strconv"
	"time"

	"github.com/cairnwallet/cairn/wallet"
)

// NavView is a place in the sidebar.
type NavView struct {
	Place    Place
	Text     string
	Icon     string
	Count    string // empty for none
	Selected bool
}

// Shell is what surrounds every place: sidebar, status line, undo, and what is
// dropped or pasted anywhere.
type Shell struct {
	base
	Nav     []NavView
	Foot    NavView // Settings, at the foot
	Ribbon  string  // "Sample" in the practice wallet, else empty
	Leave   string  // in the practice wallet: text of the button for Session.EndSample
	Status  string  // where the badges are kept
	Offline string  // chip when online checks are off, with the last check; else empty

	badges, pathways int
	last             time.Time // the last check
}

// NewShell makes the shell; toast shows a toast, for all models of the desk.
func NewShell(d *Desk, toast func(Toast)) *Shell {
	s := &Shell{base: newBase(d)}
	d.Toast = toast
	if d.Sample {
		s.Ribbon, s.Leave = s.t("shell.sample"), s.t("shell.leave")
	}
	s.Status = s.t("shell.saved")
	s.draw()
	s.follow(s.read)
	s.read()
	return s
}

// Moved marks the place that is shown; to be called when the Way changes.
func (s *Shell) Moved() {
	s.draw()
	s.changed()
}

func (s *Shell) read() {
	type counts struct {
		rows   []wallet.Row
		routes []wallet.Route
	}
	reload(&s.base, func() (c counts, err error) {
		if c.rows, err = s.desk.Wallet.Rows(); err == nil {
			c.routes, err = s.desk.Wallet.Pathways()
		}
		return c, err
	}, func(c counts, err error) {
		if err != nil {
			return // the place that is shown says so
		}
		s.badges, s.pathways, s.last = len(c.rows), len(c.routes), time.Time{}
		for _, r := range c.rows {
			if r.Checked.After(s.last) {
				s.last = r.Checked
			}
		}
		s.draw()
		s.changed()
	})
}

// places are those of the sidebar with their icons.
var places = []struct {
	place Place
	icon  string
}{{AtHome, "home"}, {AtBadges, "grid"}, {AtPathways, "layers"}, {AtShare, "share"}, {AtActivity, "list"}}

// within says which place of the sidebar another one belongs to.
var within = map[Place]Place{AtDetail: AtBadges, AtStack: AtPathways, AtAnswer: AtShare}

func (s *Shell) draw() {
	here := s.desk.Way.Here().Place
	if outer, ok := within[here]; ok {
		here = outer
	}
	nav := func(p Place, icon string, n int) NavView {
		v := NavView{Place: p, Icon: icon, Text: s.t("nav." + string(p)), Selected: p == here}
		if n > 0 {
			v.Count = strconv.Itoa(n)
		}
		return v
	}
	counts := map[Place]int{AtBadges: s.badges, AtPathways: s.pathways}
	s.Nav = nil
	for _, p := range places {
		s.Nav = append(s.Nav, nav(p.place, p.icon, counts[p.place]))
	}
	s.Foot = nav(AtSettings, "gear", 0)
	s.Offline = s.offline()
}

func (s *Shell) offline() string {
	switch {
	case s.desk.Sample || s.desk.online == nil || s.desk.online.Load():
		return ""
	case s.last.IsZero():
		return s.t("shell.offline")
	}
	return s.t("shell.offline-since", "date", s.date(s.last))
}

// Undo takes the last act back and says so in a toast.
func (s *Shell) Undo() {
	load(&s.base, func() (wallet.Event, error) { return s.desk.Wallet.Undo() }, func(e wallet.Event, err error) {
		if err != nil {
			s.toast(Toast{Text: s.fault(err).Title})
			return
		}
		s.toast(Toast{Text: s.t("shell.undone", "what", s.event(e, ""))})
	})
}

// Receive takes what was dropped, pasted or opened: it is reviewed, or checked
// when it is somebody's proof.
func (s *Shell) Receive(in ...Input) {
	if len(in) > 0 {
		s.desk.Way.Go(Route{Place: AtAdd, In: in})
	}
}

// event is what was done, in words. name is what the badge is called now, for
// events that don't say.
func (w *words) event(e wallet.Event, name string) string {
	args := map[string]string{"count": strconv.Itoa(len(e.Items)), "name": name}
	for k, v := range e.Args {
		args[k] = v
	}
	if e.Share != nil {
		args["audience"] = e.Share.Audience
	}
	if args["name"] == "" {
		args["name"] = w.t("card.unnamed")
	}
	if many := "event." + e.What + ".many"; len(e.Items) > 1 && w.Has(many) {
		return w.Text(many, args)
	}
	return w.Text("event."+e.What+".title", args)
}
