package verify_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// throwAway is a key made of a name: good for tests only.
func throwAway(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte("cairn verify test " + name))
	return ed25519.NewKeyFromSeed(seed[:])
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func didOf(k crypto.Signer) string { return must(did.Key(k.Public())) }

func method(k crypto.Signer) string {
	id := didOf(k)
	return id + "#" + strings.TrimPrefix(id, "did:key:")
}

const badgeJSON = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:6a3f1f0e-0000-4000-8000-000000000001",
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "issuer": {"id": "ISSUER", "type": ["Profile"], "name": "Alpine College"},
  "validFrom": "2026-01-01T00:00:00Z",
  "validUntil": "2027-01-01T00:00:00Z",
  "name": "Food Safety Level 2",
  "credentialSubject": {
    "id": "did:example:maya", "type": ["AchievementSubject"],
    "achievement": {
      "id": "urn:uuid:6a3f1f0e-0000-4000-8000-000000000002", "type": ["Achievement"], "name": "Food Safety Level 2",
      "description": "Handle food safely.", "criteria": {"narrative": "Pass the test."}
    }
  }
}`

type object = map[string]any

// badge makes an unsigned badge of an issuer, changed by edit.
func badge(issuer string, edit func(object)) object {
	doc := must(strict.Object([]byte(strings.ReplaceAll(badgeJSON, "ISSUER", issuer))))
	if edit != nil {
		edit(doc)
	}
	return doc
}

// seal signs doc as the suite does.
func seal(doc object, suite string, k crypto.Signer, options object) object {
	s, ok := proof.Lookup(suite)
	if !ok {
		panic("no suite " + suite)
	}
	all := object{"verificationMethod": method(k), "proofPurpose": "assertionMethod", "created": "2026-01-02T00:00:00Z"}
	maps.Copy(all, options)
	out := maps.Clone(doc)
	out["proof"] = must(proof.Sign(context.Background(), s, doc, all, k))
	return out
}

func text(v any) []byte { return must(json.Marshal(v)) }

func token(payload object, header object, k crypto.Signer) []byte {
	h := object{"alg": "EdDSA", "typ": "JWT"}
	maps.Copy(h, header)
	return []byte(must(jose.Sign(h, text(payload), k)))
}

// claims are a badge as Open Badges 3.0 puts it into a token.
func claims(doc object, edit func(object)) object {
	out := maps.Clone(doc)
	out["iss"], out["jti"], out["sub"] = doc["issuer"].(object)["id"], doc["id"], doc["credentialSubject"].(object)["id"]
	out["nbf"], out["exp"] = json.Number("1767225600"), json.Number("1798761600")
	if edit != nil {
		edit(out)
	}
	return out
}

// web is the internet in memory, with one page.
func web(url, body string) fetch.Getter {
	return &testkit.Web{Pages: map[string]string{url: body}, Now: now}
}

func didDocument(id string, k crypto.Signer, relation string) string {
	m := object{"id": id + "#key-1", "type": "Multikey", "controller": id, "publicKeyMultibase": must(multi.EncodeKey(k.Public()))}
	doc := object{"@context": []any{"https://www.w3.org/ns/did/v1"}, "id": id, "verificationMethod": []any{m}}
	if relation != "" {
		doc[relation] = []any{id + "#key-1"}
	}
	return string(text(doc))
}

type want struct {
	verdict check.Verdict
	rows    map[string]string // id → reason, of the first row with that id
}

func TestVerify(t *testing.T) {
	college, other := throwAway("college"), throwAway("other")
	const webID, webDoc = "did:web:alpine.example", "https://alpine.example/.well-known/did.json"
	atWeb := object{"verificationMethod": webID + "#key-1"}
	good := seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, nil)
	changed := func(edit func(object)) object {
		doc := must(strict.Object(text(good)))
		edit(doc)
		return doc
	}
	jwk := jose.Key{Public: other.Public()}.JWK()

	cases := []struct {
		name string
		raw  []byte
		v    verify.Verifier
		want want
	}{
		{"all holds, trusted", text(good), verify.Verifier{Issuers: []verify.Trusted{{ID: didOf(college)}}}, want{check.Verified, map[string]string{"signature": "signature.holds", "key": "key.own", "terms": "terms.covered"}}},
		{"all holds, nobody vouches", text(good), verify.Verifier{}, want{check.UnrecognisedIssuer, nil}},
		{"older suite", text(seal(badge(didOf(college), older), "Ed25519Signature2020", college, nil)), verify.Verifier{}, want{check.UnrecognisedIssuer, nil}},
		{"one letter changed", text(changed(func(d object) { d["name"] = "Food Safety Level 3" })), verify.Verifier{}, want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"one bit of the proof changed", text(changed(flip)), verify.Verifier{}, want{check.Problem, nil}},
		{"one day changed", text(changed(func(d object) { d["validUntil"] = "2027-01-02T00:00:00Z" })), verify.Verifier{}, want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"a member nobody defines", text(changed(func(d object) { d["grade"] = "A" })), verify.Verifier{}, want{check.Problem, map[string]string{"terms": "terms.uncovered"}}},
		{"proof taken away", text(changed(func(d object) { delete(d, "proof") })), verify.Verifier{}, want{check.Unsigned, map[string]string{"signature": check.ReasonNoProof}}},
		{"issuer swapped", text(changed(func(d object) { d["issuer"] = didOf(other) })), verify.Verifier{}, want{check.Problem, nil}},
		{"signed by a key that is not the issuer's", text(seal(badge(didOf(college), nil), "eddsa-rdfc-2022", other, nil)), verify.Verifier{}, want{check.Problem, map[string]string{"signature": "signature.holds", "key": "key.not-listed"}}},
		{"issuer that nothing ties to the key", text(seal(badge("urn:uuid:6a3f1f0e-0000-4000-8000-000000000009", nil), "eddsa-rdfc-2022", college, nil)), verify.Verifier{}, want{check.NotFullyChecked, map[string]string{"key": "key.not-tied"}}},
		{"key in the fragment of the issuer's address", text(seal(badge("https://alpine.example/issuer", nil), "eddsa-rdfc-2022", college, object{"verificationMethod": "https://alpine.example/issuer#" + must(multi.EncodeKey(college.Public()))})), verify.Verifier{}, want{check.NotFullyChecked, map[string]string{"signature": "signature.holds", "key": "key.self-asserted"}}},
		{"made for no purpose", text(badge(didOf(college), func(d object) {
			d["proof"] = object{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z1"}
		})), verify.Verifier{}, want{check.Problem, map[string]string{"key": "key.no-purpose"}}},
		{"made in a way it doesn't name", text(badge(didOf(college), func(d object) { d["proof"] = object{"proofPurpose": "assertionMethod"} })), verify.Verifier{}, want{check.Problem, map[string]string{"signature": "signature.suite-unnamed"}}},
		{"made for another purpose", text(seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, object{"proofPurpose": "authentication"})), verify.Verifier{}, want{check.Problem, map[string]string{"key": "key.purpose"}}},
		{"proof past its end", text(seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, object{"expires": "2026-05-31T00:00:00Z"})), verify.Verifier{}, want{check.Expired, nil}},
		{"no clock", text(good), verify.Verifier{Now: func() time.Time { return time.Time{} }}, want{check.NotFullyChecked, map[string]string{"period": "period.no-clock"}}},
		{"on its last second", text(good), verify.Verifier{Now: at("2026-12-31T23:59:59Z")}, want{check.UnrecognisedIssuer, nil}},
		{"on its end", text(good), verify.Verifier{Now: at("2027-01-01T00:00:00Z")}, want{check.Expired, map[string]string{"period": check.ReasonExpired}}},
		{"a day before its start", text(good), verify.Verifier{Now: at("2025-12-31T00:00:00Z")}, want{check.NotYetValid, map[string]string{"period": check.ReasonNotYet}}},
		{"a minute before its start", text(good), verify.Verifier{Now: at("2025-12-31T23:59:00Z")}, want{check.UnrecognisedIssuer, nil}},
		{"ends before it starts", text(seal(badge(didOf(college), func(d object) { d["validUntil"] = "2025-01-01T00:00:00Z" }), "eddsa-rdfc-2022", college, nil)), verify.Verifier{}, want{check.Problem, nil}},
		{"did:web that lists the key", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{Get: web(webDoc, didDocument(webID, college, "assertionMethod"))}, want{check.UnrecognisedIssuer, map[string]string{"key": "key.confirmed"}}},
		{"did:web that lists another key", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{Get: web(webDoc, didDocument(webID, other, "assertionMethod"))}, want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"did:web that lists it for something else", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{Get: web(webDoc, didDocument(webID, college, "authentication"))}, want{check.Problem, map[string]string{"key": "key.not-for-claims"}}},
		{"did:web of somebody else", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{Get: web(webDoc, didDocument("did:web:evil.example", college, "assertionMethod"))}, want{check.NotFullyChecked, nil}},
		{"did:web out of reach", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{Get: &testkit.Web{}}, want{check.NotFullyChecked, map[string]string{"key": "key.unreachable", "signature": "signature.no-key"}}},
		{"did:web with online checks off", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{}, want{check.NotFullyChecked, map[string]string{"key": "key.offline"}}},
		{"key vouched for", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{Vouched: []jose.Key{{Public: college.Public()}}}, want{check.Verified, map[string]string{"key": "key.vouched"}}},
		{"another key vouched for", text(seal(badge(webID, nil), "eddsa-rdfc-2022", college, atWeb)), verify.Verifier{Vouched: []jose.Key{{Public: other.Public()}}}, want{check.NotFullyChecked, nil}},
		{"a context nobody knows", text(badgeWithContext(college)), verify.Verifier{}, want{check.NotFullyChecked, map[string]string{"terms": "terms.context-unknown"}}},
		{"token by kid", token(claims(badge(didOf(college), nil), nil), object{"kid": method(college)}, college), verify.Verifier{}, want{check.UnrecognisedIssuer, map[string]string{"terms": "terms.whole"}}},
		{"token with its own key in the header", token(claims(badge("https://alpine.example/issuer", nil), nil), object{"jwk": jwk}, other), verify.Verifier{}, want{check.NotFullyChecked, map[string]string{"key": "key.self-asserted", "signature": "signature.holds"}}},
		{"token whose header names one key and another signed", token(claims(badge(didOf(college), nil), nil), object{"kid": method(college)}, other), verify.Verifier{}, want{check.Problem, map[string]string{"signature": "signature.broken"}}},
		{"token whose iss is somebody else", token(claims(badge(didOf(college), nil), func(c object) { c["iss"] = didOf(other) }), object{"kid": method(other)}, other), verify.Verifier{}, want{check.Problem, nil}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.v.Now == nil {
				c.v.Now = func() time.Time { return now }
			}
			found, err := verify.Read(c.raw)
			if err != nil || len(found) != 1 {
				t.Fatalf("read: %d found, %v", len(found), err)
			}
			var seen []check.Check
			r := c.v.Verify(context.Background(), found[0], func(k check.Check) { seen = append(seen, k) })
			if r.Verdict() != c.want.verdict {
				t.Errorf("verdict %s, want %s\n%s", r.Verdict(), c.want.verdict, text(r.Checks))
			}
			for id, reason := range c.want.rows {
				if rows := r.Rows(id); len(rows) == 0 || rows[0].Reason != reason {
					t.Errorf("row %s: %s, want %s", id, text(rows), reason)
				}
			}
			if len(seen) != len(r.Checks) {
				t.Errorf("%d rows were shown as they came, %d are in the report", len(seen), len(r.Checks))
			}
		})
	}
}

func at(s string) func() time.Time {
	return func() time.Time { return must(time.Parse(time.RFC3339, s)) }
}

// flip changes one bit of the proof's value.
func flip(d object) {
	p := d["proof"].(object)
	sig := must(multi.Decode(p["proofValue"].(string)))
	sig[10] ^= 1
	p["proofValue"] = multi.Encode(sig)
}

// older adds the context that the suite of 2020 needs.
func older(d object) {
	d["@context"] = append(d["@context"].([]any), "https://w3id.org/security/suites/ed25519-2020/v1")
}

func badgeWithContext(k crypto.Signer) object {
	doc := seal(badge(didOf(k), nil), "eddsa-rdfc-2022", k, nil)
	doc["@context"] = append(doc["@context"].([]any), "https://nobody.example/context.json")
	return doc
}

func TestHolder(t *testing.T) {
	college, mine := throwAway("college"), throwAway("mine")
	hash := func(s string) string { sum := sha256.Sum256([]byte(s)); return "sha256$" + hex.EncodeToString(sum[:]) }
	subject := func(edit func(s object)) []byte {
		return text(seal(badge(didOf(college), func(d object) {
			s := d["credentialSubject"].(object)
			delete(s, "id")
			edit(s)
		}), "eddsa-rdfc-2022", college, nil))
	}
	identifier := func(hashed bool, value, salt string) func(object) {
		return func(s object) {
			id := object{"type": "IdentityObject", "hashed": hashed, "identityHash": value, "identityType": "emailAddress"}
			if salt != "" {
				id["salt"] = salt
			}
			s["identifier"] = []any{id}
		}
	}
	own := verify.Own{DIDs: []string{didOf(mine)}, Emails: []string{"Maya@Example.org"}}
	cases := []struct {
		name string
		raw  []byte
		own  verify.Own
		want string
	}{
		{"a key of this wallet", subject(func(s object) { s["id"] = didOf(mine) }), own, "holder.key"},
		{"another key", subject(func(s object) { s["id"] = didOf(college) }), own, "holder.other-key"},
		{"plain address", subject(identifier(false, "maya@example.org", "")), own, "holder.address"},
		{"plain address beside a salt that is not used", subject(identifier(false, "maya@example.org", "not-used")), own, "holder.address"},
		{"hashed as given", subject(identifier(true, hash("Maya@Example.orgpepper"), "pepper")), own, "holder.address"},
		{"hashed in lower case", subject(identifier(true, hash("maya@example.orgpepper"), "pepper")), own, "holder.address"},
		{"hashed with another salt", subject(identifier(true, hash("maya@example.orgpepper"), "peppes")), own, "holder.other-address"},
		{"somebody else's address", subject(identifier(true, hash("noah@example.orgpepper"), "pepper")), own, "holder.other-address"},
		{"unknown hash", subject(identifier(true, "sha1$00", "")), own, "holder.other-address"},
		{"a number that is no key", subject(func(s object) { s["id"] = "urn:uuid:360a0e1e-c3f4-4fc4-9975-379889927d54" }), own, "holder.other-id"},
		{"a number that is no key, nobody asked", subject(func(s object) { s["id"] = "urn:uuid:360a0e1e-c3f4-4fc4-9975-379889927d54" }), verify.Own{}, "holder.not-asked"},
		{"nobody asked", subject(identifier(false, "maya@example.org", "")), verify.Own{}, "holder.not-asked"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := verify.Verifier{Now: func() time.Time { return now }, Own: c.own}
			r := v.Verify(context.Background(), must(verify.Read(c.raw))[0], nil)
			if got := r.Rows(check.Holder)[0].Reason; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if r.Verdict() != check.UnrecognisedIssuer {
				t.Errorf("the holder moved the verdict to %s", r.Verdict())
			}
		})
	}
}

func TestStoppedIsUnknown(t *testing.T) {
	college := throwAway("college")
	c := must(verify.Read(text(seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, nil))))[0]
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	v := verify.Verifier{Now: func() time.Time { return now }, Issuers: []verify.Trusted{{ID: didOf(college)}}}
	r := v.Verify(ctx, c, nil)
	if r.Verdict() != check.NotFullyChecked {
		t.Errorf("a check that was stopped gives %s", r.Verdict())
	}
	for _, k := range r.Checks {
		if k.Outcome == check.Pass {
			t.Errorf("row %s passed after the stop", k.ID)
		}
	}
}

func TestZeroVerifierPromisesNothing(t *testing.T) {
	college := throwAway("college")
	c := must(verify.Read(text(seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, nil))))[0]
	if got := new(verify.Verifier).Verify(context.Background(), c, nil).Verdict(); got != check.NotFullyChecked {
		t.Errorf("got %s", got)
	}
}

func TestReadRefusesInWords(t *testing.T) {
	for _, in := range []string{"", " ", "hello", "{", "[]", "{}", "<html></html>", "\x89PNG\r\n\x1a\n", `{"a":1,"a":2}`} {
		_, err := verify.Read([]byte(in))
		var f *fault.Fault
		if !errors.As(err, &f) {
			t.Errorf("%q: %v is no fault", in, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	college := throwAway("college")
	doc := badge(didOf(college), nil)
	f.Add(text(seal(doc, "eddsa-rdfc-2022", college, nil)))
	f.Add(token(claims(doc, nil), object{"kid": method(college)}, college))
	f.Add([]byte("eyJhbGciOiJub25lIn0.e30.~"))
	for _, file := range must(filepath.Glob(filepath.Join(vectors, "*", "*", "good*"))) {
		f.Add(must(os.ReadFile(file)))
	}
	v := verify.Verifier{Now: func() time.Time { return now }}
	f.Fuzz(func(t *testing.T, raw []byte) {
		found, err := verify.Read(raw)
		if err != nil && fault.Code(err) == "" {
			t.Fatalf("%v is no fault", err)
		}
		for _, c := range found {
			r := v.Verify(context.Background(), c, nil)
			if r.Verdict() == check.Verified {
				t.Fatal("verified, though no list names any issuer")
			}
		}
	})
}
