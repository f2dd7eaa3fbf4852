package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/substance"
	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) listCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List what the wallet keeps", Args: exactly(0, "nothing more"),
		RunE: t.withWallet(t.list),
	}
}

func (t *tool) list(_ context.Context, w *wallet.Wallet, _ []string) error {
	rows, err := w.Rows()
	if err != nil {
		return err
	}
	for _, r := range rows {
		if t.json {
			t.line(t.item(r))
			continue
		}
		fmt.Fprintf(t.out, "%s  %-32s %s%s\n", short(r.ID), t.verdictTitle(r.Verdict), called(r), tagged(r.Tags))
	}
	if len(rows) == 0 && !t.json {
		fmt.Fprintln(t.out, "No badges yet. Add one: cairnctl add FILE")
	}
	return nil
}

// called names a badge and, where it says so, its issuer.
func called(r wallet.Row) string {
	if r.Issuer == "" {
		return orUnnamed(r.Name)
	}
	return orUnnamed(r.Name) + ", " + r.Issuer
}

func (t *tool) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show one badge and what was found about it", Args: exactly(1, "the id of a badge, or its first letters"),
		RunE: t.withWallet(t.show),
	}
}

func (t *tool) show(_ context.Context, w *wallet.Wallet, args []string) error {
	id, err := t.find(w, args[0])
	if err != nil {
		return err
	}
	item, err := w.Item(id)
	if err != nil {
		return err
	}
	if t.json {
		t.line(jsonShown{t.item(item.Row), t.report(item.Credential, item.Report), substance.Of(item.Credential), nodes(item.Credential.Record.Roots), evidence(item.Evidence)})
		return nil
	}
	t.printCredential("", item.Credential, item.Report)
	t.printBadge(item)
	t.printRecord(item.Credential, item.Report)
	t.printSubstance(item.Credential)
	t.printEvidence(item.Evidence)
	return nil
}

// find turns the first letters of an id into the id.
func (t *tool) find(w *wallet.Wallet, prefix string) (string, error) {
	rows, err := w.Rows()
	if err != nil {
		return "", err
	}
	var found []string
	for _, r := range rows {
		if strings.HasPrefix(r.ID, strings.ToLower(prefix)) {
			found = append(found, r.ID)
		}
	}
	switch {
	case len(found) == 1 && prefix != "":
		return found[0], nil
	case len(found) > 1:
		return "", fmt.Errorf("%w: %d badges begin with %q; give more letters", errUsage, len(found), prefix)
	}
	return "", fault.New("wallet.no-item", "id", prefix)
}

func (t *tool) findAll(w *wallet.Wallet, prefixes []string) ([]string, error) {
	var out []string
	for _, p := range prefixes {
		id, err := t.find(w, p)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

type jsonItem struct {
	Item    string        `json:"item"`
	Name    string        `json:"name"`
	Issuer  jsonParty     `json:"issuer"`
	Kind    string        `json:"kind"`
	Form    string        `json:"form"`
	Verdict check.Verdict `json:"verdict"`
	From    string        `json:"from,omitempty"`
	Until   string        `json:"until,omitempty"`
	Added   string        `json:"added"`
	Checked string        `json:"checked"`
	Tags    []string      `json:"tags"`
	Note    string        `json:"note,omitempty"`
}

type jsonShown struct {
	jsonItem
	Report    jsonReport      `json:"report"`
	Substance substance.Sheet `json:"substance"`
	Record    []jsonNode      `json:"record,omitempty"`
	Evidence  []jsonEvidence  `json:"evidence"`
}

func (t *tool) item(r wallet.Row) jsonItem {
	tags := r.Tags
	if tags == nil {
		tags = []string{}
	}
	return jsonItem{
		Item: r.ID, Name: r.Name, Issuer: jsonParty{r.IssuerID, r.Issuer}, Kind: r.Kind, Form: r.Form, Verdict: r.Verdict,
		From: stamp(r.From), Until: stamp(r.Until), Added: stamp(r.Added), Checked: stamp(r.Checked), Tags: tags, Note: r.Note,
	}
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// short is how an item is named to a person: enough to tell it from others.
func short(id string) string { return id[:min(10, len(id))] }

func tagged(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	return "  #" + strings.Join(tags, " #")
}

func (t *tool) verdictTitle(v check.Verdict) string {
	return t.words.Text("verdict."+string(v)+".title", nil)
}
