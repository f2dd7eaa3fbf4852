package verify

import (
	"context"
	"net/url"
	"path"
	"strings"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
)

// joseKey finds the key of a JWT or SD-JWT: by kid, by the issuer's own
// documents, by a key or certificate in the header. Only the first two can make
// the issuer stand behind it.
func (j *job) joseKey(ctx context.Context, p vc.Proof) seal {
	kid, issuer := p.Method, j.c.Issuer.ID
	switch {
	case strings.HasPrefix(kid, "did:"):
		return j.methodKey(ctx, kid)
	case strings.HasPrefix(issuer, "did:"):
		return j.didKeyOf(ctx, p, issuer)
	case strings.HasPrefix(kid, "https://"), strings.HasPrefix(kid, "http://"):
		return j.keyAt(ctx, p, kid)
	}
	if s, ok := j.headerKey(p); ok {
		return j.issuerLists(ctx, p, s)
	}
	if issuer == "" {
		return unknownKey("key.no-issuer")
	}
	return j.publishedKey(ctx, p)
}

// didKeyOf picks the method of a DID issuer that a kid without its DID means, or,
// without a kid, the only one that fits the algorithm.
func (j *job) didKeyOf(ctx context.Context, p vc.Proof, issuer string) seal {
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
	var fit []did.Method
	for _, m := range doc.Methods {
		if p.Method != "" && names(m, p.Method) {
			fit = []did.Method{m}
			break
		}
		if p.Method == "" && fits(m.Key, p.Alg) {
			fit = append(fit, m)
		}
	}
	if len(fit) != 1 {
		return j.unlisted(doc, issuer, "")
	}
	if fit[0].Key.Public == nil {
		return unreadable(fit[0], issuer)
	}
	s := seal{key: fit[0].Key, found: true}
	s.row = j.listed(doc, fit[0])
	s.row.AsOf = doc.AsOf
	return s
}

func names(m did.Method, kid string) bool {
	_, fragment, _ := strings.Cut(m.ID, "#")
	return m.ID == kid || "#"+fragment == kid || fragment == kid || m.Key.ID == kid
}

func fits(k jose.Key, alg string) bool {
	if k.Public == nil {
		return false
	}
	for _, a := range k.Algs() {
		if a == alg {
			return true
		}
	}
	return false
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

// publishedKey finds the key among those the issuer publishes, by kid, or the only
// one that fits the algorithm.
func (j *job) publishedKey(ctx context.Context, p vc.Proof) seal {
	keys, err := j.published(ctx, p)
	if err != nil {
		return unknownKey(documentReason(err), "where", host(j.c.Issuer.ID))
	}
	k, ok := pick(keys.Keys, p)
	if !ok {
		s := seal{row: blame(row(check.Key, check.Fail, "key.not-listed", "where", host(keys.URL)))}
		s.row.AsOf = keys.AsOf
		return s
	}
	s := seal{key: k, found: true, row: row(check.Key, check.Pass, "key.confirmed", "where", host(keys.URL))}
	s.row.AsOf = keys.AsOf
	return s
}

func pick(keys []jose.Key, p vc.Proof) (jose.Key, bool) {
	var fit []jose.Key
	for _, k := range keys {
		if p.Method != "" && k.ID == p.Method {
			return k, true
		}
		if p.Method == "" && fits(k, p.Alg) {
			fit = append(fit, k)
		}
	}
	if len(fit) == 1 {
		return fit[0], true
	}
	return jose.Key{}, false
}

// keyAt fetches the key a kid points to (Open Badges 3.0, section 8.2.2). The
// address is the token's own word: the issuer stands behind the key only if it
// lies in the issuer's own place, or among the keys the issuer publishes.
func (j *job) keyAt(ctx context.Context, p vc.Proof, kid string) seal {
	keys, err := did.KeyURL(ctx, j.get, kid)
	if err != nil {
		if s, ok := j.headerKey(p); ok {
			return s
		}
		base, fragment, _ := strings.Cut(kid, "#")
		return j.withoutDocument(err, base, fragment)
	}
	k, ok := pick(keys.Keys, p)
	if !ok && len(keys.Keys) == 1 {
		k, ok = keys.Keys[0], true
	}
	if !ok {
		return unknownKey("key.unreadable")
	}
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
