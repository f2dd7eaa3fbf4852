package verify

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/vc"
)

// seal is what is known of one proof's key.
type seal struct {
	key     jose.Key
	found   bool         // there is a key to check with
	vouched bool         // a key the person vouches for
	holds   bool         // the proof holds under the key
	tried   *check.Check // what the signature row says, where the key was found by trying it
	eu      *word        // what a trusted list says for its certificate; nil where none does
	row     check.Check
}

// confirmed says whether the issuer, or the person, stands behind the key, or the
// issuer did while the credential was already there.
func (s seal) confirmed() bool {
	return s.found && (s.row.Outcome == check.Pass || s.row.Reason == keyRotated)
}

// proven says whether some proof holds under a confirmed key.
func (j *job) proven() bool {
	for _, s := range j.seals {
		if s.holds && s.confirmed() {
			return true
		}
	}
	return false
}

// about names a proof in a row, where there is more than one.
func (j *job) about(i int) string {
	if len(j.c.Proofs) < 2 {
		return ""
	}
	return strconv.Itoa(i+1) + ": " + j.c.Proofs[i].Suite
}

// checkKey: which key should it be, and does the issuer confirm it for this
// purpose? A key that came inside the thing it verifies shows only that the file
// is intact: the row stays unknown.
func checkKey(ctx context.Context, j *job) []check.Check {
	if len(j.c.Proofs) == 0 {
		return one(row(check.Key, check.Absent, "key.none"))
	}
	var rows []check.Check
	for i, p := range j.c.Proofs {
		s := j.sealOf(ctx, i, p)
		s.row.About = j.about(i)
		j.seals = append(j.seals, s)
		rows = append(rows, s.row)
	}
	return rows
}

func (j *job) sealOf(ctx context.Context, i int, p vc.Proof) seal {
	if s, ok := j.vouchedFor(ctx, i); ok {
		return s
	}
	return j.formerly(ctx, i, familyOf(p).key(ctx, j, i))
}

// embeddedKey: an embedded proof names its purpose, and its key by an address.
func (j *job) embeddedKey(ctx context.Context, p vc.Proof) seal {
	switch p.Purpose {
	case j.relation:
		return j.methodKey(ctx, p.Method)
	case "":
		return seal{row: blame(row(check.Key, check.Fail, "key.no-purpose"))}
	}
	return seal{row: blame(row(check.Key, check.Fail, "key.purpose", "purpose", p.Purpose))}
}

func blame(c check.Check) check.Check { c.Who = "issuer"; return c }

// vouchedFor finds the key the person vouches for: one under which the proof
// holds, or the very one the proof names.
func (j *job) vouchedFor(ctx context.Context, i int) (seal, bool) {
	s := seal{found: true, vouched: true, row: row(check.Key, check.Pass, "key.vouched")}
	f := familyOf(j.c.Proofs[i])
	if f.keyless || f.name == embedded.name && j.c.Proofs[i].Purpose != j.relation {
		return seal{}, false // no key, or not a claim whoever's key it is
	}
	for _, k := range j.v.Vouched {
		if r := j.try(ctx, f, i, k); r.Outcome == check.Pass {
			s.key, s.tried = k, &r
			return s, true
		}
	}
	for _, k := range j.v.Vouched {
		if named := j.c.Proofs[i].Method; k.ID != "" && named == k.ID && (strings.Contains(named, ":") || named == k.Thumbprint()) {
			s.key = k
			return s, true
		}
	}
	return seal{}, false
}

func unknownKey(reason string, args ...string) seal {
	return seal{row: blame(row(check.Key, check.Unknown, reason, args...))}
}

// selfAsserted is a key that came with what it verifies.
func selfAsserted(k jose.Key, reason string, args ...string) seal {
	s := unknownKey(reason, args...)
	s.key, s.found = k, true
	return s
}

// methodKey finds the key behind a verification method's URL and asks the
// issuer's own document about it (Controlled Identifiers 1.0, section 3.3).
func (j *job) methodKey(ctx context.Context, method string) seal {
	if method == "" {
		return unknownKey("key.not-named")
	}
	base, fragment, _ := strings.Cut(method, "#")
	doc, err := j.controller(ctx, base)
	if err != nil {
		return j.withoutDocument(err, base, fragment)
	}
	m, ok := doc.Method(method)
	switch {
	case !ok:
		return j.unlisted(doc, base, fragment)
	case m.Key.Public == nil:
		return unreadable(m, base)
	}
	s := seal{key: m.Key, found: true}
	s.row = j.confirm(ctx, doc, m, method)
	s.row.AsOf = doc.AsOf
	return s
}

// controller reads a controlled identifier document: a DID's, or the one an https
// address answers with under its own address.
func (j *job) controller(ctx context.Context, id string) (did.Document, error) {
	if strings.HasPrefix(id, "did:") {
		return did.Resolve(ctx, j.get, id)
	}
	u, err := url.Parse(id)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return did.Document{}, did.ErrInvalid
	}
	page, err := j.get.Get(ctx, id, "application/json")
	if err != nil {
		return did.Document{}, err
	}
	doc, err := did.Parse(page.Body)
	if err != nil {
		return did.Document{}, err
	}
	if doc.ID != id || page.From != "" && !sameSite(id, page.From) {
		return did.Document{}, did.ErrInvalid
	}
	doc.AsOf = page.AsOf
	return doc, nil
}

