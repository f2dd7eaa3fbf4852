package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) contactsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "contacts", Short: "List who was asked on the internet, and why",
		Long: "List who was asked on the internet on behalf of this wallet, and why: one line for each host, reason and day.\n" +
			"Commands that open no wallet, such as verify, are not among them.",
		Args: exactly(0, "nothing more"),
		RunE: t.withWallet(t.contacts),
	}
	cmd.AddCommand(&cobra.Command{
		Use: "clear", Short: "Forget who was asked", Args: exactly(0, "nothing more"),
		RunE: t.withWallet(func(_ context.Context, w *wallet.Wallet, _ []string) error {
			if err := w.ClearContacts(); err != nil {
				return err
			}
			t.say("%s", t.words.Text("contacts.cleared", nil))
			return nil
		}),
	})
	return cmd
}

type jsonContact struct {
	Host  string `json:"host"`
	Why   string `json:"why"`
	Words string `json:"words"`
	First string `json:"first"`
	Last  string `json:"last"`
	Count int    `json:"count"`
}

func (t *tool) contacts(_ context.Context, w *wallet.Wallet, _ []string) error {
	all, err := w.Contacts()
	if err != nil {
		return err
	}
	for _, c := range all {
		t.printContact(c)
	}
	if len(all) == 0 {
		t.say("%s", t.words.Text("contacts.none", nil))
	}
	return nil
}

func (t *tool) printContact(c fetch.Tally) {
	why := "contact." + c.Why
	if !t.words.Has(why) {
		why = "contact.other"
	}
	words := t.words.Text(why, nil)
	if t.json {
		t.line(jsonContact{c.Host, c.Why, words, stamp(c.First), stamp(c.Last), c.Count})
		return
	}
	count := t.words.Text("contacts.once", nil)
	if c.Count > 1 {
		count = t.words.Text("contacts.times", map[string]string{"n": strconv.Itoa(c.Count)})
	}
	line := t.words.Text("contacts.line", map[string]string{"day": c.Last.UTC().Format(time.DateOnly), "host": c.Host, "count": count})
	fmt.Fprintf(t.out, "%s\n            %s\n", line, words)
}
