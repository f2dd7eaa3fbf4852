package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) removeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove ID…", Short: "Move badges to the bin, from which undo brings them back for 30 days",
		Args: atLeast(1, "the id of a badge"),
		RunE: t.withWallet(func(_ context.Context, w *wallet.Wallet, args []string) error {
			ids, err := t.findAll(w, args)
			if err != nil {
				return err
			}
			if err := w.Remove(ids...); err != nil {
				return err
			}
			t.say("Moved %d to the bin. Take it back within 30 days: cairnctl undo", len(ids))
			return nil
		}),
	}
}

func (t *tool) undoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "undo", Short: "Take the last change back", Args: exactly(0, "nothing more"),
		RunE: t.withWallet(func(_ context.Context, w *wallet.Wallet, _ []string) error {
			e, err := w.Undo()
			if err != nil {
				return err
			}
			t.say("Taken back: %s", t.event(e))
			return nil
		}),
	}
}

func (t *tool) tagCommand() *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use: "tag ID [TAG…]", Short: "Give a badge these tags in place of those it has, and with --note a note",
		Args: atLeast(1, "the id of a badge"),
	}
	cmd.Flags().StringVar(&note, "note", "", "a `note` of your own")
	cmd.RunE = t.withWallet(func(_ context.Context, w *wallet.Wallet, args []string) error {
		id, err := t.find(w, args[0])
		if err != nil {
			return err
		}
		if cmd.Flags().Changed("note") {
			if err := w.Note(id, note); err != nil {
				return err
			}
			if len(args) == 1 {
				return nil
			}
		}
		return w.Tag(id, args[1:])
	})
	return cmd
}

// say prints a line for a person; scripts that asked for JSON get none.
func (t *tool) say(format string, args ...any) {
	if !t.json {
		fmt.Fprintf(t.out, format+"\n", args...)
	}
}

// event says what was done.
func (t *tool) event(e wallet.Event) string {
	part := ".title"
	if len(e.Items) > 1 && t.words.Has("event."+e.What+".many") {
		part = ".many"
	}
	return t.words.Text("event."+e.What+part, with(e.Args, "count", strconv.Itoa(len(e.Items))))
}
