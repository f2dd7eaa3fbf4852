package model

import (
	"context"
	"slices"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/verify/vc"
)

// prefLanguage is the language the learner wants texts of badges in; none, or
// asComputer, for those of the computer.
const (
	prefLanguage = "language"
	asComputer   = "computer"
)

// tongues are the languages that can be chosen: those in which European credentials
// are written (the official ones of the Union, and of its neighbours), by their own names.
var tongues = []string{
	asComputer, "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "is", "it", "lt", "lv",
	"mk", "mt", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
}

// Languages gives those that the learner reads, the best first: the one chosen in
// Settings, then those of the computer.
func (d *Desk) Languages() vc.Languages {
	chosen := d.Prefs.Get(prefLanguage)
	if chosen == asComputer || !slices.Contains(tongues, chosen) {
		return d.Spoken
	}
	return append(vc.Languages{chosen}, d.Spoken...)
}

// readIn has the wallet read texts in the languages of the learner: one change after
// the other, so that the last one holds. Models that show some are told by the wallet.
func (d *Desk) readIn(w *words) {
	if d.telling {
		return
	}
	d.telling = true
	languages := d.Languages()
	task.Run(d.runner(), func(context.Context) (struct{}, error) {
		return struct{}{}, d.Wallet.SetLanguages(context.Background(), languages)
	}, func(_ struct{}, err error) {
		d.telling = false
		if err != nil {
			d.say(Toast{Text: w.fault(err).Line()})
		}
		if !slices.Equal(languages, d.Languages()) { // chosen meanwhile
			d.readIn(w)
		}
	})
}

// SetLanguage chooses one of Languages.
func (s *Settings) SetLanguage(id string) {
	s.prefer(prefLanguage, id)
	s.desk.readIn(s.words)
}
