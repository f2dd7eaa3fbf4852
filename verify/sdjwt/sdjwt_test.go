package sdjwt

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/jose"
)

var (
	issuer = ed25519.NewKeyFromSeed(make([]byte, 32))
	edDSA  = map[string]any{"alg": "EdDSA", "typ": "dc+sd-jwt"}
)

func random() *rand.ChaCha8 { return rand.NewChaCha8([32]byte{7}) }

func issue(t testing.TB, d Draft) string {
	t.Helper()
	d.Header = edDSA
	text, err := Issue(d, random(), issuer)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// signed signs a payload as it is, so that broken ones can be made.
func signed(t testing.TB, payload string, disclosures ...string) string {
	t.Helper()
	token, err := jose.Sign(edDSA, []byte(payload), issuer)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(append([]string{token}, disclosures...), "~") + "~"
}

func digest(raw string) string { return hashes["sha-256"].of(raw) }

// dis writes a disclosure as given.
func dis(text string) string { return encode([]byte(text)) }

func TestParseRefuses(t *testing.T) {
	sound := issue(t, Draft{Claims: map[string]any{"a": Hidden{"b"}}})
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"empty":                    {"", ErrTilde},
		"no tilde":                 {strings.TrimRight(sound, "~"), ErrTilde},
		"last tilde missing":       {sound[:len(sound)-1], ErrTilde},
		"only a tilde":             {"~", ErrToken},
		"not a token":              {"abc~", ErrToken},
		"payload is no object":     {signed(t, `[]`), ErrToken},
		"payload has a name twice": {signed(t, `{"a":1,"a":2}`), ErrToken},
		"dots after the tilde":     {sound + "a.b", ErrTilde},
	} {
		t.Run(name, func(t *testing.T) {
			if s, err := Parse(c.text); !errors.Is(err, c.want) {
				t.Errorf("got %v and %v, want %v", s, err, c.want)
			}
		})
	}
}

type flawCase struct {
	text string
	want error
}

// TestFlaws has one case for each rule of RFC 9901, section 7.1.
func TestFlaws(t *testing.T) {
	d, other, el := dis(`["s","name","x"]`), dis(`["s","name","y"]`), dis(`["s","x"]`)
	sd := func(ds ...string) string { b, _ := json.Marshal(ds); return string(b) }
	for name, c := range map[string]flawCase{
		"unknown hash":                  {signed(t, `{"_sd_alg":"md5"}`), ErrHash},
		"hash is no text":               {signed(t, `{"_sd_alg":1}`), ErrHash},
		"disclosure is not base64url":   {signed(t, `{}`, "!!"), ErrDisclosure},
		"disclosure is padded":          {signed(t, `{}`, d+"="), ErrDisclosure},
		"disclosure is empty":           {signed(t, `{}`, ""), ErrDisclosure},
		"disclosure is no array":        {signed(t, `{}`, dis(`{}`)), ErrDisclosure},
		"disclosure of one":             {signed(t, `{}`, dis(`["s"]`)), ErrDisclosure},
		"disclosure of four":            {signed(t, `{}`, dis(`["s","a",1,2]`)), ErrDisclosure},
		"salt is no text":               {signed(t, `{}`, dis(`[1,"a",2]`)), ErrDisclosure},
		"name is no text":               {signed(t, `{}`, dis(`["s",1,2]`)), ErrDisclosure},
		"name twice inside":             {signed(t, `{}`, dis(`["s","a",{"b":1,"b":2}]`)), ErrDisclosure},
		"unreferenced":                  {signed(t, `{}`, d), ErrUnreferenced},
		"referenced by a held back one": {signed(t, fmt.Sprintf(`{"_sd":%s}`, sd(digest(dis(fmt.Sprintf(`["s","p",{"_sd":%s}]`, sd(digest(d))))))), d), ErrUnreferenced},
		"disclosure twice":              {signed(t, fmt.Sprintf(`{"_sd":%s}`, sd(digest(d))), d, d), ErrTwice},
		"digest twice at a level":       {signed(t, fmt.Sprintf(`{"_sd":%s}`, sd(digest(d), digest(d))), d), ErrTwice},
		"digest twice at two levels":    {signed(t, fmt.Sprintf(`{"_sd":%s,"a":{"_sd":%[1]s}}`, sd(digest(d))), d), ErrTwice},
		"digest of a decoy twice":       {signed(t, `{"_sd":["x"],"a":[{"...":"x"}]}`), ErrTwice},
		"name is there already":         {signed(t, fmt.Sprintf(`{"name":1,"_sd":%s}`, sd(digest(d))), d), ErrCollision},
		"two disclose one name":         {signed(t, fmt.Sprintf(`{"_sd":%s}`, sd(digest(d), digest(other))), d, other), ErrCollision},
		"discloses _sd":                 {signed(t, fmt.Sprintf(`{"_sd":%s}`, sd(digest(dis(`["s","_sd",[]]`)))), dis(`["s","_sd",[]]`)), ErrReserved},
		"discloses ...":                 {signed(t, fmt.Sprintf(`{"_sd":%s}`, sd(digest(dis(`["s","...",1]`)))), dis(`["s","...",1]`)), ErrReserved},
		"element in an object":          {signed(t, fmt.Sprintf(`{"_sd":%s}`, sd(digest(el))), el), ErrDisclosure},
		"member in an array":            {signed(t, fmt.Sprintf(`{"a":[{"...":%q}]}`, digest(d)), d), ErrDisclosure},
		"_sd is no list":                {signed(t, `{"_sd":"x"}`), ErrReserved},
		"_sd lists no texts":            {signed(t, `{"_sd":[1]}`), ErrReserved},
		"... outside an array":          {signed(t, `{"a":{"...":"x"}}`), ErrReserved},
		"... beside another member":     {signed(t, `{"a":[{"...":"x","b":1}]}`), ErrReserved},
		"... of no text":                {signed(t, `{"a":[{"...":1}]}`), ErrReserved},
		"_sd_alg below the top":         {signed(t, `{"a":{"_sd_alg":"sha-256"}}`), ErrReserved},
		"nested too deeply":             deepCase(t),
		"binding is no token":           {signed(t, `{}`) + "a.b.c", ErrKeyBinding},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Parse(c.text)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, f := range s.Flaws {
				found = found || errors.Is(f.Err, c.want)
			}
			if !found {
				t.Errorf("flaws %v, want %v", s.Flaws, c.want)
			}
			if s.Claims() == nil || s.Token == nil {
				t.Error("nothing to judge was given")
			}
		})
	}
}

