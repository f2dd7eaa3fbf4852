package model

import (
	"strings"

	"github.com/cairnwallet/cairn/wallet/pathway"
)

// StepView is a brick opened.
type StepView struct {
	ID, Name  string
	About     string
	StateWord string
	Tone      Tone
	Layer     string // its name and rule
	OfferedBy string
	OfferURL  string // https address, empty for none
	Accepts   []string
	Credits   string
	WaitsFor  string
	Matches   []MatchView
	None      string // when no badge comes close
	Same      string // that it stands elsewhere too, and is done there
}

// MatchView is a badge at a step.
type MatchView struct {
	ID     string
	Name   string
	Why    string // why it counts, or why it doesn't
	Note   string // the record it stands in, and that only the maker of the pathway vouches for the issuer
	Counts bool
}

func (s *Stack) stepView(id string) *StepView {
	for i, l := range s.progress.Layers {
		p := findStep(l.Steps, id)
		if p == nil || i >= len(s.path.Layers) {
			continue
		}
		if written := findWritten(s.path.Layers[i].Steps, id); written != nil {
			return s.opened(l, p, written)
		}
	}
	return nil
}

func (s *Stack) opened(l pathway.LayerProgress, p *pathway.StepProgress, written *pathway.Step) *StepView {
	v := &StepView{
		ID: p.ID, Name: p.Name, About: written.Description, StateWord: s.state(p.State, p.Optional), Tone: stateTones[p.State],
		Layer: s.t("stack.in-layer", "layer", l.Name, "rule", s.rule(l.Rule)), WaitsFor: s.waits(p.WaitsFor),
	}
	if o := written.OfferedBy; o.Name != "" {
		v.OfferedBy = s.t("stack.offered", "name", o.Name)
		if strings.HasPrefix(o.URL, "https://") {
			v.OfferURL = o.URL
		}
	}
	if written.Credits > 0 {
		v.Credits = s.t("stack.credits", "credits", written.Credits.String())
	}
	for _, a := range written.Accepts {
		v.Accepts = append(v.Accepts, s.accept(a))
	}
	for _, m := range p.Badges {
		v.Matches = append(v.Matches, s.match(m, p.WaitsFor))
	}
	switch {
	case written.Unseen:
		v.None = s.t("stack.unseen")
	case len(p.Badges) == 0 && !written.Group():
		v.None = s.t("stack.none")
	}
	if same := s.sameAs(written.Same); same != "" {
		v.Same = s.t("stack.same", "layer", same)
	}
	return v
}

// sameAs names the layer in which the part stands that a step is done with.
func (s *Stack) sameAs(id string) string {
	for _, l := range s.path.Layers {
		if id != "" && (l.ID == id || findWritten(l.Steps, id) != nil) {
			return l.Name
		}
	}
	return ""
}

// accept says in words which badge counts. Everything stated must fit.
func (w *words) accept(a pathway.Accept) string {
	var parts []string
	skill := orElse(a.Alignment.Code, a.Alignment.URL)
	if skill != "" && a.Alignment.Framework != "" {
		skill += " (" + a.Alignment.Framework + ")"
	}
	for _, p := range []struct{ id, value string }{{"achievement", a.Achievement}, {"skill", skill}, {"name", a.Name}, {"issuer", a.Issuer}} {
		if p.value != "" {
			parts = append(parts, w.t("stack.accept."+p.id, "value", p.value))
		}
	}
	return w.t("stack.accept.badge", "what", strings.Join(parts, w.t("stack.accept.and")))
}

func (w *words) match(m pathway.Match, waits []pathway.Ref) MatchView {
	v := MatchView{ID: m.ID, Name: orElse(m.Name, w.t("card.unnamed")), Why: w.why(m, refNames(waits)), Counts: m.Counts}
	if m.In != "" {
		v.Note = w.t("stack.in-record", "record", m.In)
	}
	if m.Vouched {
		v.Note = sentence(" ", v.Note, w.Text("pathway.why.vouched", map[string]string{"issuer": m.Issuer}))
	}
	return v
}

// why says why a badge counts for a step, or why it doesn't.
func (w *words) why(m pathway.Match, waitsFor string) string {
	return w.Text("pathway.why."+string(m.Why), map[string]string{
		"issuer": orElse(m.Issuer, w.t("issuer.unnamed")), "until": w.stated(m.Until), "waitsFor": orElse(waitsFor, w.t("stack.earlier")),
	})
}
