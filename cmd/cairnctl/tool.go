package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/wallet/samples"
)

// Exit statuses: part of the contract with scripts.
const (
	exitVerified   = 0 // all verified, or the command did its work
	exitBad        = 1 // something is a problem, withdrawn or unsigned
	exitUsage      = 2 // the command line is wrong
	exitCare       = 3 // nothing bad, but something needs care
	exitUnreadable = 4 // something could not be read as a credential
	exitFailed     = 5 // we failed
)

// errUsage marks a wrong command line.
var errUsage = errors.New("usage")

// tool is what all commands share: the flags, the streams, the words.
type tool struct {
	in       io.Reader
	out, err io.Writer
	words    assets.Words
	status   int

	home, passphraseFile string
	json, offline        bool
	nowText              string
	web, issuerKeys      []string
	journal              fetch.Journal // hears who is asked on the internet
	euLists              []string
	languages            []string     // to read texts of badges in, the best first
	providerTexts        []string     // who may be asked about block chains
	internet             fetch.Getter // in place of the internet, for tests
}

// run is the whole program: it returns the exit status. spoken are the languages of
// this computer.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer, spoken ...string) int {
	return (&tool{in: in, out: out, err: errOut, words: assets.English(), languages: spoken}).run(ctx, args)
}

func (t *tool) run(ctx context.Context, args []string) int {
	root := t.root()
	root.SetArgs(args)
	root.SetIn(t.in)
	root.SetOut(t.out)
	root.SetErr(t.err)
	if err := root.ExecuteContext(ctx); err != nil {
		t.json = t.json || slices.Contains(args, "--json") // which may stand after what is wrong
		return t.fail(err)
	}
	return t.status
}

// screen is where people read: what strangers wrote can't steer it.
type screen struct{ io.Writer }

func (s screen) Write(b []byte) (int, error) {
	_, err := io.WriteString(s.Writer, assets.Plain(string(b)))
	return len(b), err
}

// commands lists all commands in the order of the help page.
func (t *tool) commands() []*cobra.Command {
	return []*cobra.Command{
		t.verifyCommand(),
		t.addCommand(),
		t.offerCommand(),
		t.listCommand(),
		t.showCommand(),
		t.removeCommand(),
		t.undoCommand(),
		t.tagCommand(),
		t.recheckCommand(),
		t.refreshCommand(),
		t.pathwayCommand(),
		t.shareCommand(),
		t.answerCommand(),
		t.checkCommand(),
		t.keysCommand(),
		t.listsCommand(),
		t.chainsCommand(),
		t.contactsCommand(),
		t.samplesCommand(),
		t.tourCommand(),
	}
}

func (t *tool) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "cairnctl",
		Short:         "Keep badges, check that they are genuine, see what they add up to, share what you choose",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRun: func(cmd *cobra.Command, _ []string) {
			if !t.json && cmd.Name() != "tour" { // which shows only what is ours, and looks at the terminal
				t.out, t.err = screen{t.out}, screen{t.err}
			}
		},
	}
	f := root.PersistentFlags()
	f.StringVar(&t.home, "home", "", "`folder` of the wallet (default: the usual place for this system)")
	f.StringVar(&t.passphraseFile, "passphrase-file", "", "`file` that holds the wallet's passphrase, where there is no keychain")
	f.BoolVar(&t.json, "json", false, "one JSON object a line")
	f.BoolVar(&t.offline, "offline", false, "ask nobody on the internet")
	f.StringSliceVar(&t.languages, "lang", t.languages, "`languages` to show texts of badges in, where they have them, the best first, such as de,fr (default: as the computer; English after all)")
	f.StringVar(&t.nowText, "now", "", "the `time` to judge by, such as 2026-06-01T12:00:00Z")
	f.StringArrayVar(&t.web, "web", nil, "`folder` that answers https://host/path from DIR/host/path, instead of the internet")
	f.StringArrayVar(&t.issuerKeys, "issuer-key", nil, "`file` with an issuer's key you vouch for (JWK, JWKS or PEM)")
	f.StringArrayVar(&t.providerTexts, "chain", nil, "who may be asked about a block chain, as `CHAIN=ADDRESS`, such as bitcoin=https://blockstream.info/api")
	f.StringArrayVar(&t.euLists, "eu-list", nil, "`file` with a European trusted list, to judge electronic seals by (all are named at "+trust.EULists+")")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return fmt.Errorf("%w: %w", errUsage, err) })
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpCommand(helpCommand())
	root.AddCommand(t.commands()...)
	return root
}