// withoutDocument: the document could not be had. A key that stands in the
// fragment of the address still shows whether the file is intact.
func (j *job) withoutDocument(err error, base, fragment string) seal {
	if pub, keyErr := multi.DecodeKey(fragment); keyErr == nil && fragment != "" {
		return selfAsserted(jose.Key{Public: pub}, "key.self-asserted", "where", host(base))
	}
	return unknownKey(documentReason(err), "where", host(base))
}

// documentReason says in a code why an issuer's document could not be read.
func documentReason(err error) string {
	switch {
	case errors.Is(err, did.ErrUnsupported):
		return "key.method-unsupported"
	case errors.Is(err, did.ErrInvalid):
		return "key.address-invalid"
	case errors.Is(err, fetch.ErrNotStored):
		return "key.not-stored"
	case errors.Is(err, fetch.ErrOffline):
		return "key.offline"
	case errors.Is(err, did.ErrMoved):
		return "key.moved"
	case errors.Is(err, did.ErrWitness):
		return "key.witness-missing"
	case errors.Is(err, did.ErrHistory):
		return "key.history-broken"
	case errors.Is(err, did.ErrDocument), errors.Is(err, fetch.ErrGone):
		return "key.not-published"
	}
	return "key.unreachable"
}

// unreadable: the method is there, its key is of no use to us.
func unreadable(m did.Method, base string) seal {
	if errors.Is(m.Err, jose.ErrUnsupportedKey) {
		return unknownKey("key.unsupported", "where", host(base))
	}
	return unknownKey("key.unreadable")
}

// unlisted: the document was read and does not hold the method.
func (j *job) unlisted(doc did.Document, base, fragment string) seal {
	if s, ok := j.former(doc, base+"#"+fragment); ok {
		return s
	}
	s := seal{row: blame(row(check.Key, check.Fail, "key.not-listed", "where", host(base)))}
	if doc.ID != j.c.Issuer.ID {
		s = unknownKey("key.not-listed-elsewhere", "where", host(base))
	}
	s.row.AsOf = doc.AsOf
	if pub, err := multi.DecodeKey(fragment); err == nil {
		s.key, s.found = jose.Key{Public: pub}, true
	}
	return s
}

// confirm asks whether the issuer itself lists the method for making claims.
func (j *job) confirm(ctx context.Context, doc did.Document, m did.Method, method string) check.Check {
	issuer := j.c.Issuer.ID
	if doc.ID == issuer {
		return j.listed(doc, m)
	}
	if reason := j.ended(doc, m); reason != "" {
		return blame(row(check.Key, check.Fail, reason, "where", host(doc.ID)))
	}
	if issuer == "" {
		return blame(row(check.Key, check.Unknown, "key.no-issuer"))
	}
	own, err := j.controller(ctx, issuer)
	if err != nil {
		return blame(row(check.Key, check.Unknown, "key.not-tied", "where", host(method)))
	}
	for _, listed := range own.For(j.relation) {
		if listed.ID == method || listed.Key.Public != nil && listed.Key.Equal(m.Key) {
			return j.listed(own, listed)
		}
	}
	return blame(row(check.Key, check.Fail, "key.not-listed", "where", host(issuer)))
}

// listed judges a method in its issuer's own document: purpose, revocation, end.
func (j *job) listed(doc did.Document, m did.Method) check.Check {
	args := []string{"where", host(doc.ID)}
	if reason := j.ended(doc, m); reason != "" {
		return blame(row(check.Key, check.Fail, reason, args...))
	}
	for _, a := range doc.For(j.relation) {
		if a.ID != m.ID {
			continue
		}
		if madeOfKey(doc.ID) {
			return row(check.Key, check.Pass, "key.own")
		}
		return row(check.Key, check.Pass, "key.confirmed", args...)
	}
	return blame(row(check.Key, check.Fail, "key.not-for-claims", args...))
}

// madeOfKey says whether an identifier is nothing but a key.
func madeOfKey(id string) bool {
	return strings.HasPrefix(id, "did:key:") || strings.HasPrefix(id, "did:jwk:")
}

// ended says why a method is no longer good; empty where it is.
func (j *job) ended(doc did.Document, m did.Method) string {
	switch {
	case doc.Deactivated:
		return "key.deactivated"
	case past(m.Revoked, j.now):
		return "key.revoked"
	case past(m.Expires, j.now):
		return "key.expired"
	}
	return ""
}

func past(t, now time.Time) bool { return !t.IsZero() && !now.IsZero() && !now.Before(t) }

// host shortens an identifier to what a person can recognise.
func host(id string) string {
	if site := (vc.Party{ID: id}).Label(); site != "" {
		return site
	}
	if len(id) > 40 {
		return id[:24] + "…" + id[len(id)-8:]
	}
	return id
}
