"""The SPARQL endpoint, as the protocol has it: what is asked, what comes back, what is refused."""

import gzip
import json
import time
import xml.etree.ElementTree as ET
from threading import Thread
from urllib.parse import urlencode

import pyoxigraph
import pytest

from kg.web.query_pool import Limits
from tests.served import BASE, client_of, make_build

ALLIES = "SELECT ?who { ent:norland rel:hold-military-exercises-with/rdfs:label ?who }"
EVERYTHING = "SELECT * { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUERY = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
DATA_SET = f"{BASE}dataset"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return make_build(tmp_path_factory.mktemp("protocol") / "build")


@pytest.fixture(scope="module")
def client(build):
    with client_of(build) as client:
        yield client


def ask(client, query, accept="application/sparql-results+json", **more):
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


def values(response, name):
    return [row[name]["value"] for row in response.json()["results"]["bindings"]]


# Three ways to ask


def test_a_query_comes_by_get(client):
    assert values(ask(client, ALLIES), "who") == ["Estmark"]


def test_a_query_comes_in_a_form(client):
    assert values(client.post("/sparql", data={"query": ALLIES}), "who") == ["Estmark"]


def test_a_query_comes_as_the_body(client):
    assert values(client.post("/sparql", content=ALLIES, headers=QUERY), "who") == ["Estmark"]


def test_the_address_may_end_in_a_slash(client):
    assert client.get("/sparql/", params={"query": "ASK {}"}).json()["boolean"] is True


# Forms of the answer

SOLUTION_TYPES = {
    "application/sparql-results+json": json.loads,
    "application/json": json.loads,
    "application/sparql-results+xml": ET.fromstring,
    "text/csv": bytes.decode,
    "text/tab-separated-values": bytes.decode,
}


@pytest.mark.parametrize("accept", SOLUTION_TYPES)
def test_a_table_comes_in_the_form_asked_for(client, accept):
    response = ask(client, ALLIES, accept)
    assert response.status_code == 200
    assert "Estmark" in response.text
    SOLUTION_TYPES[accept](response.content)
    expected = "application/sparql-results+json" if accept == "application/json" else accept
    assert response.headers["content-type"].split(";")[0] == expected


@pytest.mark.parametrize("accept", SOLUTION_TYPES)
def test_a_truth_value_comes_in_every_form_of_a_table(client, accept):
    response = ask(client, "ASK { ent:norland a schema:Country }", accept)
    assert "true" in response.text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("query", ["DESCRIBE ent:vesk", "CONSTRUCT WHERE { ent:vesk ?p ?o }"])
def test_a_graph_comes_in_the_form_asked_for(client, query, accept, form):
    response = ask(client, query, accept)
    assert response.headers["content-type"].startswith(accept)
    subjects = {str(q.subject) for q in pyoxigraph.parse(response.content, format=form)}
    assert subjects == {f"<{BASE}entity/vesk>"}


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.7", "application/sparql-results+xml"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("image/png, text/tab-separated-values;q=0.001", "text/tab-separated-values"),
    ],
)
def test_quality_decides_between_forms(client, accept, chosen):
    response = ask(client, ALLIES, accept)
    assert response.headers["content-type"].split(";")[0] == chosen


@pytest.mark.parametrize(
    ("query", "accept"),
    [(ALLIES, "image/png"), (ALLIES, "text/turtle"), ("DESCRIBE ent:vesk", "text/csv")],
)
def test_a_form_that_there_is_not_is_406(client, query, accept):
    response = ask(client, query, accept)
    assert response.status_code == 406
    assert accept in response.text


def test_xml_stays_well_formed_whatever_a_text_holds(client):
    query = r"SELECT ('a\u0001b\u000c\uFFFE' AS ?x) {}"
    assert ET.fromstring(ask(client, query, "application/sparql-results+xml").content) is not None


