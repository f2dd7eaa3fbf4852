package verify

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
)

// joseKey finds the key of a JWT or SD-JWT: by kid, by the issuer's own
// documents, by a key or certificate in the header. Only the first two can make
// the issuer stand behind it.
func (j *job) joseKey(ctx context.Context, i int) seal {
	p := j.c.Proofs[i]
	kid, issuer := p.Method, j.c.Issuer.ID
	switch {
	case strings.HasPrefix(kid, "did:"):
		return j.methodKey(ctx, kid)
	case strings.HasPrefix(issuer, "did:"):
		return j.didKeyOf(ctx, i, issuer)
	case onWeb(kid):
		return j.keyAt(ctx, i, kid)
	}
	if s, ok := j.headerKey(p); ok {
		return j.issuerLists(ctx, p, s)
	}
	if issuer == "" {
		return unknownKey("key.no-issuer")
	}
	return j.publishedKey(ctx, i)
}

// didKeyOf finds the method of a DID issuer that a token means.
func (j *job) didKeyOf(ctx context.Context, i int, issuer string) seal {
	p := j.c.Proofs[i]
	doc, err := j.controller(ctx, issuer)
	if err != nil {
		if s, ok := j.headerKey(p); ok {
			return s
		}
		return j.withoutDocument(err, issuer, "")
	}
	if s, ok := j.headerKey(p); ok && p.Method == "" {
		return j.listedIn(doc, s)
	}
	found := methodsMeant(doc, p, j.relation)
	switch {
	case len(found) == 0 && onWeb(p.Method):
		return j.linkedKey(ctx, i, doc)
	case len(found) == 0:
		return j.unlisted(doc, issuer, "")
	case found[0].Key.Public == nil:
		return unreadable(found[0], issuer)
	}
	keys := make([]jose.Key, len(found))
	for n, m := range found {
		keys[n] = m.Key
	}
	m := found[j.meant(ctx, i, keys)]
	s := seal{key: m.Key, found: true}
	s.row = j.listed(doc, m)
	s.row.AsOf = doc.AsOf
	return s
}

// methodsMeant lists the methods of an issuer's document that a token may mean: the
// one it names, without the issuer's DID before it, or else those that fit its
// algorithm, first of all those for the purpose. Where none fits, one that can't be
// read may be it.
func methodsMeant(doc did.Document, p vc.Proof, purpose string) []did.Method {
	if p.Method != "" {
		n := slices.IndexFunc(doc.Methods, func(m did.Method) bool { return names(m, p.Method) })
		if n < 0 {
			return nil
		}
		return doc.Methods[n : n+1]
	}
	others := func(m did.Method) bool { return !m.Key.Fits(p.Alg) }
	readable := func(m did.Method) bool { return m.Err == nil }
	for _, all := range [][]did.Method{doc.For(purpose), doc.Methods} {
		if fit := slices.DeleteFunc(slices.Clone(all), others); len(fit) > 0 {
			return fit
		}
	}
	return slices.DeleteFunc(doc.For(purpose), readable)
}

// linkedKey reads the key that a kid points to (Open Badges 3.0, section 8.2.2), and
// asks the issuer's document about it.
func (j *job) linkedKey(ctx context.Context, i int, doc did.Document) seal {
	kid := j.c.Proofs[i].Method
	keys, err := did.KeyURL(ctx, j.get, kid)
	if err != nil {
		base, fragment, _ := strings.Cut(kid, "#")
		return j.withoutDocument(err, base, fragment)
	}
	return j.listedIn(doc, seal{key: j.pick(ctx, i, keys.Keys), found: true})
}

// maxTried bounds the keys a proof is tried with where it names none.
const maxTried = 16

// meant says which of the keys that proof i may mean it was made with: the one under
// which it holds (RFC 7515, section 6, leaves the choice to whoever checks), else
// the first.
func (j *job) meant(ctx context.Context, i int, keys []jose.Key) int {
	if len(keys) < 2 {
		return 0
	}
	try := familyOf(j.c.Proofs[i]).try
	for n, k := range keys[:min(len(keys), maxTried)] {
		if try(ctx, j, i, k).Outcome == check.Pass {
			return n
		}
	}
	return 0
}

func names(m did.Method, kid string) bool {
	_, fragment, _ := strings.Cut(m.ID, "#")
	return m.ID == kid || "#"+fragment == kid || fragment == kid || m.Key.ID == kid
}

// listedIn asks an issuer's document about a key that came in the header.
func (j *job) listedIn(doc did.Document, s seal) seal {
	for _, m := range doc.Methods {
		if m.Key.Public != nil && m.Key.Equal(s.key) {
			s.row = j.listed(doc, m)
			s.row.AsOf = doc.AsOf
			return s
		}
	}
	s.row = blame(row(check.Key, check.Fail, "key.not-listed", "where", host(doc.ID)))
	s.row.AsOf = doc.AsOf
	return s
}

// headerKey is the key a token brings along.
func (j *job) headerKey(p vc.Proof) (seal, bool) {
	if jwk, ok := p.Doc["jwk"].(map[string]any); ok {
		k, err := jose.ParseJWK(jwk)
		if err != nil {
			return unknownKey("key.unreadable"), true
		}
		return selfAsserted(k, "key.self-asserted", "where", "header"), true
	}
	if chain, ok := p.Doc["x5c"].([]any); ok {
		k, subject, err := jose.ParseChain(chain)
		if err != nil {
			return unknownKey("key.unreadable"), true
		}
		s := selfAsserted(k, "key.certificate")
		s.row = uncertified(subject)
		if c, ok := chainOf(chain); ok && len(j.v.EU) > 0 {
			s.row, s.eu = j.certified(c)
		}
		return s, true
	}
	return seal{}, false
}

