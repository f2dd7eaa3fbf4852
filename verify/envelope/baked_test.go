package envelope

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

func noteCodes(o *Opened) string {
	var out []string
	for _, n := range o.Notes {
		out = append(out, n.Code)
	}
	return strings.Join(out, " ")
}

func TestBakedPNG(t *testing.T) {
	const word, old = "openbadgecredential", "openbadges"
	doc, jwt := marshal(doc20()), []byte(token(eddsa("typ", "JWT"), flat(doc20())))
	bad := textChunk("iTXt", word, "\x00\x00\x00\x00", doc)
	bad[len(bad)-1] ^= 1
	whole := pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", doc))
	latin := marshal(with(doc20(), "name", "Ren\xe9"))
	cases := []struct {
		name        string
		in          []byte
		form, notes string
	}{
		{"by the book", whole, "baked-png+json", ""},
		{"a token", pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", jwt)), "baked-png+jwt", ""},
		{"a token with disclosures", pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", []byte(disclosing(t, eddsa("typ", "dc+sd-jwt"), idCard())))), "baked-png+sd-jwt", ""},
		{"with a language and a translated keyword", pngWith(false, textChunk("iTXt", word, "\x00\x00en\x00badge\x00", doc)), "baked-png+json", ""},
		{"compressed", pngWith(false, textChunk("iTXt", word, "\x01\x00\x00\x00", deflate(doc))), "baked-png+json", ""},
		{"the old keyword", pngWith(false, textChunk("iTXt", old, "\x00\x00\x00\x00", doc)), "baked-png+json", ""},
		{"tEXt", pngWith(false, textChunk("tEXt", old, "", doc)), "baked-png+json", ""},
		{"tEXt in Latin-1", pngWith(false, textChunk("tEXt", old, "", bytes.ReplaceAll(latin, []byte("\ufffd"), []byte("\xe9")))), "baked-png+json", ""},
		{"zTXt", pngWith(false, textChunk("zTXt", word, "\x00", deflate(doc))), "baked-png+json", ""},
		{"after the image data", pngWith(true, textChunk("iTXt", word, "\x00\x00\x00\x00", doc)), "baked-png+json", ""},
		{"with a wrong check number", pngWith(false, bad), "baked-png+json", "shape.png-crc"},
		{"with two badges", pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", doc), textChunk("iTXt", word, "\x00\x00\x00\x00", jwt)), "baked-png+json", "shape.baked-several"},
		{"with an old one before it", pngWith(false, textChunk("tEXt", old, "", []byte("https://x.example/1")), textChunk("iTXt", word, "\x00\x00\x00\x00", jwt)), "baked-png+jwt", ""},
		{"cut after the badge", whole[:len(whole)-20], "baked-png+json", "shape.png-cut"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open(c.in)
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			o := found[0]
			if o.Form != c.form || noteCodes(o) != c.notes || !bytes.Equal(o.Raw, c.in) || len(o.Doc) == 0 {
				t.Errorf("form %s, notes %q", o.Form, noteCodes(o))
			}
		})
	}
}

func TestPicturesWithoutABadge(t *testing.T) {
	const word = "openbadgecredential"
	plain := picture()
	bomb := pngWith(false, textChunk("iTXt", word, "\x01\x00\x00\x00", deflate(make([]byte, maxBaked+1))))
	cases := []struct {
		name string
		in   []byte
		code string
	}{
		{"a plain PNG", plain, "input.picture-empty"},
		{"the keyword in another chunk", pngWith(false, textChunk("tEXt", "Comment", "", []byte(word+"\x00{}"))), "input.picture-empty"},
		{"cut before any badge", plain[:len(plain)-20], "input.picture-damaged"},
		{"only the signature", plain[:8], "input.picture-damaged"},
		{"too much when unpacked", bomb, "input.picture-damaged"},
		{"packed badly", pngWith(false, textChunk("iTXt", word, "\x01\x00\x00\x00", []byte("x"))), "input.picture-damaged"},
		{"packed in an unknown way", pngWith(false, textChunk("iTXt", word, "\x01\x07\x00\x00", deflate(marshal(doc20())))), "input.picture-damaged"},
		{"a header without an end", pngWith(false, textChunk("iTXt", word, "\x00\x00", []byte("en"))), "input.picture-damaged"},
		{"a picture in a picture", pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", plain)), "input.picture-empty"},
		{"a web page", pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", []byte("<!DOCTYPE html><html></html>"))), "input.web-page"},
		{"nothing", pngWith(false, textChunk("iTXt", word, "\x00\x00\x00\x00", nil)), "input.empty"},
		{"a plain SVG", svg(""), "input.picture-empty"},
		{"a broken SVG", []byte(`<svg><g></svg>`), "input.picture-damaged"},
		{"an SVG of nothing but elements", svg(strings.Repeat("<g/>", maxElements)), "input.picture-damaged"},
		{"an SVG of nothing but attributes", svg("<g " + strings.Repeat(`a="" `, maxElements+1) + "/>"), "input.picture-damaged"},
		{"an entity that XML does not have", svg(`<text>&badge;</text>`), "input.picture-damaged"},
		{"an SVG with entities", []byte(`<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>`), "input.dtd"},
		{"the element of another namespace", svg(`<credential xmlns="https://x.example">{"type":"VerifiableCredential"}</credential>`), "input.picture-empty"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Open(c.in); fault.Code(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestBakedSVG(t *testing.T) {
	doc, jwt := string(marshal(doc20())), token(eddsa("typ", "JWT"), flat(doc20()))
	cases := []struct{ name, inner, form, notes string }{
		{"a token", fmt.Sprintf(`<openbadges:credential verify="%s"></openbadges:credential>`, jwt), "baked-svg+jwt", ""},
		{"JSON", "<openbadges:credential>\n<![CDATA[\n" + doc + "\n]]></openbadges:credential>", "baked-svg+json", ""},
		{"both: the signed form counts", fmt.Sprintf(`<openbadges:credential verify="%s"><![CDATA[%s]]></openbadges:credential>`, jwt, doc), "baked-svg+jwt", ""},
		{"the namespace of the context", `<x:credential xmlns:x="https://purl.imsglobal.org/spec/ob/v3p0"><![CDATA[` + doc + `]]></x:credential>`, "baked-svg+json", ""},
		{"the element of Open Badges 2.0", `<x:assertion xmlns:x="http://openbadges.org" verify="` + jwt + `"/>`, "baked-svg+jwt", ""},
		{"two badges", strings.Repeat(`<openbadges:credential verify="`+jwt+`"/>`, 2), "baked-svg+jwt", "shape.baked-several"},
		{"deeper in the picture", `<defs><metadata><openbadges:credential verify="` + jwt + `"/></metadata></defs>`, "baked-svg+jwt", ""},
		{"broken after the badge", `<openbadges:credential verify="` + jwt + `"/></g>`, "baked-svg+jwt", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, err := Open(svg(c.inner))
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			if o := found[0]; o.Form != c.form || noteCodes(o) != c.notes || len(o.Doc) == 0 {
				t.Errorf("form %s, notes %q", o.Form, noteCodes(o))
			}
		})
	}
}

func TestBakeAndTakeOut(t *testing.T) {
	texts := map[string][]byte{
		"JSON":                  marshal(doc20()),
		"JSON with a CDATA end": marshal(with(doc20(), "name", "a]]>b]]>")),
		"a token":               []byte(token(eddsa("typ", "JWT"), flat(doc20()))),
		"a token in parts":      []byte(disclosing(t, eddsa("typ", "dc+sd-jwt"), idCard())),
		"version 2":             marshal(with(award(), "id", "https://school.example/a?b=1&c=2")),
		"a token of version 2":  []byte(token(eddsa(), signedAward())),
	}
	pictures := map[string][]byte{
		"PNG":                     picture(),
		"PNG with a badge":        pngWith(true, textChunk("tEXt", "openbadges", "", []byte("https://x.example/1"))),
		"SVG":                     svg("<g/>"),
		"SVG with two badges":     svg(`<openbadges:credential verify="x"/><g/><openbadges:credential><![CDATA[{}]]></openbadges:credential>`),
		"empty SVG":               []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"empty SVG with a prefix": []byte(`<s:svg xmlns:s="http://www.w3.org/2000/svg" />`),
	}
	for p, pic := range pictures {
		for name, text := range texts {
			t.Run(p+" and "+name, func(t *testing.T) {
				before := bytes.Clone(pic)
				out, err := Bake(pic, text)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(before, pic) {
					t.Fatal("the picture handed in was changed")
				}
				found, err := Open(out)
				if err != nil || len(found) != 1 || !bytes.Equal(found[0].Sealed, text) || noteCodes(found[0]) != "" {
					t.Fatalf("%v, %v\n%s", found, err, out)
				}
				again, err := Bake(out, found[0].Sealed)
				if err != nil || !bytes.Equal(again, out) {
					t.Errorf("baking again: %v\n%s\n%s", err, out, again)
				}
			})
		}
	}
}

func TestBakeRefuses(t *testing.T) {
	doc := marshal(doc20())
	for name, c := range map[string]struct{ picture, text []byte }{
		"no badge":     {picture(), []byte("https://x.example")},
		"no picture":   {[]byte("GIF89a"), doc},
		"a cut PNG":    {picture()[:20], doc},
		"a broken SVG": {[]byte("<svg><g></svg>"), doc},
		"SVG with DTD": {[]byte(`<!DOCTYPE svg [<!ENTITY a "b">]><svg/>`), doc},
		"no input":     {nil, nil},
	} {
		if _, err := Bake(c.picture, c.text); err == nil {
			t.Errorf("%s: baked", name)
		}
	}
}
