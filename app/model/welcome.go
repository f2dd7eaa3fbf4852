package model

import (
	"strconv"

	"github.com/cairnwallet/cairn/wallet"
)

// WelcomeView is S0. Its buttons are OpenSample and AddFirst of the Session.
type WelcomeView struct {
	Title, Body    string
	Samples, First string // the buttons
	Promise        string // nothing is sent, and what the computer may ask
}

// Welcome gives S0.
func (s *Session) Welcome() WelcomeView {
	return WelcomeView{
		Title: s.t("welcome.title"), Body: s.t("welcome.body"), Samples: s.t("welcome.samples"),
		First: s.t("welcome.first"), Promise: s.t("welcome.promise"),
	}
}

// HintView is one hint of the first run: one line, one button.
type HintView struct {
	Text   string
	Button string
	End    string // the small button that ends all hints
	Last   bool   // its button starts the learner's own wallet: Session.EndSample
}

// Hints leads through the practice wallet. Ending them is for good.
type Hints struct {
	base
	at      int
	altered string // the changed badge
	shared  string // the badge to share
	pathway string
}

const (
	prefHint = "hint" // how many hints were seen
	allHints = 4
)

// NewHints makes the hints; there are none outside of the practice wallet.
func NewHints(d *Desk) *Hints {
	h := &Hints{base: newBase(d), at: allHints}
	if d.Sample {
		h.at, _ = strconv.Atoi(d.Prefs.Get(prefHint)) // none seen where it says nothing
		h.find()
	}
	return h
}

// find looks the badges and the pathway up that the hints are about.
func (h *Hints) find() {
	type story struct {
		rows   []wallet.Row
		routes []wallet.Route
	}
	load(&h.base, func() (s story, err error) {
		if s.rows, err = h.desk.Wallet.Rows(); err == nil {
			s.routes, err = h.desk.Wallet.Pathways()
		}
		return s, err
	}, func(s story, _ error) {
		for _, r := range s.rows {
			switch {
			case r.Verdict == "problem":
				h.altered = r.ID
			case r.Verdict == "verified" && r.Form == "sd-jwt":
				h.shared = r.ID
			}
		}
		if len(s.routes) > 0 {
			h.pathway = s.routes[0].ID
		}
		h.changed()
	})
}

// Now is the hint to show, if any.
func (h *Hints) Now() (HintView, bool) {
	if h.at >= allHints {
		return HintView{}, false
	}
	code := "hint." + strconv.Itoa(h.at+1)
	return HintView{Text: h.t(code + ".text"), Button: h.t(code + ".button"), End: h.t("hint.end"), Last: h.at == allHints-1}, true
}

// Next is the hint's button: it leads to what the hint is about. The last one
// leads nowhere: there the Session takes over.
func (h *Hints) Next() {
	routes := []Route{{Place: AtDetail, ID: h.altered}, {Place: AtStack, ID: h.pathway}, {Place: AtShare, ID: h.shared}}
	at := h.at
	h.seen(at + 1)
	if at < len(routes) && routes[at].ID != "" {
		h.desk.Way.Go(routes[at])
	}
}

// End ends the hints for good.
func (h *Hints) End() { h.seen(allHints) }

func (h *Hints) seen(n int) {
	h.at = min(n, allHints)
	h.desk.Prefs.Set(prefHint, strconv.Itoa(h.at))
	h.changed()
}
