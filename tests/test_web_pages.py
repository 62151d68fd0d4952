"""Every minted IRI answers: a page for people, data for programs, 404 for the unknown."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pyoxigraph
import pytest
from lxml import html

from kg.graph.assembly import assemble_graph
from kg.outputs.rdf.forms import serialize, triples, write_turtle
from kg.records import Document, Mention, MentionGroup, Passage, Reading
from kg.vocabulary import KG, PREFIXES
from kg.web.page_views import text_pieces
from kg.web.query_page import with_prefixes
from tests.sample import link_by_name, sample_graph
from tests.served import BASE, client_of, make_build

STATIC = Path(__file__).parent.parent / "kg" / "web" / "static"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
GRAPH = sample_graph()
REPORT = "committee-report"
SUFFIXES = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
}
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202eevil"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with client_of(make_build(tmp_path_factory.mktemp("pages") / "build")) as client:
        yield client


def page(client, path):
    response = client.get(path, headers=BROWSER, follow_redirects=True)
    assert response.status_code == 200, response.text
    return html.fromstring(response.content)


def text_of(client, path):
    return " ".join(page(client, path).text_content().split())


def minted():
    """Return an IRI's path of each kind, without its fragment."""
    found = {}
    for term in {t for triple in triples(GRAPH) for t in triple if t.startswith(f"<{BASE}")}:
        path = term[len(BASE) + 1 : -1].partition("#")[0]
        found.setdefault(path.partition("/")[0], set()).add(path)
    return found


# Every IRI