// helpCommand says how a command is used. Cobra's own is silent about names that are
// no command.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Say how a command is used",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, left, err := cmd.Root().Find(args)
			if err != nil || len(left) > 0 {
				return fmt.Errorf("%w: there is no command %q", errUsage, strings.Join(args, " "))
			}
			return found.Help()
		},
	}
}

// atLeast is cobra's argument check with our exit status.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return fmt.Errorf("%w: %s needs %s", errUsage, cmd.CommandPath(), what)
		}
		return nil
	}
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("%w: %s needs %s", errUsage, cmd.CommandPath(), what)
		}
		return nil
	}
}

// fail says on standard error, or as JSON, what went wrong, and gives the status.
func (t *tool) fail(err error) int {
	var f *fault.Fault
	switch {
	case errors.As(err, &f):
	case errors.Is(err, errUsage), strings.HasPrefix(err.Error(), "unknown command"):
		t.misused(strings.TrimPrefix(err.Error(), errUsage.Error()+": "))
		return exitUsage
	default:
		f = fault.Wrap(err, "task.broke", "what", err.Error())
	}
	t.printFault("", f)
	if strings.HasPrefix(f.Code, "input.") || strings.HasPrefix(f.Code, "link.") {
		return exitUnreadable
	}
	return exitFailed
}

// misused says what is wrong with a command line.
func (t *tool) misused(what string) {
	const help = "Run \"cairnctl help\" to see what there is."
	if t.json {
		t.line(jsonError{"", jsonFault{Code: "usage", Title: what, Do: help}})
		return
	}
	fmt.Fprintf(t.err, "%s\n%s\n", what, help)
}

// now is the clock: --now, or this computer's.
func (t *tool) now() (func() time.Time, error) {
	if t.nowText == "" {
		return time.Now, nil
	}
	fixed, err := time.Parse(time.RFC3339, t.nowText)
	if err != nil {
		return nil, fmt.Errorf("%w: --now wants a time such as 2026-06-01T12:00:00Z, not %q", errUsage, t.nowText)
	}
	return func() time.Time { return fixed }, nil
}

// verifier builds the judge that the flags describe.
func (t *tool) verifier() (*verify.Verifier, error) {
	now, err := t.now()
	if err != nil {
		return nil, err
	}
	keys, err := t.vouched()
	if err != nil {
		return nil, err
	}
	lists, err := t.trusted()
	if err != nil {
		return nil, err
	}
	chains, err := t.providers()
	if err != nil {
		return nil, err
	}
	get, err := t.getter(now)
	if err != nil {
		return nil, err
	}
	return &verify.Verifier{Now: now, Get: get, Vouched: keys, Languages: t.languages, Lists: trust.Lists{Public: true}, EU: lists, Chains: chains, Memory: &verify.Memory{}}, nil
}

func (t *tool) getter(now func() time.Time) (fetch.Getter, error) {
	if t.offline {
		return fetch.Offline{}, nil
	}
	if t.practice() && len(t.web) == 0 {
		return samples.Web{Now: now}, nil
	}
	if len(t.web) == 0 && t.internet != nil {
		return t.internet, nil
	}
	if len(t.web) == 0 {
		return fetch.New(fetch.Options{Now: now, Store: &fetch.Memory{}, Fresh: time.Hour, Ledger: &t.journal}), nil
	}
	var dirs []fs.FS
	for _, dir := range t.web {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("%w: --web wants a folder, and %q is none", errUsage, dir)
		}
		dirs = append(dirs, os.DirFS(dir))
	}
	return fetch.Mirror{Dirs: dirs, Now: now}, nil
}

func (t *tool) vouched() ([]jose.Key, error) {
	var out []jose.Key
	for _, name := range t.issuerKeys {
		in := file(name)
		if in.err != nil {
			return nil, fmt.Errorf("%w: --issuer-key %s: %s", errUsage, in.name, t.faultWords(in.err).Title) // a wrong command line, not a badge that can't be read
		}
		keys, err := jose.ParseKeys(in.raw)
		if err != nil {
			return nil, fmt.Errorf("%w: --issuer-key %s: %w", errUsage, filepath.Base(name), err)
		}
		out = append(out, keys...)
	}
	return out, nil
}
