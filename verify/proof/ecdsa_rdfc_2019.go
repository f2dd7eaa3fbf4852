package proof

// ecdsa-rdfc-2019: W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.2.
var _ = register(Suite{
	Name:   "ecdsa-rdfc-2019",
	Type:   dataIntegrity,
	canon:  rdfc,
	hash:   nistHash,
	member: proofValue,
	encode: base58,
	scheme: nist,
})
