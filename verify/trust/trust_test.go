package trust

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const (
	anchorID = "https://registry.example"
	school   = "did:web:school.example"
)

func newKey(t testing.TB, id string) (*ecdsa.PrivateKey, jose.Key) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k, jose.Key{ID: id, Public: k.Public()}
}

// federation is a made-up registry whose answers a test can bend.
type federation struct {
	t          *testing.T
	key        *ecdsa.PrivateKey
	header     map[string]any
	anchor, of map[string]any // the claims of the two statements
	web        *testkit.Web
}

func newFederation(t *testing.T) *federation {
	priv, pub := newKey(t, "k1")
	jwk := pub.JWK()
	jwk["kid"] = "k1"
	return &federation{
		t: t, key: priv,
		header: map[string]any{"alg": "ES256", "typ": "entity-statement+jwt", "kid": "k1"},
		anchor: map[string]any{
			"iss": anchorID, "sub": anchorID, "iat": now.Unix() - 60, "exp": now.Unix() + 3600,
			"jwks":     map[string]any{"keys": []any{jwk}},
			"metadata": map[string]any{"federation_entity": map[string]any{"federation_fetch_endpoint": anchorID + "/fetch?v=1"}},
		},
		of: map[string]any{
			"iss": anchorID, "sub": school, "iat": now.Unix() - 60, "exp": now.Unix() + 3600,
			"metadata": map[string]any{"federation_entity": map[string]any{"organization_name": "Alpine College", "homepage_uri": "https://school.example"}},
		},
		web: &testkit.Web{Pages: map[string]string{}, Errs: map[string]error{}, Now: now},
	}
}

func (f *federation) sign(claims map[string]any) string {
	f.t.Helper()
	b, err := json.Marshal(claims)
	if err != nil {
		f.t.Fatal(err)
	}
	token, err := jose.Sign(f.header, b, f.key)
	if err != nil {
		f.t.Fatal(err)
	}
	return token
}

const asked = anchorID + "/fetch?sub=did%3Aweb%3Aschool.example&v=1"

func (f *federation) find() (Listing, error) {
	f.web.Pages[anchorID+wellKnown] = f.sign(f.anchor)
	f.web.Pages[asked] = f.sign(f.of)
	return Registry{Name: "R", Anchor: anchorID + wellKnown}.Find(context.Background(), f.web, school, now)
}

func TestFederation(t *testing.T) {
	found, err := newFederation(t).find()
	if err != nil || found != (Listing{Name: "Alpine College", Home: "https://school.example", AsOf: now}) {
		t.Errorf("got %+v, %v", found, err)
	}
}

func TestFederationTwins(t *testing.T) {
	tests := []struct {
		name string
		bend func(*federation)
		want error
	}{
		{"ended to the second", func(f *federation) { f.of["exp"] = now.Unix() }, ErrExpired},
		{"anchor ended", func(f *federation) { f.anchor["exp"] = now.Unix() - 1 }, ErrExpired},
		{"of tomorrow", func(f *federation) { f.of["iat"] = now.Add(24 * time.Hour).Unix() }, ErrBroken},
		{"about somebody else", func(f *federation) { f.of["sub"] = school + "x" }, ErrBroken},
		{"by somebody else", func(f *federation) { f.of["iss"] = "https://other.example" }, ErrBroken},
		{"no end", func(f *federation) { delete(f.of, "exp") }, ErrBroken},
		{"anchor of another name", func(f *federation) { f.anchor["iss"], f.anchor["sub"] = "https://x.example", "https://x.example" }, ErrBroken},
		{"anchor about another", func(f *federation) { f.anchor["sub"] = school }, ErrBroken},
		{"anchor without keys", func(f *federation) { delete(f.anchor, "jwks") }, ErrBroken},
		{"anchor with nowhere to ask", func(f *federation) { delete(f.anchor, "metadata") }, ErrBroken},
		{"anchor that demands something", func(f *federation) { f.anchor["crit"] = []any{"zz"} }, ErrBroken},
		{"another token's type", func(f *federation) { f.header["typ"] = "JWT" }, ErrBroken},
		{"unknown kid", func(f *federation) { f.header["kid"] = "k2" }, ErrBroken},
		{"another key", func(f *federation) { f.key, _ = newKey(f.t, "k1") }, ErrBroken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFederation(t)
			tt.bend(f)
			if found, err := f.find(); !errors.Is(err, tt.want) || found != (Listing{}) {
				t.Errorf("got %+v, %v; want %v", found, err, tt.want)
			}
		})
	}
}