// issuerLists looks for a header's key among those the issuer publishes; where
// nothing is published the key stays self-asserted.
func (j *job) issuerLists(ctx context.Context, p vc.Proof, s seal) seal {
	if !s.found || s.confirmed() || !strings.HasPrefix(j.c.Issuer.ID, "http") {
		return s
	}
	keys, err := j.published(ctx, p)
	if err != nil {
		return s
	}
	for _, k := range keys.Keys {
		if k.Equal(s.key) {
			s.row = row(check.Key, check.Pass, "key.confirmed", "where", host(keys.URL))
			s.row.AsOf = keys.AsOf
			return s
		}
	}
	s.row = blame(row(check.Key, check.Fail, "key.not-listed", "where", host(keys.URL)))
	s.row.AsOf = keys.AsOf
	return s
}

// published reads the keys an issuer with an https address publishes: SD-JWT VC
// issuer metadata (draft -26, section 5) for a token that has a vct, else a JWKS.
func (j *job) published(ctx context.Context, p vc.Proof) (did.Keys, error) {
	if _, isVC := j.c.Doc["vct"]; isVC || p.Suite == "sd-jwt" {
		return did.SDJWTIssuer(ctx, j.get, j.c.Issuer.ID)
	}
	return did.IssuerJWKS(ctx, j.get, j.c.Issuer.ID)
}

// publishedKey finds the key among those the issuer publishes.
func (j *job) publishedKey(ctx context.Context, i int) seal {
	p := j.c.Proofs[i]
	keys, err := j.published(ctx, p)
	if err != nil {
		return unknownKey(documentReason(err), "where", host(j.c.Issuer.ID))
	}
	fit := keysMeant(keys.Keys, p)
	if len(fit) == 0 {
		s := seal{row: blame(row(check.Key, check.Fail, "key.not-listed", "where", host(keys.URL)))}
		s.row.AsOf = keys.AsOf
		return s
	}
	s := seal{key: fit[j.meant(ctx, i, fit)], found: true, row: row(check.Key, check.Pass, "key.confirmed", "where", host(keys.URL))}
	s.row.AsOf = keys.AsOf
	return s
}

// keysMeant lists the keys that a token may mean: those of the name it gives (more
// than one may have it: RFC 7517, section 4.5), or else those that fit its algorithm
// and have no name, or any where the token gives none.
func keysMeant(keys []jose.Key, p vc.Proof) []jose.Key {
	var named, fit []jose.Key
	for _, k := range keys {
		switch {
		case p.Method != "" && k.ID == p.Method:
			named = append(named, k)
		case (p.Method == "" || k.ID == "") && k.Fits(p.Alg):
			fit = append(fit, k)
		}
	}
	if len(named) > 0 {
		return named
	}
	return fit
}

// pick gives the key that a token means of those its kid led to, of which there is at
// least one.
func (j *job) pick(ctx context.Context, i int, keys []jose.Key) jose.Key {
	p := j.c.Proofs[i]
	if fit := keysMeant(keys, p); len(fit) > 0 {
		keys = fit
	} else if fit = keysMeant(keys, vc.Proof{Alg: p.Alg}); len(fit) > 0 { // whatever they are called there
		keys = fit
	}
	return keys[j.meant(ctx, i, keys)]
}

// keyAt fetches the key a kid points to (Open Badges 3.0, section 8.2.2). The
// address is the token's own word: the issuer stands behind the key only if it
// lies in the issuer's own place, or among the keys the issuer publishes.
func (j *job) keyAt(ctx context.Context, i int, kid string) seal {
	p := j.c.Proofs[i]
	keys, err := did.KeyURL(ctx, j.get, kid)
	if err != nil {
		if s, ok := j.headerKey(p); ok {
			return s
		}
		base, fragment, _ := strings.Cut(kid, "#")
		return j.withoutDocument(err, base, fragment)
	}
	k := j.pick(ctx, i, keys.Keys)
	if !ownPlace(kid, j.c.Issuer.ID) || !sameSite(kid, keys.URL) {
		s := selfAsserted(k, "key.not-tied", "where", host(keys.URL))
		s.row.AsOf = keys.AsOf
		return j.issuerLists(ctx, p, s)
	}
	s := seal{key: k, found: true, row: row(check.Key, check.Pass, "key.confirmed", "where", host(kid))}
	s.row.AsOf = keys.AsOf
	return s
}

// ownPlace says whether an address lies at or below an issuer's, or among what
// the host itself says of itself: on a host of many issuers each has a path.
func ownPlace(address, issuer string) bool {
	a, errA := url.Parse(address)
	i, errI := url.Parse(issuer)
	if errA != nil || errI != nil || a.Host == "" || !strings.EqualFold(a.Host, i.Host) {
		return false
	}
	if a.Path != "" && strings.TrimSuffix(a.Path, "/") != strings.TrimSuffix(path.Clean(a.Path), "/") {
		return false // what it leads to is not where it seems to lie
	}
	below := strings.TrimSuffix(i.Path, "/")
	return strings.HasPrefix(a.Path+"/", below+"/") || strings.HasPrefix(a.Path, "/.well-known/")
}

// sameSite says whether one host is the other or stands below it, as www does.
// Whoever can make a site send visitors on does not speak for that site.
func sameSite(a, b string) bool {
	ua, errA := url.Parse(a)
	ub, errB := url.Parse(b)
	if errA != nil || errB != nil || ua.Hostname() == "" || ub.Hostname() == "" {
		return false
	}
	x, y := "."+strings.ToLower(ua.Hostname()), "."+strings.ToLower(ub.Hostname())
	return strings.HasSuffix(x, y) || strings.HasSuffix(y, x)
}
