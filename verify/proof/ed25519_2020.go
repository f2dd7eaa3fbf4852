package proof

// Ed25519Signature2020: the form before eddsa-rdfc-2022 with the same steps, see
// W3C Data Integrity EdDSA Cryptosuites 1.0, appendix on Ed25519Signature2020.
var _ = register(Suite{
	Name:   "Ed25519Signature2020",
	Type:   "Ed25519Signature2020",
	canon:  rdfc,
	hash:   ed25519Hash,
	member: proofValue,
	encode: base58,
	scheme: eddsa,
})
