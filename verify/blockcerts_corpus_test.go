package verify_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestCorpusBlockcerts: the hash and the path of every real certificate whose
// contexts are known, and what was broken in the others.
func TestCorpusBlockcerts(t *testing.T) {
	var lines []struct{ File, Verb, Why string }
	if err := json.Unmarshal(testkit.File(t, "EXPECT.json"), &lines); err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, l := range lines {
		if !strings.HasPrefix(l.File, "blockcerts/bc__") || l.Verb != "verify" {
			continue
		}
		raw, err := os.ReadFile(testkit.Corpus(t, filepath.FromSlash(l.File)))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(l.File), func(t *testing.T) {
			r := reported(t, raw, verify.Verifier{})
			in := func(reason string) bool {
				return slices.ContainsFunc(r.Rows(check.Signature), func(k check.Check) bool { return k.Reason == reason })
			}
			if in("signature.in-tree") {
				held++
			}
			for why, reason := range map[string]string{
				"hash and Merkle path hold":           "signature.in-tree",
				"Merkle path does not lead":           "signature.path-broken",
				"hash does not match the document":    "signature.other-hash",
				"the second proof is on a mock chain": "signature.in-tree",
			} {
				if strings.Contains(l.Why, why) && !in(reason) {
					t.Errorf("%s: %s", l.Why, text(r.Rows(check.Signature)))
				}
			}
		})
	}
	if held < 20 {
		t.Errorf("only %d hold", held)
	}
}

// TestCorpusMainnet: a real certificate, its issuer's profile and three recorded
// answers of explorers, from the first byte to the last.
func TestCorpusMainnet(t *testing.T) {
	const tx = "2378076e8e140012814e98a2b2cb1af07ec760b239c1d6d93ba54d658a010ecd"
	profile := testkit.File(t, "blockcerts", "support__issuer-profile-mainnet-example.json")
	revoked := testkit.File(t, "blockcerts", "support__revocation-list-mainnet-example.json")
	web := &testkit.Web{Now: now, Pages: map[string]string{
		"https://blockcerts.learningmachine.com/issuer/5a4fe9931f607f0f3452a65e.json":            string(profile),
		"https://blockcerts.learningmachine.com/issuer/5a4fe9931f607f0f3452a65e/revocation.json": string(revoked),
		"https://blockstream.info/api/tx/" + tx:                                                  string(testkit.File(t, "chain-api", "mockBlockstreamResponse.json")),
		"https://blockchain.info/rawtx/" + tx:                                                    string(testkit.File(t, "chain-api", "mockBlockchainInfoResponse.json")),
		"https://api.blockcypher.com/v1/btc/main/txs/" + tx + "?l":                               string(testkit.File(t, "chain-api", "mockBlockcypherResponse.json")),
	}}
	v := verify.Verifier{Get: web, Chains: providers(t, "bitcoin=https://blockstream.info/api", "bitcoin=https://blockchain.info/rawtx/{tx}", "bitcoin=https://api.blockcypher.com/v1/btc/main/txs/{tx}?l")}
	r := reported(t, testkit.File(t, "blockcerts", "bc__v2-mainnet-valid-2.0.json"), v)
	expect(t, r, check.UnrecognisedIssuer, map[string]string{"signature": "signature.in-tree", "anchor": "anchor.found", "key": "key.sender-listed", "status": "status.clean"})
}
