package anchor

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/strict"
)

// ParseAnswer reads what an explorer says of a transaction: blockchain.info,
// BlockCypher or Esplora, told by the members. evm is whether the chain works as
// Ethereum does. The error is ErrUnconfirmed or an ErrAnswer.
func ParseAnswer(raw []byte, evm bool) (Transaction, error) {
	m, err := strict.Object(raw)
	if err != nil {
		return Transaction{}, fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	var t Transaction
	switch {
	case m["vin"] != nil && m["vout"] != nil:
		t, err = esplora(m)
	case m["outputs"] != nil:
		t, err = blockCypher(m, evm)
	case m["out"] != nil:
		t, err = blockchainInfo(m)
	default:
		return Transaction{}, fmt.Errorf("%w: no explorer we know writes such", ErrAnswer)
	}
	if err != nil {
		return Transaction{}, err
	}
	if t.ID == "" || t.Sender == "" {
		return Transaction{}, fmt.Errorf("%w: id or sender is missing", ErrAnswer)
	}
	return t, nil
}

// esplora reads GET /tx/:txid of an Esplora server, such as Blockstream's.
func esplora(m map[string]any) (Transaction, error) {
	status, _ := m["status"].(map[string]any)
	if status["confirmed"] != true {
		return Transaction{}, ErrUnconfirmed
	}
	previous, _ := firstOf(m["vin"])["prevout"].(map[string]any)
	t := Transaction{
		ID: transactionID(text(m["txid"])), Sender: text(previous["scriptpubkey_address"]),
		Data: scripts(m["vout"], "scriptpubkey"),
	}
	return at(t, status["block_time"])
}

// blockCypher reads GET /txs/:hash of BlockCypher. For Ethereum the script of an
// output is the input data of the transaction.
func blockCypher(m map[string]any, evm bool) (Transaction, error) {
	if n, ok := m["confirmations"].(json.Number); !ok || n == "0" || strings.HasPrefix(n.String(), "-") {
		return Transaction{}, ErrUnconfirmed
	}
	t := Transaction{ID: transactionID(text(m["hash"])), Data: scripts(m["outputs"], "script")}
	if from, _ := firstOf(m["inputs"])["addresses"].([]any); len(from) > 0 {
		t.Sender = text(from[0])
	}
	if evm {
		t.Data = nil
		if h, err := parseHash(text(firstOf(m["outputs"])["script"])); err == nil {
			t.Data = []Hash{h}
		}
	}
	made, err := time.Parse(time.RFC3339, text(m["confirmed"]))
	if err != nil {
		return Transaction{}, fmt.Errorf("%w: it does not say when", ErrAnswer)
	}
	t.At = made
	return t, nil
}

// blockchainInfo reads GET /rawtx/:hash of blockchain.info, whose time is when it
// heard of the transaction.
func blockchainInfo(m map[string]any) (Transaction, error) {
	if m["block_height"] == nil {
		return Transaction{}, ErrUnconfirmed
	}
	previous, _ := firstOf(m["inputs"])["prev_out"].(map[string]any)
	t := Transaction{ID: transactionID(text(m["hash"])), Sender: text(previous["addr"]), Data: scripts(m["out"], "script")}
	return at(t, m["time"])
}

// scripts gives what the outputs of a transaction carry, each digest once, sorted,
// so that two providers can be compared.
func scripts(outputs any, member string) []Hash {
	var out []Hash
	list, _ := outputs.([]any)
	for _, v := range list {
		m, _ := v.(map[string]any)
		script, err := hex.DecodeString(text(m[member]))
		if h, ok := carried(script); err == nil && ok {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b Hash) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

func firstOf(v any) map[string]any {
	if list, _ := v.([]any); len(list) > 0 {
		m, _ := list[0].(map[string]any)
		return m
	}
	return nil
}

// at sets the time of a transaction from seconds since 1970.
func at(t Transaction, v any) (Transaction, error) {
	n, _ := v.(json.Number)
	seconds, err := n.Int64()
	if err != nil {
		return Transaction{}, fmt.Errorf("%w: it does not say when", ErrAnswer)
	}
	t.At, err = unixTime(seconds)
	return t, err
}

// The times a block can have: from Bitcoin's first to a day beyond all of us.
const (
	minSeconds = 1_231_006_505
	maxSeconds = 1 << 36
)

func unixTime(seconds int64) (time.Time, error) {
	if seconds < minSeconds || seconds >= maxSeconds {
		return time.Time{}, fmt.Errorf("%w: there was no chain at second %d", ErrAnswer, seconds)
	}
	return time.Unix(seconds, 0).UTC(), nil
}
