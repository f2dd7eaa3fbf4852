package model

import (
	"strconv"
	"time"

	"github.com/cairnwallet/cairn/verify/substance"
	"github.com/cairnwallet/cairn/verify/vc"
)

// TellView is "What this badge tells an employer": what is written in it and what
// is not, apart from whether it is genuine.
type TellView struct {
	Title  string
	About  string
	Groups []TellGroup
}

// TellGroup is one group of things looked for.
type TellGroup struct {
	Title string
	Tally string // "5 of 7 parts"
	Lines []TellLine
}

// TellLine is one of them.
type TellLine struct {
	Title string
	Text  string // what it says, or that it says nothing
	Where string // the member it was read from; empty when nothing was
	Found bool
}

// tells is empty without a credential.
func (w *words) tells(c *vc.Credential) TellView {
	if c == nil {
		return TellView{}
	}
	s := substance.Of(c)
	return TellView{
		Title: w.Text("substance.title", nil), About: w.Text("substance.about", nil),
		Groups: []TellGroup{w.tellGroup("portable", s.Portable), w.tellGroup("european", s.European), w.tellGroup("credible", s.Credible)},
	}
}

// told writes a value that is a day as days are written here.
func (w *words) told(value string) string {
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return w.stated(day)
	}
	return value
}

func (w *words) tellGroup(name string, all []substance.Element) TellGroup {
	code := "substance." + name
	g := TellGroup{Title: w.Text(code+".title", nil), Tally: w.Text(code+".tally", map[string]string{
		"found": strconv.Itoa(substance.Tally(all)), "all": strconv.Itoa(len(all)),
	})}
	for _, e := range all {
		l := TellLine{
			Title: w.Text(code+"."+e.ID+".title", nil), Found: e.State == substance.Found, Text: w.told(e.Value),
		}
		if l.Found {
			l.Where = w.t("tell.where", "member", e.Member)
		} else {
			l.Text = sentence(" ", w.Text(code+"."+e.ID+".none", nil), e.Value)
		}
		g.Lines = append(g.Lines, l)
	}
	return g
}
