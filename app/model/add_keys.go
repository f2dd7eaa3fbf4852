package model

import (
	"context"

	"github.com/cairnwallet/cairn/wallet/key"
)

// keyTaker takes the keys of another wallet's file.
type keyTaker interface {
	ForeignKeys(raw []byte) (found, fresh int)
	TakeKeys(ctx context.Context, raw []byte, note string) ([]key.Holder, error)
}

// KeysView is a file of another wallet with secret keys in it, which are taken only
// when the learner ticks that.
type KeysView struct {
	Text string // how many there are, and what they are for
	Take bool
}

// foreignKeys is such a file.
type foreignKeys struct {
	name  string
	raw   []byte
	fresh int
}

// findKeys runs on a worker: it tells of the keys that are not in the wallet yet.
func (a *Add) findKeys(name string, raw []byte, send func(arrival)) bool {
	_, fresh := a.desk.Wallet.ForeignKeys(raw)
	if fresh > 0 {
		send(arrival{keys: &foreignKeys{name, raw, fresh}})
	}
	return fresh > 0
}

func (a *Add) addKeys(k foreignKeys) {
	a.keys = append(a.keys, k)
	a.Keys = append(a.Keys, KeysView{Text: a.count("add.keys", k.fresh)})
}

// TakeKeys chooses whether the keys of a file are taken.
func (a *Add) TakeKeys(i int, on bool) {
	if i >= 0 && i < len(a.Keys) {
		a.Keys[i].Take = on
		a.tally()
	}
}

// taken lists the files whose keys are to be taken.
func (a *Add) taken() []foreignKeys {
	var out []foreignKeys
	for i, k := range a.keys {
		if a.Keys[i].Take {
			out = append(out, k)
		}
	}
	return out
}
