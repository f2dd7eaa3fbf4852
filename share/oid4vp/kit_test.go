package oid4vp

import (
	"context"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/url"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func object(text string) map[string]any {
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		panic(err)
	}
	return m
}

func params(clientID string) map[string]any {
	return map[string]any{
		"client_id": clientID, "response_type": "vp_token", "response_mode": "direct_post", "response_uri": answer,
		"nonce": "n-0S6_WzA2Mj", "state": "s1", "aud": wallet, "exp": now.Unix() + 300,
		"client_metadata": map[string]any{"client_name": "Hotel Bellevue"},
		"dcql_query":      object(`{"credentials":[{"id":"badge","format":"dc+sd-jwt","meta":{"vct_values":["https://example.org/badge"]},"claims":[{"path":["name"]}]}]}`),
	}
}

func sign(m map[string]any, header map[string]any, k crypto.Signer) string {
	h := map[string]any{"alg": jose.Key{Public: k.Public()}.Algs()[0], "typ": typRequest}
	maps.Copy(h, header)
	return must(jose.Sign(h, must(json.Marshal(m)), k))
}

type site struct {
	testkit.Web
	take    func(l fetch.Letter) (fetch.Reply, error)
	letters []fetch.Letter
}

func (s *site) Send(_ context.Context, l fetch.Letter) (fetch.Reply, error) {
	if l.URL == "" {
		return fetch.Reply{}, fetch.ErrRefused
	}
	s.letters = append(s.letters, l)
	return s.take(l)
}

func door(s *site) Door {
	return Door{Get: s, Now: func() time.Time { return now }, Rand: rand.NewChaCha8([32]byte{1}), Roots: x509.NewCertPool()}
}

func link(values map[string]string) string {
	q := url.Values{}
	for name, v := range values {
		q.Set(name, v)
	}
	return "openid4vp://?" + q.Encode()
}

func byValue(m map[string]any) string {
	values := map[string]string{}
	for name, v := range m {
		if s, ok := v.(string); ok {
			values[name] = s
		} else {
			values[name] = string(must(json.Marshal(v)))
		}
	}
	return link(values)
}

func open(s *site, text string) (Request, error) {
	l, err := ParseLink(text)
	if err != nil {
		return Request{}, err
	}
	return door(s).Open(context.Background(), l)
}
