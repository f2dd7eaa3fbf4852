package wallet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// own is what belongs to the learner, and whom they trust.
type own struct {
	keys    []KeyInfo // the public profile first, then as they were made
	emails  []string
	trusted []verify.Trusted
	lists   listSettings
	chains  []string // providers, as anchor.ParseProvider reads them
}

// The settings that hold it.
const (
	settingEmails  = "emails"
	settingTrusted = "trusted"
	settingLists   = "lists"
	settingSeen    = "lists-seen"
	settingChains  = "chains"
	settingTongues = "languages" // those that items are listed in
)

// profileLabel derives the one public profile; other keys are derived from their
// numbers.
const profileLabel = "profile"

// keyRecord is what is kept of a key: not the key, which is derived.
type keyRecord struct {
	Alg     string    `json:"alg"`
	Note    string    `json:"note,omitempty"`
	Created time.Time `json:"created"`
	Foreign []byte    `json:"foreign,omitempty"` // the public half of a key that another wallet made
}

func (w *Wallet) readOwn(tx *vault.Tx) (o own, err error) {
	profile, err := w.ring.Derive(key.EdDSA, profileLabel)
	if err != nil {
		return o, err
	}
	o.keys = []KeyInfo{{Holder: profile, Profile: true}}
	err = tx.Each(bucketKeys, func(id string, b []byte, err error) error {
		k, err := w.derive(id, b, err)
		if fault.Code(err) == "vault.record" {
			return nil // shown as not here, as the rest of the wallet still is
		}
		o.keys = append(o.keys, k)
		return err
	})
	slices.SortStableFunc(o.keys[1:], func(a, b KeyInfo) int { return a.Created.Compare(b.Created) })
	for name, v := range map[string]any{
		settingEmails: &o.emails, settingTrusted: &o.trusted, settingLists: &o.lists, settingChains: &o.chains,
	} {
		if e := getJSON(tx, bucketSettings, name, v); e != nil && !errors.Is(e, vault.ErrNone) && fault.Code(e) != "vault.record" {
			err = errors.Join(err, e)
		}
	}
	return o, err
}

func (w *Wallet) derive(id string, b []byte, err error) (KeyInfo, error) {
	var r keyRecord
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil {
		return KeyInfo{}, fmt.Errorf("key %s: %w", id, err)
	}
	k := KeyInfo{Created: r.Created, Note: r.Note, Foreign: r.Foreign != nil}
	if k.Foreign {
		k.Holder, err = w.foreign(r.Foreign)
	} else {
		k.Holder, err = w.ring.Derive(r.Alg, id)
	}
	return k, err
}

// verifier gives what a verifier needs to know.
func (o own) verifier() verify.Own {
	v := verify.Own{Emails: slices.Clone(o.emails)}
	for _, k := range o.keys {
		v.Keys = append(v.Keys, k.Key())
		v.DIDs = append(v.DIDs, k.DIDs()...)
	}
	return v
}

// settle runs an act that changes what the learner owns or trusts.
func (w *Wallet) settle(f func(*vault.Tx) error) error {
	w.acts.Lock()
	err := w.vault.Update(f)
	var now own
	if err == nil {
		err = w.vault.View(func(tx *vault.Tx) (err error) { now, err = w.readOwn(tx); return err })
	}
	if err == nil {
		w.mu.Lock()
		w.own = now
		w.mu.Unlock()
	}
	w.acts.Unlock()
	if err == nil {
		w.tell(nil)
	}
	return err
}

func (w *Wallet) owned() own {
	w.mu.RLock()
	defer w.mu.RUnlock()
	o := w.own
	o.keys, o.emails, o.trusted = slices.Clone(o.keys), slices.Clone(o.emails), slices.Clone(o.trusted)
	return o
}

// Trusted lists the issuers the learner vouches for.
func (w *Wallet) Trusted() ([]verify.Trusted, error) { return w.owned().trusted, nil }

