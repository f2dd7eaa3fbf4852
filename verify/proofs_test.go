package verify_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"maps"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/vc"
)

// selectiveKeys are throw-away keys for the suites with selective disclosure.
func selectiveKeys() map[string]interface{ Public() crypto.PublicKey } {
	seed := sha256.Sum256([]byte("cairn verify test selective"))
	seed[0] = 0 // below every order
	return map[string]interface{ Public() crypto.PublicKey }{
		"ecdsa-sd-2023": must(ecdsa.ParseRawPrivateKey(elliptic.P256(), seed[:])),
		"bbs-2023":      must(bbs.ParsePrivateKey(seed[:])),
	}
}

// ownCopy gives maya's own copy of a badge, with a base proof, and its issuer.
func ownCopy(suite, maya string) (doc object, issuer string) {
	key := selectiveKeys()[suite]
	issuer = must(did.Key(key.Public()))
	s, _ := proof.Lookup(suite)
	doc = badge(issuer, func(d object) { d["credentialSubject"].(object)["id"] = maya })
	doc["proof"] = must(proof.SignBase(context.Background(), s, doc, object{
		"verificationMethod": issuer + "#" + must(multi.EncodeKey(key.Public())), "proofPurpose": "assertionMethod", "created": "2026-01-02T00:00:00Z",
	}, []string{"/issuer", "/validFrom", "/validUntil", "/credentialSubject/id", "/credentialSubject/achievement"}, key, rand.Reader))
	return doc, issuer
}

func part(doc object, pointers ...string) object {
	return must(proof.Derive(context.Background(), doc, doc["proof"].(object), pointers, nil, rand.Reader))
}

// TestSelectiveDisclosure: a base proof is its holder's, and refused from whoever
// shows it; what is derived from it is judged as any other proof.
func TestSelectiveDisclosure(t *testing.T) {
	maya := throwAway("maya")
	signed := object{"proofPurpose": "authentication", "domain": hotel, "challenge": "n-1"}
	for suite := range selectiveKeys() {
		base, issuer := ownCopy(suite, didOf(maya))
		shown := part(base, "/name")
		broken := maps.Clone(shown)
		broken["name"] = "Food Safety Level 3"
		least := part(base)
		feature := maps.Clone(shown)
		feature["proof"] = maps.Clone(shown["proof"].(object))
		feature["proof"].(object)["proofValue"] = multi.EncodeURL([]byte("\xd9\x5d\x05\x80"))
		unknown := want{check.NotFullyChecked, map[string]string{"signature": "signature.feature-unsupported"}}
		if suite != "bbs-2023" {
			unknown = want{check.Problem, map[string]string{"signature": "signature.unreadable"}}
		}
		v := verify.Verifier{Now: at("2026-06-01T12:00:00Z"), Issuers: []verify.Trusted{{ID: issuer}}}
		for _, c := range []struct {
			name          string
			doc           object
			owner, viewer want
		}{
			{"base", base, want{check.Verified, map[string]string{"signature": "signature.holds"}}, want{check.Problem, map[string]string{"disclosure": "disclosure.base-proof"}}},
			{"base inside a presentation", around(maya, base, signed), want{check.Verified, nil}, want{check.Problem, map[string]string{"disclosure": "disclosure.base-proof"}}},
			{"derived", shown, want{check.Verified, map[string]string{"signature": "signature.holds", "terms": "terms.covered", "key": "key.own"}}, want{check.Verified, map[string]string{"disclosure": "disclosure.part"}}},
			{"derived inside a presentation", around(maya, shown, signed), want{check.Verified, nil}, want{check.Verified, map[string]string{"binding": "binding.holder"}}},
			{"derived, one word changed", broken, want{check.Problem, map[string]string{"signature": "signature.broken"}}, want{check.Problem, nil}},
			{"only what is mandatory", least, want{check.Verified, nil}, want{check.Verified, nil}},
			{"an optional feature", feature, unknown, want{unknown.verdict, unknown.rows}},
		} {
			t.Run(suite+"/"+c.name, func(t *testing.T) {
				found := must(verify.Read(text(c.doc)))
				r := v.Verify(context.Background(), found[0], nil)
				matches(t, "owner", r, c.owner)
				own := len(r.Rows(check.Signature)) == 2 && r.Rows(check.Signature)[1].Reason == "signature.base-proof"
				if want := c.owner.verdict == check.Verified && c.viewer.verdict == check.Problem; own != want {
					t.Errorf("said to be the holder's own: %v", own)
				}
				p := must(verify.ReadPresentation(text(c.doc)))
				matches(t, "viewer", v.VerifyPresentation(context.Background(), p, verify.Expect{}, nil)[0], c.viewer)
			})
		}
	}
}

