package envelope

import (
	"bytes"
	"testing"
)

func BenchmarkOpen(b *testing.B) {
	big := with(doc20(), "image", "data:image/png;base64,"+string(bytes.Repeat([]byte("A"), 1<<20)))
	for name, in := range map[string][]byte{
		"json": marshal(doc20()), "jwt": []byte(token(eddsa("typ", "vc+jwt"), doc20())),
		"sd-jwt":      []byte(disclosing(b, eddsa("typ", "dc+sd-jwt"), idCard())),
		"png of 1 MB": pngWith(true, textChunk("iTXt", keywords[0], "\x00\x00\x00\x00", marshal(big))),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Open(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