// deepCase nests disclosures one in the other, more than JSON itself may nest.
func deepCase(t *testing.T) flawCase {
	t.Helper()
	raw := dis(`["s","n",1]`)
	raws := []string{raw}
	for range 120 {
		raw = dis(fmt.Sprintf(`["s","n",{"_sd":[%q]}]`, digest(raw)))
		raws = append(raws, raw)
	}
	return flawCase{signed(t, fmt.Sprintf(`{"_sd":[%q]}`, digest(raw)), raws...), ErrDepth}
}

func nested() map[string]any {
	return map[string]any{
		"vct": "https://example.org/badge", "name": Hidden{"Maya"},
		"address": Hidden{map[string]any{"city": Hidden{"Bern"}, "street/no~": Hidden{"Gasse 1"}, "country": "CH"}},
		"skills":  []any{"cooking", Hidden{"serving"}, Hidden{[]any{Hidden{"x"}, "y"}}},
	}
}

func TestPaths(t *testing.T) {
	s := good(t, issue(t, Draft{Claims: nested(), Decoys: 2}))
	got := map[string]string{}
	for _, d := range s.Disclosures {
		parent := ""
		if d.Parent >= 0 {
			parent = s.Disclosures[d.Parent].Path
		}
		got[d.Path] = parent
	}
	want := map[string]string{
		"/name": "", "/address": "", "/address/city": "/address", "/address/street~1no~0": "/address",
		"/skills/1": "", "/skills/2": "", "/skills/2/0": "/skills/2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paths and parents (-want +got):\n%s", diff)
	}
}