func matches(t *testing.T, who string, r check.Report, w want) {
	t.Helper()
	if r.Verdict() != w.verdict {
		t.Errorf("%s: verdict %s, want %s\n%s", who, r.Verdict(), w.verdict, text(r.Checks))
	}
	for id, reason := range w.rows {
		if rows := r.Rows(id); len(rows) == 0 || rows[0].Reason != reason {
			t.Errorf("%s: row %s: %s, want %s", who, id, text(rows), reason)
		}
	}
}

// also adds a proof over a document as it is, or over it with those of its proofs
// that options name in previousProof.
func also(doc object, k crypto.Signer, options object) object {
	sealed := seal(doc, "eddsa-rdfc-2022", k, options)
	had, ok := doc["proof"].([]any)
	if !ok && doc["proof"] != nil {
		had = []any{doc["proof"]}
	}
	sealed["proof"] = append(append([]any{}, had...), sealed["proof"])
	return sealed
}

func one(doc object, i int) object { return doc["proof"].([]any)[i].(object) }

// TestProofsTogether: sets and chains of proofs, their dates and purposes.
func TestProofsTogether(t *testing.T) {
	college, other := throwAway("college"), throwAway("other")
	const first, second = "urn:uuid:11111111-0000-4000-8000-000000000001", "urn:uuid:11111111-0000-4000-8000-000000000002"
	bare := badge(didOf(college), nil)
	set := also(also(bare, college, nil), college, object{"created": "2026-01-03T00:00:00Z"})
	chain := also(also(bare, college, object{"id": first}), college, object{"id": second, "previousProof": first})
	edited := func(doc object, edit func(d object)) object {
		out := copyOf(doc)
		edit(out)
		return out
	}
	vouched := verify.Verifier{Vouched: []jose.Key{{Public: other.Public()}}}
	for _, c := range []struct {
		name string
		doc  object
		v    verify.Verifier
		want want
	}{
		{"a set of two", set, verify.Verifier{}, want{check.UnrecognisedIssuer, nil}},
		{"a set, one of it past its end", also(set, college, object{"expires": "2026-05-31T00:00:00Z"}), verify.Verifier{}, want{check.Expired, nil}},
		{"a set, one of it broken", edited(set, func(d object) { one(d, 0)["created"] = "2026-01-02T00:00:01Z" }), verify.Verifier{}, want{check.Problem, nil}},
		{"a chain", chain, verify.Verifier{}, want{check.UnrecognisedIssuer, nil}},
		{"a chain, the first changed", edited(chain, func(d object) { one(d, 0)["created"] = "2026-01-02T00:00:01Z" }), verify.Verifier{}, want{check.Problem, nil}},
		{"a chain, the first gone", edited(chain, func(d object) { d["proof"] = one(d, 1) }), verify.Verifier{}, want{check.Problem, nil}},
		{"a chain in a circle", edited(chain, func(d object) { one(d, 0)["previousProof"] = second }), verify.Verifier{}, want{check.Problem, nil}},
		{"a chain on itself", edited(chain, func(d object) { one(d, 1)["previousProof"] = second }), verify.Verifier{}, want{check.Problem, nil}},
		{"a chain on two", also(chain, college, object{"previousProof": []any{first, second}}), verify.Verifier{}, want{check.UnrecognisedIssuer, nil}},
		{"chained without the first inside", edited(also(also(bare, college, object{"id": first}), college, nil), func(d object) { one(d, 1)["previousProof"] = first }), verify.Verifier{}, want{check.Problem, nil}},
		{"two of one name", edited(chain, func(d object) { d["proof"] = append(d["proof"].([]any), one(d, 0)) }), verify.Verifier{}, want{check.Problem, nil}},
		{"made on no date that is", edited(set, func(d object) { one(d, 0)["created"] = "yesterday" }), verify.Verifier{}, want{check.Problem, map[string]string{"shape": "shape.date"}}},
		{"ends on no date that is", edited(set, func(d object) { one(d, 0)["expires"] = "2026-13-01" }), verify.Verifier{}, want{check.Problem, map[string]string{"shape": "shape.date"}}},
		{"by a vouched key, for another purpose", seal(badge("https://alpine.example", nil), "eddsa-rdfc-2022", other, object{"proofPurpose": "authentication"}), vouched, want{check.Problem, map[string]string{"key": "key.purpose"}}},
		{"by a vouched key", seal(badge("https://alpine.example", nil), "eddsa-rdfc-2022", other, nil), vouched, want{check.Verified, map[string]string{"key": "key.vouched"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.v.Now = at("2026-06-01T12:00:00Z")
			found := must(verify.Read(text(c.doc)))
			matches(t, "verify", c.v.Verify(context.Background(), found[0], nil), c.want)
		})
	}
}

// copyOf copies objects and lists.
func copyOf(doc object) object {
	var deep func(v any) any
	deep = func(v any) any {
		switch v := v.(type) {
		case object:
			return copyOf(v)
		case []any:
			out := make([]any, len(v))
			for i := range v {
				out[i] = deep(v[i])
			}
			return out
		}
		return v
	}
	out := object{}
	for name, v := range doc {
		out[name] = deep(v)
	}
	return out
}

// TestSeveralRequests: a presentation sealed twice was made for whom both say, until
// the first end.
func TestSeveralRequests(t *testing.T) {
	college, maya := throwAway("college"), throwAway("maya")
	badge := seal(badge(didOf(college), func(d object) { d["credentialSubject"].(object)["id"] = didOf(maya) }), "eddsa-rdfc-2022", college, nil)
	old := object{"proofPurpose": "authentication", "domain": []any{"Hotel Astoria", hotel}, "challenge": "n-1", "created": "2026-06-01T11:00:00Z", "expires": "2026-06-08T12:00:00Z"}
	twice := func(options object) []byte {
		all := maps.Clone(old)
		maps.Copy(all, options)
		return text(also(around(maya, badge, old), maya, all))
	}
	asked := verify.Expect{Audience: hotel, Nonce: "n-1"}
	for _, c := range []struct {
		name string
		raw  []byte
		now  string
		want want
	}{
		{"for the same", twice(nil), "2026-06-01T12:00:00Z", want{check.Verified, map[string]string{"audience": "audience.you", "fresh": "fresh.until"}}},
		{"one in answer to another request", twice(object{"challenge": "n-0"}), "2026-06-01T12:00:00Z", want{check.Problem, map[string]string{"fresh": "fresh.other-nonce"}}},
		{"one for somebody else", twice(object{"domain": "Hotel Astoria"}), "2026-06-01T12:00:00Z", want{check.Problem, map[string]string{"audience": "audience.other"}}},
		{"one for nobody", twice(object{"domain": nil}), "2026-06-01T12:00:00Z", want{check.Verified, map[string]string{"audience": "audience.not-named"}}},
		{"one that ended", twice(object{"expires": "2026-06-02T00:00:00Z"}), "2026-06-03T12:00:00Z", want{check.Expired, nil}},
		{"one made long ago", twice(object{"created": "2026-01-01T00:00:00Z"}), "2026-06-01T12:00:00Z", want{check.Verified, map[string]string{"fresh": "fresh.until"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := verify.Verifier{Now: at(c.now), Issuers: []verify.Trusted{{ID: didOf(college)}}}
			p := must(verify.ReadPresentation(c.raw))
			matches(t, "check", v.VerifyPresentation(context.Background(), p, asked, nil)[0], c.want)
		})
	}
}

// TestNoStart: a badge that states an end and no start is within its dates until then.
func TestNoStart(t *testing.T) {
	c := &vc.Credential{Until: now}
	for name, at := range map[string]struct {
		now  time.Time
		want string
	}{
		"period.no-start": {now.Add(-time.Second), "pass"},
		"period.expired":  {now, "fail"},
	} {
		rows := verify.Period(c, at.now)
		if len(rows) != 1 || rows[0].Reason != name || rows[0].Outcome.String() != at.want {
			t.Errorf("%v, want %s", rows, name)
		}
	}
}
