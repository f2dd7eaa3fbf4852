package sdjwt

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestSpecifications issues, presents and reads every test case of the
// specifications, as their own generator does.
func TestSpecifications(t *testing.T) {
	for _, folder := range []struct{ glob, settings string }{
		{"sd-jwt/sd-jwt-python__*.yml", "sd-jwt/sd-jwt-python__settings.yml"},
		{"sd-jwt/disclosure-jwt__*.yml", "sd-jwt/sd-jwt-python__settings.yml"},
		{"sd-jwt-vc/auth-sd-jwt-vc__0*.yml", "sd-jwt-vc/auth-sd-jwt-vc__settings.yml"},
		{"oid4vp/*specification.yml", "oid4vp/oid4vp__sd_jwt_vcld-settings.yml"},
	} {
		settings := specification(t, testkit.Corpus(t, folder.settings))
		files, err := filepath.Glob(filepath.Join(testkit.Corpus(t), folder.glob))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %d files", folder.glob, err, len(files))
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "settings.yml") {
				t.Run(filepath.Base(file), func(t *testing.T) { trySpecification(t, specification(t, file), settings) })
			}
		}
	}
}

func specification(t *testing.T, file string) map[string]any {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := readYAML(string(b))
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

func trySpecification(t *testing.T, spec, settings map[string]any) {
	keys := settings["key_settings"].(map[string]any)
	issuer, holder := issuerKey(t, keys), private(t, keys["holder_key"])
	claims := maps.Clone(spec["user_claims"].(map[string]any))
	draft := Draft{Header: map[string]any{"alg": "ES256"}, Claims: claims}
	if extra, ok := spec["extra_header_parameters"].(map[string]any); ok {
		maps.Copy(draft.Header, extra)
	}
	if spec["add_decoy_claims"] == true {
		draft.Decoys = 3
	}
	text, err := Issue(draft, rand.NewChaCha8([32]byte{}), issuer)
	if err != nil {
		t.Fatal(err)
	}
	whole := good(t, text)
	if err := whole.Token.Verify(jose.Key{Public: issuer.Public()}); err != nil {
		t.Fatal(err)
	}
	var paths []string
	want := reduce(claims, spec["holder_disclosed_claims"], "", &paths)
	shown, err := whole.Present(paths)
	if err != nil {
		t.Fatal(err)
	}
	if said, ok := spec["expect_verified_user_claims"]; ok {
		want = said
	}
	if spec["key_binding"] == true {
		shown = tryBinding(t, shown, settings, holder)
	}
	if diff := cmp.Diff(want, any(good(t, shown).Claims())); diff != "" {
		t.Errorf("claims shown (-want +got):\n%s", diff)
	}
}

func tryBinding(t *testing.T, shown string, settings map[string]any, holder *ecdsa.PrivateKey) string {
	t.Helper()
	want := Binding{
		Audience: settings["identifiers"].(map[string]any)["verifier"].(string),
		Nonce:    settings["key_binding_nonce"].(string), IssuedAt: time.Unix(1683000000, 0).UTC(),
	}
	bound, err := Bind(shown, want, map[string]any{"alg": "ES256"}, holder)
	if err != nil {
		t.Fatal(err)
	}
	s := good(t, bound)
	got, err := s.Binding()
	if err != nil {
		t.Fatal(err)
	}
	if !s.HashHolds(got) || s.KB.Verify(jose.Key{Public: holder.Public()}) != nil {
		t.Error("the binding just made does not hold")
	}
	want.Typ, want.Hash = TypKB, got.Hash
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("binding (-want +got):\n%s", diff)
	}
	return bound
}

func issuerKey(t *testing.T, keys map[string]any) *ecdsa.PrivateKey {
	t.Helper()
	if list, ok := keys["issuer_keys"].([]any); ok {
		return private(t, list[0])
	}
	return private(t, keys["issuer_key"])
}

func private(t *testing.T, jwk any) *ecdsa.PrivateKey {
	t.Helper()
	d, err := base64.RawURLEncoding.DecodeString(jwk.(map[string]any)["d"].(string))
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), d)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// reduce gives claims as they look when only what disclosed names is shown, and
// adds the paths to pick to paths.
func reduce(claims, disclosed any, path string, paths *[]string) any {
	switch claims := claims.(type) {
	case map[string]any:
		names, _ := disclosed.(map[string]any)
		out := map[string]any{}
		for name, v := range claims {
			if kept, ok := choose(v, names[name], path+"/"+escape(name), paths); ok {
				out[name] = kept
			}
		}
		return out
	case []any:
		list, _ := disclosed.([]any)
		out := []any{}
		for i, v := range claims {
			var d any
			if i < len(list) {
				d = list[i]
			}
			if kept, ok := choose(v, d, path+"/"+strconv.Itoa(i), paths); ok {
				out = append(out, kept)
			}
		}
		return out
	}
	return claims
}

func choose(v, disclosed any, path string, paths *[]string) (any, bool) {
	if h, hidden := v.(Hidden); hidden {
		if empty, isMap := disclosed.(map[string]any); disclosed == nil || disclosed == false || isMap && len(empty) == 0 {
			return nil, false
		}
		*paths = append(*paths, path)
		v = h.Value
	}
	return reduce(v, disclosed, path, paths), true
}

