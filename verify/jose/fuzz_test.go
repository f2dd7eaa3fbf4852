package jose

import (
	"strings"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, v := range published {
		f.Add(v.token)
	}
	f.Add(token(`{"alg":"EdDSA","crit":["exp"],"exp":1}`, "p"))
	f.Add(`{"payload":"cGF5bG9hZA","signatures":[]}`)
	k := mustKey(f, edKey)
	f.Fuzz(func(t *testing.T, text string) {
		tok, err := Parse(text)
		if err != nil {
			return
		}
		parts := strings.Split(text, ".")
		if Encode64(tok.Payload) != parts[1] || tok.signature != nil && Encode64(tok.signature) != parts[2] {
			t.Errorf("a second text for the same token: %q", text)
		}
		if err := tok.Verify(k); err == nil && text != edToken {
			t.Errorf("forged: %q", text)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	for _, a := range algorithms[:5] {
		b.Run(a.name, func(b *testing.B) {
			compact, err := Sign(map[string]any{"alg": a.name}, make([]byte, 2000), signers()[a.kind])
			if err != nil {
				b.Fatal(err)
			}
			k := publicKey(a.kind)
			b.ReportAllocs()
			for b.Loop() {
				tok, err := Parse(compact)
				if err != nil {
					b.Fatal(err)
				}
				if err := tok.Verify(k); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
