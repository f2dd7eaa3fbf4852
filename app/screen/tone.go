package screen

import (
	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// tones says how the tones of the models look.
var tones = map[model.Tone]look.Tone{
	model.Good: look.Good, model.Care: look.Care, model.Note: look.Note, model.Bad: look.Bad, model.Plain: look.Plain,
}

func pill(p model.Pill) widget.PillView {
	return widget.PillView{Icon: p.Icon, Word: p.Text, Tone: tones[p.Tone]}
}

func emblem(e model.EmblemView) widget.EmblemView {
	return widget.EmblemView{Initials: e.Initials, Hash: e.Hash, Picture: e.Picture}
}

// card is a badge in a grid. That it is a sample is said once, in the sidebar: on every
// card it would hide the emblem.
func (k *Kit) card(c model.CardView, selected bool) widget.CardView {
	return widget.CardView{ID: c.ID, Name: c.Name, Issuer: c.Issuer, Pill: pill(c.Pill), Emblem: emblem(c.Emblem), Selected: selected}
}

// options gives the words of a list of choices, and the number of the one that is on.
func options(list []model.OptionView) (words []string, chosen int) {
	chosen = -1
	for i, o := range list {
		words = append(words, o.Text)
		if o.On {
			chosen = i
		}
	}
	return words, chosen
}
