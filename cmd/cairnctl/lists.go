package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) listsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "lists", Short: "The lists of issuers that checks ask: see, add, switch off",
		Long: "List the lists of issuers that the checks of this wallet ask, each with its date and state. LIST is an\n" +
			"id as --json shows it, or the number of a line.",
		Args: exactly(0, "nothing more"),
		RunE: t.withWallet(t.lists),
	}
	var name string
	add := &cobra.Command{
		Use: "add ADDRESS|FILE", Short: "Add a register of issuers by its address, or a European trusted list by address or file",
		Args: exactly(1, "an address or a file"),
		RunE: t.withWallet(func(ctx context.Context, w *wallet.Wallet, args []string) error {
			return t.addList(ctx, w, args[0], name)
		}),
	}
	add.Flags().StringVar(&name, "name", "", "`name` to call it by")
	cmd.AddCommand(add,
		t.listCommandOf("off LIST", "Have no check ask a list", func(w *wallet.Wallet, id string) error { return w.SwitchList(id, false) }),
		t.listCommandOf("on LIST", "Have checks ask a list again", func(w *wallet.Wallet, id string) error { return w.SwitchList(id, true) }),
		t.listCommandOf("remove LIST", "Forget a list that was added", (*wallet.Wallet).RemoveList),
		&cobra.Command{
			Use: "update", Short: "Get the European lists that have an address anew", Args: exactly(0, "nothing more"),
			RunE: t.withWallet(func(ctx context.Context, w *wallet.Wallet, _ []string) error {
				if err := w.UpdateLists(ctx); err != nil {
					return err
				}
				return t.lists(ctx, w, nil)
			}),
		})
	return cmd
}

// listCommandOf makes a command that does something to one list.
func (t *tool) listCommandOf(use, short string, do func(*wallet.Wallet, string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: exactly(1, "the number or the id of a list"),
		RunE: t.withWallet(func(_ context.Context, w *wallet.Wallet, args []string) error {
			all, err := w.Lists()
			if err != nil {
				return err
			}
			id := args[0]
			if n, err := strconv.Atoi(id); err == nil && n >= 1 && n <= len(all) {
				id = all[n-1].ID
			}
			return do(w, id)
		}),
	}
}

// addList adds a list by its address, or from a file.
func (t *tool) addList(ctx context.Context, w *wallet.Wallet, from, name string) error {
	l, err := wallet.List{}, error(nil)
	switch _, missing := os.Stat(from); {
	case strings.HasPrefix(from, "https://"), strings.HasPrefix(from, "http://"):
		l, err = w.AddList(ctx, from, name)
	case missing != nil:
		return fault.Wrap(missing, "input.no-file", "file", from)
	default:
		in := file(from)
		if in.err != nil {
			return in.err
		}
		l, err = w.AddListFile(in.raw)
	}
	if err != nil {
		return err
	}
	t.printList(0, l)
	return nil
}

type jsonList struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	On      bool   `json:"on"`
	Shipped bool   `json:"shipped"`
	Testing bool   `json:"testing"`
	Count   int    `json:"count,omitempty"`
	Date    string `json:"date,omitempty"`
	State   string `json:"state"`
}

func (t *tool) lists(_ context.Context, w *wallet.Wallet, _ []string) error {
	all, err := w.Lists()
	if err != nil {
		return err
	}
	for i, l := range all {
		t.printList(i+1, l)
	}
	return nil
}

// printList prints a list; the number, from 1, is left out where it is 0.
func (t *tool) printList(n int, l wallet.List) {
	if t.json {
		t.line(jsonList{l.ID, l.Kind, l.Name, l.Address, l.On, l.Shipped, l.Testing, l.Count, stamp(l.Date), l.State})
		return
	}
	kind, use := t.words.Text("list.kind."+l.Kind, nil), t.words.Text("list.off", nil)
	if l.On {
		use = t.words.Text("list.on", nil)
	}
	number := "   "
	if n > 0 {
		number = fmt.Sprintf("%2d ", n)
	}
	fmt.Fprintf(t.out, "%s%s (%s): %s\n", number, orElse(l.Name, kind), kind, use)
	for _, line := range []string{t.listState(l), l.Address} {
		if line != "" {
			fmt.Fprintf(t.out, "   %s\n", line)
		}
	}
}

// listState says what is known of a list.
func (t *tool) listState(l wallet.List) string {
	state := l.State
	if l.Date.IsZero() && l.Kind == wallet.OwnList {
		state = "empty"
	}
	text := t.words.Text("list.state."+state, map[string]string{"date": l.Date.Format("2 January 2006")})
	if l.Testing {
		text += "; " + t.words.Text("list.testing", nil)
	}
	return text
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