func TestFederationThatCanNotBeAsked(t *testing.T) {
	for _, tt := range []struct {
		name, url string
		err, want error
	}{
		{"the issuer is not there", asked, fetch.ErrGone, ErrNotListed},
		{"no answer about the issuer", asked, fetch.ErrUnreachable, fetch.ErrUnreachable},
		{"no answer of the anchor", anchorID + wellKnown, fetch.ErrUnreachable, fetch.ErrUnreachable},
		{"the anchor is gone", anchorID + wellKnown, fetch.ErrGone, fetch.ErrGone},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFederation(t)
			f.web.Errs[tt.url] = tt.err
			if _, err := f.find(); !errors.Is(err, tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFederationOneLetterOff(t *testing.T) {
	f := newFederation(t)
	if _, err := f.find(); err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(f.web.Pages[asked], ".")
	payload, sig, _ := strings.Cut(rest, ".")
	flipped := strings.Replace(payload, payload[40:41], string(payload[40]^1), 1)
	f.web.Pages[asked] = head + "." + flipped + "." + sig
	r := Registry{Anchor: anchorID + wellKnown}
	if _, err := r.Find(context.Background(), f.web, school, now); !errors.Is(err, ErrBroken) {
		t.Errorf("got %v", err)
	}
}

func TestLook(t *testing.T) {
	const file = `{"meta":{"updated":"2026-01-01"},"registry":{"did:web:school.example":{"name":"Alpine College","url":"https://school.example"}}}`
	if l, err := Look([]byte(file), school); err != nil || l.Name != "Alpine College" || l.Home != "https://school.example" {
		t.Errorf("got %+v, %v", l, err)
	}
	for _, tt := range []struct {
		name, file, id string
		want           error
	}{
		{"one letter off", file, "did:web:school.exampl", ErrNotListed},
		{"other case", file, "did:web:School.example", ErrNotListed},
		{"no id", file, "", ErrNotListed},
		{"listed twice", `{"registry":{"a":{"name":"1"},"a":{"name":"2"}}}`, "a", ErrBroken},
		{"entry that is a text", `{"registry":{"a":"b"}}`, "a", ErrNotListed},
		{"no registry", `{"meta":{}}`, "a", ErrBroken},
		{"a web page", `<html>`, "a", ErrBroken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if l, err := Look([]byte(tt.file), tt.id); !errors.Is(err, tt.want) || l != (Listing{}) {
				t.Errorf("got %+v, %v", l, err)
			}
		})
	}
}

func TestParseRegistries(t *testing.T) {
	got, err := ParseRegistries([]byte(`[
		{"name":"A","type":"oidf","trustAnchorEC":"https://a.example/.well-known/openid-federation"},
		{"name":"B","type":"oidf","fetchEndpoint":"https://b.example/fetch?sub="},
		{"name":"C","type":"dcc-legacy","url":"https://c.example/registry.json"},
		{"name":"D","type":"etsi","url":"https://d.example"},
		{"name":"E","type":"oidf"}, 7]`))
	if err != nil || len(got.List) != 3 || strings.Join(got.Skipped, ",") != "D,E," {
		t.Fatalf("got %+v, %v", got, err)
	}
	if got.List[1].Anchor != "https://b.example/.well-known/openid-federation" || got.List[2].File != "https://c.example/registry.json" {
		t.Errorf("got %+v", got.List)
	}
	for _, bad := range []string{`{}`, `[`, `[` + strings.Repeat("{},", maxRegistries) + `{}]`} {
		if _, err := ParseRegistries([]byte(bad)); !errors.Is(err, ErrBroken) {
			t.Errorf("%.20s: %v", bad, err)
		}
	}
}

func TestTesting(t *testing.T) {
	for name, want := range map[string]bool{
		"DCC Sandbox Registry": true, "Test DCC Member Registry": true, "test": true, "Demo-List": true,
		"DCC Member Registry": false, "Contest Board": false, "Latest awards": false, "Testament Society": false,
	} {
		if got := (Registry{Name: name}).Testing(); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if !(Registry{Name: "MSP", File: "https://sandbox-issuer.example/registry.json"}).Testing() {
		t.Error("a registry at the address of a sandbox")
	}
}

func TestKnown(t *testing.T) {
	shipped := Known(context.Background(), fetch.Offline{})
	if got := shipped.Label(1); got != "DCC Member Registry (registry.dcconsortium.org)" || shipped.Label(4) != "DCC Sandbox Registry" {
		t.Errorf("labels %q, %q", got, shipped.Label(4))
	}
	if len(shipped.List) != 8 || shipped.AsOf.IsZero() || len(shipped.Skipped) != 0 {
		t.Errorf("the list of the program: %+v", shipped)
	}
	source, _ := snapshot()
	web := &testkit.Web{Now: now, Pages: map[string]string{source: `[{"name":"New","type":"dcc-legacy","url":"https://n.example/r.json"}]`}}
	if fresh := Known(context.Background(), web); len(fresh.List) != 1 || !fresh.AsOf.Equal(now) {
		t.Errorf("the fresh list: %+v", fresh)
	}
	for _, bad := range []string{`[]`, `<html>`, `[{"type":"etsi"}]`} {
		web.Pages[source] = bad
		if kept := Known(context.Background(), web); len(kept.List) != 8 {
			t.Errorf("after %s: %+v", bad, kept)
		}
	}
}

func FuzzParseStatement(f *testing.F) {
	f.Add("eyJhbGciOiJFUzI1NiIsInR5cCI6ImVudGl0eS1zdGF0ZW1lbnQrand0In0.eyJpc3MiOiJhIiwic3ViIjoiYiIsImV4cCI6MX0.AAAA")
	f.Add("..")
	f.Fuzz(func(t *testing.T, compact string) {
		if s, err := ParseStatement(compact); err == nil && s.Check(nil, now) == nil {
			t.Error("a statement holds under no key")
		}
	})
}

func FuzzLook(f *testing.F) {
	f.Add([]byte(`{"registry":{"a":{"name":"b"}}}`), "a")
	f.Fuzz(func(t *testing.T, file []byte, id string) {
		if l, err := Look(file, id); err != nil && l != (Listing{}) {
			t.Error("a listing beside an error")
		}
	})
}
