package cborld

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// at is where the contexts of the tests stand. The letters of its terms number
// them: Box 100, Thing 102, day 104, id 106, key 108, link 110, made 112, name 114,
// sec 116, suite 118, type 120, xsd 122.
const at = "https://x.example/v1"

const testContext = `{"@context": {
  "@protected": true, "@version": 1.1, "id": "@id", "type": "@type", "gone": null,
  "xsd": "http://www.w3.org/2001/XMLSchema#", "sec": "https://w3id.org/security#",
  "name": "x:name", "link": {"@id": "x:link", "@type": "@id"},
  "day": {"@id": "x:day", "@type": "xsd:date"}, "made": {"@id": "x:made", "@type": "xsd:dateTime"},
  "key": {"@id": "x:key", "@type": "sec:multibase"}, "suite": {"@id": "x:suite", "@type": "sec:cryptosuiteString"},
  "Thing": {"@id": "x:Thing", "@context": {"inner": {"@id": "x:inner", "@type": "@id"}, "name": {"@id": "x:other", "@type": "@id"}}},
  "Box": {"@id": "x:Box", "@context": {"@import": "https://x.example/base", "lid": "x:lid"}}
}}`

func testContexts(url string) ([]byte, bool) {
	pages := map[string]string{
		at:                        testContext,
		"https://x.example/base":  `{"@context": {"base": "x:base"}}`,
		"https://x.example/list":  `{"@context": [{"a": "x:a"}]}`,
		"https://x.example/twice": `{"@context": {}, "@context": {}}`,
	}
	page, ok := pages[url]
	return []byte(page), ok
}

type m = map[any]any

// current packs a document as CBOR-LD 1.0 with a registry entry.
func current(t testing.TB, entry int, doc any) []byte {
	return testkit.CBOR(t, cbor.Tag{Number: tagCurrent, Content: []any{entry, doc}})
}

func tagged(t testing.TB, tag uint64, doc any) []byte {
	return testkit.CBOR(t, cbor.Tag{Number: tag, Content: doc})
}

// typed has the context and more.
func typed(more m) m {
	out := m{0: at}
	for k, v := range more {
		out[k] = v
	}
	return out
}

