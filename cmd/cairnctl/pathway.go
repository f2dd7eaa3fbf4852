package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

func (t *tool) pathwayCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "pathway", Short: "Pathways: what your badges add up to",
		Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		&cobra.Command{Use: "add FILE…", Short: "Follow a pathway", Args: atLeast(1, "a pathway file"), RunE: t.withWallet(t.pathwayAdd)},
		&cobra.Command{Use: "list", Short: "List the pathways you follow", Args: exactly(0, "nothing more"), RunE: t.withWallet(t.pathwayList)},
		&cobra.Command{Use: "show ID", Short: "Show how far you are, step by step", Args: exactly(1, "the id of a pathway, or its first letters"), RunE: t.withWallet(t.pathwayShow)},
		&cobra.Command{Use: "remove ID", Short: "Stop following a pathway; badges stay", Args: exactly(1, "the id of a pathway"), RunE: t.withWallet(t.pathwayRemove)},
	)
	return cmd
}

func (t *tool) pathwayAdd(ctx context.Context, w *wallet.Wallet, args []string) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	for in := range t.inputs(ctx, v.Get, args) {
		if in.err != nil {
			return in.err
		}
		route, err := w.AddPathway(in.raw, in.name)
		if err != nil {
			return err
		}
		if t.json {
			t.line(jsonRoute{route.ID, route.Pathway.Name, route.Form, route.Source, route.Findings})
			continue
		}
		t.say("Following %s (%s)", route.Pathway.Name, short(route.ID))
		t.printReading(route)
	}
	return nil
}

func (t *tool) pathwayList(_ context.Context, w *wallet.Wallet, _ []string) error {
	routes, err := w.Pathways()
	if err != nil {
		return err
	}
	for _, r := range routes {
		_, p, err := w.Measure(r.ID)
		if err != nil {
			return err
		}
		if t.json {
			t.line(jsonPathway{r.ID, p})
			continue
		}
		fmt.Fprintf(t.out, "%s  %3d%%  %s (%d of %d steps)\n", short(r.ID), p.Percent(), r.Pathway.Name, p.Done, p.Total)
	}
	if len(routes) == 0 {
		t.say("You follow no pathway yet. Add one: cairnctl pathway add FILE")
	}
	return nil
}

type jsonPathway struct {
	Item     string           `json:"item"`
	Progress pathway.Progress `json:"progress"`
}

func (t *tool) pathwayShow(_ context.Context, w *wallet.Wallet, args []string) error {
	id, err := findPathway(w, args[0])
	if err != nil {
		return err
	}
	route, p, err := w.Measure(id)
	if err != nil {
		return err
	}
	if t.json {
		t.line(struct {
			jsonRoute
			Progress pathway.Progress `json:"progress"`
		}{jsonRoute{id, route.Pathway.Name, route.Form, route.Source, route.Findings}, p})
		return nil
	}
	t.printProgress(p)
	t.printReading(route)
	return nil
}

// jsonRoute says what a pathway was read from.
type jsonRoute struct {
	Item     string            `json:"item"`
	Name     string            `json:"name"`
	Form     pathway.Form      `json:"form"`
	Source   string            `json:"source,omitempty"`
	Findings []pathway.Finding `json:"findings,omitempty"`
}

// printReading says what a pathway was read from, and what was noticed.
func (t *tool) printReading(r wallet.Route) {
	if r.Form != pathway.Cairn {
		fmt.Fprintf(t.out, "\nRead from %s: %s\n", t.words.Text("pathway.form."+string(r.Form), nil), orUnnamed(r.Source))
	}
	for _, f := range r.Findings {
		names := strings.Join(f.Names, "; ")
		if f.More > 0 {
			names = t.words.Text("pathway.find.more", with(nil, "names", names, "more", strconv.Itoa(f.More)))
		}
		fmt.Fprintf(t.out, "  %s\n", t.words.Text("pathway.find."+f.Code, with(nil, "names", names)))
	}
}

func (t *tool) pathwayRemove(_ context.Context, w *wallet.Wallet, args []string) error {
	id, err := findPathway(w, args[0])
	if err != nil {
		return err
	}
	return w.RemovePathway(id)
}

func findPathway(w *wallet.Wallet, prefix string) (string, error) {
	routes, err := w.Pathways()
	if err != nil {
		return "", err
	}
	var found []string
	for _, r := range routes {
		if strings.HasPrefix(r.ID, prefix) {
			found = append(found, r.ID)
		}
	}
	switch {
	case len(found) == 1 && prefix != "":
		return found[0], nil
	case len(found) > 1:
		return "", fmt.Errorf("%w: %d pathways begin with %q; give more letters", errUsage, len(found), prefix)
	}
	return "", fault.New("wallet.no-pathway", "id", prefix)
}

// bricks draw the state of a step without relying on colour.
var bricks = map[pathway.State]string{
	pathway.Earned: "[#]", pathway.Near: "[!]", pathway.Waiting: "[~]", pathway.Missing: "[ ]", pathway.Later: "[.]", pathway.Unseen: "[?]",
	pathway.Open: "[>]", pathway.Complete: "[#]",
}

// printProgress draws the stack: the top layer first, to be read from the bottom.
func (t *tool) printProgress(p pathway.Progress) {
	fmt.Fprintf(t.out, "%s: %d%%, %d of %d steps\n", p.Pathway.Name, p.Percent(), p.Done, p.Total)
	for i := len(p.Layers) - 1; i >= 0; i-- {
		l := p.Layers[i]
		fmt.Fprintf(t.out, "\n%s  %d/%d  (%s; %s)\n", l.Name, l.Done, l.Total,
			t.words.Text(l.Rule.Code(), l.Rule.Args), t.words.Text("pathway.state."+string(l.State), nil))
		t.printMatches("  ", l.Badges, l.WaitsFor)
		t.printSteps("  ", l.Steps)
	}
	for _, n := range p.Next {
		fmt.Fprintf(t.out, "\nNext: %s (%s)\n", n.Step.Name, n.Layer.Name)
		break
	}
}

func (t *tool) printSteps(indent string, steps []pathway.StepProgress) {
	for _, s := range steps {
		fmt.Fprintf(t.out, "%s%s %s: %s\n", indent, bricks[s.State], s.Name, t.words.Text("pathway.state."+string(s.State), nil))
		t.printMatches(indent+"      ", s.Badges, s.WaitsFor)
		t.printSteps(indent+"  ", s.Steps)
	}
}

// printMatches says of badges why they count, or why they don't.
func (t *tool) printMatches(indent string, list []pathway.Match, waitsFor []pathway.Ref) {
	for _, m := range list {
		args := with(nil, "issuer", m.Issuer, "until", m.Until.Format("2 January 2006"), "waitsFor", names(waitsFor))
		why := t.words.Text("pathway.why."+string(m.Why), args)
		if m.In != "" {
			why += " " + t.words.Text("app.stack.in-record", with(nil, "record", m.In))
		}
		fmt.Fprintf(t.out, "%s%s: %s\n", indent, orUnnamed(m.Name), why)
	}
}

func names(refs []pathway.Ref) string {
	return strings.Join(each(refs, func(r pathway.Ref) string { return r.Name }), ", ")
}
