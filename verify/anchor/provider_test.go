package anchor

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
)

const (
	issuer   = "1AwdUWQzJgfDDjeKtpPzMfYMHejFBrxZfo"
	account  = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"
	explorer = "https://explorer.example/api"
	rpcURL   = "https://rpc.example/v1"
)

var (
	noon  = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	mined = time.Unix(1518049414, 0).UTC()
)

func TestParseProvider(t *testing.T) {
	for text, want := range map[string]string{
		"bitcoin=https://blockstream.info/api":          "bitcoin=https://blockstream.info/api",
		"Polygon=https://rpc.example":                   "eip155:137=https://rpc.example",
		"43114= https://rpc.example/ext/bc/C/rpc?k=a=b": "eip155:43114=https://rpc.example/ext/bc/C/rpc?k=a=b",
		"ethereum=https://api.example/txs/{tx}?limit=9": "eip155:1=https://api.example/txs/{tx}?limit=9",
	} {
		p, err := ParseProvider(text)
		if err != nil || p.String() != want {
			t.Errorf("%q: %q, %v", text, p, err)
		}
		if again, err := ParseProvider(p.String()); err != nil || again != p {
			t.Errorf("%q came back as %q, %v", p, again, err)
		}
	}
	for _, text := range []string{
		"", "bitcoin", "bitcoin=", "=https://rpc.example", "dogecoin=https://rpc.example", "mock=https://rpc.example",
		"bitcoin=http://rpc.example", "bitcoin=https://localhost", "bitcoin=https://10.0.0.1/", "bitcoin=https://me:secret@rpc.example",
		"bitcoin=https://rpc.example:8332", "bitcoin=ftp://rpc.example", "bitcoin=https://",
	} {
		if p, err := ParseProvider(text); !errors.Is(err, ErrProvider) {
			t.Errorf("%q: %v, %v", text, p, err)
		}
	}
	if got := (Provider{Bitcoin, "https://blockstream.info/api"}).Host(); got != "blockstream.info" {
		t.Errorf("host %q", got)
	}
}

// script is an output that carries a digest, in hex.
func script(h Hash) string { return "6a20" + h.String() }

// answers are what explorers say of one transaction that carries h; each as its own
// API writes it.
func answers(h Hash) map[string]map[string]any {
	pay := "76a9146d0e0a8a22d533927fb44e578ff60e5b7681888d88ac"
	return map[string]map[string]any{
		"esplora": {
			"txid": tx, "status": map[string]any{"confirmed": true, "block_time": 1518049414},
			"vin":  []any{map[string]any{"prevout": map[string]any{"scriptpubkey_address": issuer}}},
			"vout": []any{map[string]any{"scriptpubkey": pay}, map[string]any{"scriptpubkey": script(h)}},
		},
		"blockcypher": {
			"hash": tx, "confirmed": "2018-02-08T00:23:34Z", "confirmations": 7,
			"inputs":  []any{map[string]any{"addresses": []any{issuer}}},
			"outputs": []any{map[string]any{"script": pay}, map[string]any{"script": script(h)}},
		},
		"blockchain.info": {
			"hash": tx, "time": 1518049414, "block_height": 508180,
			"inputs": []any{map[string]any{"prev_out": map[string]any{"addr": issuer}}},
			"out":    []any{map[string]any{"script": pay}, map[string]any{"script": script(h)}},
		},
	}
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func TestParseAnswer(t *testing.T) {
	for name, m := range answers(ofTree) {
		got, err := ParseAnswer(marshal(m), false)
		if err != nil || got.ID != tx || got.Sender != issuer || !got.Holds(ofTree) || got.Holds(leafA) || !got.At.Equal(mined) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		for other, o := range answers(ofTree) {
			if third, err := ParseAnswer(marshal(o), false); err != nil || !got.Agrees(third) {
				t.Errorf("%s and %s don't agree: %v", name, other, err)
			}
		}
		if bent, err := ParseAnswer(marshal(answers(leafA)[name]), false); err != nil || got.Agrees(bent) {
			t.Errorf("%s agrees with another: %v", name, err)
		}
	}
}

func TestParseAnswerRefused(t *testing.T) {
	for _, c := range []struct {
		name, api, member string
		v                 any
		want              error
	}{
		{"not confirmed", "esplora", "status", map[string]any{"confirmed": false}, ErrUnconfirmed},
		{"no status", "esplora", "status", nil, ErrUnconfirmed},
		{"no time", "esplora", "status", map[string]any{"confirmed": true}, ErrAnswer},
		{"before there was a chain", "esplora", "status", map[string]any{"confirmed": true, "block_time": 5}, ErrAnswer},
		{"beyond all of us", "esplora", "status", map[string]any{"confirmed": true, "block_time": 1 << 40}, ErrAnswer},
		{"time in tenths", "esplora", "status", map[string]any{"confirmed": true, "block_time": 1518049414.5}, ErrAnswer},
		{"no input", "esplora", "vin", []any{}, ErrAnswer},
		{"input is a number", "esplora", "vin", []any{5}, ErrAnswer},
		{"no id", "esplora", "txid", "5", ErrAnswer},
		{"no confirmation", "blockcypher", "confirmations", 0, ErrUnconfirmed},
		{"less than none", "blockcypher", "confirmations", -1, ErrUnconfirmed},
		{"confirmations in words", "blockcypher", "confirmations", "many", ErrUnconfirmed},
		{"no date", "blockcypher", "confirmed", "today", ErrAnswer},
		{"no addresses", "blockcypher", "inputs", []any{map[string]any{"addresses": nil}}, ErrAnswer},
		{"in no block", "blockchain.info", "block_height", nil, ErrUnconfirmed},
		{"no time, blockchain.info", "blockchain.info", "time", nil, ErrAnswer},
		{"nothing known", "blockchain.info", "out", nil, ErrAnswer},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := answers(ofTree)[c.api]
			if got, err := ParseAnswer(marshal(with(m, c.member, c.v)), false); !errors.Is(err, c.want) {
				t.Errorf("got %+v, %v, want %v", got, err, c.want)
			}
		})
	}
	for _, raw := range []string{"", "[]", "<html>", `{"hash":"x","hash":"y"}`, "5"} {
		if _, err := ParseAnswer([]byte(raw), false); !errors.Is(err, ErrAnswer) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

// Only 32 bytes behind OP_RETURN, or as all of the input data, are a digest.
func TestParseAnswerScripts(t *testing.T) {
	for _, c := range []struct {
		name, script string
		evm          bool
		want         int
	}{
		{"carried", script(ofTree), false, 1},
		{"a byte short", "6a1f" + ofTree.String()[2:], false, 0},
		{"a byte more", script(ofTree) + "00", false, 0},
		{"not OP_RETURN", "6b20" + ofTree.String(), false, 0},
		{"not hex", "6a20" + strings.Repeat("z", 64), false, 0},
		{"input data", ofTree.String(), true, 1},
		{"input data with its mark", "0x" + ofTree.String(), true, 1},
		{"input data, a byte more", ofTree.String() + "00", true, 0},
		{"input data of another chain", script(ofTree), true, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(answers(ofTree)["blockcypher"], "outputs", []any{map[string]any{"script": c.script}})
			if got, err := ParseAnswer(marshal(m), c.evm); err != nil || len(got.Data) != c.want {
				t.Errorf("got %v, %v", got.Data, err)
			}
		})
	}
}

