//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// dragger is the other end of a drag and drop: a program that a file is dragged
// out of (XDND protocol, version 5).
type dragger struct {
	conn   *xgb.Conn
	own    xproto.Window
	target xproto.Window
	atoms  map[string]xproto.Atom
	uri    string
}

var atomNames = []string{
	"XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndSelection", "XdndActionCopy", "text/uri-list",
}

// drop drags a file onto a window and lets go of it at a point of the screen.
func drop(file string, window uint32, x, y int) error {
	conn, err := xgb.NewConn()
	if err != nil {
		return err
	}
	defer conn.Close()
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	d := &dragger{conn: conn, target: xproto.Window(window), atoms: map[string]xproto.Atom{}, uri: (&url.URL{Scheme: "file", Path: path}).String()}
	if err := d.prepare(); err != nil {
		return err
	}
	timer := time.AfterFunc(patience, conn.Close) // a target that never answers ends the wait
	defer timer.Stop()
	return d.carry(x, y)
}

func (d *dragger) prepare() error {
	for _, name := range atomNames {
		reply, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		d.atoms[name] = reply.Atom
	}
	own, err := xproto.NewWindowId(d.conn)
	if err != nil {
		return err
	}
	d.own = own
	screen := xproto.Setup(d.conn).DefaultScreen(d.conn)
	if err := xproto.CreateWindowChecked(d.conn, screen.RootDepth, own, screen.Root, 0, 0, 1, 1, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, 0, nil).Check(); err != nil {
		return err
	}
	return xproto.SetSelectionOwnerChecked(d.conn, own, d.atoms["XdndSelection"], xproto.TimeCurrentTime).Check()
}

func (d *dragger) tell(name string, data ...uint32) error {
	words := make([]uint32, 5)
	words[0] = uint32(d.own)
	copy(words[1:], data)
	ev := xproto.ClientMessageEvent{Format: 32, Window: d.target, Type: d.atoms[name], Data: xproto.ClientMessageDataUnionData32New(words)}
	return xproto.SendEventChecked(d.conn, false, d.target, xproto.EventMaskNoEvent, string(ev.Bytes())).Check()
}

// carry enters the window, moves, waits for its yes, lets go, hands the address
// over when asked, and waits until the target is done.
func (d *dragger) carry(x, y int) error {
	if err := d.tell("XdndEnter", 5<<24, uint32(d.atoms["text/uri-list"])); err != nil {
		return err
	}
	if err := d.tell("XdndPosition", 0, uint32(x)<<16|uint32(y), xproto.TimeCurrentTime, uint32(d.atoms["XdndActionCopy"])); err != nil {
		return err
	}
	for {
		ev, err := d.conn.WaitForEvent()
		if err != nil {
			return err
		}
		if ev == nil {
			return errors.New("the window did not answer the drag")
		}
		done, failed := d.answer(ev)
		if done || failed != nil {
			return failed
		}
	}
}

func (d *dragger) answer(ev xgb.Event) (done bool, err error) {
	switch e := ev.(type) {
	case xproto.ClientMessageEvent:
		switch e.Type {
		case d.atoms["XdndStatus"]:
			if e.Data.Data32[1]&1 == 0 {
				return false, errors.New("the window refuses the drop")
			}
			return false, d.tell("XdndDrop", 0, xproto.TimeCurrentTime)
		case d.atoms["XdndFinished"]:
			if e.Data.Data32[1] == 0 { // GLFW puts the number of bytes there, where one bit is due
				return false, errors.New("the window did not take the drop")
			}
			return true, nil
		}
	case xproto.SelectionRequestEvent:
		return false, d.handOver(e)
	}
	return false, nil
}

func (d *dragger) handOver(e xproto.SelectionRequestEvent) error {
	text := []byte(d.uri + "\r\n")
	if err := xproto.ChangePropertyChecked(d.conn, xproto.PropModeReplace, e.Requestor, e.Property, e.Target, 8, uint32(len(text)), text).Check(); err != nil {
		return fmt.Errorf("hand over: %w", err)
	}
	note := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
	return xproto.SendEventChecked(d.conn, false, e.Requestor, xproto.EventMaskNoEvent, string(note.Bytes())).Check()
}
