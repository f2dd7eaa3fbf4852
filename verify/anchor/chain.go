package anchor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Chain is a block chain by a name of ours: one of the constants, or what EVM
// gives. The zero Chain is one we don't know.
type Chain string

// Chains that are no Ethereum.
const (
	Bitcoin Chain = "bitcoin"
	Testnet Chain = "bitcoin-testnet"
	Mock    Chain = "mock" // made up for tests: whatever it holds, anybody can claim
)

const evmPrefix = "eip155:"

// EVM gives the chain with an id of EIP-155, Ethereum's own being 1 (CAIP-2 writes
// it the same way).
func EVM(id uint64) Chain { return Chain(evmPrefix + strconv.FormatUint(id, 10)) }

// ID gives the EIP-155 id of a chain that works as Ethereum does.
func (c Chain) ID() (uint64, bool) {
	digits, ok := strings.CutPrefix(string(c), evmPrefix)
	id, err := strconv.ParseUint(digits, 10, 64)
	return id, ok && err == nil && id > 0
}

// named are the chains that go by a name: what to call them, and what documents
// and people write, in lower case (explorer-lookup and the Key map of Merkle Proof
// 2019 for those of Blockcerts).
var named = []struct {
	chain Chain
	title string
	names []string
}{
	{Bitcoin, "Bitcoin", []string{"bitcoin", "btc", "bitcoinmainnet", "btc:mainnet"}},
	{Testnet, "Bitcoin Testnet", []string{"bitcoin-testnet", "testnet", "bitcointestnet", "btc:testnet"}},
	{Mock, "Mocknet", []string{"mock", "mocknet", "mockchain", "regtest", "bitcoinregtest", "mocknet:mocknet"}},
	{EVM(1), "Ethereum", []string{"ethereum", "eth", "ethmain", "ethereummainnet", "eth:mainnet"}},
	{EVM(3), "Ropsten", []string{"ropsten", "ethropst", "ethereumropsten", "eth:ropsten"}},
	{EVM(4), "Rinkeby", []string{"rinkeby", "ethrinkeby", "ethereumrinkeby", "eth:rinkeby"}},
	{EVM(5), "Goerli", []string{"goerli", "ethgoerli", "ethereumgoerli", "eth:goerli"}},
	{EVM(11155111), "Sepolia", []string{"sepolia", "ethsepolia", "ethereumsepolia", "eth:sepolia"}},
	{EVM(137), "Polygon", []string{"polygon", "matic", "polygonmainnet", "mtc:mainnet"}},
	{EVM(80001), "Mumbai", []string{"mumbai", "mtc:mumbai"}},
	{EVM(8453), "Base", []string{"base", "basemainnet", "base:mainnet"}},
	{EVM(84532), "Base Sepolia", []string{"base-sepolia", "basesepolia", "base:sepolia"}},
	{EVM(43114), "Avalanche", []string{"avalanche", "avax", "avalanchemainnet"}},
	{EVM(250), "Fantom", []string{"fantom", "ftm", "fantommainnet"}},
}

// Title is what to call the chain: a name of its own, such as "Polygon", or its
// code. It is empty for the zero Chain.
func (c Chain) Title() string {
	for _, n := range named {
		if n.chain == c {
			return n.title
		}
	}
	return string(c)
}

// ParseChain reads the name of a chain as documents and people write it, in any
// case: "bitcoin", "ethereumMainnet", "polygon", "eip155:43114", or the number of
// EIP-155 alone.
func ParseChain(s string) (Chain, bool) {
	s = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "blink:")
	for _, n := range named {
		if slices.Contains(n.names, s) {
			return n.chain, true
		}
	}
	id, err := strconv.ParseUint(strings.TrimPrefix(s, evmPrefix), 10, 64)
	if err != nil || id == 0 {
		return "", false
	}
	return EVM(id), true
}

// mockNumber stands for a chain that is made up.
const mockNumber = -1

// numbered gives the chain that a compact receipt names by numbers, and how the
// long form writes it. The networks of the chains that work as Ethereum does are
// numbered by EIP-155 (Merkle Proof 2019 Signature Suite, section "Key map").
func numbered(chain, network int64) (Chain, string) {
	switch {
	case chain == 0 && network == 1:
		return Bitcoin, "blink:btc:mainnet"
	case chain == 0 && network == 3:
		return Testnet, "blink:btc:testnet"
	case chain >= 1 && chain <= 3 && network > 0:
		code := [...]string{1: "eth", 2: "mtc", 3: "base"}[chain]
		return EVM(uint64(network)), fmt.Sprintf("blink:%s:%d", code, network)
	}
	return "", fmt.Sprintf("blink:%d:%d", chain, network)
}
