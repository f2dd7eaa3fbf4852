package anchor

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	//lint:ignore SA1019 Bitcoin's addresses are made with it
	"golang.org/x/crypto/ripemd160"
	"golang.org/x/crypto/sha3"

	"github.com/cairnwallet/cairn/verify/multi"
)

// addressPrefix is how Blockcerts marks an address of a chain where it names a key.
const addressPrefix = "ecdsa-koblitz-pubkey:"

// Address takes the mark off an address that a certificate or an issuer's profile
// names: "ecdsa-koblitz-pubkey:1Awd…" becomes "1Awd…".
func Address(s string) string {
	if len(s) > len(addressPrefix) && strings.EqualFold(s[:len(addressPrefix)], addressPrefix) {
		return s[len(addressPrefix):]
	}
	return s
}

// SameAddress compares two addresses as their chain does: the capitals of an
// Ethereum address are but a checksum (EIP-55), those of a Bitcoin one are part of it.
func SameAddress(a, b string) bool {
	a, b = Address(a), Address(b)
	if isHexAddress(a) && isHexAddress(b) {
		return strings.EqualFold(strings.TrimPrefix(a, "0x"), strings.TrimPrefix(b, "0x"))
	}
	return a != "" && a == b
}

func isHexAddress(s string) bool {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	return err == nil && len(b) == 20
}

// OnTestnet says whether an address is one of Bitcoin's test network, by its first
// letter.
func OnTestnet(address string) bool {
	a := Address(address)
	return a != "" && strings.ContainsRune("mn2", rune(a[0])) && !isHexAddress(a) || strings.HasPrefix(a, "tb1")
}

// AddressOf gives the address that a secp256k1 key, as an uncompressed point of 65
// bytes, has on a chain: on Bitcoin the one that pays to the hash of the compressed
// key, as Blockcerts issuers use it. It is empty for a chain we don't know.
func AddressOf(chain Chain, point []byte) string {
	if len(point) != 65 || point[0] != 4 {
		return ""
	}
	switch chain {
	case Bitcoin:
		return payToHash(0x00, point)
	case Testnet:
		return payToHash(0x6f, point)
	}
	if _, ok := chain.ID(); !ok {
		return ""
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(point[1:])
	return "0x" + hex.EncodeToString(h.Sum(nil)[12:])
}

// payToHash is Base58Check of a version and HASH160 of the compressed key.
func payToHash(version byte, point []byte) string {
	compressed := append([]byte{2 + point[64]&1}, point[1:33]...)
	inner := sha256.Sum256(compressed)
	h := ripemd160.New()
	h.Write(inner[:])
	body := append([]byte{version}, h.Sum(nil)...)
	once := sha256.Sum256(body)
	twice := sha256.Sum256(once[:])
	return multi.Base58Encode(append(body, twice[:4]...))
}
