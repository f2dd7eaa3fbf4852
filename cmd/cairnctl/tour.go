package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/pathway"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func (t *tool) tourCommand() *cobra.Command {
	picture := ""
	cmd := &cobra.Command{
		Use:   "tour",
		Short: "See in two minutes what Cairn does, on badges of made-up schools",
		Long:  "The whole story on a practice wallet that is thrown away afterwards: add, check, stack, share, and check again as an employer.\nIt needs no keychain and no internet, and touches nothing of yours.",
		Args:  exactly(0, "nothing more"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return t.tour(cmd.Context(), picture) },
	}
	cmd.Flags().StringVar(&picture, "qr", "", "also save the code as a picture `file` (PNG)")
	return cmd
}

// The people of the story.
const (
	employer = "Hotel Bellevue"
	stranger = "Hotel Riffraff"
)

// tour is one telling of the story.
type tour struct {
	*tool
	now     func() time.Time
	wallet  *wallet.Wallet
	set     samples.Set
	ids     map[string]string // item ids by the name of the sample
	proof   share.Proof
	picture string        // where to save the code; may be empty
	keys    *bufio.Reader // of somebody who presses Enter; nil when nobody does
	chapter int
}

func (t *tool) tour(ctx context.Context, picture string) (err error) {
	now, err := t.now()
	if err != nil {
		return err
	}
	home, err := os.MkdirTemp("", "cairn-tour-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(home)) }()
	w, err := wallet.Open(ctx, wallet.Options{
		Home: home, Now: now, Rand: rand.Reader, Secrets: &keyring.Memory{},
		Verifier: &verify.Verifier{Now: now, Get: samples.Web{Now: now}},
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	told := &tour{tool: t, now: now, wallet: w, ids: map[string]string{}, picture: picture, keys: t.reader()}
	return told.tell(ctx)
}

func (t *tour) tell(ctx context.Context) error {
	fmt.Fprintf(t.out, "%s\n%s\n", strings.ToUpper(t.say("tour.title")), t.say("tour.intro"))
	for _, part := range []func(context.Context) error{t.add, t.check, t.stack, t.share, t.code, t.employer} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return t.title(ctx, "tour.end")
}

// say gives words with slots filled from pairs.
func (t *tour) say(code string, pairs ...string) string {
	return t.words.Text(code, with(nil, pairs...))
}

// title begins a chapter: it waits for Enter when there is somebody to press it.
func (t *tour) title(ctx context.Context, code string, pairs ...string) error {
	if t.keys != nil {
		fmt.Fprintf(t.out, "\n%s ", t.say("tour.enter"))
		if err := t.enter(ctx); err != nil {
			return err
		}
	}
	t.chapter++
	fmt.Fprintf(t.out, "\n%d. %s\n%s\n\n", t.chapter, strings.ToUpper(t.say(code+".title", pairs...)), t.say(code+".text", pairs...))
	return nil
}

// enter waits for Enter, the end of the input, or the end of ctx. A terminal that
// is being read can't be interrupted, so the reader is left behind: it ends with
// the program.
func (t *tour) enter(ctx context.Context) error {
	pressed := make(chan struct{})
	go func() {
		defer close(pressed)
		_, _ = t.keys.ReadString('\n')
	}()
	select {
	case <-pressed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// reader reads what a person types; nil unless one sits at a terminal.
func (t *tool) reader() *bufio.Reader {
	in, ok := t.in.(*os.File)
	if !ok || !isTerminal(in) {
		return nil
	}
	if out, ok := t.out.(*os.File); !ok || !isTerminal(out) {
		return nil
	}
	return bufio.NewReader(in)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (t *tour) add(ctx context.Context) error {
	if err := t.title(ctx, "tour.add"); err != nil {
		return err
	}
	var err error
	if t.set, err = samples.Prepare(t.wallet, t.now()); err != nil {
		return err
	}
	for _, f := range slices.Backward(t.set.Files) { // a wallet lists the newest first
		drafts, err := t.wallet.Review(ctx, f.Raw, f.Name, nil)
		if err != nil {
			return err
		}
		ids, err := t.wallet.Keep(ctx, drafts)
		if err != nil {
			return err
		}
		t.ids[f.Sample] = ids[0]
		fmt.Fprintf(t.out, "  + %-34s %6d bytes  %s\n", f.Name, len(f.Raw), drafts[0].Credential.Name)
	}
	return nil
}

func (t *tour) check(ctx context.Context) error {
	if err := t.title(ctx, "tour.check"); err != nil {
		return err
	}
	rows, err := t.wallet.Rows()
	if err != nil {
		return err
	}
	for _, r := range rows {
		fmt.Fprintf(t.out, "  %s %-33s %-28s %s\n", verdictMark(r.Verdict), t.verdictTitle(r.Verdict), r.Name, r.Issuer)
	}
	item, err := t.wallet.Item(t.ids[samples.Changed])
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\n  %s\n", t.say("tour.check.why", "name", item.Name))
	for _, k := range item.Report.Checks {
		if k.Outcome == check.Fail {
			t.printRow("  ", k)
		}
	}
	return nil
}

// verdictMark says in one letter how a verdict is to be taken.
func verdictMark(v check.Verdict) string {
	switch {
	case v == check.Expired || v == check.NotYetValid:
		return marks[check.Caution]
	case v.Class() == "good":
		return marks[check.Pass]
	case v.Class() == "care":
		return marks[check.Unknown]
	}
	return marks[check.Fail]
}

func (t *tour) stack(ctx context.Context) error {
	if err := t.title(ctx, "tour.stack"); err != nil {
		return err
	}
	routes, err := t.wallet.Pathways()
	if err != nil {
		return err
	}
	for _, r := range routes {
		_, p, err := t.wallet.Measure(r.ID)
		if err != nil {
			return err
		}
		t.drawStack(p)
	}
	fmt.Fprintf(t.out, "  %s\n", t.say("tour.stack.legend"))
	return nil
}

// drawStack draws the layers of a pathway as rows of bricks, the first at the
// bottom.
func (t *tour) drawStack(p pathway.Progress) {
	const ring = 20
	full := p.Percent() * ring / 100
	fmt.Fprintf(t.out, "  %s  %d%%  %s%s  %s\n", p.Pathway.Name, p.Percent(), strings.Repeat("█", full), strings.Repeat("░", ring-full),
		t.say("tour.stack.progress", "done", strconv.Itoa(p.Done), "total", strconv.Itoa(p.Total)))
	for _, l := range slices.Backward(p.Layers) {
		fmt.Fprintf(t.out, "    %-22s %d/%d  %-16s %s, %s\n", l.Name, l.Done, l.Total, brickLine(l.Steps),
			t.words.Text(l.Rule.Code(), l.Rule.Args), t.say("pathway.state."+string(l.State)))
	}
	if len(p.Next) > 0 {
		n := p.Next[0]
		fmt.Fprintf(t.out, "    %s\n", t.say("tour.stack.next", "step", n.Step.Name, "layer", n.Layer.Name))
	}
	fmt.Fprintln(t.out)
}

// brickLine draws a layer: what is earned, what is held and doesn't count, what is
// missing; groups in brackets.
func brickLine(steps []pathway.StepProgress) string {
	line := ""
	for _, s := range steps {
		if len(s.Steps) > 0 {
			line += "(" + brickLine(s.Steps) + ")"
			continue
		}
		switch s.State {
		case pathway.Earned:
			line += "[#]"
		case pathway.Near, pathway.Waiting:
			line += "[!]"
		default:
			line += "[ ]"
		}
	}
	return line
}

func (t *tour) share(ctx context.Context) error {
	item, err := t.wallet.Item(t.ids[samples.Shared])
	if err != nil {
		return err
	}
	if err := t.title(ctx, "tour.share", "audience", employer, "name", item.Name); err != nil {
		return err
	}
	lines := share.Look(item.Credential).Lines
	var ticked []string
	for _, l := range lines {
		keep := l.Fixed || !slices.Contains(samples.Private, l.Name)
		if keep && !l.Fixed {
			ticked = append(ticked, l.Path)
		}
		t.printLine(l, keep)
	}
	s := share.Sharer{Wallet: t.wallet, Verifier: samples.Verifier(t.now), Rand: rand.Reader}
	t.proof, err = s.Make(ctx, share.Request{Items: []string{item.ID}, Show: ticked, Audience: employer, Purpose: "Job application"})
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\n  %s\n  %s\n", t.say("tour.share.withheld", "lines", strings.Join(t.proof.Withheld, ", ")),
		t.say("tour.share.until", "audience", employer, "until", t.proof.Until.Format("2 January 2006")))
	return t.wallet.Record(t.proof.Receipt())
}

func (t *tour) printLine(l share.Line, shown bool) {
	tick, value := "[v]", l.Value
	if !shown {
		tick, value = "[ ]", strings.Repeat("#", min(utf8.RuneCountInString(value), 10))
	}
	fmt.Fprintf(t.out, "  %s %-28s %s\n", tick, strings.Repeat("  ", l.Depth)+l.Label, value)
}

func (t *tour) code(ctx context.Context) error {
	if err := t.title(ctx, "tour.code", "audience", employer); err != nil {
		return err
	}
	code, err := qr.Encode(string(t.proof.Bytes))
	if err != nil {
		fmt.Fprintf(t.out, "  %s\n", t.say("tour.code.big", "bytes", strconv.Itoa(len(t.proof.Bytes))))
		return nil
	}
	fmt.Fprintf(t.out, "%s\n  %s\n", code.Text(false), t.say("tour.code.wide", "columns", strconv.Itoa(len(code.Modules))))
	if t.picture == "" {
		return nil
	}
	png, err := code.PNG(6)
	if err != nil {
		return err
	}
	if err := os.WriteFile(t.picture, png, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "  %s\n", t.say("tour.code.saved", "file", t.picture))
	return nil
}

func (t *tour) employer(ctx context.Context) error {
	if err := t.title(ctx, "tour.employer", "audience", employer); err != nil {
		return err
	}
	asked := verify.Expect{Audience: employer, Nonce: t.proof.Request.Nonce}
	seen, err := t.look(ctx, t.proof.Bytes, asked)
	if err != nil {
		return err
	}
	for _, one := range seen.Shown {
		for _, k := range one.Report.Checks {
			if k.Outcome != check.Absent {
				fmt.Fprintf(t.out, "    %s %s\n", marks[k.Outcome], t.checkWords(k).Title)
			}
		}
		fmt.Fprintf(t.out, "\n  %s\n", t.say("tour.employer.sees", "audience", employer))
		for _, l := range one.Lines {
			fmt.Fprintf(t.out, "    %-22s %s\n", l.Label, l.Value)
		}
	}
	fmt.Fprintf(t.out, "\n  %s\n", t.say("tour.employer.altered"))
	if _, err := t.look(ctx, altered(t.proof.Bytes), asked); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "\n  %s\n", t.say("tour.employer.copied", "other", stranger))
	_, err = t.look(ctx, t.proof.Bytes, verify.Expect{Audience: stranger})
	return err
}

// look checks a proof as an employer who knows the schools, and prints the
// verdict and what is wrong.
func (t *tour) look(ctx context.Context, proof []byte, asked verify.Expect) (share.Seen, error) {
	seen, err := share.Check(ctx, samples.Verifier(t.now), proof, asked, nil)
	if err != nil {
		return seen, err
	}
	v := seen.Verdict()
	fmt.Fprintf(t.out, "  %s %s\n", verdictMark(v), strings.ToUpper(t.verdictTitle(v)))
	for _, one := range seen.Shown {
		for _, k := range one.Report.Checks {
			if k.Outcome == check.Fail {
				fmt.Fprintf(t.out, "    %s %s\n", marks[k.Outcome], t.checkWords(k).Why)
			}
		}
	}
	return seen, nil
}

// altered changes one letter in the middle of the first signature.
func altered(proof []byte) []byte {
	out := bytes.Clone(proof)
	i := bytes.IndexByte(out, '~') - 20
	if out[i]++; !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", rune(out[i])) {
		out[i] = 'A'
	}
	return out
}
