package share

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/key"
)

var (
	now    = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	issuer = ed25519.NewKeyFromSeed(make([]byte, 32))
	ring   = key.New([]byte("a root secret for tests only"))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func derive(alg, label string) key.Holder { return must(ring.Derive(alg, label)) }

func issuerDID() string { return must(did.Key(issuer.Public())) }

func method() string { return issuerDID() + "#" + strings.TrimPrefix(issuerDID(), "did:key:") }

// fake is a wallet in memory: its keys are the profile and those in held.
type fake struct {
	items map[string]*vc.Credential
	held  []key.Holder
}

func (f fake) Item(id string) (wallet.Item, error) {
	c, ok := f.items[id]
	if !ok {
		return wallet.Item{}, fault.New("item.unknown")
	}
	return wallet.Item{Row: wallet.Row{ID: id}, Credential: c}, nil
}

func (f fake) Holder(c *vc.Credential) (key.Holder, error) {
	cnf, _ := c.Doc["cnf"].(map[string]any)
	jwk, _ := cnf["jwk"].(map[string]any)
	for _, h := range f.held {
		if slices.Contains(h.DIDs(), c.Subject.ID) || jwk != nil && cmp.Equal(h.JWK(), jwk) {
			return h, nil
		}
	}
	return key.Holder{}, fault.New("key.not-here")
}

func (f fake) Profile() (key.Holder, error) { return derive(key.EdDSA, "profile"), nil }

func sharer(f fake) Sharer {
	return Sharer{Wallet: f, Verifier: &verify.Verifier{Now: func() time.Time { return now }}, Rand: rand.NewChaCha8([32]byte{3})}
}

// holding makes a sharer whose wallet holds these texts as "1", "2", ….
func holding(t testing.TB, held []key.Holder, raws ...string) Sharer {
	t.Helper()
	f := fake{items: map[string]*vc.Credential{}, held: held}
	for i, raw := range raws {
		found, err := verify.Read([]byte(raw))
		if err != nil || len(found) != 1 {
			t.Fatal(err, len(found))
		}
		f.items[string(rune('1'+i))] = found[0]
	}
	return sharer(f)
}

// lines issues an SD-JWT VC to h, or to nobody.
func lines(t testing.TB, h *key.Holder, claims map[string]any) string {
	t.Helper()
	all := map[string]any{"iss": issuerDID(), "vct": "https://example.org/badges/food-safety", "iat": now.Unix() - 1000}
	maps.Copy(all, claims)
	if h != nil {
		all["cnf"] = map[string]any{"jwk": h.JWK()}
	}
	text, err := sdjwt.Issue(sdjwt.Draft{Header: map[string]any{"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": method()}, Claims: all}, rand.NewChaCha8([32]byte{1}), issuer)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func person() map[string]any {
	return map[string]any{
		"name":       sdjwt.Hidden{Value: "Food Safety Level 2"},
		"given_name": sdjwt.Hidden{Value: "Maya"},
		"birthdate":  sdjwt.Hidden{Value: "2003-03-04"},
		"address":    sdjwt.Hidden{Value: map[string]any{"country": "CH", "locality": sdjwt.Hidden{Value: "Bern"}}},
		"skills":     []any{"storing", sdjwt.Hidden{Value: "cooking"}, sdjwt.Hidden{Value: "serving"}},
		"level":      json.Number("2"),
	}
}

func credential(subject string) map[string]any {
	about := map[string]any{"type": []any{"AchievementSubject"}, "achievement": map[string]any{
		"id": "https://example.org/a/1", "type": []any{"Achievement"}, "name": "Food Safety Level 2", "description": "Handles food safely.",
		"criteria": map[string]any{"narrative": "Passed the test."},
	}}
	if subject != "" {
		about["id"] = subject
	} else {
		about["identifier"] = []any{map[string]any{"type": "IdentityObject", "identityType": "emailAddress", "hashed": false, "identityHash": "maya@example.org"}}
	}
	return map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:0b7a3c4e-6f1d-4d5e-9a55-0c7c3d1f2a10", "type": []any{"VerifiableCredential", "OpenBadgeCredential"},
		"issuer": map[string]any{"id": issuerDID(), "type": []any{"Profile"}, "name": "Alpine College"}, "name": "Food Safety Level 2",
		"validFrom": "2026-06-12T09:00:00Z", "credentialSubject": about,
	}
}

func token(t testing.TB, subject string) string {
	t.Helper()
	payload := must(json.Marshal(credential(subject)))
	return must(jose.Sign(map[string]any{"alg": "EdDSA", "typ": "vc+jwt", "kid": method()}, payload, issuer))
}

func document(t testing.TB, subject string) string {
	t.Helper()
	doc := must(strict.Object(must(json.Marshal(credential(subject)))))
	suite, _ := proof.Lookup("eddsa-rdfc-2022")
	doc["proof"] = must(proof.Sign(context.Background(), suite, doc, map[string]any{
		"created": "2026-06-12T09:00:00Z", "verificationMethod": method(), "proofPurpose": "assertionMethod",
	}, issuer))
	return string(must(json.Marshal(doc)))
}

func request(items ...string) Request {
	return Request{Items: items, Audience: "Hotel Bellevue", Purpose: "Job application"}
}

// outcomes gives the outcome and reason of the rows about the showing.
func outcomes(r check.Report) map[string]string {
	out := map[string]string{}
	for _, id := range []string{check.Binding, check.Audience, check.Fresh, check.Disclosure} {
		for _, c := range r.Rows(id) {
			out[id] = c.Outcome.String() + " " + c.Reason
		}
	}
	return out
}

func TestMakeLines(t *testing.T) {
	h := derive(key.ES256, "food")
	s := holding(t, []key.Holder{h}, lines(t, &h, person()))
	always := []string{"Badge", "Earned", "Issued by", "Level", "Skills 1"}
	for name, c := range map[string]struct {
		show, shown, withheld []string
	}{
		"nothing":              {nil, always, []string{"Address", "Town", "Date of birth", "First name", "Name", "Skills 2", "Skills 3"}},
		"one":                  {[]string{"/given_name"}, append(always, "First name"), []string{"Address", "Town", "Date of birth", "Name", "Skills 2", "Skills 3"}},
		"one inside another":   {[]string{"/address/locality"}, append(always, "Address", "Town"), []string{"Date of birth", "First name", "Name", "Skills 2", "Skills 3"}},
		"an element of a list": {[]string{"/skills/2"}, append(always, "Skills 2"), []string{"Address", "Town", "Date of birth", "First name", "Name", "Skills 2"}},
		"one around another":   {[]string{"/address"}, append(always, "Address"), []string{"Town", "Date of birth", "First name", "Name", "Skills 2", "Skills 3"}},
		"the same one twice":   {[]string{"/name", "/name"}, append(always, "Name"), []string{"Address", "Town", "Date of birth", "First name", "Skills 2", "Skills 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := request("1")
			r.Show = c.show
			p, err := s.Make(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			e := p.Receipt()
			slices.Sort(e.Share.Shown)
			slices.Sort(c.shown)
			if diff := cmp.Diff(c.shown, e.Share.Shown); diff != "" {
				t.Errorf("shown (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.withheld, e.Share.Withheld); diff != "" {
				t.Errorf("withheld (-want +got):\n%s", diff)
			}
			if v := p.Preview.Verdict(); v != check.UnrecognisedIssuer {
				t.Errorf("verdict %s: %+v", v, p.Preview.Shown[0].Report.Checks)
			}
			if p.Preview.Form != "sd-jwt+kb" || p.Preview.Purpose != "Job application" || !p.Preview.Until.Equal(now.AddDate(0, 0, 7)) || p.Fit() != qr.Tight && p.Fit() != qr.Comfortable {
				t.Errorf("form %s, purpose %s, until %v, fit %d of %d bytes", p.Preview.Form, p.Preview.Purpose, p.Preview.Until, p.Fit(), len(p.Bytes))
			}
		})
	}
}

func TestMakeWhole(t *testing.T) {
	ed, nist := derive(key.EdDSA, "a"), derive(key.ES256, "b")
	stranger := must(key.New([]byte("somebody else")).Derive(key.EdDSA, "x"))
	held := []key.Holder{ed, nist}
	for name, c := range map[string]struct {
		raws    []string
		form    string
		binding string
		notes   []string
	}{
		"a token":                        {[]string{token(t, ed.DID())}, "vp+jwt", "pass binding.holder", nil},
		"a token, key of another kind":   {[]string{token(t, nist.DID())}, "vp+jwt", "pass binding.holder", nil},
		"a token, key by its other name": {[]string{token(t, nist.DIDs()[1])}, "vp+jwt", "pass binding.holder", nil},
		"a document":                     {[]string{document(t, ed.DID())}, "vp", "pass binding.holder", nil},
		"a document, other kind":         {[]string{document(t, nist.DID())}, "vp", "pass binding.holder", nil},
		"a document, other name":         {[]string{document(t, ed.DIDs()[1])}, "vp", "pass binding.holder", nil},
		"about an address":               {[]string{document(t, "")}, "vp", "caution binding.names-nobody", nil},
		"two for one key":                {[]string{document(t, ed.DID()), token(t, ed.DID())}, "vp+jwt", "pass binding.holder", nil},
		"two documents":                  {[]string{document(t, ed.DID()), document(t, "")}, "vp", "pass binding.holder", nil},
		"issued to another key":          {[]string{document(t, stranger.DID())}, "vp", "unknown binding.other-person", []string{NoteOtherKey}},
	} {
		t.Run(name, func(t *testing.T) {
			s := holding(t, held, c.raws...)
			var ids []string
			for i := range c.raws {
				ids = append(ids, string(rune('1'+i)))
			}
			p, err := s.Make(t.Context(), request(ids...))
			if err != nil {
				t.Fatal(err)
			}
			if p.Preview.Form != c.form || len(p.Preview.Shown) != len(c.raws) || !slices.Equal(p.Notes, c.notes) {
				t.Fatalf("form %s, %d shown, notes %v", p.Preview.Form, len(p.Preview.Shown), p.Notes)
			}
			got := outcomes(p.Preview.Shown[0].Report)
			want := map[string]string{check.Binding: c.binding, check.Audience: "pass audience.you", check.Fresh: "pass fresh.until", check.Disclosure: "pass disclosure.whole"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			verdict := check.UnrecognisedIssuer
			if c.notes != nil {
				verdict = check.NotFullyChecked
			}
			if v := p.Preview.Verdict(); v != verdict {
				t.Errorf("verdict %s: %+v", v, p.Preview.Shown[0].Report.Checks)
			}
		})
	}
}

func TestMakeUnbound(t *testing.T) {
	s := holding(t, nil, lines(t, nil, person()))
	r := request("1")
	r.Show = []string{"/name"}
	p, err := s.Make(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.Notes, []string{NoteUnbound}) || p.Preview.Form != "sd-jwt" {
		t.Errorf("notes %v, form %s", p.Notes, p.Preview.Form)
	}
	if got := outcomes(p.Preview.Shown[0].Report)[check.Binding]; strings.HasPrefix(got, "pass") {
		t.Errorf("binding is %s", got)
	}
}

// hosted is an Open Badge of version 2.
const hosted = `{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://school.example/a/1",
	"recipient": {"type": "email", "hashed": false, "identity": "ada@school.example"}, "issuedOn": "2026-01-02T03:04:05Z",
	"badge": "https://school.example/b/1", "verification": {"type": "hosted"}}`

func TestMakeRefuses(t *testing.T) {
	h, other := derive(key.EdDSA, "a"), derive(key.EdDSA, "b")
	base := credential(h.DID())
	base["proof"] = map[string]any{
		"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023", "proofPurpose": "assertionMethod", "verificationMethod": method(),
		"created": "2026-06-12T09:00:00Z", "proofValue": "u2V0AhVhAAAA",
	}
	twice := lines(t, &h, person())
	d := must(sdjwt.Parse(twice)).Disclosures[0].Raw
	s := holding(t, []key.Holder{h, other}, lines(t, &h, person()), token(t, h.DID()), token(t, other.DID()), string(must(json.Marshal(base))), twice+d+"~", hosted)
	without := holding(t, nil, lines(t, &h, person()))
	if why := Look(must(s.Wallet.Item("6")).Credential).Why; why != "share.whole.older-badge" {
		t.Errorf("the learner is told %s", why)
	}
	for name, c := range map[string]struct {
		s    Sharer
		edit func(*Request)
		want string
	}{
		"no item":                {s, func(r *Request) { r.Items = nil }, "share.nothing"},
		"no such item":           {s, func(r *Request) { r.Items = []string{"9"} }, "item.unknown"},
		"nobody":                 {s, func(r *Request) { r.Audience = " \t" }, "share.no-audience"},
		"days below nothing":     {s, func(r *Request) { r.Days = -1 }, "share.days"},
		"days beyond a year":     {s, func(r *Request) { r.Days = 366 }, "share.days"},
		"no such line":           {s, func(r *Request) { r.Show = []string{"/shoe_size"} }, "share.no-line"},
		"a line always shown":    {s, func(r *Request) { r.Show = []string{"/level"} }, "share.no-line"},
		"a line of a whole one":  {s, func(r *Request) { r.Items, r.Show = []string{"2"}, []string{"/name"} }, "share.one-piece"},
		"two keys":               {s, func(r *Request) { r.Items = []string{"2", "3"} }, "share.one-at-a-time"},
		"lines and a whole one":  {s, func(r *Request) { r.Items = []string{"1", "2"} }, "share.one-at-a-time"},
		"a proof for its holder": {s, func(r *Request) { r.Items = []string{"4"} }, "share.base-proof"},
		"a disclosure twice":     {s, func(r *Request) { r.Items = []string{"5"} }, "share.broken"},
		"a badge of version 2":   {s, func(r *Request) { r.Items = []string{"6"} }, "share.older-badge"},
		"one among others":       {s, func(r *Request) { r.Items = []string{"2", "6"} }, "share.older-badge"},
		"key elsewhere":          {without, func(*Request) {}, "share.key-not-here"},
	} {
		t.Run(name, func(t *testing.T) {
			r := request("1")
			c.edit(&r)
			p, err := c.s.Make(t.Context(), r)
			if fault.Code(err) != c.want || p.Bytes != nil {
				t.Errorf("got %q, %v, want %s", p.Bytes, err, c.want)
			}
		})
	}
}

type noRandom struct{}

func (noRandom) Read([]byte) (int, error) { return 0, errors.New("no randomness") }

func TestNonce(t *testing.T) {
	h := derive(key.EdDSA, "a")
	s := holding(t, []key.Holder{h}, token(t, h.DID()))
	one, two := must(s.Make(t.Context(), request("1"))), must(s.Make(t.Context(), request("1")))
	if len(one.Request.Nonce) < 20 || one.Request.Nonce == two.Request.Nonce {
		t.Errorf("nonces %q and %q", one.Request.Nonce, two.Request.Nonce)
	}
	r := request("1")
	r.Nonce = "given"
	if p := must(s.Make(t.Context(), r)); p.Preview.Nonce != "given" {
		t.Errorf("nonce %q", p.Preview.Nonce)
	}
	s.Rand = noRandom{}
	if _, err := s.Make(t.Context(), request("1")); fault.Code(err) != "share.failed" {
		t.Error(err)
	}
}

// made gives one proof of each form.
func made(t testing.TB) map[string]Proof {
	t.Helper()
	h := derive(key.EdDSA, "a")
	out := map[string]Proof{}
	for form, raw := range map[string]string{"sd-jwt+kb": lines(t, &h, person()), "vp+jwt": token(t, h.DID()), "vp": document(t, h.DID())} {
		p, err := holding(t, []key.Holder{h}, raw).Make(context.Background(), request("1"))
		if err != nil || p.Preview.Form != form {
			t.Fatal(err, p.Preview.Form)
		}
		out[form] = p
	}
	return out
}

func at9(days int, owner ...verify.Trusted) *verify.Verifier {
	return &verify.Verifier{Now: func() time.Time { return now.AddDate(0, 0, days) }, Issuers: owner}
}

// TestChecking: what an employer sees of a good proof, of one meant for somebody
// else, of an answer used twice, and of one that is too old or from the future.
func TestChecking(t *testing.T) {
	for form, p := range made(t) {
		for name, c := range map[string]struct {
			days   int
			expect verify.Expect
			want   check.Verdict
		}{
			"as expected":         {1, verify.Expect{Audience: "Hotel Bellevue", Nonce: p.Request.Nonce}, check.Verified},
			"nothing expected":    {1, verify.Expect{}, check.Verified},
			"for somebody else":   {1, verify.Expect{Audience: "Hotel Ritz"}, check.Problem},
			"for another request": {1, verify.Expect{Nonce: "another"}, check.Problem},
			"on its last day":     {6, verify.Expect{}, check.Verified},
			"after its last day":  {7, verify.Expect{}, check.Expired},
			"before it was made":  {-1, verify.Expect{}, check.Problem},
		} {
			t.Run(form+", "+name, func(t *testing.T) {
				seen, err := Check(t.Context(), at9(c.days, verify.Trusted{ID: issuerDID(), Name: "Alpine College"}), p.Bytes, c.expect, nil)
				if err != nil {
					t.Fatal(err)
				}
				if v := seen.Verdict(); v != c.want {
					t.Errorf("verdict %s, want %s: %+v", v, c.want, seen.Shown[0].Report.Checks)
				}
			})
		}
	}
}

// TestTwins changes single letters of every form of proof. None may then pass.
func TestTwins(t *testing.T) {
	for form, p := range made(t) {
		t.Run(form, func(t *testing.T) {
			for i := 0; i < len(p.Bytes); i += 17 {
				twin := slices.Clone(p.Bytes)
				if twin[i]++; twin[i] == '~'+1 {
					twin[i] = 'A'
				}
				seen, err := Check(t.Context(), at9(1, verify.Trusted{ID: issuerDID()}), twin, verify.Expect{Audience: "Hotel Bellevue", Nonce: p.Request.Nonce}, nil)
				if err == nil && seen.Verdict() == check.Verified {
					t.Errorf("letter %d of %d was changed and nothing noticed: %s", i, len(twin), twin[max(0, i-20):min(len(twin), i+20)])
				}
			}
		})
	}
}

// TestWordsAreThere: every code this package gives has words.
func TestWordsAreThere(t *testing.T) {
	w := assets.English()
	for _, code := range []string{NoteUnbound, NoteOtherKey} {
		for _, part := range []string{"title", "why", "do"} {
			if !w.Has("note." + code + "." + part) {
				t.Errorf("no words for note.%s.%s", code, part)
			}
		}
	}
	for _, code := range []string{"no-lines", "unsigned", "one-piece", "older-badge"} {
		if !w.Has("share.whole."+code+".title") || !w.Has("share.whole."+code+".why") {
			t.Errorf("no words for share.whole.%s", code)
		}
	}
}

func BenchmarkMakeLines(b *testing.B) {
	h := derive(key.EdDSA, "a")
	s := holding(b, []key.Holder{h}, lines(b, &h, person()))
	for b.Loop() {
		if _, err := s.Make(b.Context(), request("1")); err != nil {
			b.Fatal(err)
		}
	}
}
