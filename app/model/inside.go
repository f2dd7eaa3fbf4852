package model

import (
	"strconv"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

// InsideView is what a record carries, as a tree.
type InsideView struct {
	Title string
	Note  string // the record says that it is not complete, or that there is more than is shown
	Rows  []InsideRow
}

// InsideRow is one achievement of a record, or a credential inside another.
type InsideRow struct {
	Key    int // for Detail.Open
	Depth  int // how far below the top
	Name   string
	Issuer string // where it is another than the record's
	Pill   Pill
	Note   string // "comes before …", or that it has no badge of its own
	Open   bool
	Can    bool       // it can be opened: there are checks of its own
	Checks ChecksView // when open
}

// Limits of what is drawn at once; the command line lists all.
const (
	maxRows  = 300
	maxSteps = 6 // how far a row is moved to the right
)

// inside lists what c carries. open are the keys of the rows that are open.
func (w *words) inside(c *vc.Credential, r check.Report, open map[int]bool) InsideView {
	if c == nil || len(c.Parts)+len(c.Record.Claimed) == 0 {
		return InsideView{}
	}
	l := insideLister{w: w, c: c, r: r, open: open, placed: map[int]bool{}}
	l.nodes(c.Record.Roots, 0)
	for i := range c.Parts { // endorsements, and what is inside a badge that is no record
		if !l.placed[i] {
			l.node(vc.Node{Name: c.Parts[i].Name, Part: i}, 0)
		}
	}
	v := InsideView{Title: w.t("inside.title", "count", strconv.Itoa(l.all)), Rows: l.rows}
	if c.Record.Partial {
		v.Note = w.Text("record.partial", nil)
	}
	if l.all > len(l.rows) {
		v.Note = sentence(" ", v.Note, w.t("inside.more", "count", strconv.Itoa(l.all-len(l.rows))))
	}
	return v
}

type insideLister struct {
	w      *words
	c      *vc.Credential
	r      check.Report
	open   map[int]bool
	placed map[int]bool // parts that stand in the tree
	rows   []InsideRow
	all    int
}

func (l *insideLister) nodes(nodes []vc.Node, depth int) {
	for _, n := range nodes {
		l.node(n, depth)
		l.nodes(n.Children, depth+1)
	}
}

func (l *insideLister) node(n vc.Node, depth int) {
	l.placed[n.Part] = true
	if l.all++; l.all > maxRows {
		return
	}
	row := InsideRow{Key: n.Part, Depth: min(depth, maxSteps), Name: orElse(n.Name, l.w.t("card.unnamed"))}
	if n.Part < 0 || n.Part >= len(l.r.Parts) {
		row.Note = l.w.Text("record.claimed", nil)
		row.Pill = l.w.pill(check.Unsigned)
	} else {
		report := l.r.Parts[n.Part]
		row.Pill, row.Can, row.Open = l.w.pill(report.Verdict()), true, l.open[n.Part]
		if p := l.c.Parts[n.Part]; p.Issuer.ID != l.c.Issuer.ID {
			row.Issuer = p.Issuer.Label()
		}
		if row.Open {
			row.Checks = l.w.checks(report, true)
			row.Checks.Minor = nil // what one of many does not have is no news
		}
	}
	for _, k := range n.Links {
		row.Note = sentence(l.w.t("between"), row.Note, l.w.linked(k))
	}
	l.rows = append(l.rows, row)
}

func (w *words) linked(l vc.Link) string {
	code := "record." + l.Type
	if !w.Has(code) {
		code = "record.other"
	}
	return w.Text(code, map[string]string{"name": orElse(l.Name, w.t("card.unnamed"))})
}

// OpenInside opens or closes one row of what the badge carries.
func (d *Detail) OpenInside(key int) {
	if d.opened == nil {
		d.opened = map[int]bool{}
	}
	d.opened[key] = !d.opened[key]
	d.Inside = d.inside(d.item.Credential, d.item.Report, d.opened)
	d.changed()
}
