package model

import (
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/verify/check"
)

// SeenRow is a line of the preview; what is kept back is listed for the learner
// only.
type SeenRow struct {
	Label  string
	Value  string
	Hidden bool
	Level  int
}

// PreviewView is what checking the actual bytes said. Nothing in it comes from the
// ticks.
type PreviewView struct {
	Ready   bool // false while the proof is being made
	Title   string
	Badge   string
	Issuer  string
	Verdict VerdictView
	Checks  ChecksView
	Rows    []SeenRow
	Hidden  int    // how many lines were left out
	Foot    string // what hidden means
}

func (s *ShareFlow) preview(p share.Proof) PreviewView {
	v := PreviewView{Ready: true, Title: s.t("share.preview", "audience", p.Preview.Audience)}
	if p.Preview.Audience == "" || s.asked != nil { // a credential bound to no key can't name anybody; who asks has a name for people
		v.Title = s.t("share.preview", "audience", s.Audience)
	}
	for _, one := range p.Preview.Shown {
		c := one.Credential
		v.Badge, v.Issuer = orElse(c.Badge.Name, c.Name), c.Issuer.Label()
		v.Verdict = s.verdict(judged{issuer: v.Issuer, from: c.From, until: c.Until, report: one.Report, others: true})
		v.Checks = s.checks(one.Report, true)
		for _, l := range one.Lines {
			v.Rows = append(v.Rows, SeenRow{Label: l.Label, Value: l.Value, Level: l.Depth})
		}
	}
	for _, label := range p.Withheld {
		v.Rows = append(v.Rows, SeenRow{Label: label, Value: s.t("share.hidden"), Hidden: true})
	}
	v.Hidden = len(p.Withheld)
	if v.Hidden > 0 {
		v.Foot = s.t("share.removed")
	}
	return v
}

// ready says what checking it as a stranger found.
func (s *ShareFlow) ready(p share.Proof) string {
	switch v := p.Preview.Verdict(); v {
	case check.Verified, check.UnrecognisedIssuer:
		return s.t("share.ready")
	default:
		return s.t("share.ready-but", "headline", s.Preview.Verdict.Headline)
	}
}
