package model

import (
	"context"
	"slices"

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

// readIn has the wallet read texts in the languages of the learner. Models that show
// some are told by the wallet.
func (d *Desk) readIn(w *words) {
	languages := d.Languages()
	d.act(w, func() error { return d.Wallet.SetLanguages(context.Background(), languages) }, nil)
}

// SetLanguage chooses one of Languages.
func (s *Settings) SetLanguage(id string) {
	s.prefer(prefLanguage, id)
	s.desk.readIn(s.words)
}
