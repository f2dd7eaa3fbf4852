package keyring

import (
	"context"
	"errors"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Choice is the store a program should use: the computer's password store where
// there is one, and a passphrase where there is none and the person agrees.
type Choice struct {
	Keychain Store
	File     File

	// Offer says that there is no password store (cause) and asks whether to use
	// a passphrase instead. nil agrees; any other answer is what Put fails with.
	// A nil Offer never agrees.
	Offer func(ctx context.Context, cause error) error
}

// Get opens the passphrase file of the wallet where there is one, else asks the
// password store.
func (c Choice) Get(ctx context.Context, wallet string) ([]byte, error) {
	if c.File.Has(wallet) {
		return c.File.Get(ctx, wallet)
	}
	return c.Keychain.Get(ctx, wallet)
}

// Put keeps a root in the password store. A store that is there and fails, being
// locked say, is never passed over in silence.
func (c Choice) Put(ctx context.Context, wallet string, root []byte) error {
	err := c.Keychain.Put(ctx, wallet, root)
	if !errors.Is(err, fault.New("keyring.none")) || c.Offer == nil {
		return err
	}
	if err := c.Offer(ctx, err); err != nil {
		return err
	}
	return c.File.Put(ctx, wallet, root)
}

// Delete forgets the root where it is kept.
func (c Choice) Delete(ctx context.Context, wallet string) error {
	if c.File.Has(wallet) {
		return c.File.Delete(ctx, wallet)
	}
	return c.Keychain.Delete(ctx, wallet)
}
