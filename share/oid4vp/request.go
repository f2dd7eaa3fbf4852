package oid4vp

import (
	"context"
	"io"
	"net/url"
	"strings"
	"unicode"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// typRequest is the type of a signed request (section 5, RFC 9101, section 10.8).
const typRequest = "oauth-authz-req+jwt"

// wallet is how requests name wallets that nobody knows beforehand (section 5.8).
const wallet = "https://self-issued.me/v2"

// why is the reason that the ledger gives for what is asked here.
const why = "request"

// Open gets the request that a link leads to, reads it, and finds out who asks. Who
// holds the request hears that somebody opened it; nobody is told anything else.
func (d Door) Open(ctx context.Context, l Link) (Request, error) {
	clientID := l.params["client_id"]
	if clientID == "" || len(clientID) > maxText {
		return Request{}, fault.New("request.member", "member", "client_id")
	}
	ctx = fetch.Because(ctx, why)
	token, nonce, err := d.object(ctx, l)
	if err != nil {
		return Request{}, err
	}
	if token == nil {
		return d.byValue(ctx, l)
	}
	m, err := parse(token.Payload, "request")
	if err != nil {
		return Request{}, err
	}
	r := &reader{}
	if m["client_id"] != clientID {
		r.bad("client_id") // section 5.1: both have to be the same
	}
	if nonce != "" && m["wallet_nonce"] != nonce {
		r.bad("wallet_nonce")
	}
	if r.err == nil {
		r.err = d.dates(m)
	}
	if r.err != nil {
		return Request{}, r.err
	}
	return d.read(ctx, m, token)
}

// object gets the signed request, from the link or from where it says; nil where the
// link is the request. Where it is posted for, a nonce goes along.
func (d Door) object(ctx context.Context, l Link) (*jose.Token, string, error) {
	compact, inLink := l.params["request"]
	address, elsewhere := l.params["request_uri"]
	method, stated := l.params["request_uri_method"]
	nonce := ""
	switch {
	case inLink && elsewhere, stated && !elsewhere:
		return nil, "", fault.New("request.member", "member", "request_uri")
	case stated && method != "get" && method != "post":
		return nil, "", fault.New("request.member", "member", "request_uri_method")
	case elsewhere:
		var err error
		if compact, nonce, err = d.fetch(ctx, address, method == "post"); err != nil {
			return nil, "", err
		}
	case !inLink:
		return nil, "", nil
	}
	token, err := jose.Parse(strings.TrimSpace(compact))
	if err != nil || len(compact) > maxRequest {
		return nil, "", fault.Wrap(err, "request.member", "member", "request")
	}
	if token.Typ != typRequest {
		return nil, "", fault.New("request.member", "member", "typ")
	}
	return token, nonce, nil
}

// fetch gets the request by GET or POST (section 5.10). What is posted tells nothing
// of the learner.
func (d Door) fetch(ctx context.Context, address string, post bool) (compact, nonce string, err error) {
	if hostOf(address) == "" {
		return "", "", fault.New("request.member", "member", "request_uri")
	}
	const accept = "application/" + typRequest
	if !post {
		page, err := d.Get.Get(ctx, address, accept)
		return string(page.Body), "", fetch.Fault(err, address)
	}
	b := make([]byte, 16)
	if _, err := io.ReadFull(d.Rand, b); err != nil {
		return "", "", fault.Wrap(err, "share.failed")
	}
	nonce = jose.Encode64(b)
	reply, err := fetch.Send(ctx, d.Get, fetch.Letter{
		URL: address, Type: formType, Accept: accept, Body: []byte(url.Values{"wallet_nonce": {nonce}}.Encode()),
	})
	if err == nil && !reply.Good() {
		err = fetch.ErrUnreachable
	}
	return string(reply.Body), nonce, fetch.Fault(err, address)
}

// byValue reads a request that stands in the link itself.
func (d Door) byValue(ctx context.Context, l Link) (Request, error) {
	m := map[string]any{}
	for name, text := range l.params {
		m[name] = text
		switch name {
		case "dcql_query", "client_metadata", "transaction_data", "presentation_definition":
			v, err := strict.Parse([]byte(text))
			if err != nil {
				return Request{}, fault.Wrap(err, "request.member", "member", name)
			}
			m[name] = v
		}
	}
	return d.read(ctx, m, nil)
}

// dates refuses a request that has run out, or is for somebody else (RFC 9101,
// section 4; RFC 7519, sections 4.1.3 to 4.1.5).
func (d Door) dates(m map[string]any) error {
	if aud, stated := m["aud"]; stated && aud != wallet {
		return fault.New("request.member", "member", "aud")
	}
	now := d.Now().Unix()
	for name, off := range map[string]func(at int) bool{
		"exp": func(at int) bool { return now >= int64(at)+leeway },
		"nbf": func(at int) bool { return now < int64(at)-leeway },
	} {
		v, stated := m[name]
		if !stated {
			continue
		}
		at, ok := whole(v)
		if !ok {
			return fault.New("request.member", "member", name)
		}
		if off(at) {
			return fault.New("request.date")
		}
	}
	return nil
}

// leeway is how far clocks may be apart, in seconds.
const leeway = 60

// read makes a request of its parameters. token is nil where nobody signed them.
func (d Door) read(ctx context.Context, m map[string]any, token *jose.Token) (Request, error) {
	req, err := readRequest(m)
	if err != nil {
		return Request{}, err
	}
	a := identity{door: d, token: token, to: req.To}
	req.Asker, err = a.asker(ctx, req.Asker.ID)
	req.Asker.Says = req.Client.Name
	return req, err
}

// ParseRequest reads the parameters of a request (sections 5.1 and 8.2), as they
// stand in a signed one. Who asks is not looked at. A fault names the parameter that
// is missing or not as it should be, or says what can't be done here.
func ParseRequest(raw []byte) (Request, error) {
	m, err := parse(raw, "request")
	if err != nil {
		return Request{}, err
	}
	return readRequest(m)
}

func readRequest(m map[string]any) (req Request, err error) {
	if err := refused(m); err != nil {
		return Request{}, err
	}
	r := &reader{}
	req = Request{
		Asker: Asker{ID: r.text(m, "", "client_id", true)},
		Nonce: r.text(m, "", "nonce", true), State: r.text(m, "", "state", false), To: r.text(m, "", "response_uri", true),
		Sealed: m["response_mode"] == sealedPost,
	}
	if strings.HasPrefix(req.Asker.ID, "origin:") || strings.ContainsFunc(req.Asker.ID, unicode.IsSpace) { // section 5.9.3: an origin only a browser may state
		r.bad("client_id")
	}
	if hostOf(req.To) == "" || !strings.HasPrefix(strings.ToLower(req.To), "https:") {
		r.bad("response_uri")
	}
	if _, both := m["redirect_uri"]; both { // section 8.2
		r.bad("redirect_uri")
	}
	if strings.Trim(req.Nonce, unreserved) != "" {
		r.bad("nonce")
	}
	query, client := r.object(m, "", "dcql_query", true), r.object(m, "", "client_metadata", false)
	if r.err == nil {
		req.Query, r.err = readQuery(query)
	}
	if r.err == nil && client != nil {
		req.Client, r.err = readClient(client)
	}
	if r.err == nil && req.Sealed && (!req.Client.HasKey || req.Client.Enc == "") {
		r.err = fault.New("request.encryption")
	}
	if r.err != nil {
		return Request{}, r.err
	}
	return req, nil
}

// unreserved are the letters that addresses take as they are (RFC 3986, section
// 2.3), of which nonces are made (section 5.2).
const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// How the answer may be handed over (section 8).
const (
	openPost   = "direct_post"
	sealedPost = "direct_post.jwt"
)

// refused says what a request asks for that can't be done here.
func refused(m map[string]any) error {
	for _, old := range []string{"presentation_definition", "presentation_definition_uri"} {
		if _, is := m[old]; is {
			return fault.New("request.older")
		}
	}
	mode, _ := m["response_mode"].(string)
	switch {
	case m["transaction_data"] != nil:
		return fault.New("request.transaction")
	case m["response_type"] != "vp_token":
		return fault.New("request.member", "member", "response_type")
	case mode != openPost && mode != sealedPost:
		return fault.New("request.mode")
	case m["scope"] != nil && m["dcql_query"] == nil:
		return fault.New("request.scope")
	}
	return nil
}
