package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/substance"
	"github.com/cairnwallet/cairn/verify/vc"
)

// printSubstance prints what a badge tells an employer, apart from its checks.
func (t *tool) printSubstance(c *vc.Credential) {
	s := substance.Of(c)
	fmt.Fprintf(t.out, "\n%s\n  %s\n", t.words.Text("substance.title", nil), t.words.Text("substance.about", nil))
	t.printGroup("portable", s.Portable)
	t.printGroup("european", s.European)
	t.printGroup("credible", s.Credible)
}

func (t *tool) printGroup(name string, all []substance.Element) {
	code := "substance." + name
	tally := map[string]string{"found": strconv.Itoa(substance.Tally(all)), "all": strconv.Itoa(len(all))}
	fmt.Fprintf(t.out, "\n  %s: %s\n", t.words.Text(code+".title", nil), t.words.Text(code+".tally", tally))
	for _, e := range all {
		title := t.words.Text(code+"."+e.ID+".title", nil)
		switch e.State {
		case substance.Found:
			fmt.Fprintf(t.out, "    • %s\n", joined(": ", title, joined("  ", asDay(e.Value), "["+e.Member+"]")))
		default:
			fmt.Fprintf(t.out, "    - %s\n", joined(": ", title, joined("  ", t.words.Text(code+"."+e.ID+".none", nil), e.Value)))
		}
	}
}

// asDay writes a value that is a day as days are written here.
func asDay(value string) string {
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return date(day)
	}
	return value
}

// printRecord prints how the credentials of a record belong together.
func (t *tool) printRecord(c *vc.Credential, r check.Report) {
	if len(c.Record.Roots) == 0 {
		return
	}
	fmt.Fprintf(t.out, "\n%s\n", t.words.Text("record.title", nil))
	if c.Record.Partial {
		fmt.Fprintf(t.out, "  %s\n", t.words.Text("record.partial", nil))
	}
	t.printNodes(c.Record.Roots, r, 1)
}

// maxIndent is how far a tree is moved to the right.
const maxIndent = 12

func (t *tool) printNodes(nodes []vc.Node, r check.Report, depth int) {
	for _, n := range nodes {
		says := t.words.Text("record.claimed", nil)
		if n.Part >= 0 && n.Part < len(r.Parts) {
			says = t.words.Text("verdict."+string(r.Parts[n.Part].Verdict())+".title", nil)
		}
		for _, l := range n.Links {
			says += "; " + t.linkWords(l)
		}
		fmt.Fprintf(t.out, "%s%s (%s)\n", strings.Repeat("  ", min(depth, maxIndent)), orUnnamed(n.Name), says)
		t.printNodes(n.Children, r, depth+1)
	}
}

func (t *tool) linkWords(l vc.Link) string {
	code := "record." + l.Type
	if !t.words.Has(code) {
		code = "record.other"
	}
	return t.words.Text(code, map[string]string{"name": orUnnamed(l.Name)})
}

// jsonNode is one achievement of a record. Part is its place in the report's parts;
// below zero it has no credential of its own.
type jsonNode struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Part     int        `json:"part"`
	Links    []jsonLink `json:"links,omitempty"`
	Children []jsonNode `json:"children,omitempty"`
}

type jsonLink struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

func nodes(all []vc.Node) []jsonNode {
	var out []jsonNode
	for _, n := range all {
		j := jsonNode{ID: n.ID, Name: n.Name, Part: n.Part, Children: nodes(n.Children)}
		for _, l := range n.Links {
			j.Links = append(j.Links, jsonLink(l))
		}
		out = append(out, j)
	}
	return out
}