def test_a_long_answer_is_compressed_for_who_takes_it(client):
    with client.stream(
        "GET",
        "/sparql",
        params={"query": EVERYTHING},
        headers={"accept-encoding": "gzip", "accept": "text/csv"},
    ) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw).startswith(b"o,p,s")
    plain = client.get(
        "/sparql", params={"query": EVERYTHING}, headers={"accept-encoding": "gzip;q=0"}
    )
    assert "content-encoding" not in plain.headers


# HEAD, OPTIONS, CORS


def test_head_gives_the_headers_alone(client):
    response = client.head("/sparql", params={"query": "ASK {}"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/sparql-results+json"


def test_other_pages_scripts_may_read_but_not_post(client):
    response = client.options(
        "/sparql", headers={"origin": "http://a.example", "access-control-request-method": "GET"}
    )
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    read = client.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "http://a.example"})
    assert read.headers["access-control-allow-origin"] == "*"
    posted = client.post(
        "/sparql", data={"query": "ASK {}"}, headers={"origin": "http://a.example"}
    )
    assert "access-control-allow-origin" not in posted.headers


def test_our_pages_are_for_no_other_page(client):
    for path in ("/", "/entity/norland.html", "/query", "/graph.html"):
        response = client.get(path, headers={"accept": "text/html", "origin": "http://a.example"})
        assert response.status_code == 200
        assert "access-control-allow-origin" not in response.headers


def test_cors_can_be_left_out(build):
    with client_of(build, cors=False) as client:
        response = ask(client, "ASK {}")
    assert "access-control-allow-origin" not in response.headers


def test_answers_say_on_what_they_depend(client):
    varies = ask(client, ALLIES).headers["vary"]
    assert {"Accept", "Origin"} <= {name.strip() for name in varies.split(",")}


# The data set of the protocol


def test_the_data_sets_own_name_is_the_default_graph(client):
    given = {"default-graph-uri": DATA_SET}
    assert values(ask(client, ALLIES, **given), "who") == ["Estmark"]


def test_a_graph_that_is_not_here_is_empty_and_never_fetched(client):
    for name in ("http://127.0.0.1:9/data", "file:///etc/passwd"):
        given = {"default-graph-uri": name}
        assert ask(client, "ASK { ?s ?p ?o }", **given).json()["boolean"] is False
        given = {"named-graph-uri": name}
        assert ask(client, "ASK { GRAPH ?g { ?s ?p ?o } }", **given).json()["boolean"] is False


def test_with_named_graphs_alone_the_default_graph_is_empty(client):
    given = {"named-graph-uri": "http://a.example/g"}
    assert ask(client, "ASK { ?s ?p ?o }", **given).json()["boolean"] is False


def test_the_protocols_data_set_overrides_the_querys(client):
    query = "ASK FROM <http://127.0.0.1:9/data> { ent:norland a schema:Country }"
    assert ask(client, query, **{"default-graph-uri": DATA_SET}).json()["boolean"] is True
    assert ask(client, query).status_code == 400


def test_a_graph_name_that_is_no_iri_is_refused(client):
    assert ask(client, "ASK {}", **{"default-graph-uri": "no iri"}).status_code == 400


# What is refused


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?s ?p }", "at line 1, column"),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM is not allowed"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD would change the graph"),
        ("ASK { ?s nope:p ?o }", "prefix is not declared"),
        ("", "does not parse"),
    ],
)
def test_a_bad_query_is_400_with_a_reason(client, query, words):
    response = ask(client, query)
    assert response.status_code == 400
    assert words in response.text