// Trust puts an issuer on the learner's list. Items are judged by it from their
// next check on: call Recheck for those of the issuer. Fault wallet.no-issuer
// without an id.
func (w *Wallet) Trust(id, name string) error {
	if id == "" {
		return fault.New("wallet.no-issuer")
	}
	return w.setTrusted(id, &verify.Trusted{ID: id, Name: cut(name), At: w.o.Now().UTC()})
}

// Distrust takes an issuer off the learner's list.
func (w *Wallet) Distrust(id string) error { return w.setTrusted(id, nil) }

func (w *Wallet) setTrusted(id string, t *verify.Trusted) error {
	return w.settle(func(tx *vault.Tx) error {
		var all []verify.Trusted
		if err := getJSON(tx, bucketSettings, settingTrusted, &all); err != nil && !errors.Is(err, vault.ErrNone) {
			return err
		}
		all = slices.DeleteFunc(all, func(t verify.Trusted) bool { return t.ID == id })
		if t != nil {
			all = append(all, *t)
		}
		return putJSON(tx, bucketSettings, settingTrusted, all)
	})
}

// Emails lists the addresses the learner says they own.
func (w *Wallet) Emails() ([]string, error) { return w.owned().emails, nil }

// SetEmails replaces the addresses; they are trimmed and each is kept once.
func (w *Wallet) SetEmails(addresses []string) error {
	var clean []string
	for _, a := range addresses {
		if a = strings.TrimSpace(a); a != "" && !slices.Contains(clean, a) {
			clean = append(clean, a)
		}
	}
	return w.settle(func(tx *vault.Tx) error { return putJSON(tx, bucketSettings, settingEmails, clean) })
}

// Keys lists the learner's keys: the public profile, then the others as they
// were made.
func (w *Wallet) Keys() ([]KeyInfo, error) { return w.owned().keys, nil }

// NewKey makes a key, key.EdDSA or key.ES256, for one credential: use each with
// one issuer only, and nobody can link two credentials by their key. Fault
// key.unknown-kind.
func (w *Wallet) NewKey(alg, note string) (key.Holder, error) {
	var h key.Holder
	err := w.settle(func(tx *vault.Tx) (err error) {
		id := number(tx.Count(bucketKeys) + 1) // keys are never deleted
		if h, err = w.ring.Derive(alg, id); err != nil {
			return err
		}
		return putJSON(tx, bucketKeys, id, keyRecord{Alg: alg, Note: cut(note), Created: w.o.Now().UTC()})
	})
	return h, err
}

// Profile is the key under which the learner wants to be recognised.
func (w *Wallet) Profile() (key.Holder, error) { return w.owned().keys[0].Holder, nil }

// Holder finds the key of this wallet that a credential is bound to: by its
// confirmation key (RFC 7800, sections 3.2 and 3.4), or by a subject that is the
// key as a DID. Fault key.not-here when it is bound to none of them.
func (w *Wallet) Holder(c *vc.Credential) (key.Holder, error) {
	bound := boundKeys(c)
	for _, k := range w.owned().keys {
		if slices.ContainsFunc(bound, k.Key().Equal) {
			return k.Holder, nil
		}
	}
	return key.Holder{}, fault.New("key.not-here")
}

// boundKeys gives the keys a credential is bound to, as far as they can be known
// without asking anybody.
func boundKeys(c *vc.Credential) []jose.Key {
	cnf, _ := c.Doc["cnf"].(map[string]any)
	if jwk, ok := cnf["jwk"].(map[string]any); ok {
		k, err := jose.ParseJWK(jwk)
		if err != nil {
			return nil
		}
		return []jose.Key{k}
	}
	name, ok := cnf["kid"].(string)
	if !ok {
		name = c.Subject.ID
	}
	name, _, _ = strings.Cut(name, "#")
	d, err := did.Resolve(context.Background(), nil, name)
	if err != nil {
		return nil
	}
	var out []jose.Key
	for _, m := range d.Methods {
		out = append(out, m.Key)
	}
	return out
}
