package share

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	crand "crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/wallet/key"
)

// ownCopy is a badge with a base proof by a throw-away key, with lines of all kinds.
func ownCopy(t testing.TB, suite, subject string, mandatory ...string) string {
	t.Helper()
	secret := bytes.Repeat([]byte{7}, 32)
	var signer interface{ Public() crypto.PublicKey } = must(ecdsa.ParseRawPrivateKey(elliptic.P256(), secret))
	if suite == "bbs-2023" {
		signer = must(bbs.ParsePrivateKey(secret))
	}
	id := must(did.Key(signer.Public()))
	doc := credential(subject)
	doc["issuer"] = map[string]any{"id": id, "type": []any{"Profile"}, "name": "Alpine College"}
	doc["validUntil"] = "2027-06-12T09:00:00Z"
	doc["evidence"] = []any{
		map[string]any{"id": "https://example.org/e/1", "type": []any{"Evidence"}, "name": "Kitchen diary"},
		map[string]any{"id": "https://example.org/e/2", "type": []any{"Evidence"}, "name": "Photo of a knife"},
	}
	about := doc["credentialSubject"].(map[string]any)
	about["role"], about["licenseNumber"] = "Cook", "L-4711"
	achievement := about["achievement"].(map[string]any)
	achievement["tag"] = []any{"food", "safety"}
	achievement["resultDescription"] = []any{map[string]any{
		"id": "urn:r:1", "type": []any{"ResultDescription"}, "name": "Mark", "resultType": "LetterGrade", "allowedValue": []any{"A", "B", "C"},
	}}
	doc = must(strict.Object(must(json.Marshal(doc))))
	s, _ := proof.Lookup(suite)
	doc["proof"] = must(proof.SignBase(t.Context(), s, doc, map[string]any{
		"verificationMethod": id + "#" + must(multi.EncodeKey(signer.Public())), "proofPurpose": "assertionMethod", "created": "2026-06-12T09:00:00Z",
	}, mandatory, signer, crand.Reader))
	return string(must(json.Marshal(doc)))
}

var divisibleSuites = []string{"ecdsa-sd-2023", "bbs-2023"}

// TestLookPart: members, elements of lists of objects and whole lists of values can
// be ticked; what an employer must be told can't be left out.
func TestLookPart(t *testing.T) {
	for _, suite := range divisibleSuites {
		s := holding(t, nil, ownCopy(t, suite, "did:example:maya", "/issuer", "/credentialSubject/role"))
		c := must(s.Wallet.Item("1")).Credential
		got := Look(c)
		if got.Whole || got.Why != "" {
			t.Errorf("%s: signed as one piece, %q", suite, got.Why)
		}
		var open, fixed []string
		for _, l := range got.Lines {
			if l.Fixed {
				fixed = append(fixed, l.Path)
			} else {
				open = append(open, l.Path)
			}
		}
		wantOpen := []string{
			"/credentialSubject/achievement/resultDescription/0", "/credentialSubject/achievement/tag",
			"/credentialSubject/licenseNumber", "/evidence/0", "/evidence/1",
		}
		if !slices.Equal(open, wantOpen) {
			t.Errorf("%s: can be ticked: %q", suite, open)
		}
		for _, path := range []string{"badge", "issuer", "from", "until", "/credentialSubject/role", "/credentialSubject/achievement/criteria", "/credentialSubject/achievement/description"} {
			if !slices.Contains(fixed, path) {
				t.Errorf("%s: %s can be left out", suite, path)
			}
		}
		if usual := got.Preset(Usual); slices.Contains(usual, "/credentialSubject/licenseNumber") || !slices.Contains(usual, "/evidence/0") {
			t.Errorf("%s: usually %q", suite, usual)
		}
	}
}

