package vc

import "testing"

func TestLabel(t *testing.T) {
	for _, c := range []struct {
		name string
		p    Party
		want string
	}{
		{"its name", Party{ID: "https://a.example", Name: "A school"}, "A school"},
		{"a site", Party{ID: "https://a.example/issuers/1"}, "a.example"},
		{"did:web", Party{ID: "did:web:a.example%3A8080:issuers"}, "a.example:8080"},
		{"did:webvh", Party{ID: "did:webvh:QmXYZ:a.example:issuers"}, "a.example"},
		{"did:webvh without a site", Party{ID: "did:webvh:QmXYZ"}, ""},
		{"a key", Party{ID: "did:key:z6Mk"}, ""},
		{"nothing", Party{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.p.Label(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
