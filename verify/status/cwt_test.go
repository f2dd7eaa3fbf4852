package status

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/cose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func TestCWTClaims(t *testing.T) {
	list := map[any]any{"bits": 1, "lst": []byte{1, 2}}
	for _, c := range []struct {
		name   string
		claims any
		want   string // as JSON; empty: refused
	}{
		{"all", map[any]any{1: "i", 2: "s", 4: 5, 6: 7.5, 65534: 9, 65533: list}, `{"exp":5,"iat":7.5,"iss":"i","status_list":{"bits":1,"lst":"AQI"},"sub":"s","ttl":9}`},
		{"others are left out", map[any]any{2: "s", 99: []any{1}, "x": true}, `{"sub":"s"}`},
		{"nothing", map[any]any{}, `{}`},
		{"an end that is a text", map[any]any{4: "tomorrow"}, ""},
		{"a subject that is a number", map[any]any{2: 1}, ""},
		{"a list that is none", map[any]any{65533: 1}, ""},
		{"a list in another spelling", map[any]any{65533: map[any]any{"BITS": 1, "LST": []byte{1}}}, `{"status_list":{"bits":0,"lst":""}}`},
		{"no map", []any{1}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := CWTClaims(testkit.CBOR(t, c.claims))
			if c.want == "" {
				if !errors.Is(err, ErrType) {
					t.Errorf("got %v, %v, want ErrType", got, err)
				}
				return
			}
			if b, _ := json.Marshal(got); err != nil || string(b) != c.want {
				t.Errorf("got %s, %v, want %s", b, err, c.want)
			}
		})
	}
	if _, err := CWTClaims([]byte("\xa2\x02\x61a\x02\x61b")); !errors.Is(err, ErrType) {
		t.Errorf("a claim that stands twice: %v", err)
	}
}

func FuzzCWTClaims(f *testing.F) {
	f.Add(testkit.CBOR(f, map[any]any{2: "s", 4: 5, 65534: 9, 65533: map[any]any{"bits": 1, "lst": []byte{0x78, 0xda}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		claims, err := CWTClaims(b)
		if err != nil {
			return
		}
		if _, err := json.Marshal(claims); err != nil {
			t.Errorf("no JSON: %v", err)
		}
		sub, _ := claims["sub"].(string)
		_, _ = Entry{Kind: Token, List: sub, Size: 1}.LookToken(claims, Kind.Value)
	})
}

// hexOf reads the hexadecimal of one of the standard's listings, without the
// remarks behind it.
func hexOf(t *testing.T, file string) []byte {
	t.Helper()
	var digits strings.Builder
	lines := bufio.NewScanner(bytes.NewReader(testkit.File(t, "status-token", file)))
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		digits.WriteString(strings.ReplaceAll(line, " ", ""))
	}
	b, err := hex.DecodeString(digits.String())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCorpusTokenInCBOR(t *testing.T) {
	m, err := cose.Parse(hexOf(t, "ietf__status_list_cwt_diag.txt"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := CWTClaims(m.Payload)
	if err != nil || m.Typ != "application/statuslist+cwt" || m.Alg != "ES256" || m.Kid != "12" || c["exp"] != json.Number("2291720170") || c["ttl"] != json.Number("43200") {
		t.Errorf("%+v, %v, %v", m, c, err)
	}
	for index, want := range map[uint64]uint64{0: 1, 1: 0, 3: 1, 14: 0, 15: 1} {
		e := Entry{Kind: Token, List: "https://example.com/statuslists/1", Index: index}
		if a, err := e.LookToken(c, Kind.Value); err != nil || a.Value != want || a.Entries != 16 {
			t.Errorf("at %d: %+v, %v, want %d", index, a, err, want)
		}
	}
	if _, err := (Entry{Kind: Token, List: "https://example.com/statuslists/2"}).LookToken(c, Kind.Value); !errors.Is(err, ErrType) {
		t.Errorf("under another address: %v", err)
	}
}
