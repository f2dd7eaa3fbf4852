// Command cairnctl is the wallet without a screen: all that the desktop program
// does, for scripts, for screen readers and for air-gapped checkers. One command
// a file; what they share is in tool.go, what they print in print.go.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/wallet"
)

func main() { os.Exit(start()) }

func start() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		ctx = verify.Watch(ctx, progress(os.Stderr))
	}
	return run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, wallet.Spoken(os.Getenv)...)
}

// worthWatching is from how many credentials inside one on a person wants to see
// how far checking has come.
const worthWatching = 20

// progress writes one line again and again, and takes it away at the end.
func progress(terminal io.Writer) func(done, all int) {
	return func(done, all int) {
		switch {
		case all < worthWatching:
		case done < all:
			fmt.Fprintf(terminal, "\r  checked %d of %d inside", done, all)
		default:
			fmt.Fprint(terminal, "\r\x1b[K")
		}
	}
}
