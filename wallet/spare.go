package wallet

import (
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Spare is a key that is not the wallet's yet: an issuer is about to bind a badge to
// it. Keep makes it the wallet's together with that badge, so an offer that comes to
// nothing leaves nothing.
type Spare struct {
	key.Holder
	note string
}

// Spare makes a key, key.EdDSA or key.ES256, for one credential that is asked for.
// note is what it is for. Fault key.unknown-kind.
func (w *Wallet) Spare(alg, note string) (Spare, error) {
	b := make([]byte, 16) // never the same label twice, whether kept or not: no two issuers see one key
	if _, err := io.ReadFull(w.o.Rand, b); err != nil {
		return Spare{}, fmt.Errorf("make key: %w", err)
	}
	h, err := w.ring.Derive(alg, "spare-"+hex.EncodeToString(b))
	return Spare{h, cut(note)}, err
}

// binding gives the spare keys that a credential is bound to.
func binding(c *vc.Credential, spare []Spare) []Spare {
	bound := boundKeys(c)
	return slices.DeleteFunc(slices.Clone(spare), func(s Spare) bool { return !slices.ContainsFunc(bound, s.Key().Equal) })
}

// adopt makes the keys of a draft the wallet's.
func (w *Wallet) adopt(tx *vault.Tx, d Draft) error {
	for _, s := range d.spare {
		if err := putJSON(tx, bucketKeys, s.Label(), keyRecord{Alg: s.Alg(), Note: s.note, Created: w.o.Now().UTC()}); err != nil {
			return err
		}
	}
	return nil
}
