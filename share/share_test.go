package share

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/wallet/key"
)

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
