package oid4vp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// formType is the media type of what is posted (section 8.2).
const formType = "application/x-www-form-urlencoded"

// Shown is a presentation that answers a query.
type Shown struct {
	Query string // the id of the query
	Bytes []byte // a token, or a JSON document
}

// Token writes what is shown as a vp_token (section 8.1): under the id of each query
// a list of one. Unpack reads it.
func Token(shown []Shown) ([]byte, error) {
	out := map[string][]any{}
	for _, s := range shown {
		if bytes.HasPrefix(s.Bytes, []byte("{")) {
			out[s.Query] = []any{json.RawMessage(s.Bytes)}
		} else {
			out[s.Query] = []any{string(s.Bytes)}
		}
	}
	return strict.Marshal(out)
}

// Unpack reads a vp_token, each presentation exactly as it stands there, in the order
// of the ids.
func Unpack(token []byte) ([]Shown, error) {
	if _, err := strict.Object(token); err != nil {
		return nil, err
	}
	var all map[string][]json.RawMessage
	if err := json.Unmarshal(token, &all); err != nil {
		return nil, err
	}
	var out []Shown
	for id, list := range all {
		for _, raw := range list {
			var text string
			if json.Unmarshal(raw, &text) == nil {
				raw = []byte(text)
			}
			out = append(out, Shown{id, raw})
		}
	}
	slices.SortFunc(out, func(a, b Shown) int { return bytes.Compare([]byte(a.Query), []byte(b.Query)) })
	return out, nil
}

// Pack writes the body that is posted, with a vp_token as Token writes it: in the
// clear, or encrypted where the request wants that (sections 8.2 and 8.3).
func Pack(r Request, token []byte, random io.Reader) ([]byte, error) {
	if !r.Sealed {
		form := url.Values{"vp_token": {string(token)}}
		if r.State != "" {
			form.Set("state", r.State)
		}
		return []byte(form.Encode()), nil
	}
	inside := map[string]any{"vp_token": json.RawMessage(token)}
	if r.State != "" {
		inside["state"] = r.State
	}
	plain, err := strict.Marshal(inside)
	if err != nil {
		return nil, err
	}
	sealed, err := jose.Encrypt(plain, r.Client.Key, r.Client.Enc, random)
	if err != nil {
		return nil, fmt.Errorf("encrypt answer: %w", err)
	}
	return []byte(url.Values{"response": {sealed}}.Encode()), nil
}

// Offline gives the fault of somebody who can send nothing now, so that nobody takes
// an answer for sent that never was. A letter to nowhere is refused by all others.
func (d Door) Offline(ctx context.Context, r Request) error {
	if _, can := d.Get.(fetch.Sender); !can {
		return fetch.Fault(fetch.ErrOffline, r.To)
	}
	if _, err := fetch.Send(ctx, d.Get, fetch.Letter{}); errors.Is(err, fetch.ErrOffline) {
		return fetch.Fault(err, r.To)
	}
	return nil
}

// Send hands the answer over, once, and gives the address at which the conversation
// goes on, if they named one on https (section 8.2). It is for the learner to open.
// Fault answer.unsure where they may have got it and may not.
func (d Door) Send(ctx context.Context, r Request, body []byte) (next string, err error) {
	reply, err := fetch.Send(fetch.Because(ctx, "answer"), d.Get, fetch.Letter{URL: r.To, Body: body, Type: formType, Accept: "application/json"})
	switch {
	case errors.Is(err, fetch.ErrOffline), errors.Is(err, fetch.ErrRefused):
		return "", fetch.Fault(err, r.To)
	case err != nil:
		return "", fault.Wrap(err, "answer.unsure", "host", r.Host())
	case !reply.Good():
		return "", fault.New("answer.refused", "host", r.Host())
	}
	m, err := parse(reply.Body, "redirect_uri")
	if err != nil {
		return "", nil // it was taken; what else they say leads nowhere
	}
	next, _ = m["redirect_uri"].(string)
	if u, err := url.Parse(next); err != nil || u.Scheme != "https" || hostOf(next) == "" {
		return "", nil
	}
	return next, nil
}
