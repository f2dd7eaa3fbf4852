package proof

// eddsa-jcs-2022: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3.
var _ = register(Suite{
	Name:   "eddsa-jcs-2022",
	Type:   dataIntegrity,
	canon:  jcs,
	own:    true,
	hash:   ed25519Hash,
	member: proofValue,
	encode: base58,
	scheme: eddsa,
})
