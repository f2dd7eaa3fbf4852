// Command cairnctl is the wallet without a screen: all that the desktop program
// does, for scripts, for screen readers and for air-gapped checkers. One command
// a file; what they share is in tool.go, what they print in print.go.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(start()) }

func start() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}
