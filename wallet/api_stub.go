package wallet

import (
	"context"
	"errors"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

var errNotYet = errors.New("not built yet")

type head struct{}

// Exists says whether there is a wallet in a folder.
func Exists(home string) bool { return false }

// Open opens or makes the wallet of o.Home.
func Open(ctx context.Context, o Options) (*Wallet, error) { return nil, errNotYet }

// Close closes the wallet.
func (w *Wallet) Close() error { return errNotYet }

// Rows lists the items, newest first.
func (w *Wallet) Rows() ([]Row, error) { return nil, errNotYet }

// Item reads one item; fault wallet.no-item.
func (w *Wallet) Item(id string) (Item, error) { return Item{}, errNotYet }

// Picture gives the picture inside an item, and its media type; nil when there is none.
func (w *Wallet) Picture(id string) ([]byte, string, error) { return nil, "", errNotYet }

// Review reads and checks raw, keeping nothing.
func (w *Wallet) Review(ctx context.Context, raw []byte, source string, seen func(n int, c check.Check)) ([]Draft, error) {
	return nil, errNotYet
}

// Keep keeps drafts.
func (w *Wallet) Keep(ctx context.Context, drafts []Draft) ([]string, error) { return nil, errNotYet }

// Remove moves items to the bin.
func (w *Wallet) Remove(ids ...string) error { return errNotYet }

// Undo takes the last act back.
func (w *Wallet) Undo() (Event, error) { return Event{}, errNotYet }

// Bin lists what was removed and can come back.
func (w *Wallet) Bin() ([]Binned, error) { return nil, errNotYet }

// Restore brings items back from the bin.
func (w *Wallet) Restore(ids ...string) error { return errNotYet }

// Tag replaces the tags of an item.
func (w *Wallet) Tag(id string, tags []string) error { return errNotYet }

// Note replaces the note of an item.
func (w *Wallet) Note(id, text string) error { return errNotYet }

// Recheck checks items again; no ids means all.
func (w *Wallet) Recheck(ctx context.Context, ids []string, done func(n, total int)) error {
	return errNotYet
}

// Trusted lists the issuers the learner vouches for.
func (w *Wallet) Trusted() ([]verify.Trusted, error) { return nil, errNotYet }

// Trust adds an issuer to the learner's list.
func (w *Wallet) Trust(id, name string) error { return errNotYet }

// Distrust takes an issuer off the learner's list.
func (w *Wallet) Distrust(id string) error { return errNotYet }

// Emails lists the addresses the learner says they own.
func (w *Wallet) Emails() ([]string, error) { return nil, errNotYet }

// SetEmails replaces the addresses.
func (w *Wallet) SetEmails(addresses []string) error { return errNotYet }

// Keys lists the learner's keys.
func (w *Wallet) Keys() ([]KeyInfo, error) { return nil, errNotYet }

// NewKey makes a key ("EdDSA" or "ES256").
func (w *Wallet) NewKey(alg, note string) (key.Holder, error) { return key.Holder{}, errNotYet }

// Profile is the one public key.
func (w *Wallet) Profile() (key.Holder, error) { return key.Holder{}, errNotYet }

// Holder finds the key a credential is bound to; fault key.not-here.
func (w *Wallet) Holder(c *vc.Credential) (key.Holder, error) { return key.Holder{}, errNotYet }

// AddPathway keeps a pathway file.
func (w *Wallet) AddPathway(raw []byte) (Route, error) { return Route{}, errNotYet }

// Pathways lists the pathways kept.
func (w *Wallet) Pathways() ([]Route, error) { return nil, errNotYet }

// RemovePathway forgets a pathway.
func (w *Wallet) RemovePathway(id string) error { return errNotYet }

// Measure measures the items against a pathway.
func (w *Wallet) Measure(id string) (pathway.Pathway, pathway.Progress, error) {
	return pathway.Pathway{}, pathway.Progress{}, errNotYet
}

// Activity lists the events, newest first.
func (w *Wallet) Activity() ([]Event, error) { return nil, errNotYet }

// Record adds an event; ID and At are filled in.
func (w *Wallet) Record(e Event) error { return errNotYet }

// Listen calls f after each change until stop is called.
func (w *Wallet) Listen(f func(Changed)) (stop func()) { return func() {} }