func TestPresent(t *testing.T) {
	s := good(t, issue(t, Draft{Claims: nested(), Decoys: 1, Hash: "sha-512"}))
	for name, c := range map[string]struct {
		paths []string
		want  map[string]any
	}{
		"nothing":    {nil, map[string]any{"vct": "https://example.org/badge", "skills": []any{"cooking"}}},
		"a parent":   {[]string{"/address"}, map[string]any{"vct": "https://example.org/badge", "skills": []any{"cooking"}, "address": map[string]any{"country": "CH"}}},
		"a child":    {[]string{"/address/city"}, map[string]any{"vct": "https://example.org/badge", "skills": []any{"cooking"}, "address": map[string]any{"country": "CH", "city": "Bern"}}},
		"an element": {[]string{"/skills/2/0"}, map[string]any{"vct": "https://example.org/badge", "skills": []any{"cooking", []any{"x", "y"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := s.Present(c.paths)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, good(t, text).Claims()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, path := range []string{"/vct", "/nothing", "", "/skills/9"} {
		if _, err := s.Present([]string{path}); !errors.Is(err, ErrPath) {
			t.Errorf("path %q: %v", path, err)
		}
	}
}

func TestHashes(t *testing.T) {
	for alg := range hashes {
		t.Run(alg, func(t *testing.T) {
			s := good(t, issue(t, Draft{Claims: nested(), Hash: alg}))
			if s.Hash != alg || len(s.Disclosures) != 7 {
				t.Errorf("hash %s, %d disclosures", s.Hash, len(s.Disclosures))
			}
		})
	}
	if _, err := Issue(Draft{Header: edDSA, Hash: "md5"}, random(), issuer); !errors.Is(err, ErrHash) {
		t.Error(err)
	}
}

// TestTwins changes one letter at a time anywhere in a bound SD-JWT. Something
// has to be noticed each time: by Parse, by a signature, or by the hash.
func TestTwins(t *testing.T) {
	holder, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), append(make([]byte, 31), 9))
	if err != nil {
		t.Fatal(err)
	}
	text, err := Bind(issue(t, Draft{Claims: nested()}), Binding{Audience: "a", Nonce: "n", IssuedAt: time.Unix(1, 0)}, map[string]any{"alg": "ES256"}, holder)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(text string) bool {
		s, err := Parse(text)
		if err != nil || len(s.Flaws) > 0 || s.KB == nil {
			return false
		}
		b, err := s.Binding()
		return err == nil && s.HashHolds(b) && s.Token.Verify(jose.Key{Public: issuer.Public()}) == nil && s.KB.Verify(jose.Key{Public: holder.Public()}) == nil
	}
	if !holds(text) {
		t.Fatal("the sound one does not hold")
	}
	for i := 0; i < len(text); i += 3 {
		letter := byte('A')
		if text[i] == letter {
			letter = 'B'
		}
		if holds(text[:i] + string(letter) + text[i+1:]) {
			t.Errorf("letter %d of %d was changed and nothing noticed", i, len(text))
		}
	}
}

func TestBindRefuses(t *testing.T) {
	text := issue(t, Draft{Claims: nested()})
	bound, err := Bind(text, Binding{}, edDSA, issuer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Bind(bound, Binding{}, edDSA, issuer); !errors.Is(err, ErrKeyBinding) {
		t.Errorf("bound twice: %v", err)
	}
	if _, err := good(t, text).Binding(); !errors.Is(err, ErrNoBinding) {
		t.Errorf("no binding: %v", err)
	}
	for _, payload := range []string{`{"aud":["a"]}`, `{"nonce":1}`, `{"iat":"x"}`, `{"exp":1e99}`, `[]`} {
		kb, err := jose.Sign(map[string]any{"alg": "EdDSA", "typ": TypKB}, []byte(payload), issuer)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse(text + kb)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := s.Binding(); !errors.Is(err, ErrKeyBinding) {
			t.Errorf("%s: %v, %v", payload, b, err)
		}
	}
}

func TestFromJSON(t *testing.T) {
	text := issue(t, Draft{Claims: nested()})
	s := good(t, text)
	p := strings.Split(s.Token.Raw, ".")
	var raws []any
	for _, d := range s.Disclosures {
		raws = append(raws, d.Raw)
	}
	header := map[string]any{"disclosures": raws}
	one := map[string]any{"protected": p[0], "signature": p[2], "header": header}
	flat := map[string]any{"payload": p[1], "protected": p[0], "signature": p[2], "header": header}
	for name, c := range map[string]struct {
		doc  map[string]any
		want string
	}{
		"flattened":        {flat, text},
		"general":          {map[string]any{"payload": p[1], "signatures": []any{one}}, text},
		"two signatures":   {map[string]any{"payload": p[1], "signatures": []any{one, one}}, ""},
		"no payload":       {one, ""},
		"a tilde inside":   {map[string]any{"payload": p[1] + "~x", "protected": p[0], "signature": p[2]}, ""},
		"binding no text":  {map[string]any{"payload": p[1], "protected": p[0], "signature": p[2], "header": map[string]any{"kb_jwt": 1}}, ""},
		"nothing":          {nil, ""},
		"disclosed number": {map[string]any{"payload": p[1], "protected": p[0], "signature": p[2], "header": map[string]any{"disclosures": []any{1}}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := FromJSON(c.doc)
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
