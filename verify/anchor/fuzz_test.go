package anchor

import (
	"errors"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
)

func FuzzDecodeReceipt(f *testing.F) {
	for _, s := range []string{"", "z", compact(), compact([]any{2, []any{blink(-1, -1, "x")}}), compact([]any{3, []any{}}), compact()[:40]} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := DecodeReceipt(s)
		judgeReceipt(t, r, err)
	})
}

func FuzzReadReceipt(f *testing.F) {
	f.Add(marshal(written()))
	f.Add(marshal(with(written(), "proof", nil)))
	f.Add([]byte(`{"anchors":[{}],"proof":[{"left":""}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := strict.Object(b)
		if err != nil {
			return
		}
		r, err := ReadReceipt(m)
		judgeReceipt(t, r, err)
	})
}

// judgeReceipt: what was read is within the limits, and leads somewhere without a
// panic; what was not read says so.
func judgeReceipt(t *testing.T, r Receipt, err error) {
	if err != nil {
		if !errors.Is(err, ErrReceipt) {
			t.Fatalf("%v is no ErrReceipt", err)
		}
		return
	}
	r.Leads()
	if len(r.Path) > maxSteps || len(r.Anchors) == 0 || len(r.Anchors) > maxAnchors {
		t.Fatalf("%d steps, %d anchors", len(r.Path), len(r.Anchors))
	}
	for _, a := range r.Anchors {
		if a.Tx != "" && transactionID(a.Tx) != a.Tx {
			t.Fatalf("transaction %q", a.Tx)
		}
	}
}

func FuzzParseAnswer(f *testing.F) {
	for _, m := range answers(ofTree) {
		f.Add(marshal(m), false)
		f.Add(marshal(m), true)
	}
	f.Add([]byte(goodNode()["eth_getTransactionByHash"]), true)
	f.Fuzz(func(t *testing.T, b []byte, evm bool) {
		got, err := ParseAnswer(b, evm)
		switch {
		case err != nil && !errors.Is(err, ErrAnswer) && !errors.Is(err, ErrUnconfirmed):
			t.Fatalf("%v is no error of this package", err)
		case err == nil && (transactionID(got.ID) != got.ID || got.ID == "" || got.Sender == "" || got.At.IsZero()):
			t.Fatalf("half an answer: %+v", got)
		}
		if m, err := strict.Object(b); err == nil {
			if got, block, err := parseEVM(m["result"]); err == nil && (got.ID == "" || block == "") {
				t.Fatalf("half an answer: %+v", got)
			}
		}
	})
}

func FuzzParseProvider(f *testing.F) {
	for _, s := range []string{"", "bitcoin=https://blockstream.info/api", "137=https://rpc.example/{tx}?k={tx}", "eip155:1=https://[2001:db8::1]/", "a=b=c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseProvider(s)
		if err != nil {
			return
		}
		if again, err := ParseProvider(p.String()); err != nil || again != p {
			t.Fatalf("%q came back as %q, %v", p, again, err)
		}
	})
}
