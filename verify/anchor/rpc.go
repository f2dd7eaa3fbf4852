package anchor

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
)

// call asks a JSON-RPC server of a chain that works as Ethereum does (Ethereum
// JSON-RPC: eth_chainId, eth_getTransactionByHash, eth_getBlockByNumber).
func (p Provider) call(ctx context.Context, get fetch.Getter, tx string) (Transaction, error) {
	if err := p.sameChain(ctx, get); err != nil {
		return Transaction{}, err
	}
	result, asOf, err := p.ask(ctx, get, "eth_getTransactionByHash", "0x"+tx)
	if err != nil {
		return Transaction{}, err
	}
	if result == nil {
		return Transaction{}, ErrAbsent
	}
	t, block, err := parseEVM(result)
	if err != nil {
		return Transaction{}, err
	}
	if t.ID != tx {
		return Transaction{}, fmt.Errorf("%w: it is about another transaction", ErrAnswer)
	}
	t.AsOf = asOf
	t.At, err = p.blockTime(ctx, get, block)
	return t, err
}

// sameChain makes sure that the server serves the chain it was named for.
func (p Provider) sameChain(ctx context.Context, get fetch.Getter) error {
	result, _, err := p.ask(ctx, get, "eth_chainId")
	if err != nil {
		return err
	}
	want, _ := p.Chain.ID()
	got, err := quantity(result)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("%w: %d", ErrOtherChain, got)
	}
	return nil
}

// blockTime gives the time at which a block says it was made.
func (p Provider) blockTime(ctx context.Context, get fetch.Getter, number string) (time.Time, error) {
	result, _, err := p.ask(ctx, get, "eth_getBlockByNumber", number, false)
	if err != nil {
		return time.Time{}, err
	}
	block, _ := result.(map[string]any)
	seconds, err := quantity(block["timestamp"])
	if err != nil {
		return time.Time{}, err
	}
	return unixTime(int64(min(seconds, maxSeconds)))
}

// ask makes one call and gives its result.
func (p Provider) ask(ctx context.Context, get fetch.Getter, method string, params ...any) (any, time.Time, error) {
	if params == nil {
		params = []any{}
	}
	question, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("ask %s: %w", method, err)
	}
	page, err := fetch.Call(ctx, get, p.URL, question)
	if err != nil {
		return nil, time.Time{}, err
	}
	m, err := strict.Object(page.Body)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	result, has := m["result"]
	if m["error"] != nil || !has {
		return nil, time.Time{}, fmt.Errorf("%w: it refuses %s", ErrAnswer, method)
	}
	return result, page.AsOf, nil
}

// parseEVM reads the result of eth_getTransactionByHash and gives the number of the
// transaction's block, as written.
func parseEVM(result any) (Transaction, string, error) {
	m, ok := result.(map[string]any)
	if !ok {
		return Transaction{}, "", fmt.Errorf("%w: no transaction", ErrAnswer)
	}
	t := Transaction{ID: transactionID(text(m["hash"])), Sender: text(m["from"])}
	if t.ID == "" || !isHexAddress(t.Sender) {
		return Transaction{}, "", fmt.Errorf("%w: hash or sender is missing", ErrAnswer)
	}
	if h, err := parseHash(text(m["input"])); err == nil {
		t.Data = []Hash{h}
	}
	if m["blockNumber"] == nil {
		return Transaction{}, "", ErrUnconfirmed
	}
	if _, err := quantity(m["blockNumber"]); err != nil {
		return Transaction{}, "", err
	}
	return t, text(m["blockNumber"]), nil
}

// quantity reads a number as JSON-RPC writes it: "0x89".
func quantity(v any) (uint64, error) {
	digits, ok := strings.CutPrefix(text(v), "0x")
	n, err := strconv.ParseUint(digits, 16, 64)
	if !ok || err != nil {
		return 0, fmt.Errorf("%w: %.40q is no number", ErrAnswer, text(v))
	}
	return n, nil
}

func text(v any) string { s, _ := v.(string); return s }