func TestDecode(t *testing.T) {
	bytes16, _ := hex.DecodeString("188e8450269e11ebb545d3692cf35398")
	cases := []struct {
		name string
		doc  m
		want string // without the context
	}{
		{"text", typed(m{114: "Ada"}), `{"name":"Ada"}`},
		{"a list of text", typed(m{115: []any{"Ada", "Bob"}}), `{"name":["Ada","Bob"]}`},
		{"a list in a list", typed(m{114: []any{[]any{"a"}, 1}}), `{"name":[["a"],1]}`},
		{"numbers and others", typed(m{115: []any{1, -2, 1.5, 1e300, true, nil}}), `{"name":[1,-2,1.5,1e+300,true,null]}`},
		{"a name that is not packed", typed(m{"note": "hi"}), `{"note":"hi"}`},
		{"a keyword", typed(m{114: m{6: "hi", 18: "en"}}), `{"name":{"@language":"en","@value":"hi"}}`},
		{"a type", typed(m{120: 102}), `{"type":"Thing"}`},
		{"types", typed(m{121: []any{102, "Other"}}), `{"type":["Thing","Other"]}`},
		{"@type itself", typed(m{2: 102}), `{"@type":"Thing"}`},
		{"an address", typed(m{110: []any{2, "a.example"}}), `{"link":"https://a.example"}`},
		{"addresses", typed(m{111: []any{[]any{1, "a.example"}, "urn:x"}}), `{"link":["http://a.example","urn:x"]}`},
		{"a UUID", typed(m{106: []any{3, bytes16}}), `{"id":"urn:uuid:188e8450-269e-11eb-b545-d3692cf35398"}`},
		{"a UUID as text", typed(m{106: []any{3, "188E"}}), `{"id":"urn:uuid:188E"}`},
		{"a did:key", typed(m{106: []any{1025, []byte{1, 2}}}), `{"id":"did:key:z5T"}`},
		{"a did:key with a fragment", typed(m{106: []any{1025, []byte{1, 2}, "k"}}), `{"id":"did:key:z5T#k"}`},
		{"a DID in text", typed(m{106: []any{1024, "abc", []byte{1}}}), `{"id":"did:v1:nym:abc#z2"}`},
		{"data", typed(m{110: []any{4, "image/png", []byte{1, 2}}}), `{"link":"data:image/png;base64,AQI="}`},
		{"data as text", typed(m{110: []any{4, "text/plain,hi"}}), `{"link":"data:text/plain,hi"}`},
		{"a day", typed(m{104: 1609459200}), `{"day":"2021-01-01"}`},
		{"a day as text", typed(m{104: "2021-01-01Z"}), `{"day":"2021-01-01Z"}`},
		{"a moment", typed(m{112: 1609459201}), `{"made":"2021-01-01T00:00:01Z"}`},
		{"a moment before 1970", typed(m{112: -1}), `{"made":"1969-12-31T23:59:59Z"}`},
		{"milliseconds", typed(m{112: []any{1609459201, 7}}), `{"made":"2021-01-01T00:00:01.007Z"}`},
		{"base58", typed(m{108: []byte{'z', 1, 2}}), `{"key":"z5T"}`},
		{"base64url", typed(m{108: []byte{'u', 0xff}}), `{"key":"u_w"}`},
		{"base64", typed(m{108: []byte{'M', 0xff}}), `{"key":"M/w=="}`},
		{"a suite as text", typed(m{118: "eddsa-rdfc-2022"}), `{"suite":"eddsa-rdfc-2022"}`},
		{"a context of a type", typed(m{120: 102, 124: 102, 114: []any{2, "a"}}), `{"inner":"Thing","name":"https://a","type":"Thing"}`},
		{"which ends inside", typed(m{120: 102, 124: m{114: "Ada"}}), `{"inner":{"name":"Ada"},"type":"Thing"}`},
		{"a context of a name, which goes on", typed(m{100: m{114: m{126: "up", 124: "down"}}}), `{"Box":{"name":{"base":"down","lid":"up"}}}`},
		{"a context inside", typed(m{114: m{0: m{"own": "x:own"}, 124: 1}}), `{"name":{"@context":{"own":"x:own"},"own":1}}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode(current(t, 1, c.doc), testContexts)
			if err != nil {
				t.Fatal(err)
			}
			doc := got.(map[string]any)
			if doc["@context"] != at {
				t.Errorf("context %v", doc["@context"])
			}
			delete(doc, "@context")
			if b, err := json.Marshal(doc); err != nil || string(b) != c.want {
				t.Errorf("got %s, %v, want %s", b, err, c.want)
			}
		})
	}
}

func TestForms(t *testing.T) {
	doc := m{0: at, 114: "Ada"}
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"1.0, not packed", current(t, 0, map[string]any{"a": []any{1, map[string]any{"b": nil}}}), `{"a":[1,{"b":null}]}`},
		{"1.0, several", current(t, 1, []any{doc, m{0: at, 114: "Bob"}}), `[{"@context":"https://x.example/v1","name":"Ada"},{"@context":"https://x.example/v1","name":"Bob"}]`},
		{"1.0, a list of contexts", current(t, 1, m{1: []any{at, m{"own": "x:own"}}, 124: 1}), `{"@context":["https://x.example/v1",{"own":"x:own"}],"own":1}`},
		{"before, not packed", tagged(t, tagPlain, map[string]any{"a": 1}), `{"a":1}`},
		{"before, several of none", tagged(t, tagPacked, []any{}), `[]`},
		{"a suite by its number", tagged(t, tagPacked, typed(m{118: 3})), `{"@context":"https://x.example/v1","suite":"eddsa-rdfc-2022"}`},
		{"an address by its number", tagged(t, tagPacked, typed(m{110: 33})), `{"@context":"https://x.example/v1","link":"https://www.w3.org/ns/credentials/v2"}`},
		{"text by its number", tagged(t, tagPacked, typed(m{114: []byte{33}})), `{"@context":"https://x.example/v1","name":"https://www.w3.org/ns/credentials/v2"}`},
		{"the range, not packed", tagged(t, tagRange, map[string]any{"a": 1}), `{"a":1}`},
		{"the range, packed", tagged(t, tagRange+1, doc), `{"@context":"https://x.example/v1","name":"Ada"}`},
		{"the range, packed, with a rest", tagged(t, tagRange+1, []any{[]byte{}, doc}), `{"@context":"https://x.example/v1","name":"Ada"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode(c.in, testContexts)
			if b, _ := json.Marshal(got); err != nil || string(b) != c.want {
				t.Errorf("got %s, %v, want %s", b, err, c.want)
			}
			if !Claims(c.in) {
				t.Error("not told by its tag")
			}
		})
	}
}