def test_every_minted_iri_leads_to_a_page_and_to_data(client):
    kinds = minted()
    assert set(kinds) == {"entity", "relation", "claim", "edge", "doc", "dataset"}
    for path in sorted(path for paths in kinds.values() for path in paths):
        for accept in ("text/html", "text/turtle"):
            response = client.get(f"/{path}", headers={"accept": accept}, follow_redirects=True)
            assert response.status_code == 200, path
            assert response.headers["content-type"].startswith(accept)


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("text/html", ".html"),
        ("*/*", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml, text/turtle;q=0.9", ".rdf"),
    ],
)
def test_an_iri_sends_each_to_the_form_it_accepts(client, accept, suffix):
    response = client.get("/entity/norland", headers={"accept": accept})
    assert response.status_code == 303
    assert response.headers["location"] == f"/entity/norland{suffix}"
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("kind", ["entity", "relation", "claim", "edge", "doc"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_form_says_the_same(client, kind, suffix):
    path = min(minted()[kind])
    forms = [client.get(f"/{path}{s}").content for s in (".nt", suffix)]
    found = [
        {str(quad) for quad in pyoxigraph.parse(content, format=SUFFIXES[s])}
        for content, s in zip(forms, (".nt", suffix), strict=True)
    ]
    assert found[0] == found[1]
    assert any(f"<{BASE}{path}>" in quad for quad in found[0])


def test_a_form_that_there_is_not_is_406(client):
    assert client.get("/entity/norland", headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "path",
    ["/entity/nobody", "/entity/", "/entity/norland.pdf", "/claim/0.html", "/doc/../run.json",
     "/nothing", "/download/run.json", "/download/..%2Frun.json", "/ns.doc", "/entity/%00",
     "/entity/%ED%A0%80"],
)  # fmt: skip
def test_the_unknown_is_404(client, path):
    for headers in (BROWSER, {"accept": "text/turtle"}):
        assert client.get(path, headers=headers).status_code == 404


def test_a_page_names_its_other_forms(client):
    response = client.get("/entity/norland.html")
    assert '</entity/norland.ttl>; rel="alternate"; type="text/turtle"' in response.headers["link"]
    links = page(client, "/entity/norland.html").xpath("//link[@rel='alternate']/@href")
    assert "/entity/norland.jsonld" in links


# Pages for people


def test_an_entitys_page_shows_what_is_said_of_it(client):
    words = text_of(client, "/entity/norland")
    assert "Norland" in words
    assert "hold military exercises with" in words
    assert "Norland held military exercises with Estmark." in words or "military exercises" in words
    assert "fact" in words
    assert "Where it is named" in words


def test_a_denial_is_shown_as_one(client):
    denied = next(
        c
        for c in GRAPH.claims.values()
        if c.predicate == "leave" and not c.speakers and c.claim.polarity == "negative"
    )
    words = text_of(client, f"/claim/{denied.id}")
    assert "denied" in words
    assert "negative" in words
    assert "Brandt did not leave the Directorate in 2027." in words


def test_what_somebody_says_is_shown_as_theirs(client):
    said = next(c for c in GRAPH.claims.values() if c.speakers and c.speakers[0] and not
                (c.claim.attribution and c.claim.attribution.deny))  # fmt: skip
    assert "according to" in text_of(client, f"/claim/{said.id}")


def test_an_edge_counts_its_claims(client):
    relation = next(r for r in GRAPH.relations.values() if r.affirmed and r.denied)
    words = text_of(client, f"/edge/{relation.id}")
    assert "contested" in words
    assert f"Affirmed by{relation.affirmed} Denied by{relation.denied}" in words


def test_a_relations_page_shows_whom_it_joins(client):
    words = text_of(client, "/relation/hold-military-exercises-with")
    assert "Norland · hold military exercises with · Estmark" in words
    assert "A kind of hold" in words


def test_every_link_of_a_page_leads_somewhere(client):
    relation = next(iter(GRAPH.relations.values()))
    claim = next(iter(GRAPH.claims))
    seen = set()
    for start in ("/", "/entity/norland", f"/doc/{REPORT}", "/ns", f"/edge/{relation.id}",
                  f"/claim/{claim}", "/search?q=nor"):  # fmt: skip
        for link in page(client, start).xpath("//a/@href | //link/@href | //script/@src"):
            path = link.partition("#")[0]
            if path.startswith("/") and path not in seen:
                seen.add(path)
                response = client.get(path, headers=BROWSER, follow_redirects=True)
                assert response.status_code == 200, path
    assert len(seen) > 40


def test_a_documents_page_holds_its_whole_text_and_every_place(client):
    document = GRAPH.documents[REPORT]
    shown = page(client, f"/doc/{REPORT}").get_element_by_id("document")
    assert shown.text_content() == document.text
    ids = set(shown.xpath(".//@id"))
    for sentence in GRAPH.readings[REPORT].sentences:
        assert f"char={sentence[0]},{sentence[1]}" in ids
    mention = next(
        m.passage for m in GRAPH.mentions_of("norland") if m.passage.document_id == REPORT
    )
    (link,) = shown.xpath(f".//a[@id='char={mention.start},{mention.end}']")
    assert link.get("href") == "/entity/norland"


def test_pages_carry_schema_org_data(client):
    found = page(client, "/entity/norland").xpath("//script[@type='application/ld+json']")
    about = json.loads(found[0].text)
    assert (about["@type"], about["name"]) == ("Country", "Norland")
    assert about["@id"] == f"{BASE}entity/norland"


def test_long_lists_come_in_pages(tmp_path):
    from tests.sample import synthetic_graph

    with client_of(make_build(tmp_path / "build", synthetic_graph(400))) as client:
        first = client.get("/relation/verb0-with.html").text
        assert "Page 1 of" in first
        second = client.get("/relation/verb0-with.html?page=2").text
        assert "Page 2 of" in second
        assert "page=3" in second or "Page 2 of 2" in second
        for number in ("0", "-1", "x", "999999", "9" * 50, "²"):
            response = client.get("/relation/verb0-with.html", params={"page": number})
            assert response.status_code == 200


# Home, search, vocabulary, files


def test_the_home_page_counts_and_leads_on(client):
    words = text_of(client, "/")
    assert f"{len(GRAPH.entities)} entities" in words
    assert f"{len(GRAPH.claims)} claims" in words
    links = set(page(client, "/").xpath("//a/@href"))
    assert {"/graph.html", "/query", "/ns", "/download/graph.ttl", f"/doc/{REPORT}"} <= links


@pytest.mark.parametrize(
    ("words", "first"),
    [("norland", "Norland"), ("NORLAND", "Norland"), ("nsd", "Northern Signals Directorate")],
)
def test_search_finds_names_and_aliases(client, words, first):
    results = page(client, f"/search?q={words}").xpath("//ul[@class='results']/li/a")
    assert results[0].text == first


def test_search_for_nothing_and_for_the_unknown(client):
    assert "Type a name" in text_of(client, "/search")
    assert "No entity has such a name" in text_of(client, "/search?q=zzzz")


def test_the_vocabulary_is_a_page_and_turtle(client):
    assert page(client, "/ns").get_element_by_id("polarity") is not None
    response = client.get("/ns", headers={"accept": "text/turtle"})
    quads = pyoxigraph.parse(response.content, format=pyoxigraph.RdfFormat.TURTLE)
    assert f"{KG}Claim" in {q.subject.value for q in quads}
    for suffix, form in SUFFIXES.items():
        assert list(pyoxigraph.parse(client.get(f"/ns{suffix}").content, format=form))


def test_void_tells_where_the_data_is(client):
    response = client.get("/.well-known/void")
    assert response.headers["content-type"].startswith("text/turtle")
    assert f"void:sparqlEndpoint <{BASE}sparql>" in response.text
    assert f"void:dataDump <{BASE}data?default>" in response.text


def test_files_of_the_build_can_be_taken(client):
    claims = client.get("/download/claims.csv")
    assert claims.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    assert len(list(csv.reader(io.StringIO(claims.text)))) == len(GRAPH.claims) + 1
    assert "frame-ancestors 'none'" in client.get("/graph.html").headers["content-security-policy"]


def test_a_build_with_names_of_its_own_is_served_by_them(tmp_path):
    """The server's address and the beginning of the names need not be the same."""
    base = "https://data.example/kg/"
    write_turtle(GRAPH, tmp_path / "graph.ttl", base_iri=base)
    with client_of(tmp_path) as client:
        norland = page(client, "/entity/norland")
        links = norland.xpath("//main//a/@href")
        asked = client.get("/sparql", params={"query": "ASK { ent:norland a schema:Country }"})
        graph = client.get("/data", params={"graph": f"{base}doc/hearing"})
    assert f"{base}entity/norland" in norland.text_content()
    assert not [link for link in links if link.startswith(base)]
    assert "/entity/estmark" in links
    assert asked.json()["boolean"] is True
    assert graph.status_code == 200


# The Graph Store Protocol


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_whole_graph_comes_in_every_form(client, suffix):
    accept = {
        ".ttl": "text/turtle",
        ".nt": "application/n-triples",
        ".jsonld": "application/ld+json",
        ".rdf": "application/rdf+xml",
    }[suffix]
    response = client.get("/data?default", headers={"accept": accept})
    found = list(pyoxigraph.parse(response.content, format=SUFFIXES[suffix]))
    assert len({str(quad) for quad in found}) == len(list(triples(GRAPH)))
    assert client.head("/data?default", headers={"accept": accept}).status_code == 200


def test_each_document_has_its_graph(client):
    """The same triples as the named graph that `kg export --to nq` writes."""
    name = f"{BASE}doc/hearing"
    quads = pyoxigraph.parse(serialize(GRAPH, "nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    expected = {str(q.triple) for q in quads if getattr(q.graph_name, "value", "") == name}
    accept = {"accept": "application/n-triples"}
    response = client.get("/data", params={"graph": name}, headers=accept)
    found = pyoxigraph.parse(response.content, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {str(q.triple) for q in found} == expected


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("?default&graph=x", 400), ("?graph=http://a.example/", 404), ("?graph=", 404),
     ("?graph=%22%3E", 404), (f"?graph={BASE}doc/nothing", 404), (f"?graph={BASE}dataset", 200)],
)  # fmt: skip
def test_a_graph_must_be_named_and_known(client, query, status):
    assert client.get(f"/data{query}").status_code == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_only_read(client, method):
    assert client.request(method, "/data?default").status_code == 405


# Safe to show


@pytest.fixture(scope="module")
def evil_client(tmp_path_factory):
    """Give a client of a build whose every name and word is hostile."""
    text = f"{EVIL} met {EVIL} x."
    document = Document("d/<b>&\"'", EVIL, text, EVIL, EVIL, "0")
    mention = Mention(Passage(document.id, 0, len(EVIL)), EVIL, "name")
    reading = Reading(document, ((0, len(text)),), (MentionGroup(0, EVIL, "Person", (mention,)),))
    graph = assemble_graph([reading], link_by_name([reading]))
    with client_of(make_build(tmp_path_factory.mktemp("evil") / "build", graph)) as client:
        yield client, graph


def test_hostile_names_are_only_words(evil_client):
    client, graph = evil_client
    (entity,) = graph.entities
    paths = ["/", "/search?q=script", f"/search?q={EVIL}", f"/query?query={EVIL}"]
    home = page(client, "/")
    paths += [link for link in home.xpath("//a/@href") if link.startswith("/doc/")]
    results = page(client, "/search?q=script").xpath("//ul[@class='results']/li/a/@href")
    assert results
    for path in [*paths, *results, f"/entity/{EVIL}"]:
        response = client.get(path, headers=BROWSER, follow_redirects=True)
        shown = html.fromstring(response.content)
        assert not shown.xpath("//img | //*[@onerror] | //script[contains(., 'alert(1)') and "
                               "not(@type)]"), path  # fmt: skip
        assert "<script>alert" not in response.text
        for data in shown.xpath("//script"):
            data.getparent().remove(data)
        assert "\u202e" not in shown.text_content()
    assert entity


def test_every_answer_has_the_headers_of_a_safe_page(client):
    for path in ("/", "/sparql", "/entity/norland.ttl", "/nothing", "/static/style.css", "/query"):
        headers = client.get(path, headers=BROWSER).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_stretches_that_cross_or_nest_keep_every_place():
    spans = [(0, 10, "sentence", ""), (2, 5, "mention", "/a"), (4, 12, "phrase", ""),
             (3, 4, "mention", "/b"), (11, 99, "phrase", ""), (6, 6, "part", "")]  # fmt: skip
    pieces = text_pieces("0123456789ABC", spans)
    assert "".join(piece.text for piece in pieces) == "0123456789ABC"
    ids = [piece.id for piece in pieces if piece.id]
    assert ids == ["char=0,10", "char=2,5", "char=3,4", "char=4,12", "char=6,6"]
    opened = [piece.kind for piece in pieces if piece.kind in ("open", "close")]
    assert opened == ["open", "open", "close", "close"]


def test_the_editor_is_the_one_that_its_readme_names():
    readme = (STATIC / "yasgui" / "README.md").read_text()
    for name in ("yasgui.min.js", "yasgui.min.css"):
        digest = hashlib.sha256((STATIC / "yasgui" / name).read_bytes()).hexdigest()
        assert re.search(rf"`{name}` \| `{digest}`", readme)


def test_a_prefix_in_a_path_is_declared_and_one_inside_an_iri_is_not():
    query = "SELECT * { ?c prov:wasDerivedFrom/nif:anchorOf <http://x/rdf:y> }"
    lines = with_prefixes(query, PREFIXES).splitlines()
    assert [line.split()[1] for line in lines if line.startswith("PREFIX")] == ["nif:", "prov:"]


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ("who=Norland", 200, "VALUES ?who { \\u003chttp://localhost:8000/entity/norland> }"),
        ("who=the Norland ", 200, "entity/norland>"),
        ("who=", 200, "VALUES ?who { UNDEF }"),
        ("", 200, "VALUES ?who { UNDEF }"),
        ("who=Norlandd", 400, "Norland"),
        ("who=%22%3E%3Cscript%3E", 400, "&lt;script&gt;"),
    ],
)
def test_values_of_the_form_go_into_the_saved_query(client, values, status, words):
    answer = client.get(f"/query?name=neighbours-of&{values}")
    assert answer.status_code == status
    assert words in answer.text
    assert ('role="alert"' in answer.text) == (status == 400)


def test_a_value_of_another_kind_is_told(client):
    answer = client.get("/query?name=during&first=yesterday&last=2018-12-31")
    assert answer.status_code == 400
    assert "is no day" in answer.text
