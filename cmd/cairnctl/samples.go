package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func (t *tool) samplesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "samples",
		Short: "Make a practice wallet to try everything on",
		Long: "Make a practice wallet, or show the one that is there: badges of made-up schools, good and bad, and two pathways.\n" +
			"It is kept apart from your own wallet, in the folder that --home names, and needs no keychain and no internet.\n" +
			"Beside it lie the badges as files, to check and add, and what the schools publish, for --web.",
		Args: exactly(0, "nothing more"),
		RunE: func(cmd *cobra.Command, _ []string) error { return t.samples(cmd.Context()) },
	}
}

func (t *tool) samples(ctx context.Context) error {
	now, err := t.now()
	if err != nil {
		return err
	}
	home, err := t.practiceHome()
	if err != nil {
		return err
	}
	there := wallet.Exists(home)
	if there && !samples.Is(home) {
		return fault.New("samples.real-wallet")
	}
	w, err := samples.Open(ctx, home, now, rand.Reader)
	if err != nil {
		return err
	}
	defer w.Close()
	if !there {
		if err := lay(ctx, w, home, now()); err != nil {
			return fmt.Errorf("write practice files: %w", err)
		}
	}
	return t.printSamples(ctx, w, home, there)
}

// practice says whether --home names a practice wallet: then the made-up schools
// answer, and the internet is not asked.
func (t *tool) practice() bool { return t.home != "" && samples.Is(t.home) }

// practiceHome is the folder that --home names, or one beside the usual wallet.
func (t *tool) practiceHome() (string, error) {
	if t.home != "" {
		return t.home, nil
	}
	usual, err := wallet.Home()
	return filepath.Join(filepath.Dir(usual), filepath.Base(usual)+"-practice"), err
}

// Folders beside a practice wallet.
const (
	badgeDir = "badges"
	webDir   = "web"
)

// lay writes the badges of a practice wallet and what the schools publish as
// files, to try the other commands on.
func lay(ctx context.Context, w *wallet.Wallet, home string, now time.Time) error {
	files, err := samples.Pages(ctx, now)
	if err != nil {
		return err
	}
	all := map[string][]byte{}
	for name, body := range files {
		all[filepath.Join(webDir, filepath.FromSlash(name))] = body
	}
	rows, err := w.Rows()
	if err != nil {
		return err
	}
	for _, r := range rows {
		item, err := w.Item(r.ID)
		if err != nil {
			return err
		}
		all[filepath.Join(badgeDir, item.Source)] = item.Credential.Raw
	}
	for _, name := range assets.Pathways() {
		raw, _ := assets.Pathway(name)
		all[filepath.Join("pathways", name+".json")] = raw
	}
	for name, body := range all {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, body, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (t *tool) printSamples(ctx context.Context, w *wallet.Wallet, home string, there bool) error {
	rows, err := w.Rows()
	if err != nil {
		return err
	}
	if !t.json {
		code := "samples.made"
		if there {
			code = "samples.there"
		}
		fmt.Fprintf(t.out, "%s\n\n", t.words.Text(code, map[string]string{"folder": home, "count": fmt.Sprint(len(rows))}))
	}
	if err := t.list(ctx, w, nil); err != nil {
		return err
	}
	fmt.Fprintln(t.out)
	if err := t.pathwayList(ctx, w, nil); err != nil || t.json {
		return err
	}
	fmt.Fprintf(t.out, "\n%s\n%s\n\n%s\n",
		t.words.Text("samples.files", map[string]string{"folder": filepath.Join(home, badgeDir)}),
		t.words.Text("samples.web", map[string]string{"folder": filepath.Join(home, webDir)}), t.words.Text("samples.try", nil))
	for _, try := range []string{"show " + short(rows[0].ID), "recheck", "verify " + filepath.Join(home, badgeDir)} {
		fmt.Fprintf(t.out, "  cairnctl --home %s %s\n", home, try)
	}
	return nil
}
