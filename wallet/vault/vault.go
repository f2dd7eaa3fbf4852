// Package vault keeps sealed records.
package vault

// Vault is an open vault.
type Vault struct{}
