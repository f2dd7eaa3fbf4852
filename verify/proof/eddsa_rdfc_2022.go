package proof

// eddsa-rdfc-2022: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2.
var _ = register(Suite{
	Name:   "eddsa-rdfc-2022",
	Type:   dataIntegrity,
	canon:  rdfc,
	hash:   ed25519Hash,
	member: proofValue,
	encode: base58,
	scheme: eddsa,
})
