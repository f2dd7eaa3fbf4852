package proof

import (
	"context"
	"crypto"
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/canon"
)

// disclosure is what a holder chose to show of a document (VC-DI-ECDSA, section
// 3.5.4, createDisclosureData; VC-DI-BBS, section 3.3.3).
type disclosure struct {
	shown     map[string]any    // the part itself, without a proof
	rest      []statement       // of the whole document, what is not mandatory
	labels    map[string]string // canonical label in the part → label it is signed with
	mandatory []uint64          // places of the mandatory statements among those shown
	selected  []uint64          // places of the others that are shown, in rest
}

func disclose(ctx context.Context, bare map[string]any, v sealed, pointers []string) (disclosure, error) {
	w, missed, err := readWhole(ctx, bare, v.give)
	if err != nil {
		return disclosure{}, err
	}
	both := slices.Concat(v.mandatory, pointers)
	shown, err := Select(bare, both)
	if err != nil {
		return disclosure{}, err
	}
	if shown == nil {
		return disclosure{}, fmt.Errorf("%w: nothing is chosen", ErrPointer)
	}
	always, err := w.portion(ctx, v.mandatory)
	if err != nil {
		return disclosure{}, err
	}
	all, err := w.portion(ctx, both)
	if err != nil {
		return disclosure{}, err
	}
	if err := readable(ctx, shown, len(missed)); err != nil {
		return disclosure{}, err
	}
	part, err := canon.RDFC10(ctx, all.quads, crypto.SHA256)
	if err != nil {
		return disclosure{}, err
	}
	d := disclosure{shown: shown, labels: w.statedFor(part)}
	d.sort(w.lines, always, all)
	return d, nil
}

// readable refuses a part in which more members mean nothing than in the whole: half
// of a value, such as its language.
func readable(ctx context.Context, shown map[string]any, missed int) error {
	_, alone, err := canon.ToRDF(ctx, shown)
	if err == nil && len(alone) > missed {
		err = fmt.Errorf("%w: %q says nothing alone", ErrPointer, alone)
	}
	return err
}

// sort notes where the statements that are shown stand.
func (d *disclosure) sort(lines []statement, always, all portion) {
	for i, n := range all.at {
		if always.has(n) {
			d.mandatory = append(d.mandatory, uint64(i))
		}
	}
	for n, line := range lines {
		if always.has(n) {
			continue
		}
		if all.has(n) {
			d.selected = append(d.selected, uint64(len(d.rest)))
		}
		d.rest = append(d.rest, line)
	}
}

// statedFor gives what a derived proof states of the labels: for each node of the
// part, by its canonical label there, the label it has in the whole.
func (w whole) statedFor(part canon.Canonicalised) map[string]string {
	out := make(map[string]string, len(part.Labels))
	for own, c := range part.Labels {
		out[c] = w.labels[w.Labels[own]]
	}
	return out
}
