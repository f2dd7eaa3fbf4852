package anchor

import (
	"testing"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// The generator of the curve is the public key of the private key 1, whose
// addresses are known to everybody.
func generator(t *testing.T) []byte {
	t.Helper()
	compressed, err := multi.Decode("f0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
	if err != nil {
		t.Fatal(err)
	}
	k, err := multi.ParseSecp256k1(compressed)
	if err != nil {
		t.Fatal(err)
	}
	return k[:]
}

func TestAddressOf(t *testing.T) {
	point := generator(t)
	for chain, want := range map[Chain]string{
		Bitcoin:  "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
		Testnet:  "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r",
		EVM(1):   "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf",
		EVM(137): "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf",
		Mock:     "",
		"":       "",
	} {
		if got := AddressOf(chain, point); got != want {
			t.Errorf("%s: %q, want %q", chain, got, want)
		}
	}
	for name, point := range map[string][]byte{"none": nil, "compressed": point[:33], "no mark": make([]byte, 65)} {
		if got := AddressOf(Bitcoin, point); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestCorpusAddresses: the issuer's profile lists the addresses that the keys in it
// have on two chains.
func TestCorpusAddresses(t *testing.T) {
	profile, err := strict.Object(testkit.File(t, "blockcerts", "support__issuer-blockcerts.json"))
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, v := range profile["publicKey"].([]any) {
		listed[Address(v.(map[string]any)["id"].(string))] = true
	}
	found := 0
	for _, v := range profile["verificationMethod"].([]any) {
		text, _ := v.(map[string]any)["publicKeyMultibase"].(string)
		pub, _ := multi.DecodeKey(text)
		k, ok := pub.(multi.Secp256k1)
		if !ok {
			continue
		}
		for _, chain := range []Chain{Bitcoin, Testnet, EVM(1)} {
			for address := range listed {
				if SameAddress(address, AddressOf(chain, k[:])) {
					found++
				}
			}
		}
	}
	if found == 0 {
		t.Error("no key in the profile has an address that the profile lists")
	}
}

func TestSameAddress(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"Bitcoin", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", "ecdsa-koblitz-pubkey:1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", true},
		{"Bitcoin, another case", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", "1bgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", false},
		{"Ethereum, with and without capitals", "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", true},
		{"Ethereum without its mark", "7e5f4552091a69125d5dfcb7b8c2659029395bdf", "ECDSA-koblitz-pubkey:0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", true},
		{"Ethereum, one digit", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", "0x7e5f4552091a69125d5dfcb7b8c2659029395bde", false},
		{"none", "", "", false},
		{"the mark alone", "ecdsa-koblitz-pubkey:", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := SameAddress(c.a, c.b); got != c.want {
				t.Errorf("same: %v", got)
			}
		})
	}
}

func TestOnTestnet(t *testing.T) {
	for address, want := range map[string]bool{
		"ecdsa-koblitz-pubkey:msBCHdwaQ7N2ypBYupkp6uNxtr9Pg76imj": true,
		"n25TTSLzkNgHe9XcPFekKwcQCybq4hxins":                      true,
		"2N3oefVeg6stiTb5Kh3ozCSkaqmx91FDbsm":                     true,
		"tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx":              true,
		"1AwdUWQzJgfDDjeKtpPzMfYMHejFBrxZfo":                      false,
		"0x41cDa1D87Fd6297c5ea4C8BE56c41A1276956EF1":              false,
		"2222222222222222222222222222222222222222":                false, // an Ethereum address without its mark
		"": false,
	} {
		if got := OnTestnet(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestParseChain(t *testing.T) {
	for name, want := range map[string]Chain{
		"bitcoin": Bitcoin, "bitcoinMainnet": Bitcoin, "BTC": Bitcoin, "blink:btc:mainnet": Bitcoin,
		"bitcoinTestnet": Testnet, "bitcoinRegtest": Mock, "mockchain": Mock,
		"ethereumMainnet": EVM(1), "ethereumRopsten": EVM(3), "sepolia": EVM(11155111),
		"Avalanche": EVM(43114), "fantom": EVM(250), "polygon": EVM(137), " 137 ": EVM(137), "eip155:8995": EVM(8995),
	} {
		if got, ok := ParseChain(name); !ok || got != want {
			t.Errorf("%q: %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "dogecoin", "eip155:", "eip155:0", "eip155:-1", "eip155:0x1", "1e3", "99999999999999999999"} {
		if got, ok := ParseChain(name); ok {
			t.Errorf("%q is %q", name, got)
		}
	}
	for chain, want := range map[Chain]string{Bitcoin: "Bitcoin", EVM(137): "Polygon", EVM(8995): "eip155:8995", "": ""} {
		if got := chain.Title(); got != want {
			t.Errorf("%q is called %q", chain, got)
		}
	}
	for _, n := range named {
		for _, name := range n.names {
			if got, ok := ParseChain(name); !ok || got != n.chain {
				t.Errorf("%q is %q: two chains of one name", name, got)
			}
		}
	}
}