def test_a_query_that_kills_its_process_is_the_querys_fault(client):
    response = client.post("/sparql", content="ASK" + "{" * 100_000, headers=QUERY)
    assert response.status_code == 400
    assert ask(client, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "PUT", "url": "/sparql?query=ASK{}"}, 405),
        ({"method": "DELETE", "url": "/sparql"}, 405),
        ({"method": "GET", "url": "/sparql?query=ASK{}&query=ASK{}"}, 400),
        ({"method": "GET", "url": "/sparql?update=CLEAR%20ALL"}, 400),
        ({"method": "GET", "url": "/sparql?query=%FF%FE"}, 400),
        ({"method": "POST", "url": "/sparql", "content": "ASK {}"}, 415),
        (
            {
                "method": "POST",
                "url": "/sparql",
                "content": "ASK {}",
                "headers": {"content-type": "text/plain"},
            },
            415,
        ),
        (
            {
                "method": "POST",
                "url": "/sparql",
                "content": "ASK {}".encode("utf-16"),
                "headers": {"content-type": "application/sparql-query; charset=UTF-16"},
            },
            415,
        ),
        ({"method": "POST", "url": "/sparql", "content": b"ASK {\xff}", "headers": QUERY}, 400),
        ({"method": "POST", "url": "/sparql", "content": "a=b", "headers": FORM}, 400),
        (
            {"method": "POST", "url": "/sparql?query=ASK{}", "content": "ASK {}", "headers": QUERY},
            400,
        ),
        ({"method": "POST", "url": "/sparql", "content": "x" * 1_100_000, "headers": QUERY}, 413),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_request_that_is_not_as_the_protocol_has_it(client, request_, status):
    response = client.request(**request_)
    assert response.status_code == status
    assert response.text.strip()


def test_405_tells_the_methods_that_there_are(client):
    assert client.put("/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.post("/ns").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", ""]
)
def test_a_host_that_is_not_ours_is_refused(client, host):
    response = client.get("/", headers={"host": host})
    assert response.status_code == 421
    assert "--allow-host" in response.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000"])
def test_our_own_names_are_answered(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_further_names_can_be_allowed(build):
    with client_of(build, hosts=("graph.example",)) as client:
        assert client.get("/", headers={"host": "graph.example"}).status_code == 200
        assert client.get("/", headers={"host": "10.1.2.3"}).status_code == 421


def test_listening_everywhere_answers_to_numbers_but_to_no_unknown_name(build):
    with client_of(build, host="0.0.0.0") as client:
        assert client.get("/", headers={"host": "10.1.2.3:8000"}).status_code == 200
        assert client.get("/", headers={"host": "evil.example"}).status_code == 421


# Limits, always told


def test_a_cut_answer_says_so_in_header_and_head(build):
    with client_of(build, limits=Limits(max_rows=3, workers=1)) as client:
        json_ = ask(client, EVERYTHING)
        xml = ask(client, EVERYTHING, "application/sparql-results+xml")
        csv = ask(client, EVERYTHING, "text/csv")
        turtle = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
        whole = ask(client, f"{EVERYTHING} LIMIT 3")
    cut = "https://w3id.org/kg-claims/ns#cutAnswer"
    assert len(json_.json()["results"]["bindings"]) == 3
    assert json_.json()["head"]["link"] == [cut]
    assert f'<link href="{cut}"/>' in xml.text
    assert len(csv.text.splitlines()) == 4
    assert turtle.text.startswith(f"# This answer was cut: <{cut}>")
    assert all(r.headers["x-kg-cut"] for r in (json_, xml, csv, turtle))
    assert "x-kg-cut" not in whole.headers
    assert "link" not in whole.json()["head"]
    assert whole.headers["x-kg-max-rows"] == "3"


def test_a_slow_query_is_stopped_and_its_worker_replaced(build):
    with client_of(build, limits=Limits(timeout=0.3, workers=1)) as client:
        begun = time.monotonic()
        response = ask(client, RUNAWAY)
        assert time.monotonic() - begun < 3
        assert response.status_code == 503
        assert "longer than 0.3 s" in response.text
        assert ask(client, "ASK {}").json()["boolean"] is True


def test_when_all_are_busy_the_client_is_told_to_come_back(build):
    with client_of(build, limits=Limits(timeout=1.5, workers=1, patience=0.2)) as client:
        ask(client, "ASK {}")
        slow = Thread(target=ask, args=(client, RUNAWAY))
        slow.start()
        time.sleep(0.3)
        response = ask(client, "ASK {}")
        slow.join()
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) >= 1


