package canon

import "context"

// budget is the work one graph may cost, counted in hashes and in other steps of
// about the same price. Graphs made to be slow ("poison graphs", RDFC-1.0,
// section 7.1) end where it does.
//
// The work of as many n-degree hashes as there are nodes that look alike is free.
// That is what other canonicalisers allow in all, so none is stricter.
type budget struct {
	ctx   context.Context
	free  int // n-degree hashes
	left  int // steps
	steps int // taken so far, free ones too
}

// So much work for any graph, so much more for each statement, and never more than
// about a tenth of a second's.
const (
	baseWork    = 160_000
	workForQuad = 200
	maxWork     = 280_000
)

func newBudget(ctx context.Context, quads, alike int) budget {
	return budget{ctx: ctx, free: alike + 1, left: min(baseWork+workForQuad*quads, maxWork)}
}

// deeper begins one more n-degree hash.
func (b *budget) deeper() error {
	if b.free > 0 {
		b.free--
	}
	return b.spend(1)
}

// spend takes n steps. From time to time it looks whether anybody still waits.
func (b *budget) spend(n int) error {
	if b.free == 0 {
		if b.left -= n; b.left < 0 {
			return ErrTooComplex
		}
	}
	before := b.steps
	if b.steps += n; before>>8 != b.steps>>8 || before == 0 {
		return b.ctx.Err()
	}
	return nil
}
