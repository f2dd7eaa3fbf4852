package proof

import (
	"crypto/rand"
	"fmt"
	"testing"

	"github.com/cairnwallet/cairn/verify/jose"
)

// largeBadge is a badge of about 110 statements, with an ordered list.
func largeBadge(tb testing.TB) map[string]any {
	tb.Helper()
	doc := badgeDoc(tb)
	achievement := doc["credentialSubject"].(map[string]any)["achievement"].(map[string]any)
	var skills []any
	for i := range 14 {
		skills = append(skills, map[string]any{
			"type": []any{"Alignment"}, "targetName": fmt.Sprintf("Skill %d", i), "targetUrl": fmt.Sprintf("https://skills.example/%d", i),
			"targetDescription": "What can be done.", "targetFramework": "A framework", "targetCode": fmt.Sprint(i),
		})
	}
	achievement["alignment"] = skills
	return doc
}

func benchmarkSelective(b *testing.B, run func(b *testing.B, s Suite, base map[string]any, key private)) {
	for _, name := range selectiveSuites {
		s, _ := Lookup(name)
		b.Run(name, func(b *testing.B) {
			key := secret(b, kinds[name][0], "bench")
			base := sealBase(b, s, key, largeBadge(b), []string{"/issuer", "/validFrom"})
			b.ReportAllocs()
			run(b, s, base, key)
		})
	}
}

var benchPointers = []string{"/credentialSubject/achievement/name", "/credentialSubject/achievement/resultDescription"}

func BenchmarkDerive(b *testing.B) {
	benchmarkSelective(b, func(b *testing.B, _ Suite, base map[string]any, _ private) {
		for b.Loop() {
			if _, err := Derive(ctx, base, base["proof"].(map[string]any), benchPointers, nil, rand.Reader); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerifyDerived(b *testing.B) {
	benchmarkSelective(b, func(b *testing.B, s Suite, base map[string]any, key private) {
		part, err := Derive(ctx, base, base["proof"].(map[string]any), benchPointers, nil, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if err := Verify(ctx, s, part, part["proof"].(map[string]any), jose.Key{Public: key.Public()}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerifyBase(b *testing.B) {
	benchmarkSelective(b, func(b *testing.B, s Suite, base map[string]any, key private) {
		for b.Loop() {
			if err := Verify(ctx, s, base, base["proof"].(map[string]any), jose.Key{Public: key.Public()}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
