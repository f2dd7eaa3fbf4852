package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
)

// perModule makes a code that prints and scans well.
const perModule = 6

// shareFlags are what to show, to whom and where to put it.
type shareFlags struct {
	request share.Request
	show    string
	preset  string
	out, qr string
	list    bool
}

func (t *tool) shareCommand() *cobra.Command {
	var f shareFlags
	cmd := &cobra.Command{
		Use:   "share ID… --show PATH,… --for AUDIENCE --out FILE",
		Short: "Make a proof that shows only the lines you name, for one recipient",
		Long: "Make a proof of a badge. --lines lists what it says; --show names the lines that may be seen, beside those\n" +
			"that always are. A badge that its issuer signed as one piece is shown whole.",
		Args: atLeast(1, "the id of a badge"),
	}
	cmd.Flags().StringVar(&f.show, "show", "", "`paths` of the lines to show, with commas between")
	cmd.Flags().StringVar(&f.preset, "preset", "", "`minimum`, usual or all, in place of --show")
	cmd.Flags().BoolVar(&f.list, "lines", false, "list the lines of the badge and make nothing")
	cmd.Flags().StringVar(&f.request.Audience, "for", "", "`name` of whoever gets it")
	cmd.Flags().StringVar(&f.request.Purpose, "purpose", "", "`purpose` it is for")
	cmd.Flags().StringVar(&f.request.Nonce, "nonce", "", "the `code` the recipient asked it to carry")
	cmd.Flags().IntVar(&f.request.Days, "days", share.DefaultDays, "how many `days` it is good")
	cmd.Flags().StringVar(&f.out, "out", "", "`file` for the proof")
	cmd.Flags().StringVar(&f.qr, "qr", "", "`file` for a QR code of it (PNG)")
	cmd.RunE = t.withWallet(func(ctx context.Context, w *wallet.Wallet, args []string) error {
		ids, err := t.findAll(w, args)
		if err != nil {
			return err
		}
		f.request.Items = ids
		if f.list {
			return t.lines(w, ids)
		}
		return t.share(ctx, w, f)
	})
	return cmd
}

func (t *tool) share(ctx context.Context, w *wallet.Wallet, f shareFlags) error {
	switch {
	case f.request.Audience == "":
		return fmt.Errorf("%w: --for is missing: a proof is made for somebody", errUsage)
	case f.out == "" && f.qr == "":
		return fmt.Errorf("%w: say where to put it: --out FILE, or --qr FILE.png", errUsage)
	case f.request.Days < 1 || f.request.Days > share.MaxDays:
		return fmt.Errorf("%w: --days is from 1 to %d", errUsage, share.MaxDays)
	}
	v, err := t.verifier()
	if err != nil {
		return err
	}
	if f.request.Show, err = shown(w, f); err != nil {
		return err
	}
	proof, err := share.Sharer{Wallet: w, Verifier: v, Rand: rand.Reader}.Make(ctx, f.request)
	if err != nil {
		return err
	}
	if err := handOver(proof, f); err != nil {
		return err
	}
	if err := w.Record(proof.Receipt()); err != nil {
		return err
	}
	t.printProof(proof, f)
	return nil
}

// shown gives the paths to show: those named, or those of a preset.
func shown(w *wallet.Wallet, f shareFlags) ([]string, error) {
	if f.preset == "" {
		return paths(f.show), nil
	}
	if f.preset != share.Minimum && f.preset != share.Usual && f.preset != share.All {
		return nil, fmt.Errorf("%w: --preset is minimum, usual or all", errUsage)
	}
	item, err := w.Item(f.request.Items[0])
	if err != nil {
		return nil, err
	}
	choices := share.Look(item.Credential)
	if choices.Whole {
		return nil, nil
	}
	return choices.Preset(f.preset), nil
}

