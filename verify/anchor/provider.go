package anchor

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
)

// What a provider may answer instead of a transaction. Errors of package fetch say
// that it could not be asked.
var (
	ErrAbsent      = errors.New("no such transaction in the chain")
	ErrUnconfirmed = errors.New("the transaction is in no block yet")
	ErrOtherChain  = errors.New("the provider serves another chain")
	ErrAnswer      = errors.New("the provider's answer is not readable")
)

// ErrProvider says that a text names no provider.
var ErrProvider = errors.New("not a provider of a block chain")

// Provider is somebody who is asked about the transactions of one chain: only ever
// one that the person named, since it learns which certificate is looked at.
type Provider struct {
	Chain Chain
	URL   string // https; "{tx}" stands for the transaction's id
}

// placeholder stands for the id of a transaction in a provider's address.
const placeholder = "{tx}"

// ParseProvider reads "chain=address", as String writes it. The chain is any that
// ParseChain knows but a mock one. The address is that of
//
//   - a JSON-RPC server, for a chain that works as Ethereum does;
//   - an explorer, with {tx} where the transaction's id belongs. The answer may be
//     that of blockchain.info, BlockCypher or Esplora (Blockstream, mempool). For
//     Bitcoin an address without {tx} is an Esplora server's.
//
// An error is an ErrProvider.
func ParseProvider(s string) (Provider, error) {
	name, address, ok := strings.Cut(s, "=")
	if !ok {
		return Provider{}, fmt.Errorf("%w: %.80q is not written as chain=address", ErrProvider, s)
	}
	chain, ok := ParseChain(name)
	if !ok || chain == Mock {
		return Provider{}, fmt.Errorf("%w: %.80q is no chain that can be asked", ErrProvider, name)
	}
	address = strings.TrimSpace(address)
	if !strings.HasPrefix(address, "https://") {
		return Provider{}, fmt.Errorf("%w: the address has to begin with https://", ErrProvider)
	}
	if _, err := fetch.Address(strings.ReplaceAll(address, placeholder, "0")); err != nil {
		return Provider{}, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	return Provider{Chain: chain, URL: address}, nil
}

// String writes a provider so that ParseProvider reads it.
func (p Provider) String() string { return string(p.Chain) + "=" + p.URL }

// Host is what to call the provider.
func (p Provider) Host() string {
	if u, err := url.Parse(p.URL); err == nil {
		return u.Host
	}
	return p.URL
}

// Transaction is what a provider says of one.
type Transaction struct {
	ID     string // 64 hex digits
	Data   []Hash // the digests it carries: in an OP_RETURN output, or as all of its input data
	Sender string // the address that made it: on Bitcoin that of its first input
	At     time.Time
	AsOf   time.Time // when the provider said so
}

// Holds says whether the transaction carries the root of a receipt.
func (t Transaction) Holds(root Hash) bool { return slices.Contains(t.Data, root) }

// Agrees says whether two providers told the same of one transaction. Their times
// may differ by minutes: some give the block's, some when they heard of it.
func (t Transaction) Agrees(other Transaction) bool {
	return t.ID == other.ID && SameAddress(t.Sender, other.Sender) && slices.Equal(t.Data, other.Data)
}

// Look asks the provider about a transaction of its chain. Every answer goes
// through get.
func (p Provider) Look(ctx context.Context, get fetch.Getter, tx string) (Transaction, error) {
	if transactionID(tx) == "" {
		return Transaction{}, fmt.Errorf("%w: %.80q is no id of a transaction", ErrAbsent, tx)
	}
	tx = transactionID(tx)
	_, evm := p.Chain.ID()
	if evm && !strings.Contains(p.URL, placeholder) {
		return p.call(ctx, get, tx)
	}
	page, err := get.Get(ctx, p.address(tx), "application/json")
	if errors.Is(err, fetch.ErrGone) {
		return Transaction{}, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	if err != nil {
		return Transaction{}, err
	}
	t, err := ParseAnswer(page.Body, evm)
	if err != nil {
		return Transaction{}, err
	}
	if t.ID != tx {
		return Transaction{}, fmt.Errorf("%w: it is about another transaction", ErrAnswer)
	}
	t.AsOf = page.AsOf
	return t, nil
}

// address puts a transaction's id into the provider's address.
func (p Provider) address(tx string) string {
	if strings.Contains(p.URL, placeholder) {
		return strings.ReplaceAll(p.URL, placeholder, tx)
	}
	return strings.TrimSuffix(p.URL, "/") + "/tx/" + tx
}

// opReturn is how the script of an output begins that carries 32 bytes: OP_RETURN,
// and the number of bytes that follow.
var opReturn = []byte{0x6a, sha256.Size}

// carried gives the digest that a script carries.
func carried(script []byte) (Hash, bool) {
	var h Hash
	rest, ok := bytes.CutPrefix(script, opReturn)
	if !ok || len(rest) != len(h) {
		return h, false
	}
	copy(h[:], rest)
	return h, true
}