func TestLookExplorer(t *testing.T) {
	good := string(marshal(answers(ofTree)["esplora"]))
	web := &testkit.Web{Now: noon, Pages: map[string]string{
		explorer + "/tx/" + tx:              good,
		"https://own.example/?id=" + tx:     good,
		explorer + "/tx/" + ofTree.String(): good,
	}, Errs: map[string]error{explorer + "/tx/" + leafA.String(): fetch.ErrGone}}
	for _, c := range []struct {
		name, provider, tx string
		want               error
	}{
		{"Esplora's path", "bitcoin=" + explorer + "/", tx, nil},
		{"id with a mark and capitals", "bitcoin=" + explorer, "0x" + strings.ToUpper(tx), nil},
		{"a place for the id", "bitcoin=https://own.example/?id={tx}", tx, nil},
		{"about another transaction", "bitcoin=" + explorer, ofTree.String(), ErrAnswer},
		{"not there", "bitcoin=" + explorer, leafA.String(), ErrAbsent},
		{"not reachable", "bitcoin=https://other.example", tx, fetch.ErrUnreachable},
		{"no id", "bitcoin=" + explorer, "../tx", ErrAbsent},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := ParseProvider(c.provider)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Look(t.Context(), web, c.tx)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil && (!got.Holds(ofTree) || !got.AsOf.Equal(noon)) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// node is a JSON-RPC server in memory: what it answers to each method.
type node map[string]string

func (n node) web() *testkit.Web {
	w := &testkit.Web{Now: noon, Pages: map[string]string{}}
	for method, result := range n {
		params := map[string]any{"eth_chainId": []any{}, "eth_getTransactionByHash": []any{"0x" + tx}, "eth_getBlockByNumber": []any{"0x7c114", false}}
		question := marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params[method]})
		w.Pages[fetch.CallKey(rpcURL, question)] = result
	}
	return w
}

func goodNode() node {
	return node{
		"eth_chainId":              `{"jsonrpc":"2.0","id":1,"result":"0x89"}`,
		"eth_getTransactionByHash": `{"result":{"hash":"0x` + tx + `","from":"` + account + `","input":"0x` + ofTree.String() + `","blockNumber":"0x7c114"}}`,
		"eth_getBlockByNumber":     `{"result":{"timestamp":"0x` + strconv.FormatInt(mined.Unix(), 16) + `"}}`,
	}
}

