package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) recheckCommand() *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use:   "recheck [ID…]",
		Short: "Check badges again; all of them when none is named",
		Long: "Check badges again; all of them when none is named.\n\nWith --as-of the check is repeated as it would have been on an earlier day: by that day's clock, from the\n" +
			"documents this wallet kept, asking nobody. It says nothing about today, and changes nothing.",
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "repeat the check as of a `day`, such as 2026-06-01, from what was kept")
	var at time.Time
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) (err error) {
		if cmd.Flags().Changed("as-of") {
			at, err = dayOf(asOf)
		}
		return err
	}
	cmd.RunE = t.withWallet(func(ctx context.Context, w *wallet.Wallet, args []string) error {
		ids, err := t.findAll(w, args)
		if err != nil {
			return err
		}
		if at.IsZero() {
			return t.recheck(ctx, w, ids)
		}
		return t.recheckAsOf(ctx, w, ids, at)
	})
	return cmd
}

func (t *tool) recheck(ctx context.Context, w *wallet.Wallet, ids []string) error {
	if err := w.Recheck(ctx, ids, nil); err != nil {
		return err
	}
	rows, err := w.Rows()
	if err != nil {
		return err
	}
	var sum outcome
	for _, r := range rows {
		if len(ids) == 0 || slices.Contains(ids, r.ID) {
			sum.verdicts = append(sum.verdicts, r.Verdict)
			if t.json {
				t.line(t.item(r))
			} else {
				fmt.Fprintf(t.out, "%s  %-32s %s\n", short(r.ID), t.verdictTitle(r.Verdict), orUnnamed(r.Name))
			}
		}
	}
	t.status = sum.status()
	return nil
}

// dayOf reads a time, or a day, which means its last second (UTC).
func dayOf(text string) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.Add(24*time.Hour - time.Second), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("%w: --as-of wants a day such as 2026-06-01, or a time, not %q", errUsage, text)
	}
	return at, nil
}

// jsonPast is a check repeated as of an earlier day. Its report is no current one.
type jsonPast struct {
	Item      string     `json:"item"`
	AsOf      string     `json:"asOf"`
	KeptSince string     `json:"keptSince,omitempty"` // the first day of which documents were kept
	Report    jsonReport `json:"report"`
}

func (t *tool) recheckAsOf(ctx context.Context, w *wallet.Wallet, ids []string, at time.Time) error {
	if len(ids) == 0 {
		rows, err := w.Rows()
		if err != nil {
			return err
		}
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
	}
	var sum outcome
	for _, id := range ids {
		p, err := w.AsOf(ctx, id, at)
		if err != nil {
			return err
		}
		sum.add(p.Report)
		t.printPast(p)
	}
	t.status = sum.status()
	return nil
}

func (t *tool) printPast(p wallet.Past) {
	if t.json {
		t.line(jsonPast{p.ID, stamp(p.At), stamp(p.Since), t.report(p.Credential, p.Report)})
		return
	}
	args := map[string]string{"day": p.At.UTC().Format("2 January 2006"), "since": p.Since.UTC().Format("2 January 2006")}
	since := "asof.none"
	if !p.Since.IsZero() {
		since = "asof.since"
	}
	fmt.Fprintf(t.out, "%s  %s %s\n", short(p.ID), t.words.Text("asof.title", args), t.words.Text(since, args))
	t.printCredential("  ", p.Credential, p.Report)
	fmt.Fprintln(t.out)
}
