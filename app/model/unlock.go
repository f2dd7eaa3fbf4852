package model

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
)

// attempt is one opening of a wallet. Whoever opens another one, or ends the
// program, closes what it opened, whether it was ever shown or not.
type attempt struct {
	over   chan struct{}
	wallet *wallet.Wallet // to be read once it is over
}

// close waits for the end of an attempt, which comes soon after its context's.
func (a *attempt) close() {
	if a == nil {
		return
	}
	<-a.over
	if a.wallet != nil {
		_ = a.wallet.Close() // all it acknowledged is on the disk
	}
}

// minPassphrase is how many letters a new passphrase has at least.
const minPassphrase = 10

// askPassphrase is asked by a worker, which waits for the learner.
func (s *Session) askPassphrase(ctx context.Context, fresh bool) (string, error) {
	stage := Ask
	if fresh {
		stage = Choose
	}
	return s.wait(ctx, stage)
}

func (s *Session) offer(ctx context.Context, cause error) error {
	if _, err := s.wait(ctx, Offer); err != nil {
		return fault.Wrap(errors.Join(cause, err), "keyring.stopped")
	}
	return nil
}

// wait shows a stage and waits, on the worker, for the learner's reply.
func (s *Session) wait(ctx context.Context, stage Stage) (string, error) {
	reply := make(chan string, 1)
	s.run.Post(func() {
		if ctx.Err() == nil {
			s.reply = reply
			s.set(stage)
		}
	})
	select {
	case text := <-reply:
		return text, nil
	case <-ctx.Done():
		return "", fault.Wrap(ctx.Err(), "keyring.stopped")
	}
}

// Answer gives the passphrase that was asked for; again repeats a new one.
func (s *Session) Answer(passphrase, again string) {
	if s.Stage != Ask && s.Stage != Choose {
		return
	}
	s.Wrong = ""
	switch {
	case passphrase == "":
		s.Wrong = s.Text("fault.keyring.no-passphrase.title", nil)
	case s.Stage == Choose && utf8.RuneCountInString(passphrase) < minPassphrase:
		s.Wrong = s.count("session.short", minPassphrase)
	case s.Stage == Choose && passphrase != again:
		s.Wrong = s.t("session.differ")
	}
	if s.Wrong != "" {
		s.changed()
		return
	}
	s.send(passphrase)
}

// Agree takes the offer of a passphrase in place of a password store.
func (s *Session) Agree() {
	if s.Stage == Offer {
		s.send("yes")
	}
}

func (s *Session) send(text string) {
	s.reply <- text
	s.Waiting = s.t("session.unlocking")
	s.set(Opening)
}
