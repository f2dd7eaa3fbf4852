package vocab

import (
	"encoding/json"
	"testing"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// FuzzRead: whatever an envelope opens can be read: one kind, a name, and parts
// that are read too.
func FuzzRead(f *testing.F) {
	full := fullBadge()
	full["endorsement"] = endorsement("did:example:1", "good")
	for _, m := range []map[string]any{plain20(), plain11(), badge(), full, award(), award1(), award05(), certificate1(), certificate2(), certificate3()} {
		b, err := json.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, "json")
	}
	b, err := json.Marshal(studentCard())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, "sd-jwt")
	f.Add([]byte(microCredential), "json")
	f.Fuzz(func(t *testing.T, in []byte, form string) {
		c := &vc.Credential{Form: form, Proofs: []vc.Proof{{Alg: "ES256", Doc: vc.Doc{"typ": "dc+sd-jwt"}}}}
		if json.Unmarshal(in, &c.Doc) == nil {
			read1(t, c)
		}
		found, err := envelope.Open(in)
		if err != nil {
			return
		}
		for _, o := range found {
			read1(t, o.Credential())
		}
	})
}

func read1(t *testing.T, c *vc.Credential) {
	Read(c)
	demand(t, c)
}

func demand(t *testing.T, c *vc.Credential) {
	if c.Kind == "" || c.Name == "" {
		t.Fatalf("kind %q, name %q", c.Kind, c.Name)
	}
	for _, f := range c.Shape {
		if f.Code == "" {
			t.Fatal("a flaw without a reason")
		}
	}
	for _, p := range c.Parts {
		demand(t, p)
	}
}
