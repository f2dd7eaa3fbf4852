package verify_test

import (
	"context"
	"crypto"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// The small school of these tests, and its transaction.
const (
	certIssuer = "https://college.example/issuer.json"
	certTx     = "0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d"
	explorerAt = "https://explorer.example/api"
	mirrorAt   = "https://mirror.example"
	nodeAt     = "https://node.example/rpc"
)

var certKey = testkit.Secp256k1("certificates")

// certAddress is the address of the school's key on a chain.
func certAddress(c anchor.Chain) string {
	k := certKey.Public().(multi.Secp256k1)
	return anchor.AddressOf(c, k[:])
}

// siblings are the leaves beside ours: one to the right, then one to the left.
var siblings = [2][32]byte{sha256.Sum256([]byte("right")), sha256.Sum256([]byte("left"))}

func above(left, right [32]byte) [32]byte {
	return sha256.Sum256(slices.Concat(left[:], right[:]))
}

func hexOf(h [32]byte) string { return hex.EncodeToString(h[:]) }

// leafOf is the hash of a document with the fallback vocabulary of Blockcerts, and
// rootOf that of the tree around it.
func leafOf(doc object) [32]byte {
	doc = maps.Clone(doc)
	contexts, ok := doc["@context"].([]any)
	if !ok {
		contexts = []any{doc["@context"]}
	}
	doc["@context"] = append(slices.Clone(contexts), object{"@vocab": "http://fallback.org/"})
	nquads, _, err := canon.Canonical(context.Background(), doc, crypto.SHA256)
	if err != nil {
		panic(err)
	}
	return sha256.Sum256(nquads)
}

func rootOf(doc object) [32]byte { return above(siblings[1], above(leafOf(doc), siblings[0])) }

// receipt writes a receipt as versions 1.2 and 2 do.
func receipt(doc object, kind any, at object) object {
	return object{
		"type": kind, "targetHash": hexOf(leafOf(doc)), "merkleRoot": hexOf(rootOf(doc)),
		"proof":   []any{object{"right": hexOf(siblings[0])}, object{"left": hexOf(siblings[1])}},
		"anchors": []any{at},
	}
}

// bitcoinAnchor is an anchor in Bitcoin.
var bitcoinAnchor = object{"sourceId": certTx, "type": "BTCOpReturn", "chain": "bitcoinMainnet"}

// proofValue packs a receipt as version 3 does.
func proofValue(doc object, chain, network int) string {
	pack := func(v any) []byte { return must(cbor.Marshal(v)) }
	return multi.Encode(pack([]any{
		[]any{3, []any{[]any{1, pack(hexOf(siblings[0]))}, []any{0, pack(hexOf(siblings[1]))}}},
		[]any{0, pack(hexOf(rootOf(doc)))},
		[]any{1, pack(hexOf(leafOf(doc)))},
		[]any{2, []any{[]any{[]any{0, chain}, []any{1, network}, []any{2, pack(certTx)}}}},
	}))
}

// bare2 is a certificate of version 2 without its proof.
func bare2(edits ...object) object {
	return jsonObject(`{"@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"], "type": "Assertion",
		"id": "urn:uuid:c0000000-0000-4000-8000-000000000001", "issuedOn": "2026-01-01T00:00:00Z",
		"recipient": {"type": "email", "hashed": false, "identity": "maya@example.org"},
		"recipientProfile": {"type": ["RecipientProfile", "Extension"], "name": "Maya Learner"},
		"badge": {"type": "BadgeClass", "id": "urn:uuid:c0000000-0000-4000-8000-000000000002", "name": "Robots", "description": "Builds robots.",
			"criteria": {"narrative": "Build one."}, "issuer": {"type": "Profile", "id": "`+certIssuer+`", "name": "Alpine College"}},
		"verification": {"type": ["MerkleProofVerification2017", "Extension"], "publicKey": "ecdsa-koblitz-pubkey:`+certAddress(anchor.Bitcoin)+`"}}`, edits...)
}

func cert2(edits ...object) object {
	doc := bare2(edits...)
	doc["signature"] = receipt(bare2(edits...), []any{"MerkleProof2017", "Extension"}, bitcoinAnchor)
	return doc
}

// cert1 is a certificate of version 1.2, which writes its words out.
func cert1() object {
	doc := jsonObject(`{"@context": {"@vocab": "https://w3id.org/blockcerts/v1#", "id": "@id", "type": "@type"}, "type": "CertificateDocument",
		"certificate": {"type": "Certificate", "name": "Robots", "description": "Builds robots.",
			"issuer": {"type": "Issuer", "id": "` + certIssuer + `", "name": "Alpine College"}},
		"assertion": {"type": "Assertion", "id": "https://college.example/c/1", "uid": "1", "issuedOn": "2026-01-01T00:00:00Z"},
		"recipient": {"type": "email", "identity": "maya@example.org", "hashed": false, "givenName": "Maya", "familyName": "Learner"}}`)
	nquads, _, err := canon.Canonical(context.Background(), doc, crypto.SHA256) // it has a vocabulary of its own
	if err != nil {
		panic(err)
	}
	leaf := sha256.Sum256(nquads)
	root := above(siblings[1], above(leaf, siblings[0]))
	r := receipt(bare2(), "ChainpointSHA256v2", object{"sourceId": certTx, "type": "BTCOpReturn"})
	r["targetHash"], r["merkleRoot"] = hexOf(leaf), hexOf(root)
	return object{"@context": "https://w3id.org/blockcerts/v1", "type": "BlockchainCertificate", "document": doc, "receipt": r}
}

// bare3 is a certificate of version 3 without its proof.
func bare3(edits ...object) object {
	return jsonObject(`{"@context": ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/data-integrity/v2", "https://w3id.org/blockcerts/v3.2"],
		"type": ["VerifiableCredential", "BlockcertsCredential"], "id": "urn:uuid:c0000000-0000-4000-8000-000000000003",
		"issuer": "`+certIssuer+`", "validFrom": "2026-01-01T00:00:00Z", "metadata": "{\"classOf\":\"2026\"}",
		"display": {"contentMediaType": "text/html", "content": "<b onclick=alert(1)>Hello</b>"},
		"credentialSubject": {"id": "did:example:maya", "claim": {"name": "Robots", "description": "Builds robots."}}}`, edits...)
}

// cert3 seals a certificate of version 3, whose proofs before this one count.
func cert3(chain, network int, edits ...object) object {
	doc := bare3(edits...)
	value := proofValue(doc, chain, network)
	p := object{
		"type": "DataIntegrityProof", "cryptosuite": "merkle-proof-2019", "created": "2026-01-01T00:00:00Z",
		"proofPurpose": "assertionMethod", "verificationMethod": certIssuer + "#key-1", "proofValue": value,
	}
	if had, ok := doc["proof"]; ok {
		doc["proof"] = []any{had, p}
	} else {
		doc["proof"] = p
	}
	return doc
}

// chained is a certificate that the school's own key signed before its hash went
// into the chain.
func chained() object {
	doc := seal(bare3(object{
		"@context": []any{"https://www.w3.org/2018/credentials/v1", "https://w3id.org/blockcerts/v3"},
		"issuer":   didOf(certKey), "validFrom": nil, "issuanceDate": "2026-01-01T00:00:00Z",
	}), "EcdsaSecp256k1Signature2019", certKey, nil)
	first := doc["proof"].(object)
	doc["proof"] = []any{first, object{
		"type": "ChainedProof2021", "chainedProofType": "MerkleProof2019", "previousProof": maps.Clone(first),
		"created": "2026-01-01T00:00:00Z", "proofPurpose": "assertionMethod", "verificationMethod": method(certKey), "proofValue": proofValue(doc, 0, 1),
	}}
	return doc
}

// reread gives a document as a reader finds it, so that changes leave the original.
func reread(doc object) object { return must(strict.Object(text(doc))) }

// sent is what an explorer says of the school's transaction.
func sent(root [32]byte, edits ...object) string {
	m := object{
		"txid": certTx, "status": object{"confirmed": true, "block_time": 1767265200}, // 1 January 2026, 11:00
		"vin":  []any{object{"prevout": object{"scriptpubkey_address": certAddress(anchor.Bitcoin)}}},
		"vout": []any{object{"scriptpubkey": "6a20" + hexOf(root)}},
	}
	for _, e := range edits {
		maps.Copy(m, e)
	}
	return string(text(m))
}

// nodePages are the answers of a JSON-RPC server of a chain.
func nodePages(root [32]byte, chainID string) map[string]string {
	pages := map[string]string{}
	for _, c := range []struct {
		method string
		params []any
		result any
	}{
		{"eth_chainId", []any{}, chainID},
		{"eth_getTransactionByHash", []any{"0x" + certTx}, object{"hash": "0x" + certTx, "from": strings.ToUpper(certAddress(anchor.EVM(1))[2:]), "input": "0x" + hexOf(root), "blockNumber": "0x1"}},
		{"eth_getBlockByNumber", []any{"0x1", false}, object{"timestamp": "0x69565370"}}, // the same day
	} {
		question := text(object{"jsonrpc": "2.0", "id": 1, "method": c.method, "params": c.params})
		pages[fetch.CallKey(nodeAt, question)] = string(text(object{"jsonrpc": "2.0", "id": 1, "result": c.result}))
	}
	return pages
}

// issuerProfile is what the school says of itself, with its addresses.
func issuerProfile(keys ...object) string {
	m := object{
		"@context": []any{"https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"}, "type": "Profile",
		"id": certIssuer, "name": "Alpine College", "publicKey": keys,
	}
	return string(text(m))
}

func listedKey(c anchor.Chain, edits ...object) object {
	m := object{"id": "ecdsa-koblitz-pubkey:" + certAddress(c), "created": "2020-01-01T00:00:00Z"}
	for _, e := range edits {
		maps.Copy(m, e)
	}
	return m
}
