package proof

// Ed25519Signature2018: the first of its line, still found in badges of 2022. Its
// value is a detached JWS over the same two hashes (Linked Data Signatures with
// unencoded payload, RFC 7797).
var _ = register(Suite{
	Name:   "Ed25519Signature2018",
	Type:   "Ed25519Signature2018",
	canon:  rdfc,
	hash:   ed25519Hash,
	member: "jws",
	encode: asText,
	scheme: detached,
})