func TestLookRPC(t *testing.T) {
	p, err := ParseProvider("polygon=" + rpcURL)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Look(t.Context(), goodNode().web(), tx)
	if err != nil || !got.Holds(ofTree) || !SameAddress(got.Sender, account) || !got.At.Equal(mined) || !got.AsOf.Equal(noon) {
		t.Errorf("got %+v, %v", got, err)
	}
	transaction := goodNode()["eth_getTransactionByHash"]
	for _, c := range []struct {
		name, method, answer string
		want                 error
	}{
		{"another chain", "eth_chainId", `{"result":"0x1"}`, ErrOtherChain},
		{"chain in decimal", "eth_chainId", `{"result":"137"}`, ErrAnswer},
		{"not there", "eth_getTransactionByHash", `{"result":null}`, ErrAbsent},
		{"in no block", "eth_getTransactionByHash", strings.Replace(transaction, `"0x7c114"`, "null", 1), ErrUnconfirmed},
		{"about another", "eth_getTransactionByHash", strings.Replace(transaction, tx, leafA.String(), 1), ErrAnswer},
		{"no sender", "eth_getTransactionByHash", strings.Replace(transaction, account, "", 1), ErrAnswer},
		{"block is a word", "eth_getTransactionByHash", strings.Replace(transaction, "0x7c114", "latest", 1), ErrAnswer},
		{"a list", "eth_getTransactionByHash", `{"result":[]}`, ErrAnswer},
		{"refused", "eth_getTransactionByHash", `{"error":{"code":-32601},"result":null}`, ErrAnswer},
		{"no result", "eth_getTransactionByHash", `{}`, ErrAnswer},
		{"a page", "eth_getTransactionByHash", `<html>`, ErrAnswer},
		{"no time", "eth_getBlockByNumber", `{"result":{}}`, ErrAnswer},
		{"no block", "eth_getBlockByNumber", `{"result":null}`, ErrAnswer},
		{"time beyond measure", "eth_getBlockByNumber", `{"result":{"timestamp":"0xffffffffffffffff"}}`, ErrAnswer},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := goodNode()
			n[c.method] = c.answer
			if got, err := p.Look(t.Context(), n.web(), tx); !errors.Is(err, c.want) {
				t.Errorf("got %+v, %v, want %v", got, err, c.want)
			}
		})
	}
	if _, err := p.Look(t.Context(), fetch.Offline{}, tx); !errors.Is(err, fetch.ErrOffline) {
		t.Errorf("offline: %v", err)
	}
	other := goodNode()
	other["eth_getTransactionByHash"] = strings.Replace(transaction, ofTree.String(), ofTree.String()+"00", 1)
	if got, err := p.Look(t.Context(), other.web(), tx); err != nil || len(got.Data) != 0 {
		t.Errorf("more than a digest: %+v, %v", got, err)
	}
}

// TestCorpusAnswers: three explorers on one transaction say the same, and a fourth
// on one of version 1.2.
func TestCorpusAnswers(t *testing.T) {
	var first Transaction
	for _, c := range []struct{ file, tx, root, sender string }{
		{"mockBlockchainInfoResponse.json", tx, "b2ceea1d52627b6ed8d919ad1039eca32f6e099ef4a357cbb7f7361c471ea6c8", issuer},
		{"mockBlockcypherResponse.json", tx, "b2ceea1d52627b6ed8d919ad1039eca32f6e099ef4a357cbb7f7361c471ea6c8", issuer},
		{"mockBlockstreamResponse.json", tx, "b2ceea1d52627b6ed8d919ad1039eca32f6e099ef4a357cbb7f7361c471ea6c8", issuer},
		{"v1.2-blockcypher-response.json", "8623beadbc7877a9e20fb7f83eda6c1a1fc350171f0714ff6c6c4054018eb54d", "68f3ede17fdb67ffd4a5164b5687a71f9fbb68da803b803935720f2aa38f7728", "1Q3P94rdNyftFBEKiN1fxmt2HnQgSCB619"},
	} {
		got, err := ParseAnswer(testkit.File(t, "chain-api", c.file), false)
		if err != nil {
			t.Fatal(c.file, err)
		}
		root, _ := hex.DecodeString(c.root)
		if got.ID != c.tx || got.Sender != c.sender || !got.Holds(Hash(root)) || got.At.Year() < 2016 {
			t.Errorf("%s: %+v", c.file, got)
		}
		if first.ID == "" {
			first = got
		}
		if got.ID == tx && !got.Agrees(first) {
			t.Errorf("%s does not agree with the first", c.file)
		}
	}
}
