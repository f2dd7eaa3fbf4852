package main

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"net/url"
	"os"
	"strings"

	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit/issuing"
)

// hotel is an employer that asks for a badge of the college, with a request that it
// signs, and takes only an answer to that. It writes what it was shown to the file
// GOT of the script.
type hotel struct{ *issuing.College }

const hotelID = "decentralized_identifier:did:web:hotel.example"

func (hotel) key() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte(strings.Repeat("h", ed25519.SeedSize)))
}

// Get gives the hotel's key and its request; for the rest the college stands in.
func (h hotel) Get(ctx context.Context, address, accept string) (fetch.Page, error) {
	did := strings.TrimPrefix(hotelID, "decentralized_identifier:")
	switch address {
	case "https://hotel.example/.well-known/did.json":
		body, err := json.Marshal(map[string]any{"id": did, "verificationMethod": []any{map[string]any{
			"id": did + "#1", "type": "JsonWebKey2020", "controller": did, "publicKeyJwk": jose.Key{Public: h.key().Public()}.JWK(),
		}}})
		return fetch.Page{URL: address, Body: body}, err
	case "https://hotel.example/request":
		body, err := h.request(did)
		return fetch.Page{URL: address, Body: []byte(body)}, err
	}
	return h.College.Get(ctx, address, accept)
}

func (h hotel) request(did string) (string, error) {
	payload, err := json.Marshal(map[string]any{
		"client_id": hotelID, "response_type": "vp_token", "response_mode": "direct_post", "response_uri": "https://hotel.example/answer",
		"nonce": "n-1", "aud": "https://self-issued.me/v2", "client_metadata": map[string]any{"client_name": "Hotel Bellevue"},
		"dcql_query": json.RawMessage(`{"credentials":[{"id":"care","format":"dc+sd-jwt","meta":{"vct_values":["` + os.Getenv("VCT") + `"]},"claims":[{"path":["course"]}]}]}`),
	})
	if err != nil {
		return "", err
	}
	return jose.Sign(map[string]any{"alg": "EdDSA", "typ": "oauth-authz-req+jwt", "kid": did + "#1"}, payload, h.key())
}

// Send takes an answer, if every row about the showing holds.
func (h hotel) Send(ctx context.Context, l fetch.Letter) (fetch.Reply, error) {
	if l.URL != "https://hotel.example/answer" {
		return h.College.Send(ctx, l)
	}
	form, err := url.ParseQuery(string(l.Body))
	if err != nil {
		return fetch.Reply{}, err
	}
	shown, err := strict.Object([]byte(form.Get("vp_token")))
	if err != nil {
		return fetch.Reply{}, err
	}
	text := shown["care"].([]any)[0].(string)
	seen, err := share.Check(ctx, &verify.Verifier{Now: h.Now, Get: h}, []byte(text), verify.Expect{Audience: hotelID, Nonce: "n-1"}, nil)
	if err != nil {
		return fetch.Reply{}, err
	}
	for _, id := range []string{"binding", "audience", "fresh", "disclosure", "signature"} {
		for _, row := range seen.Shown[0].Report.Rows(id) {
			if row.Outcome.String() != "pass" {
				return fetch.Reply{Status: 400, Body: []byte(row.Reason)}, nil
			}
		}
	}
	return fetch.Reply{Status: 200, Body: []byte(`{"redirect_uri":"https://hotel.example/thanks"}`)}, os.WriteFile(os.Getenv("GOT"), []byte(text), 0o600)
}
