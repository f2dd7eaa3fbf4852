package xmltree_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/xmltree"
)

func parse(t *testing.T, s string) *xmltree.Document {
	t.Helper()
	d, err := xmltree.Parse([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCanonical has the examples of Canonical XML 1.0, section 3, without their
// document types, and of Exclusive XML Canonicalization 1.0, section 2.2.
func TestCanonical(t *testing.T) {
	inclusive, exclusive := xmltree.Canon{}, xmltree.Canon{Exclusive: true}
	comments := xmltree.Canon{Comments: true}
	pis := "<?xml version=\"1.0\"?>\n\n<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\n<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->"
	cases := []struct {
		name    string
		how     xmltree.Canon
		in, out string
	}{
		{"3.1 without comments", inclusive, pis, "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello, world!</doc>\n<?pi-without-data?>"},
		{"3.1 with comments", comments, pis, "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello, world!<!-- Comment 1 --></doc>\n<?pi-without-data?>\n<!-- Comment 2 -->\n<!-- Comment 3 -->"},
		{"3.2 white space", inclusive, "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n</doc>", "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n</doc>"},
		{
			"3.3 tags", inclusive,
			"<doc><e1   /><e2   ></e2><e3   name = \"elem3\"   id=\"elem3\"   /><e4 name=\"elem4\" id=\"elem4\"></e4>" +
				`<e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm" xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>` +
				`<e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="" xmlns:a="http://www.w3.org"><e9 xmlns="" xmlns:a="http://www.ietf.org"/></e8></e7></e6></doc>`,
			`<doc><e1></e1><e2></e2><e3 id="elem3" name="elem3"></e3><e4 id="elem4" name="elem4"></e4>` +
				`<e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>` +
				`<e6 xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns=""><e9 xmlns:a="http://www.ietf.org"></e9></e8></e7></e6></doc>`,
		},
		{
			"3.4 letters", inclusive,
			"<doc>\r\n<text>First line&#x0d;&#10;Second line</text><value>&#x32;</value><compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute>" +
				"<compute expr='value>\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"'>valid</compute><norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; ' b='1\n2\t3'/></doc>",
			"<doc>\n<text>First line&#xD;\nSecond line</text><value>2</value><compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute>" +
				"<compute expr=\"value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;\">valid</compute><norm attr=\" '    &#xD;&#xA;&#x9;   ' \" b=\"1 2 3\"></norm></doc>",
		},
		{"3.6 UTF-8", inclusive, `<?xml version="1.0" encoding="utf-8"?><doc>&#169;</doc>`, "<doc>©</doc>"},
		{"exclusive: only what is used", exclusive, `<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff/></n1:elem2></n0:local>`, `<n0:local xmlns:n0="foo:bar"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2></n0:local>`},
		{"exclusive: the default is taken back", exclusive, `<a xmlns="x:y"><b xmlns=""/></a>`, `<a xmlns="x:y"><b xmlns=""></b></a>`},
		{"exclusive: prefixes in a list", xmltree.Canon{Exclusive: true, Prefixes: []string{"q", "z"}}, `<a xmlns:q="q:q" xmlns:r="r:r"><b/></a>`, `<a xmlns:q="q:q"><b></b></a>`},
		{"elements left out", xmltree.Canon{Exclusive: true, Leave: func(e *xmltree.Element) bool { return e.Local == "b" }}, `<a>1<b>2<a/></b>3</a>`, `<a>13</a>`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.how.Document(parse(t, c.in))
			if err != nil || string(got) != c.out {
				t.Errorf("%v\n got %s\nwant %s", err, got, c.out)
			}
			again, err := c.how.Document(parse(t, string(got)))
			if err != nil || string(again) != c.out {
				t.Errorf("once more: %v, %s", err, again)
			}
		})
	}
}

// TestCanonicalPart is section 2.2 of the exclusive standard: the same element in
// two places is written alike, unlike by Canonical XML.
func TestCanonicalPart(t *testing.T) {
	d := parse(t, `<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n2:pdu>`)
	part := d.Root.Child("*", "elem2")
	for how, want := range map[bool]string{
		true:  `<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>`,
		false: `<n1:elem2 xmlns:n1="http://example.net" xmlns:n2="http://foo.example" xml:lang="en" xml:space="retain"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>`,
	} {
		if got, err := (xmltree.Canon{Exclusive: how}).Element(part); err != nil || string(got) != want {
			t.Errorf("exclusive %v: %v\n got %s\nwant %s", how, err, got, want)
		}
	}
}

func TestReading(t *testing.T) {
	d := parse(t, "\ufeff<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<a xmlns='x:y' xmlns:p='p:q' i='1' p:i='2'>\n Ada<!-- no end --> <![CDATA[& Co]]>\n<b/><p:b>in</p:b></a>")
	a := d.Root
	if v, ok := a.AttrIn("p:q", "i"); v != "2" || !ok {
		t.Error("attribute of a namespace", v)
	}
	if v, ok := a.Attr("i"); v != "1" || !ok {
		t.Error("attribute", v)
	}
	if got := a.Text(); got != "Ada & Co" {
		t.Errorf("text %q", got)
	}
	if got := a.Child("p:q", "b").Text(); got != "in" || len(a.All("*", "b")) != 2 || a.Child("*", "b", "c", "d") != nil || a.Child("*", "x").Text() != "" {
		t.Error("children", got)
	}
	n := 0
	a.Walk(func(*xmltree.Element) bool { n++; return true })
	if n != 3 {
		t.Error("walked over", n)
	}
}

func TestRefused(t *testing.T) {
	declared := strings.Builder{}
	for i := range 70 {
		fmt.Fprintf(&declared, ` xmlns:p%d="x:%d"`, i, i)
	}
	cases := map[string]struct {
		in   string
		want error
	}{
		"nothing":                      {"", xmltree.ErrCut},
		"only text":                    {"hello", xmltree.ErrSyntax},
		"a document type":              {"<!DOCTYPE a><a/>", xmltree.ErrDTD},
		"entities":                     {`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, xmltree.ErrDTD},
		"a document type inside":       {"<a><!DOCTYPE b></a>", xmltree.ErrDTD},
		"an unknown entity":            {"<a>&b;</a>", xmltree.ErrSyntax},
		"a letter that is none":        {"<a>&#0;</a>", xmltree.ErrSyntax},
		"a surrogate":                  {"<a>&#xD800;</a>", xmltree.ErrSyntax},
		"a reference without an end":   {"<a>&amp</a>", xmltree.ErrSyntax},
		"cut in an attribute":          {`<a b="x`, xmltree.ErrCut},
		"cut in a comment":             {"<a><!-- x", xmltree.ErrCut},
		"cut in CDATA":                 {"<a><![CDATA[x", xmltree.ErrCut},
		"cut in a tag":                 {"<a", xmltree.ErrCut},
		"two roots":                    {"<a/><b/>", xmltree.ErrSyntax},
		"text after the root":          {"<a/>x", xmltree.ErrSyntax},
		"an entity outside":            {"&#32;<a/>", xmltree.ErrSyntax},
		"tags that cross":              {"<a><b></a></b>", xmltree.ErrSyntax},
		"an end too many":              {"<a/></a>", xmltree.ErrSyntax},
		"an end missing":               {"<a><b></b>", xmltree.ErrCut},
		"an attribute twice":           {`<a b="1" b="2"/>`, xmltree.ErrSyntax},
		"an attribute twice by prefix": {`<a xmlns:p="x:y" xmlns:q="x:y" p:b="1" q:b="2"/>`, xmltree.ErrSyntax},
		"a declaration twice":          {`<a xmlns:p="x:y" xmlns:p="x:z"/>`, xmltree.ErrSyntax},
		"a prefix of nothing":          {`<p:a/>`, xmltree.ErrSyntax},
		"an attribute's prefix":        {`<a p:b="1"/>`, xmltree.ErrSyntax},
		"a prefix taken back":          {`<a xmlns:p=""/>`, xmltree.ErrSyntax},
		"xml declared anew":            {`<a xmlns:xml="x:y"/>`, xmltree.ErrSyntax},
		"two colons":                   {`<a:b:c xmlns:a="x:y"/>`, xmltree.ErrSyntax},
		"a number as name":             {`<1/>`, xmltree.ErrSyntax},
		"no quotes":                    {`<a b=1/>`, xmltree.ErrSyntax},
		"attributes without a space":   {`<a b="1"c="2"/>`, xmltree.ErrSyntax},
		"a tag in an attribute":        {`<a b="<"/>`, xmltree.ErrSyntax},
		"the end of CDATA in text":     {`<a>]]></a>`, xmltree.ErrSyntax},
		"two dashes in a comment":      {`<a><!-- - -- --></a>`, xmltree.ErrSyntax},
		"a control character":          {"<a>\x01</a>", xmltree.ErrSyntax},
		"an instruction called xml":    {`<a><?xml version="1.0"?></a>`, xmltree.ErrSyntax},
		"broken letters":               {"<a>\xff</a>", xmltree.ErrEncoding},
		"another encoding":             {`<?xml version="1.0" encoding="ISO-8859-1"?><a/>`, xmltree.ErrEncoding},
		"UTF-7":                        {`<?xml version="1.0" encoding="utf-7"?><a/>`, xmltree.ErrEncoding},
		"deep":                         {strings.Repeat("<a>", 101) + strings.Repeat("</a>", 101), xmltree.ErrTooLarge},
		"many prefixes":                {"<a" + declared.String() + "/>", xmltree.ErrTooLarge},
		"many attributes":              {"<a" + strings.ReplaceAll(strings.Repeat(declared.String(), 3), "xmlns:", "") + "/>", xmltree.ErrTooLarge},
		"many elements":                {"<a>" + strings.Repeat("<b/>", 1<<18+1) + "</a>", xmltree.ErrTooLarge},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := xmltree.Parse([]byte(c.in)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestPlaceOfAnError(t *testing.T) {
	in := []byte("\ufeff<a>\r\n  <b>\r\n  </c>\r\n</a>")
	_, err := xmltree.Parse(in)
	var e *xmltree.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if line, column := e.Place(in); line != 3 || column != 6 {
		t.Errorf("%d, %d: %v", line, column, err)
	}
}

// TestBounded: an address that is long and declared once, but said by every
// element when written exclusively, can't fill the memory.
func TestBounded(t *testing.T) {
	in := `<a xmlns:p="x:` + strings.Repeat("y", 100_000) + `">` + strings.Repeat("<p:b/>", 10_000) + "</a>"
	d := parse(t, in)
	var err error
	used := testkit.Cost(func() { _, err = xmltree.Canon{Exclusive: true}.Document(d) }) >> 20
	if !errors.Is(err, xmltree.ErrTooLarge) {
		t.Error(err)
	}
	if used > 400 {
		t.Errorf("%d MiB allocated", used)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"<a/>", `<?xml version="1.0" encoding="UTF-8"?><a b='&#10;"&quot;'>x<!-- c --><?d e?><![CDATA[<]]></a>`,
		`<p:a xmlns:p="x:y" xmlns="z:z"><b xmlns="" p:c="1"/></p:a>`, "<!DOCTYPE a>", "<a>&lt;&#x9;\r\n</a>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := xmltree.Parse(in)
		if err != nil {
			return
		}
		for _, how := range []xmltree.Canon{{Comments: true}, {Exclusive: true, Comments: true}} {
			out, err := how.Document(d)
			if err != nil {
				continue
			}
			again, err := xmltree.Parse(out)
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if twice, err := how.Document(again); err != nil || string(twice) != string(out) {
				t.Fatalf("%v\n%s\n%s", err, out, twice)
			}
		}
	})
}