func TestRefused(t *testing.T) {
	good := current(t, 1, typed(m{114: "Ada"}))
	deep := any(m{114: "x"})
	for range 40 {
		deep = m{114: deep}
	}
	for _, c := range []struct {
		name string
		in   []byte
		want error
	}{
		{"nothing", nil, ErrForm},
		{"cut short", good[:len(good)-1], ErrForm},
		{"something after", append(bytes.Clone(good), 0), ErrForm},
		{"another tag", tagged(t, 18, m{}), ErrForm},
		{"no registry entry", tagged(t, tagCurrent, m{}), ErrForm},
		{"a registry entry that is none", tagged(t, tagCurrent, []any{-1, m{}}), ErrForm},
		{"a table nobody knows", current(t, 100, typed(nil)), ErrTable},
		{"a table in the range", tagged(t, tagRange+0x90, []any{[]byte{0x4e}, m{}}), ErrTable},
		{"a number too long", tagged(t, tagRange+0x81, []any{[]byte{0}, m{}}), ErrForm},
		{"a context by a number", current(t, 1, m{0: 17}), ErrTable},
		{"an old context nobody knows", tagged(t, tagPacked, m{0: 15}), ErrTable},
		{"a term nobody knows", current(t, 1, typed(m{124: 1})), ErrForm},
		{"a term below zero", current(t, 1, typed(m{-100: 1})), ErrForm},
		{"a key that is neither", current(t, 1, typed(m{true: 1})), ErrForm},
		{"a number that is no list", current(t, 1, typed(m{115: "Ada"})), ErrForm},
		{"one name in two ways", current(t, 1, typed(m{114: "Ada", "name": "Bob"})), ErrForm},
		{"one name as one and as several", current(t, 1, typed(m{114: "Ada", 115: []any{"Bob"}})), ErrForm},
		{"contexts in two ways", current(t, 1, m{0: at, 1: []any{at}}), ErrForm},
		{"contexts by name", current(t, 1, typed(m{"@context": "x"})), ErrForm},
		{"contexts that are no list", current(t, 1, m{1: at}), ErrForm},
		{"a type nobody knows", current(t, 1, typed(m{120: 124})), ErrForm},
		{"bytes that stand for nothing", current(t, 1, typed(m{114: []byte{1}})), ErrForm},
		{"bytes for an address", current(t, 1, typed(m{110: []byte{1}})), ErrTable},
		{"old bytes that stand for nothing", tagged(t, tagPacked, typed(m{114: []byte{1}})), ErrTable},
		{"an old suite nobody knows", tagged(t, tagPacked, typed(m{118: 9})), ErrTable},
		{"a base nobody knows", current(t, 1, typed(m{108: []byte{'q', 1}})), ErrForm},
		{"a base of nothing", current(t, 1, typed(m{108: []byte{}})), ErrForm},
		{"a long base58", current(t, 1, typed(m{108: append([]byte{'z'}, make([]byte, maxBase58+1)...)})), ErrTooLarge},
		{"a long DID", current(t, 1, typed(m{106: []any{1025, make([]byte, maxBase58+1)}})), ErrTooLarge},
		{"a UUID of two bytes", current(t, 1, typed(m{106: []any{3, []byte{1, 2}}})), ErrForm},
		{"an address of nothing", current(t, 1, typed(m{106: []any{2}})), ErrForm},
		{"a day beyond all calendars", current(t, 1, typed(m{104: int64(1) << 60})), ErrForm},
		{"too many milliseconds", current(t, 1, typed(m{112: []any{1, 1000}})), ErrForm},
		{"a tag inside", current(t, 1, typed(m{114: cbor.Tag{Number: 99, Content: 1}})), ErrForm},
		{"a list where an object is due", current(t, 1, []any{[]any{}}), ErrForm},
		{"too deep", current(t, 1, deep), ErrForm},
		{"too large", append([]byte{0xd9, 0xcb, 0x1d}, make([]byte, MaxBytes)...), ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Decode(c.in, testContexts); !errors.Is(err, c.want) {
				t.Errorf("got %v, %v, want %v", got, err, c.want)
			}
		})
	}
}

func TestContextsNotAtHand(t *testing.T) {
	for _, url := range []string{"https://y.example/v1", "https://x.example/list", "https://x.example/twice", ""} {
		_, err := Decode(current(t, 1, m{0: url}), testContexts)
		var unknown *ContextError
		if !errors.As(err, &unknown) || unknown.URL != url {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestBombs: a few bytes ask for much, and are refused before they get it.
func TestBombs(t *testing.T) {
	addresses := make([]any, 60000)
	for i := range addresses {
		addresses[i] = 33
	}
	objects := make([]any, 60000)
	for i := range objects {
		objects[i] = m{102: 100} // t: T
	}
	own := m{"t": "@type", "T": m{"@id": "x:T", "@context": m{"x": "x:x"}}}
	for i := range 2000 {
		own[fmt.Sprintf("term%d", i)] = "x:a"
	}
	for name, in := range map[string][]byte{
		"long texts for numbers":         tagged(t, tagPacked, typed(m{111: []any{addresses, addresses, addresses, addresses, addresses, addresses, addresses, addresses}})),
		"a large context, over and over": current(t, 1, m{0: own, "a": objects}),
	} {
		if _, err := Decode(in, testContexts); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s (%d bytes): %v, want ErrTooLarge", name, len(in), err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(current(f, 1, typed(m{120: 102, 124: m{114: "Ada"}, 106: []any{1025, []byte{1}}, 112: []any{1, 2}, 108: []byte{'z', 1}})))
	f.Add(tagged(f, tagPacked, typed(m{118: 3, 110: 33, 114: []byte{33}, 100: m{114: m{126: "up"}}})))
	f.Add(tagged(f, tagRange+1, []any{[]byte{}, m{1: []any{at, m{"own": "x:own"}}, 124: 1}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := Decode(b, testContexts)
		if err != nil {
			var unknown *ContextError
			if !errors.As(err, &unknown) && !errors.Is(err, ErrForm) && !errors.Is(err, ErrTable) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		if _, err := json.Marshal(v); err != nil {
			t.Errorf("no JSON: %v", err)
		}
	})
}
