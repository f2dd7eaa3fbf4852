package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/widget"
)

// listLine is one line of a list of the settings: what it is, a note below, and a button.
func listLine(icon, title, note string, action *widget.Button) fyne.CanvasObject {
	words := widget.Column(1, widget.NewText(title, look.Strong.Max(2)))
	if note != "" {
		words.Add(widget.NewText(note, look.Caption.Max(2)))
	}
	return widget.Row(look.Gap12, widget.NewIcon(icon, look.Muted, 0), widget.Grow(words), action)
}

// listed puts lines below each other; without any it says so.
func listed(none string, lines []fyne.CanvasObject) fyne.CanvasObject {
	if len(lines) == 0 {
		return widget.NewText(none, look.Second)
	}
	return widget.Column(look.Gap8, lines...)
}

func (s *settings) drawTrusted() fyne.CanvasObject {
	k, m := s.kit, s.m
	var lines []fyne.CanvasObject
	for _, t := range m.Trusted {
		lines = append(lines, listLine("shield", t.Name, t.Since,
			widget.NewButton(k.t("settings.trusted.remove"), "", widget.Secondary, func() { m.Distrust(t.ID) })))
	}
	return listed(k.t("settings.trusted.none"), lines)
}

func (s *settings) drawEmails() fyne.CanvasObject {
	k, m := s.kit, s.m
	var lines []fyne.CanvasObject
	for _, address := range m.Emails {
		lines = append(lines, listLine("person", address, "",
			widget.NewButton(k.t("settings.email.remove"), "", widget.Secondary, func() { m.RemoveEmail(address) })))
	}
	return listed(k.t("settings.email.none"), lines)
}

func (s *settings) drawKeys() fyne.CanvasObject {
	k := s.kit
	var lines []fyne.CanvasObject
	for _, v := range s.m.Keys {
		note := join(" · ", v.Kind, v.Created)
		lines = append(lines, listLine("key", v.Name, note, k.copyButton(k.t("settings.key.copy"), widget.Secondary, v.DID)))
	}
	return listed(k.t("settings.key.none"), lines)
}

// drawFresh shows the key that was just made, to be handed to an issuer.
func (s *settings) drawFresh() fyne.CanvasObject {
	k, v := s.kit, s.m.NewKey
	if v == nil {
		return nil
	}
	return widget.NewBanner(widget.BannerView{Tone: look.Good, Title: k.t("settings.key.made"), Body: k.t("settings.key.hand")},
		k.copyButton(k.t("settings.key.copy"), widget.Primary, v.DID),
		k.copyButton(k.t("settings.key.jwk"), widget.Secondary, v.JWK))
}

// drawBin lists what was removed. It is bounded: the bin is emptied after thirty days.
func (s *settings) drawBin() fyne.CanvasObject {
	k, m := s.kit, s.m
	var lines []fyne.CanvasObject
	for _, b := range first(m.Bin, binMost) {
		lines = append(lines, listLine("trash", b.Name, b.Gone,
			widget.NewButton(k.t("settings.bin.restore"), "undo", widget.Secondary, func() { m.Restore(b.ID) })))
	}
	return listed(k.t("settings.bin.none"), lines)
}

// binMost is how many removed badges are listed: those removed last.
const binMost = 50
