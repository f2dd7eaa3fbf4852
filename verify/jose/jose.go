// Package jose is the only importer of jwx.
package jose

import "crypto"

// Key is a validated public key.
type Key struct {
	ID     string           // kid or verification method id; may be empty
	Public crypto.PublicKey // ed25519.PublicKey, *ecdsa.PublicKey (P-256, P-384) or *rsa.PublicKey
}