// TestTokens takes every token of the corpus apart and checks what each promises.
func TestTokens(t *testing.T) {
	for _, c := range tokenCases(t) {
		t.Run(c.File, func(t *testing.T) {
			text := strings.TrimSpace(string(testkit.File(t, c.File)))
			s, err := Parse(text)
			switch {
			case c.Error:
				if err == nil {
					t.Error("read, though it is to be refused")
				}
			case err != nil:
				t.Fatal(err)
			case breached[filepath.Base(c.File)]:
				if len(s.Flaws) == 0 {
					t.Error("a breach was not seen")
				}
			default:
				tryToken(t, s)
			}
		})
	}
}

// breached are the tokens whose structure itself breaks RFC 9901.
var breached = map[string]bool{
	"go-sd-jwt__b6ff3f49.sdjwt.txt": true, // a disclosure twice
	"go-sd-jwt__c28365a2.sdjwt.txt": true, // a digest twice
}

type tokenCase struct {
	File  string
	Error bool
	Verb  string
}

func tokenCases(t *testing.T) []tokenCase {
	t.Helper()
	var all, out []tokenCase
	if err := json.Unmarshal(testkit.File(t, "EXPECT.json"), &all); err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if strings.HasSuffix(c.File, ".sdjwt.txt") && c.Verb != "skip" && !slices.ContainsFunc(out, func(o tokenCase) bool { return o.File == c.File }) {
			out = append(out, c)
		}
	}
	return out
}

func tryToken(t *testing.T, s *SDJWT) {
	t.Helper()
	if len(s.Flaws) > 0 {
		t.Fatalf("flaws: %v", s.Flaws)
	}
	clean(t, s)
	for i := range s.Disclosures {
		inside := func(d Disclosure) bool {
			for d.Path != s.Disclosures[i].Path && d.Parent >= 0 {
				d = s.Disclosures[d.Parent]
			}
			return d.Path == s.Disclosures[i].Path
		}
		without := good(t, s.Select(func(d Disclosure) bool { return !inside(d) }))
		if len(without.Disclosures) >= len(s.Disclosures) {
			t.Errorf("disclosure %d could not be dropped", i)
		}
	}
}

// good parses text and demands that it has no flaw and leaves nothing behind.
func good(t testing.TB, text string) *SDJWT {
	t.Helper()
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Flaws) > 0 {
		t.Fatalf("flaws: %v", s.Flaws)
	}
	clean(t, s)
	return s
}

func clean(t testing.TB, s *SDJWT) {
	t.Helper()
	digests := map[string]bool{}
	for _, d := range s.Disclosures {
		if d.Path == "" || digests[d.Digest] {
			t.Errorf("disclosure %q has no place of its own", d.Name)
		}
		digests[d.Digest] = true
	}
	one, err := json.Marshal(s.Claims())
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{`"_sd":`, `"_sd_alg":`, `"...":`} {
		if bytes.Contains(one, []byte(word)) {
			t.Errorf("%s is left in %s", word, one)
		}
	}
	again, err := Parse(s.Text)
	if err != nil {
		t.Fatal(err)
	}
	if two, _ := json.Marshal(again.Claims()); !bytes.Equal(one, two) {
		t.Error("two readings differ")
	}
}

// TestLinkedData reads the SD-JWT VCLD example of OpenID4VP, whose lines are wrapped.
func TestLinkedData(t *testing.T) {
	unwrap := func(name string) string {
		return strings.Join(strings.Fields(string(testkit.File(t, "oid4vp", "oid4vp__sd_jwt_vcld-01-"+name))), "")
	}
	keys, err := jose.ParseKeys(testkit.File(t, "keys", "rfc9901-issuer.jwk.json"))
	if err != nil {
		t.Fatal(err)
	}
	issued := good(t, unwrap("sd_jwt_issuance.txt"))
	if err := issued.Token.Verify(keys[0]); err != nil {
		t.Error(err)
	}
	var want map[string]any
	d := json.NewDecoder(bytes.NewReader(testkit.File(t, "oid4vp", "oid4vp__sd_jwt_vcld-01-user_claims.json")))
	d.UseNumber()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	for name, v := range want {
		if diff := cmp.Diff(v, issued.Claims()[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	shown := good(t, unwrap("sd_jwt_presentation.txt"))
	b, err := shown.Binding()
	if err != nil || !shown.HashHolds(b) {
		t.Errorf("binding: %v, hash holds %v", err, shown.HashHolds(b))
	}
	for file, got := range map[string]any{"kb_jwt_header.json": shown.KB.Header, "kb_jwt_payload.json": json.RawMessage(shown.KB.Payload)} {
		a, b := plainJSON(t, testkit.File(t, "oid4vp", "oid4vp__sd_jwt_vcld-01-"+file)), plainJSON(t, mustMarshal(t, got))
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func plainJSON(t *testing.T, b []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func mustMarshal(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
