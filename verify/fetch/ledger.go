package fetch

import (
	"context"
	"time"
)

// Contact is one question to a stranger's server, as the learner may read it.
type Contact struct {
	At   time.Time
	Host string
	Why  string // code of the reason, such as "status"; words: contact.<code>
}

// Ledger hears of every contact before it is made. It is called from several
// goroutines.
type Ledger interface {
	Contact(Contact)
}

type whyKey struct{}

// Because says in a context why its questions are asked, for the ledger: the id of
// a check, or "link" for an address the learner gave.
func Because(ctx context.Context, why string) context.Context {
	return context.WithValue(ctx, whyKey{}, why)
}

func reason(ctx context.Context) string {
	why, _ := ctx.Value(whyKey{}).(string)
	return why
}