// TestMakePart: what is ticked is shown with a proof that holds, what isn't is not
// in the bytes, and neither is the holder's own proof.
func TestMakePart(t *testing.T) {
	h := derive(key.EdDSA, "a")
	for _, suite := range divisibleSuites {
		raw := ownCopy(t, suite, h.DID(), "/issuer")
		own := must(strict.Object([]byte(raw)))["proof"].(map[string]any)["proofValue"].(string)
		s := holding(t, []key.Holder{h}, raw)
		for name, c := range map[string]struct {
			show   []string
			in     []string
			out    []string
			denied int
		}{
			"nothing": {nil, []string{"Alpine College", "2027-06-12"}, []string{"Kitchen", "knife", "L-4711", "LetterGrade", "food\""}, 6},
			"a list":  {[]string{"/credentialSubject/achievement/tag", "/evidence/1"}, []string{"\"food\"", "knife"}, []string{"Kitchen", "L-4711", "LetterGrade"}, 4},
			"a rubric with an ordered list": {
				[]string{"/credentialSubject/achievement/resultDescription/0"},
				[]string{"LetterGrade", `["A","B","C"]`},
				[]string{"Kitchen", "L-4711"},
				5,
			},
			"everything": {
				[]string{"/credentialSubject/achievement/resultDescription/0", "/credentialSubject/achievement/tag", "/credentialSubject/licenseNumber", "/evidence/0", "/evidence/1"},
				[]string{"LetterGrade", "Kitchen", "knife", "L-4711", "\"food\""},
				nil, 1,
			},
		} {
			t.Run(suite+"/"+name, func(t *testing.T) {
				r := request("1")
				r.Show = c.show
				p, err := s.Make(t.Context(), r)
				if err != nil {
					t.Fatal(err)
				}
				for _, text := range c.in {
					if !strings.Contains(string(p.Bytes), text) {
						t.Errorf("%s is missing", text)
					}
				}
				for _, text := range append(slices.Clone(c.out), own, own[:40]) {
					if strings.Contains(string(p.Bytes), text) {
						t.Errorf("%s was handed out", text)
					}
				}
				if len(p.Withheld) != c.denied {
					t.Errorf("withheld %q", p.Withheld)
				}
				report := p.Preview.Shown[0].Report
				for _, id := range []string{check.Shape, check.Terms, check.Signature, check.Binding, check.Disclosure} {
					if rows := report.Rows(id); len(rows) != 1 || rows[0].Outcome != check.Pass {
						t.Errorf("%s: %v", id, rows)
					}
				}
			})
		}
	}
}

// TestLookAllMandatory: a badge whose issuer made everything mandatory has nothing to
// tick, and looking at it changes nothing.
func TestLookAllMandatory(t *testing.T) {
	s := holding(t, nil, ownCopy(t, "ecdsa-sd-2023", "did:example:maya", ""))
	c := must(s.Wallet.Item("1")).Credential
	if got := Look(c); !got.Whole || got.Why != "share.whole.no-lines" || len(got.Preset(All)) > 0 {
		t.Errorf("%+v", got)
	}
	if c.Doc["proof"] == nil {
		t.Error("the badge lost its proof")
	}
}

func TestMakePartRefuses(t *testing.T) {
	h := derive(key.EdDSA, "a")
	raw := ownCopy(t, "bbs-2023", h.DID(), "/issuer")
	doc := must(strict.Object([]byte(raw)))
	doc["proof"].(map[string]any)["proofValue"] = multi.EncodeURL([]byte("\xd9\x5d\x04\x80"))
	feature := string(must(json.Marshal(doc)))
	broken := strings.Replace(raw, "L-4711", "L-4712", 1)
	s := holding(t, []key.Holder{h}, raw, feature, broken, token(t, h.DID()))
	for name, c := range map[string]struct {
		items, show []string
		want        string
	}{
		"a line that is not there":            {[]string{"1"}, []string{"/shoeSize"}, "share.no-line"},
		"a line always shown":                 {[]string{"1"}, []string{"/credentialSubject/achievement/name"}, "share.no-line"},
		"a piece of a line":                   {[]string{"1"}, []string{"/credentialSubject/achievement/resultDescription/0/allowedValue/1"}, "share.no-line"},
		"the proof":                           {[]string{"1"}, []string{"/proof"}, "share.no-line"},
		"all of it":                           {[]string{"1"}, []string{""}, "share.no-line"},
		"a kind nothing can be derived from":  {[]string{"2"}, nil, "share.base-proof"},
		"with another one":                    {[]string{"1", "4"}, nil, "share.one-at-a-time"},
		"another one, with one of that kind":  {[]string{"4", "2"}, nil, "share.base-proof"},
		"another one, and a good one with it": {[]string{"4", "1"}, nil, "share.one-at-a-time"},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(c.items...)
			r.Show = c.show
			p, err := s.Make(t.Context(), r)
			if fault.Code(err) != c.want || p.Bytes != nil {
				t.Errorf("got %q, %v, want %s", p.Bytes, err, c.want)
			}
		})
	}
	p, err := s.Make(t.Context(), request("3"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Preview.Verdict(); got != check.Problem {
		t.Errorf("a part of a badge that was changed is %s", got)
	}
}
