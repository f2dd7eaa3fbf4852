package model

import (
	"cmp"
	"context"
	"image"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/share/qr"
)

// send records the share, then draws the code: nothing is handed over that the
// Activity does not have.
func (s *ShareFlow) send() {
	s.task.Drop()
	p := s.proof
	receipt := p.Receipt()
	receipt.Args = map[string]string{"name": s.Badge.Name, "audience": p.Request.Audience}
	s.Step, s.Fault, s.QR, s.code, s.Covered = StepSend, nil, nil, nil, false
	s.TooBig, s.QRNote = p.Fit() == qr.TooBig, s.t("share.fit."+fits[p.Fit()])
	s.Ready, s.Foot = s.ready(p), s.t("share.foot", "issuer", cmp.Or(s.item.Issuer, s.t("issuer.unnamed")))
	s.Until = s.t("share.until", "date", s.date(p.Until))
	s.FileName = fileName(s.item.Name+" "+s.Audience, p.Extension())
	s.Making = ProgressView{On: true, Text: s.t("share.drawing"), Stop: s.t("stop")}
	s.changed()
	s.task = task.Run(s.run, func(context.Context) (image.Image, error) {
		if err := s.desk.Wallet.Record(receipt); err != nil || p.Fit() == qr.TooBig {
			return nil, err
		}
		return drawn(string(p.Bytes))
	}, func(img image.Image, err error) {
		s.Making = ProgressView{}
		s.Fault, s.code, s.QR = s.faultView(err), img, img
		s.CanNext = err == nil
		s.changed()
	})
}

var fits = map[qr.Fit]string{qr.TooBig: "too-big", qr.Tight: "tight", qr.Comfortable: "good"}

// qrPixels is about how wide a code is drawn.
const qrPixels = 720

func drawn(text string) (image.Image, error) {
	code, err := qr.Encode(text)
	if err != nil {
		return nil, err
	}
	return code.Image(min(max(qrPixels/len(code.Modules), 3), 12)), nil
}

// AsText is the proof as text, for the clipboard; empty before it is ready.
func (s *ShareFlow) AsText() string {
	if s.Step != StepSend || s.Fault != nil || s.Making.On {
		return ""
	}
	return string(s.proof.Bytes)
}

// Copied says that AsText went to the clipboard.
func (s *ShareFlow) Copied() { s.toast(Toast{Text: s.t("share.copied")}) }

// Save writes the proof to a file.
func (s *ShareFlow) Save(path string) {
	if s.AsText() != "" {
		s.saveFile(path, s.proof.Bytes)
	}
}

// Cover hides the code, as after two minutes or when the window is left, and shows
// it again.
func (s *ShareFlow) Cover(on bool) {
	if s.code == nil || on == s.Covered {
		return
	}
	s.Covered, s.QR = on, s.code
	if on {
		s.QR = nil
	}
	s.changed()
}

// Done ends the flow and shows the Activity.
func (s *ShareFlow) Done() { s.desk.Way.Go(Route{Place: AtActivity}) }
