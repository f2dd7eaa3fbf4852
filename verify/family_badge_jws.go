package verify

import (
	"context"
	"errors"
	"slices"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
)

// maxBadgeKeys bounds the keys of one profile that are asked for.
const maxBadgeKeys = 8

// badge-jws is an Open Badge of version 1 or 2 signed as a token, with a key the
// issuer's profile names.
var _ = registerFamily(family{
	name:  "badge-jws",
	owns:  func(p vc.Proof) bool { return p.Suite == envelope.BadgeJWS },
	key:   func(ctx context.Context, j *job, i int) seal { return j.badgeKey(ctx, j.c.Proofs[i].Method) },
	try:   func(_ context.Context, j *job, _ int, k jose.Key) check.Check { return j.tryToken(k) },
	whole: func(*job) check.Check { return row(check.Terms, check.Pass, "terms.badge-jws") },
})

// badgeKey finds the key of a signed badge: the one it names, if the profile of
// its issuer lists it, or one that the profile lists (Open Badges 2.0, SignedBadge
// Verification, step 4: no key that is not linked from the profile is trusted).
func (j *job) badgeKey(ctx context.Context, named string) seal {
	if s, ok := j.unknownIssuer(); ok {
		return s
	}
	issuer := j.c.Issuer.ID
	g := gatherer{j.get, maxBadgePage}
	profile, page, err := g.profile(ctx, issuer)
	switch {
	case err != nil:
		return j.noProfile(ctx, err)
	case j.c.Kind == vocab.OB1 && profile["publicKey"] == nil: // which version 1 did not know
		return j.oldBadgeKey(ctx, g, named)
	}
	listed := keysListed(profile)
	if named != "" {
		listed = slices.DeleteFunc(listed, func(k vc.Doc) bool { return !sameAddress(stated(k, "id"), named) })
	}
	s := seal{row: blame(row(check.Key, check.Fail, "key.not-listed", "where", host(issuer)))}
	for _, k := range listed[:min(len(listed), maxBadgeKeys)] {
		if s = g.badgeKey(ctx, k, issuer); s.found && j.tryToken(s.key).Outcome == check.Pass {
			break
		}
	}
	s.row.AsOf = page.AsOf
	return s
}

// keysListed gives the keys a profile names, each as an object with at least an id.
func keysListed(profile vc.Doc) []vc.Doc {
	out := envelope.Objects(profile["publicKey"])
	for _, id := range envelope.Strings(profile["publicKey"]) {
		out = append(out, vc.Doc{"id": id})
	}
	return out
}

// badgeKey reads one CryptographicKey of an issuer: as the profile has it, or from
// its own address, where it must name the issuer as its owner.
func (g gatherer) badgeKey(ctx context.Context, k vc.Doc, issuer string) seal {
	where := []string{"where", host(issuer)}
	if stated(k, "publicKeyPem") == "" {
		doc, _, err := g.document(ctx, stated(k, "id"), "CryptographicKey", "Key")
		if err != nil {
			return unknownKey(badgeKeyReason(err), "where", host(stated(k, "id")))
		}
		k = doc
		if !sameAddress(stated(k, "owner"), issuer) {
			return seal{row: blame(row(check.Key, check.Fail, "key.not-owned", where...))}
		}
	}
	return pemKey([]byte(stated(k, "publicKeyPem")), where)
}

// oldBadgeKey: in version 1 the badge names the address of a bare key (Open Badges
// 1.1, Signed Assertion). The issuer stands behind it where it keeps it at its own
// site; nothing else ties them together. An issuer that lists its keys is not asked
// by this weaker rule, or a badge could choose it by calling itself old.
func (j *job) oldBadgeKey(ctx context.Context, g gatherer, at string) seal {
	page, err := g.get.Get(ctx, at, "")
	if err != nil {
		return unknownKey(badgeKeyReason(err), "where", host(at))
	}
	s := pemKey(page.Body, []string{"where", host(at)})
	if s.found && (!sameHost(at, j.c.Issuer.ID) || page.From != "" && !sameSite(at, page.From)) {
		s = selfAsserted(s.key, "key.not-tied", "where", host(at))
	}
	s.row.AsOf = page.AsOf
	return s
}

func pemKey(text []byte, where []string) seal {
	keys, err := jose.ParseKeys(text)
	switch {
	case errors.Is(err, jose.ErrUnsupportedKey):
		return unknownKey("key.unsupported", where...)
	case err != nil || len(keys) != 1:
		return unknownKey("key.unreadable")
	}
	return seal{key: keys[0], found: true, row: row(check.Key, check.Pass, "key.confirmed", where...)}
}

// badgeKeyReason says in a code why the document of a key could not be had.
func badgeKeyReason(err error) string {
	if errors.Is(err, errOther) || errors.Is(err, errAnswer) || errors.Is(err, errMoved) || errors.Is(err, fetch.ErrRefused) {
		return "key.address-invalid"
	}
	return documentReason(err)
}