# Updates


def test_an_endpoint_that_only_reads_says_so(client):
    response = client.post("/sparql", content="CLEAR ALL", headers=UPDATE)
    assert response.status_code == 403
    assert "only reads" in response.text


def test_an_update_needs_the_token_and_changes_a_copy_alone(build):
    insert = "INSERT DATA { <http://a.example/s> <http://a.example/p> 1 }"
    found = "ASK { <http://a.example/s> ?p 1 }"
    with client_of(build, writable=True) as client:
        for headers in (UPDATE, {**UPDATE, "authorization": "Bearer wrong"}):
            assert client.post("/sparql", content=insert, headers=headers).status_code == 401
        allowed = {**UPDATE, "authorization": f"Bearer {client.token}"}
        assert client.post("/sparql", content=insert, headers=allowed).status_code == 204
        assert ask(client, found).json()["boolean"] is True
        assert client.post("/sparql", content="CLEAR X", headers=allowed).status_code == 400
        load = "LOAD <http://127.0.0.1:9/>"
        assert client.post("/sparql", content=load, headers=allowed).status_code == 400
    with client_of(build) as client:
        assert ask(client, found).json()["boolean"] is False


def test_updates_outlive_a_query_that_had_to_be_stopped(build):
    limits = Limits(timeout=1.0, workers=1)
    with client_of(build, writable=True, limits=limits) as client:
        allowed = {**UPDATE, "authorization": f"Bearer {client.token}"}
        insert = "INSERT DATA { <http://a.example/s> <http://a.example/p> 1 }"
        client.post("/sparql", content=insert, headers=allowed)
        assert ask(client, RUNAWAY).status_code == 503
        assert ask(client, "ASK { <http://a.example/s> ?p 1 }").json()["boolean"] is True


def test_using_graph_uri_names_the_graphs_of_an_update(build):
    update = """INSERT DATA { GRAPH <http://a.example/1> { <http://a.example/s> a <http://a.example/C> } } ;
    INSERT { GRAPH <http://a.example/2> { ?s a <http://a.example/D> } } WHERE { ?s a <http://a.example/C> }"""
    query = "ASK { GRAPH <http://a.example/2> { ?s a <http://a.example/D> } }"
    with client_of(build, writable=True) as client:
        allowed = {**UPDATE, "authorization": f"Bearer {client.token}"}
        address = "/sparql?" + urlencode({"using-graph-uri": "http://a.example/1"})
        assert client.post(address, content=update, headers=allowed).status_code == 204
        assert ask(client, query).json()["boolean"] is True
        for conflict in ("WITH <http://a.example/1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
                         "DELETE WHERE { ?s ?p ?o }"):  # fmt: skip
            assert client.post(address, content=conflict, headers=allowed).status_code == 400


# Without a query


def test_without_a_query_the_endpoint_describes_itself(client):
    response = client.get("/sparql", headers={"accept": "text/turtle"})
    quads = pyoxigraph.parse(response.content, format=pyoxigraph.RdfFormat.TURTLE)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    found = {(q.predicate.value, q.object.value) for q in quads}
    assert (f"{sd}endpoint", f"{BASE}sparql") in found
    assert (f"{sd}supportedLanguage", f"{sd}SPARQL11Query") in found
    assert (f"{sd}supportedLanguage", f"{sd}SPARQL11Update") not in found


def test_a_browser_gets_the_editor(client):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/sparql", headers={"accept": browser})
    assert response.headers["content-type"].startswith("text/html")
    assert "yasgui" in response.text
    asked = ask(client, "ASK { ?kept ?in ?mind }", browser)
    assert "ASK { ?kept ?in ?mind }" in asked.text
