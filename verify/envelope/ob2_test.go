package envelope

import (
	"bytes"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// award is a small hosted badge of version 2.
func award() map[string]any {
	return map[string]any{
		"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://school.example/a/1",
		"recipient": map[string]any{"type": "email", "hashed": false, "identity": "ada@school.example"},
		"badge":     "https://school.example/b/1", "issuedOn": "2026-01-02T03:04:05Z",
		"verification": map[string]any{"type": "hosted"},
	}
}

func signedAward() map[string]any {
	return with(award(), "id", "urn:uuid:1", "verification", map[string]any{"type": "SignedBadge", "creator": "https://school.example/key"})
}

func TestOpenBadges(t *testing.T) {
	old := map[string]any{"recipient": "sha256$x", "badge": map[string]any{"name": "n"}}
	version1 := with(old, "verify", map[string]any{"type": "hosted", "url": "http://school.example/a/2"}, "id", "https://other.example")
	signed1 := with(old, "verify", map[string]any{"type": "signed", "url": "https://school.example/key.pem"})
	endorsement := map[string]any{"type": "Endorsement", "id": "https://school.example/e/1", "claim": map[string]any{"id": "x:1"}}
	pointer := map[string]any{"verify": map[string]any{"url": "http://school.example/a/3"}}
	embedded := with(signedAward(), "verification", map[string]any{"type": []any{"SignedBadge"}, "creator": map[string]any{"id": "https://school.example/key2"}})
	const word = "openbadges"
	text := func(b []byte) []byte { return pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", b)) }
	element := func(inner string) []byte {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">` + inner + `</svg>`)
	}
	jws := token(eddsa(), signedAward())
	cases := []struct {
		name          string
		in            []byte
		form          string
		suite, method string
	}{
		{"version 2, hosted", marshal(award()), "json", Hosted, "https://school.example/a/1"},
		{"version 2 without the way to verify it", marshal(with(award(), "verification", nil)), "json", Hosted, "https://school.example/a/1"},
		{"version 2 with a name that is no address", marshal(with(award(), "id", "urn:uuid:1")), "json", "", ""},
		{"what a signature was taken off", marshal(signedAward()), "json", "", ""},
		{"version 2, signed", []byte(jws), "jws", BadgeJWS, "https://school.example/key"},
		{"version 2, signed, the key written out", []byte(token(eddsa(), embedded)), "jws", BadgeJWS, "https://school.example/key2"},
		{"signed without naming a key", []byte(token(eddsa("kid", "k1"), with(signedAward(), "verification", map[string]any{"type": "signed"}))), "jws", BadgeJWS, ""},
		{"version 0.5", marshal(old), "json", "", ""},
		{"version 1: the address it is verified at, not its name", marshal(version1), "json", Hosted, "http://school.example/a/2"},
		{"version 1, signed", []byte(token(eddsa(), signed1)), "jws", BadgeJWS, "https://school.example/key.pem"},
		{"an endorsement", marshal(endorsement), "json", Hosted, "https://school.example/e/1"},
		{"no more than an address, as JSON", marshal(pointer), "json", Hosted, "http://school.example/a/3"},
		{"a picture", text(marshal(award())), "baked-png+json", Hosted, "https://school.example/a/1"},
		{"a picture with a token", text([]byte(jws)), "baked-png+jws", BadgeJWS, "https://school.example/key"},
		{"an old picture with an address", pngWith(false, textChunk("tEXt", word, "", []byte("http://school.example/a/4\n"))), "baked-png+json", Hosted, "http://school.example/a/4"},
		{"a picture baked twice", pngWith(false, textChunk("tEXt", word, "", []byte("http://school.example/a/4")), textChunk("iTXt", word, "\x00\x00\x00\x00", marshal(award()))), "baked-png+json", Hosted, "https://school.example/a/1"},
		{"an SVG with an address", element(`<openbadges:assertion verify="https://school.example/a/5"/>`), "baked-svg+json", Hosted, "https://school.example/a/5"},
		{"an SVG with an address and no badge beside it", element(`<openbadges:assertion verify="https://school.example/a/5"><![CDATA[{"a":1}]]></openbadges:assertion>`), "baked-svg+json", Hosted, "https://school.example/a/5"},
		{"an SVG with an address and the badge", element(`<openbadges:assertion verify="https://school.example/x"><![CDATA[` + string(marshal(award())) + `]]></openbadges:assertion>`), "baked-svg+json", Hosted, "https://school.example/a/1"},
		{"an SVG with a token", element(`<openbadges:assertion verify="` + jws + `"/>`), "baked-svg+jws", BadgeJWS, "https://school.example/key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open(c.in)
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			o, suite, method := found[0], "", ""
			if len(o.Proofs) == 1 {
				suite, method = o.Proofs[0].Suite, o.Proofs[0].Method
			}
			if o.Form != c.form || suite != c.suite || method != c.method || len(o.Flaws) != 0 {
				t.Errorf("form %s, proof %s by %s, flaws %v", o.Form, suite, method, o.Flaws)
			}
			if !IsOpenBadge(o.Doc) || len(o.Sealed) == 0 || string(o.Raw) != string(c.in) {
				t.Errorf("not kept: %+v", o)
			}
		})
	}
}

// TestNoOpenBadges: what only looks like an award of version 1 or 2.
func TestNoOpenBadges(t *testing.T) {
	for name, m := range map[string]map[string]any{
		"a W3C credential":     with(doc20(), "badge", "https://x.example", "recipient", "x"),
		"Blockcerts":           with(award(), "@context", []any{"https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"}),
		"a proof of its own":   with(award(), "signature", map[string]any{"type": "MerkleProof2017"}),
		"a class":              {"type": "BadgeClass", "id": "https://school.example/b/1", "criteria": "x", "issuer": "y"},
		"a profile":            {"type": "Issuer", "id": "https://school.example", "verification": map[string]any{"allowedOrigins": "school.example"}},
		"an endorsement of 3":  {"type": []any{"VerifiableCredential", "EndorsementCredential"}, "credentialSubject": map[string]any{}},
		"an address of no web": {"verify": map[string]any{"url": "ftp://school.example/a"}},
	} {
		if IsOpenBadge(m) {
			t.Errorf("%s taken for an Open Badge of version 1 or 2", name)
		}
	}
}

// TestBakedAsItsGeneration: a badge of version 2 is put into a picture where readers
// of version 2 look for it.
func TestBakedAsItsGeneration(t *testing.T) {
	for name, c := range map[string]struct {
		text []byte
		want []string
	}{
		"version 2": {marshal(award()), []string{"iTXtopenbadges\x00", `<openbadges:assertion xmlns:openbadges="http://openbadges.org" verify="https://school.example/a/1"><![CDATA[{`}},
		"a token":   {[]byte(token(eddsa(), signedAward())), []string{"iTXtopenbadges\x00", `<openbadges:assertion xmlns:openbadges="http://openbadges.org" verify="ey`}},
		"version 3": {marshal(doc20()), []string{"iTXtopenbadgecredential\x00", `<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><![CDATA[{`}},
	} {
		for i, pic := range [][]byte{picture(), svg("")} {
			if out, err := Bake(pic, c.text); err != nil || !bytes.Contains(out, []byte(c.want[i])) {
				t.Errorf("%s: no %q, %v", name, c.want[i], err)
			}
		}
	}
}

// TestBakedCorpus: pictures of the first years of Open Badges give their address or
// their badge, and hold the same after they were baked again.
func TestBakedCorpus(t *testing.T) {
	for name, c := range map[string]struct{ form, at string }{
		"badgeallianc__demobadge.png": {"baked-png+json", "http://young-basin-5816.herokuapp.com/public/assertions/459248023d916dd4a84c420cf8ad3f978648bb19"},
		"mozilla__valid-baked.png":    {"baked-png+json", "https://example.org/assertion"},
		"mozilla__baked.svg":          {"baked-svg+json", "http://example.org"},
	} {
		raw := testkit.File(t, "ob2-baked", name)
		found, err := Open(raw)
		if err != nil || len(found) != 1 || found[0].Form != c.form || found[0].Proofs[0].Method != c.at {
			t.Errorf("%s: %v, %v", name, found, err)
			continue
		}
		sealed := found[0].Sealed
		if sealed[0] != '{' { // a bare address: nothing that is baked today
			continue
		}
		out, err := Bake(raw, sealed)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, err := Open(out); err != nil || !bytes.Equal(again[0].Sealed, sealed) || noteCodes(again[0]) != "" {
			t.Errorf("%s: baked again, %v", name, err)
		}
	}
}
