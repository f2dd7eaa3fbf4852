package canon

import (
	"bytes"
	"context"
	"crypto"
	"errors"
	"testing"
)

// TestScratchForgets: nothing of a document is left in memory that is used again,
// neither after success nor after failure.
func TestScratchForgets(t *testing.T) {
	const secret = "of one learner only"
	for name, members := range map[string]string{
		"good": `, 'name': '` + secret + `'`, "bad": `, 'name': '` + secret + `', 'evidence': {'id': 1}`,
	} {
		s := &scratch{}
		d, _, err := stated(context.Background(), s, docOf(t, credential(members)))
		if err == nil {
			_, err = newCanonicaliser(context.Background(), s, &d, crypto.SHA256)
		}
		if name == "bad" && !errors.Is(err, ErrInvalid) {
			t.Fatal(err)
		}
		s.release()
		for _, st := range s.statements[:cap(s.statements)] {
			if st != (statement{}) {
				t.Errorf("%s: a statement is left: %v", name, st)
			}
		}
		for _, e := range s.entries[:cap(s.entries)] {
			if e.name != "" || e.v != nil {
				t.Errorf("%s: a member is left: %v", name, e)
			}
		}
		if bytes.Contains(s.text[:cap(s.text)], []byte(secret)) || bytes.Contains(s.labelled[:cap(s.labelled)], []byte(secret)) {
			t.Errorf("%s: its text is left", name)
		}
	}
}
