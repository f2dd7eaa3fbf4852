package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/link"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
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
	cmd.Flags().StringVar(&expect.Audience, "for", "", "the `name` you asked it to be made for")
	cmd.Flags().StringVar(&expect.Nonce, "nonce", "", "the `code` you asked it to carry")
	return cmd
}

func (t *tool) check(ctx context.Context, args []string, expect verify.Expect) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	var sum outcome
	for in := range t.inputs(ctx, v.Get, args) {
		raws, err := t.shown(ctx, v.Get, in)
		if err != nil {
			t.printFault(in.name, err)
			sum.unreadable = true
			continue
		}
		for _, raw := range raws {
			seen, err := share.Check(ctx, v, raw, expect, nil)
			if err != nil {
				t.printFault(in.name, err)
				sum.unreadable = true
				continue
			}
			t.printSeen(in.name, seen)
			for _, s := range seen.Shown {
				sum.add(s.Report)
			}
		}
	}
	t.status = sum.status()
	return stopped(ctx)
}

// shown finds what is to be checked: the input itself, what a code in a picture
// says, or what such a code leads to.
func (t *tool) shown(ctx context.Context, get fetch.Getter, in input) ([][]byte, error) {
	if in.err != nil {
		return nil, in.err
	}
	found, err := link.Look(in.raw)
	if err != nil {
		if fault.Code(err) == "" {
			return nil, err
		}
		return [][]byte{in.raw}, nil // the reader knows better words for what it is
	}
	var raws [][]byte
	for _, f := range found {
		switch f.Kind {
		case link.Offer:
			return nil, fault.New("link.no-proof")
		case link.Request:
			return nil, fault.New("link.request")
		}
		if f.Kind != link.Web {
			raws = append(raws, f.Raw)
			continue
		}
		page, err := get.Get(fetch.Because(ctx, "link"), f.URL, "")
		if err != nil {
			return nil, fetch.Fault(err, f.URL)
		}
		raws = append(raws, page.Body)
	}
	return raws, nil
}

type jsonPresentation struct {
	Form     string `json:"form"`
	Holder   string `json:"holder"`
	Audience string `json:"audience"`
	Purpose  string `json:"purpose"`
	Until    string `json:"until"`
}

func (t *tool) printSeen(input string, seen share.Seen) {
	p := seen.Presentation
	if !t.json {
		fmt.Fprintln(t.out, input)
		if p.Audience != "" {
			fmt.Fprintf(t.out, "  A proof for: %s\n", assets.OneLine(joined(", ", p.Audience, p.Purpose)))
		}
	}
	for i, s := range seen.Shown {
		if t.json {
			out := t.report(s.Credential, s.Report)
			out.Input, out.Index = input, i
			out.Presentation = jsonPresentation{p.Form, p.Holder, p.Audience, p.Purpose, stamp(p.Until)}
			t.line(out)
			continue
		}
		t.printCredential("  ", s.Credential, s.Report)
		fmt.Fprintln(t.out, "  What was shown:")
		for _, l := range s.Lines {
			fmt.Fprintf(t.out, "    %s: %s\n", l.Label, l.Value)
		}
		fmt.Fprintln(t.out)
	}
}
