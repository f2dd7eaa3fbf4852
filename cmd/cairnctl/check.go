package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

func (t *tool) checkCommand() *cobra.Command {
	var expect verify.Expect
	cmd := &cobra.Command{
		Use:   "check INPUT…",
		Short: "Check what somebody shows you, as an employer",
		Long: "Check proofs and badges that somebody shows you: files, folders, links, a picture of a QR code, or '-'.\n" +
			"Says for each badge whether it is genuine, and whether it was shown by the person it was issued to, for you, and lately.\n" +
			"Nothing is kept.",
		Args: atLeast(1, "something to check: a file, a folder, a link, or '-'"),
		RunE: func(cmd *cobra.Command, args []string) error { return t.check(cmd.Context(), args, expect) },
	}
	cmd.Flags().StringVar(&expect.Audience, "for", "", "the name you asked it to be made for")
	cmd.Flags().StringVar(&expect.Nonce, "nonce", "", "the code you asked it to carry")
	return cmd
}

func (t *tool) check(ctx context.Context, args []string, expect verify.Expect) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	var sum outcome
	for _, in := range t.inputs(ctx, v.Get, args) {
		p, err := readShown(in)
		if err != nil {
			t.printFault(in.name, err)
			sum.unreadable = true
			continue
		}
		reports := v.VerifyPresentation(ctx, p, expect, nil)
		for i, c := range p.Credentials {
			t.printShown(in.name, i, p, c, reports[i])
			sum.add(reports[i])
		}
	}
	t.status = sum.status()
	return nil
}

type jsonPresentation struct {
	Form     string `json:"form"`
	Holder   string `json:"holder"`
	Audience string `json:"audience"`
	Purpose  string `json:"purpose"`
	Until    string `json:"until"`
}

func (t *tool) printShown(input string, i int, p *verify.Presentation, c *vc.Credential, r check.Report) {
	if t.json {
		out := t.report(c, r)
		out.Input, out.Index = input, i
		out.Presentation = jsonPresentation{p.Form, p.Holder, p.Audience, p.Purpose, stamp(p.Until)}
		t.line(out)
		return
	}
	fmt.Fprintln(t.out, input)
	if p.Audience != "" {
		fmt.Fprintf(t.out, "  A proof for: %s\n", joined(", ", p.Audience, p.Purpose))
	}
	t.printCredential("  ", c, r)
	t.printClaims(c)
	fmt.Fprintln(t.out)
}

// printClaims prints the lines that were shown.
func (t *tool) printClaims(c *vc.Credential) {
	for _, k := range c.Badge.Claims {
		fmt.Fprintf(t.out, "    %s: %s\n", k.Label, k.Value)
	}
}