// paths takes a list of paths apart.
func paths(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// handOver writes the files: each whole or not at all.
func handOver(p share.Proof, f shareFlags) error {
	var picture []byte
	if f.qr != "" {
		code, err := qr.Encode(string(p.Bytes))
		if err != nil {
			return err
		}
		if picture, err = code.PNG(perModule); err != nil {
			return err
		}
	}
	for _, file := range []struct {
		name string
		data []byte
	}{{f.out, p.Bytes}, {f.qr, picture}} {
		if file.name == "" {
			continue
		}
		if err := writeWhole(file.name, file.data); err != nil {
			return fault.Wrap(err, "share.not-saved", "file", file.name)
		}
	}
	return nil
}

// writeWhole puts data under a name at once, so that nobody finds half a file.
func writeWhole(name string, data []byte) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".cairn-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name()) // the error that counts is the first
		}
	}()
	if _, err = tmp.Write(data); err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	return err
}

type jsonProof struct {
	Audience string     `json:"audience"`
	Purpose  string     `json:"purpose"`
	Nonce    string     `json:"nonce"`
	Until    string     `json:"until"`
	Bytes    int        `json:"bytes"`
	Shown    []jsonLine `json:"shown"`
	Withheld []string   `json:"withheld"`
	Notes    []string   `json:"notes"`
}

type jsonLine struct {
	Path      string `json:"path"`
	Label     string `json:"label"`
	Value     string `json:"value"`
	Fixed     bool   `json:"fixed"`
	Sensitive bool   `json:"sensitive"`
}

func proofOf(p share.Proof) jsonProof {
	out := jsonProof{p.Request.Audience, p.Request.Purpose, p.Request.Nonce, stamp(p.Until), len(p.Bytes), nil, p.Withheld, p.Notes}
	for _, s := range p.Preview.Shown {
		for _, l := range s.Lines {
			out.Shown = append(out.Shown, jsonLine{l.Path, l.Label, l.Value, l.Fixed, l.Sensitive})
		}
	}
	return out
}

// printShown says what they will see, and what was kept back.
func (t *tool) printShown(p share.Proof, audience string) {
	fmt.Fprintf(t.out, "What %s will see:\n", audience)
	for _, s := range p.Preview.Shown {
		for _, l := range s.Lines {
			fmt.Fprintf(t.out, "  %s%s: %s\n", strings.Repeat("  ", l.Depth), l.Label, l.Value)
		}
	}
	if len(p.Withheld) > 0 {
		fmt.Fprintf(t.out, "Kept back: %s\n", strings.Join(p.Withheld, ", "))
	}
	for _, n := range p.Notes {
		fmt.Fprintf(t.out, "%s. %s\n", t.words.Text("note."+n+".title", nil), t.words.Text("note."+n+".why", nil))
	}
}

func (t *tool) printProof(p share.Proof, f shareFlags) {
	if t.json {
		t.line(proofOf(p))
		return
	}
	t.printShown(p, p.Request.Audience)
	fmt.Fprintf(t.out, "Good until %s. They can keep what you show.\n", p.Until.Format("2 January 2006"))
	if f.qr != "" && p.Fit() != qr.Comfortable {
		fmt.Fprintln(t.out, "The code is dense: not every phone will read it. The file is safer.")
	}
}

// lines lists what may be ticked.
func (t *tool) lines(w *wallet.Wallet, ids []string) error {
	for _, id := range ids {
		item, err := w.Item(id)
		if err != nil {
			return err
		}
		choices := share.Look(item.Credential)
		if choices.Whole && !t.json {
			fmt.Fprintln(t.out, t.words.Text("share.whole."+choices.Why, nil))
		}
		for _, l := range choices.Lines {
			if t.json {
				t.line(jsonLine{l.Path, l.Label, l.Value, l.Fixed, l.Sensitive})
				continue
			}
			fmt.Fprintf(t.out, "%-7s %s%-28s %s: %s\n", tick(l), strings.Repeat("  ", l.Depth), l.Path, l.Label, l.Value)
		}
	}
	return nil
}

func tick(l share.Line) string {
	if l.Fixed {
		return "always"
	}
	return "choose"
}
