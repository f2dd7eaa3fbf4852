package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

func (t *tool) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify INPUT…",
		Short: "Check badges in files, folders, links or '-'; keeps nothing",
		Long: "Check badges in files, in folders, behind links or on standard input ('-'), and say row by row\n" +
			"what was found. Nothing is kept.\n\nExit status: 0 all verified; 1 something bad; 3 something needs care; 4 something could not be read.",
		Args: atLeast(1, "something to check: a file, a folder, a link, or '-'"),
		RunE: func(cmd *cobra.Command, args []string) error { return t.verify(cmd.Context(), args) },
	}
}

func (t *tool) verify(ctx context.Context, args []string) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	var sum outcome
	for in := range t.inputs(ctx, v.Get, args) {
		found, err := read(in, v.Languages)
		if err != nil {
			t.printFault(in.name, err)
			sum.unreadable = true
			continue
		}
		for i, c := range found {
			r := v.Verify(ctx, c, nil)
			t.printReport(in.name, i, c, r)
			sum.add(r)
		}
	}
	t.status = sum.status()
	return stopped(ctx)
}

func read(in input, languages vc.Languages) ([]*vc.Credential, error) {
	if in.err != nil {
		return nil, in.err
	}
	return verify.Read(in.raw, languages...)
}

// outcome sums up verdicts for the exit status. Credentials inside count too.
type outcome struct {
	verdicts   []check.Verdict
	unreadable bool
}

func (o *outcome) add(r check.Report) {
	o.verdicts = append(o.verdicts, r.Verdict())
	for _, p := range r.Parts {
		o.add(p)
	}
}

func (o *outcome) status() int {
	status := exitVerified
	for _, v := range o.verdicts {
		switch v.Class() {
		case "bad":
			return exitBad
		case "care":
			status = exitCare
		}
	}
	if o.unreadable {
		return exitUnreadable
	}
	return status
}
