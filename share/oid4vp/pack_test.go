package oid4vp

import (
	"context"
	"crypto/ecdh"
	"errors"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
)

var twoShown = []Shown{{"a", []byte(`eyJh.e30.AA~`)}, {"b", []byte(`{"holder":"<Maya> & co","n":1.50}`)}}

func TestToken(t *testing.T) {
	token, err := Token(twoShown)
	if err != nil || string(token) != `{"a":["eyJh.e30.AA~"],"b":[{"holder":"<Maya> & co","n":1.50}]}` {
		t.Fatalf("%s, %v", token, err)
	}
	if back, err := Unpack(token); err != nil || !cmp.Equal(back, twoShown) {
		t.Errorf("read back as %q, %v", back, err)
	}
	for _, bad := range []string{``, `[]`, `{"a":"x"}`, `{"a":["x"],"a":["y"]}`} {
		if got, err := Unpack([]byte(bad)); err == nil {
			t.Errorf("%s is read as %q", bad, got)
		}
	}
}

func TestPack(t *testing.T) {
	token := must(Token(twoShown))
	body := must(Pack(Request{State: "s 1"}, token, nil))
	if form := must(url.ParseQuery(string(body))); form.Get("vp_token") != string(token) || form.Get("state") != "s 1" || len(form) != 2 {
		t.Errorf("posts %s", body)
	}
	if body := must(Pack(Request{}, token, nil)); strings.Contains(string(body), "state") {
		t.Errorf("posts %s", body)
	}
}

// TestPackSealed makes sure that nothing of the answer is sent in the clear. That the
// recipient can open it, package jose tests.
func TestPackSealed(t *testing.T) {
	key := must(ecdh.X25519().NewPrivateKey([]byte(strings.Repeat("k", 32))))
	m := params("redirect_uri:" + answer)
	jwk := jose.Key{Public: key.PublicKey()}.JWK()
	jwk["alg"], jwk["kid"] = "ECDH-ES", "enc-1"
	m["response_mode"] = "direct_post.jwt"
	m["client_metadata"] = map[string]any{"jwks": map[string]any{"keys": []any{map[string]any{"kty": "oct"}, jwk}}, "encrypted_response_enc_values_supported": []any{"A192GCM", "A256GCM"}}
	r, err := open(&site{}, byValue(m))
	if err != nil || !r.Sealed || r.Client.Enc != "A256GCM" || r.Client.Key.ID != "enc-1" {
		t.Fatalf("%+v, %v", r, err)
	}
	form := must(url.ParseQuery(string(must(Pack(r, must(Token(twoShown)), rand.NewChaCha8([32]byte{1}))))))
	if sealed := form.Get("response"); len(form) != 1 || strings.Count(sealed, ".") != 4 || strings.Contains(sealed, "Maya") {
		t.Errorf("posts %v", form)
	}
	m["client_metadata"].(map[string]any)["encrypted_response_enc_values_supported"] = []any{"A192GCM"}
	if _, err := open(&site{}, byValue(m)); fault.Code(err) != "request.encryption" {
		t.Errorf("a way to encrypt that is not known: %v", err)
	}
}

func TestSend(t *testing.T) {
	r := Request{To: answer}
	for _, c := range []struct {
		name, body string
		status     int
		err        error
		next, code string
	}{
		{"they go on", `{"redirect_uri":"https://hotel.example/done"}`, 200, nil, "https://hotel.example/done", ""},
		{"they say nothing", ``, 200, nil, "", ""},
		{"they go on in the clear", `{"redirect_uri":"http://hotel.example/done"}`, 200, nil, "", ""},
		{"they go on with a program", `{"redirect_uri":"mailto:x@hotel.example"}`, 200, nil, "", ""},
		{"they go on on this computer", `{"redirect_uri":"https://127.0.0.1/"}`, 200, nil, "", ""},
		{"they refuse", `{"error":"invalid_request"}`, 400, nil, "", "answer.refused"},
		{"nobody is there", ``, 0, fetch.ErrUnreachable, "", "answer.unsure"},
		{"the learner stops", ``, 0, context.Canceled, "", "answer.unsure"},
		{"the address is refused", ``, 0, fetch.ErrRefused, "", "fetch.refused"},
	} {
		s := &site{take: func(fetch.Letter) (fetch.Reply, error) {
			return fetch.Reply{Status: c.status, Body: []byte(c.body)}, c.err
		}}
		next, err := door(s).Send(context.Background(), r, []byte("vp_token=x"))
		if next != c.next || fault.Code(err) != c.code || c.err != nil && !errors.Is(err, c.err) {
			t.Errorf("%s: %q, %v", c.name, next, err)
		}
		if l := s.letters[0]; len(s.letters) != 1 || l.URL != answer || l.Type != formType || string(l.Body) != "vp_token=x" || l.Bearer != "" {
			t.Errorf("%s: sent %+v", c.name, s.letters)
		}
	}
	if err := door(&site{}).Offline(context.Background(), r); err != nil {
		t.Errorf("online: %v", err)
	}
	if err := (Door{Get: fetch.Offline{}}).Offline(context.Background(), r); fault.Code(err) != "fetch.offline" {
		t.Errorf("offline: %v", err)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(must(Token(twoShown)))
	f.Fuzz(func(t *testing.T, token []byte) {
		shown, err := Unpack(token)
		if err != nil {
			return
		}
		for _, s := range shown {
			if len(s.Bytes) > len(token) {
				t.Errorf("%q holds more than it is", token)
			}
		}
	})
}
