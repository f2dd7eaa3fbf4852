package proof

// ecdsa-jcs-2019: W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.3.
var _ = register(Suite{
	Name:   "ecdsa-jcs-2019",
	Type:   dataIntegrity,
	canon:  jcs,
	own:    true,
	hash:   nistHash,
	member: proofValue,
	encode: base58,
	scheme: nist,
})
