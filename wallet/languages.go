package wallet

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Languages are those that texts of badges are read in, the best first; none where
// that is English.
func (w *Wallet) Languages() vc.Languages {
	if l := w.languages.Load(); l != nil {
		return *l
	}
	return nil
}

// SetLanguages has texts of badges read in other languages from now on, the best
// first: those that a badge does not have are passed over, and after all of them
// comes English. What is listed is read anew where it was listed in other languages,
// which is slow in a large wallet: it is kept in portions, and when ctx ends, the
// rest is read the next time.
func (w *Wallet) SetLanguages(ctx context.Context, languages vc.Languages) error {
	languages = beforeEnglish(languages)
	w.acts.Lock() // acts that began with the old ones have listed theirs by now
	w.languages.Store(&languages)
	w.acts.Unlock()
	var listed vc.Languages
	err := w.vault.View(func(tx *vault.Tx) (err error) { listed, err = readLanguages(tx); return err })
	if err != nil {
		return err
	}
	if slices.Equal(listed, languages) {
		return nil
	}
	for ids := range slices.Chunk(slices.Clone(w.sorted()), portion) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := w.retell(ids, languages); err != nil {
			return err
		}
	}
	return w.settle(func(tx *vault.Tx) error { return putJSON(tx, bucketSettings, settingTongues, languages) })
}

// readLanguages reads those that items are listed in. Where that can't be read any
// more, it is none that anybody reads.
func readLanguages(tx *vault.Tx) (listed vc.Languages, err error) {
	err = getJSON(tx, bucketSettings, settingTongues, &listed)
	switch {
	case errors.Is(err, vault.ErrNone):
		return nil, nil
	case fault.Code(err) == "vault.record":
		return vc.Languages{"und"}, nil
	}
	return listed, err
}

// retell makes the heads of items anew. Damaged ones stay as they are.
func (w *Wallet) retell(ids []string, languages vc.Languages) error {
	return w.act(func(tx *vault.Tx, done changes) error {
		for _, id := range ids {
			if _, err := tx.Get(bucketHeads, id); errors.Is(err, vault.ErrNone) {
				continue // removed meanwhile
			}
			h, err := remake(tx, id, languages)
			if err != nil {
				continue
			}
			if err := putHead(tx, id, h, done); err != nil {
				return err
			}
		}
		return nil
	})
}

// beforeEnglish leaves out English and what comes after it, which is never read: it
// is what everything is read in where nothing else is wanted.
func beforeEnglish(all vc.Languages) vc.Languages {
	for i, tag := range all {
		if base, _, _ := strings.Cut(strings.ToLower(tag), "-"); base == vc.English {
			return all[:i]
		}
	}
	return all
}

// Spoken gives the languages that an environment names, the best first: LANGUAGE, a
// list, where there is a locale at all (GNU gettext), and LC_ALL, LC_MESSAGES or LANG
// (POSIX.1-2017, section 8.2). lookup is os.Getenv or alike.
func Spoken(lookup func(string) string) (out vc.Languages) {
	locale := firstOf(lookup("LC_ALL"), lookup("LC_MESSAGES"), lookup("LANG"))
	own := tagOf(locale)
	if own == "" {
		return nil
	}
	for _, name := range append(strings.Split(lookup("LANGUAGE"), ":"), locale) {
		if tag := tagOf(name); tag != "" && !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	return out
}

// tagOf writes a locale, such as de_AT.UTF-8@euro, as a language tag. It is empty for
// those that name no language.
func tagOf(locale string) string {
	name, _, _ := strings.Cut(locale, "@")
	name, _, _ = strings.Cut(name, ".")
	if name == "C" || name == "POSIX" {
		return ""
	}
	return strings.ReplaceAll(name, "_", "-")
}
