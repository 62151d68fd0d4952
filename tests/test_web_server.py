"""A real server: its start and its end, many clients at once, fuzz, other people's clients."""

import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

from kg.graph.assembly import KnowledgeGraph
from tests.sample import sample_graph
from tests.served import client_of, make_build, server_of

ALLIES = "SELECT ?who { ent:norland rel:hold-military-exercises-with/rdfs:label ?who }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNTING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
PREFIXES = (
    "PREFIX ent: <http://localhost:8000/entity/> PREFIX rel: <http://localhost:8000/relation/> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return make_build(tmp_path_factory.mktemp("server") / "build")


@pytest.fixture(scope="module")
def server(build):
    with server_of(build, "--timeout", "3") as running:
        yield running


def fetch(server, path, *, method="GET", body=None, headers=None):
    """Return status and body over a connection of its own."""
    place = urlsplit(server.address)
    connection = HTTPConnection(place.hostname, place.port, timeout=30)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def asking(query):
    return f"/sparql?query={quote(query)}"


# A build that is made anew


def renamed_graph(name):
    """Return the sample graph with another name for Norland."""
    graph = sample_graph()
    entities = graph.entities | {"norland": replace(graph.entities["norland"], name=name)}
    return KnowledgeGraph(graph.readings.values(), entities.values(), graph.claims.values())


def test_a_new_build_is_shown_from_the_next_request_on(tmp_path):
    build = make_build(tmp_path / "build")
    with client_of(build) as client:
        assert "Norland" in client.get("/search?q=norland").text
        make_build(build, renamed_graph("Southland"))
        assert ">Southland<" in client.get("/entity/norland.html").text
        name = client.get("/api/view?entity=norland").json()["entities"][0]["name"]
        assert name == "Southland"
        asked = "ASK { ent:norland rdfs:label ?name FILTER(STR(?name) = 'Southland') }"
        answer = client.get(asking(PREFIXES + asked), headers={"accept": "text/csv"})
        assert "true" in answer.text


def test_many_who_ask_while_a_build_is_made_anew_are_all_answered(tmp_path):
    build = make_build(tmp_path / "build")
    with server_of(build) as running, ThreadPoolExecutor(8) as threads:
        slow = threads.submit(fetch, running, asking(COUNTING))
        for round_ in range(3):
            found = [threads.submit(fetch, running, "/entity/norland.html") for _ in range(30)]
            make_build(build, renamed_graph(f"Land {round_}"))
            assert {one.result()[0] for one in found} == {200}
            status, body = fetch(running, "/entity/norland.html")
            assert status == 200
            assert f"Land {round_}" in body.decode()
        assert slow.result()[0] == 200


def test_a_new_build_that_cannot_be_read_leaves_the_earlier_one(tmp_path, caplog):
    build = make_build(tmp_path / "build")
    with client_of(build) as client:
        (build / "graph.ttl").write_text("this is no Turtle")
        assert client.get("/entity/norland.html").status_code == 200
        assert client.get("/entity/norland.html").status_code == 200
        assert caplog.text.count("cannot be opened") == 1
        (build / "graph.ttl").unlink()
        assert client.get("/entity/norland.html").status_code == 200


def test_updates_are_kept_although_the_build_is_made_anew(tmp_path):
    build = make_build(tmp_path / "build")
    with client_of(build, writable=True) as client:
        header = {"authorization": f"Bearer {client.token}"}
        update = {"update": "INSERT DATA { <http://x/a> <http://x/b> <http://x/c> }"}
        assert client.post("/sparql", data=update, headers=header).status_code == 204
        make_build(build, renamed_graph("Southland"))
        answer = client.get(asking("ASK { <http://x/a> ?b ?c }"), headers={"accept": "text/csv"})
        assert "true" in answer.text


# Start and end


def test_it_says_where_it_is_and_stops_cleanly(build):
    with server_of(build) as running:
        assert fetch(running, "/")[0] == 200
        fetch(running, asking("ASK {}"))
        running.send_signal(signal.SIGINT)
        assert running.wait(5) == 0
        assert "Traceback" not in running.stderr.read()


def test_ctrl_c_ends_a_query_that_runs(build):
    with server_of(build, "--timeout", "60") as running:
        slow = threading.Thread(target=_ignoring_the_end, args=(running, asking(RUNAWAY)))
        slow.start()
        time.sleep(0.8)
        running.send_signal(signal.SIGINT)
        assert running.wait(6) == 0
        slow.join()


def _ignoring_the_end(server, path):
    try:
        fetch(server, path)
    except OSError:
        return


def test_a_port_in_use_is_one_clear_line(build):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "kg", "serve", str(build), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: Cannot listen at 127.0.0.1:{port}: address already")
    assert done.stderr.count("\n") == 1
    assert "--port" in done.stderr


def test_what_is_no_build_is_one_clear_line(tmp_path):
    command = [sys.executable, "-m", "kg", "serve", str(tmp_path), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "graph.ttl is missing" in done.stderr


# Many at once


def test_a_slow_query_does_not_hold_up_five_hundred_light_ones(server):
    heavy = threading.Thread(target=fetch, args=(server, asking(RUNAWAY)))
    heavy.start()
    time.sleep(0.2)
    begun = time.monotonic()
    with ThreadPoolExecutor(500) as pool:
        answers = list(pool.map(lambda _: fetch(server, asking(ALLIES)), range(500)))
    seconds = time.monotonic() - begun
    assert heavy.is_alive() or seconds > 2.5
    heavy.join()
    assert {status for status, _ in answers} == {200}
    assert {body for _, body in answers} == {answers[0][1]}
    assert seconds < 15


def test_pages_do_not_wait_for_queries(server):
    heavy = [threading.Thread(target=fetch, args=(server, asking(RUNAWAY))) for _ in range(2)]
    for thread in heavy:
        thread.start()
    time.sleep(0.3)
    begun = time.monotonic()
    assert fetch(server, "/entity/norland.html")[0] == 200
    assert time.monotonic() - begun < 2
    for thread in heavy:
        thread.join()


def test_a_client_that_hangs_up_frees_its_worker(build):
    with server_of(build, "--timeout", "60") as running:
        place = urlsplit(running.address)
        for _ in range(6):
            with socket.create_connection((place.hostname, place.port)) as client:
                request = f"GET {asking(RUNAWAY)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
                client.sendall(request.encode())
                time.sleep(0.1)
        time.sleep(1.5)
        assert fetch(running, asking("ASK {}"))[0] == 200


# Fuzz

WORDS = [
    "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 2", "DESCRIBE ent:norland", "CLEAR ALL", "{", "}", "\0",
    "\ud7ff", "' OR 1=1", "<script>", "%", "..", "/", "//", "#", "?", "&", "=", ";", "entity", "norland",
    "\u202e", "🙂", "A" * 3000, "%00", "%2e%2e", "query", "update", "default", "graph", "page", "q",
    "SERVICE <http://127.0.0.1:1/> {}", "FROM <x>", "-1", "99999999999999999999", "NaN", "é",
]  # fmt: skip
PATHS = [
    "/", "/sparql", "/sparql/", "/data", "/search", "/query", "/ns", "/ns.ttl", "/dataset",
    "/.well-known/void", "/entity/", "/relation/", "/claim/", "/edge/", "/doc/", "/graph.html",
    "/download/", "/static/", "/static/../", "*",
]  # fmt: skip
METHODS = ["GET"] * 6 + ["HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"]
HEADERS = {
    "Accept": ["*/*", "text/html", "text/turtle;q=2", "q=;;,,/", "a/b", "text/html;q=x", "\xff"],
    "Content-Type": [
        "application/x-www-form-urlencoded", "application/sparql-query", "text/plain",
        "application/sparql-update", "application/sparql-query; charset=utf-7", ";", "\xfe",
    ],
    "Accept-Encoding": ["gzip", "gzip;q=0", "br", "*", "gzip;q=x"],
    "Authorization": ["Bearer x", "Basic eA==", "\xe9"],
    "Range": ["bytes=0-10", "bytes=-1", "bytes=9-1", "x"],
    "If-Modified-Since": ["x", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "Host": ["localhost", "localhost", "evil.example", "[::1", ":", "localhost:x"],
}  # fmt: skip


def made_up(chance):
    """Return a request that nobody would send."""

    def words():
        return "".join(chance.choice(WORDS) for _ in range(chance.randrange(3)))

    path = chance.choice(PATHS) + (words() if chance.random() < 0.6 else "")
    path = quote(path, safe=chance.choice(["/", "/%", "/%.?&=;"]))
    if chance.random() < 0.6:
        fields = [f"{chance.choice(WORDS)}={words()}" for _ in range(chance.randrange(1, 4))]
        path += "?" + quote("&".join(fields), safe=chance.choice(["&=", "&=%", ""]))
    chosen = chance.sample(sorted(HEADERS), chance.randrange(4))
    headers = {name: chance.choice(HEADERS[name]) for name in chosen}
    body = words().encode() if chance.random() < 0.4 else None
    return chance.choice(METHODS), path, body, headers


def test_a_thousand_made_up_requests_meet_no_failure_of_ours(build):
    chance = random.Random(20)
    with server_of(build) as running:
        place = urlsplit(running.address)
        connection, answered = HTTPConnection(place.hostname, place.port, timeout=20), 0
        for number in range(1000):
            method, path, body, headers = made_up(chance)
            try:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                content = response.read()
            except (OSError, ValueError, UnicodeError):
                connection.close()
                continue
            answered += 1
            assert response.status < 500, (number, method, path, headers, content[:300])
            assert b"Traceback" not in content
        connection.close()
        assert answered > 900
        assert fetch(running, asking("ASK {}"))[0] == 200
        running.send_signal(signal.SIGINT)
        assert "Traceback" not in running.communicate(timeout=10)[1]


def test_a_kept_connection_is_answered_at_once(server):
    """Without TCP_NODELAY each answer waited for the client's delayed acknowledgement."""
    place = urlsplit(server.address)
    connection = HTTPConnection(place.hostname, place.port, timeout=20)
    begun = time.monotonic()
    for _ in range(50):
        connection.request("GET", "/dataset")
        connection.getresponse().read()
    connection.close()
    assert time.monotonic() - begun < 1.5


def test_what_is_no_http_harms_nothing(server):
    place = urlsplit(server.address)
    for raw in (b"\x00\xff\xfe\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET " + b"a" * 200_000):
        with socket.create_connection((place.hostname, place.port), timeout=5) as client:
            try:
                client.sendall(raw)
                client.shutdown(socket.SHUT_WR)
                client.recv(1000)
            except OSError:
                continue
    assert fetch(server, "/")[0] == 200


# Other people's clients


def test_sparqlwrapper_asks_it(server):
    client = SPARQLWrapper(f"{server.address}sparql")
    client.setQuery(PREFIXES + ALLIES)
    client.setReturnFormat(JSON)
    (row,) = client.queryAndConvert()["results"]["bindings"]
    assert row["who"]["value"] == "Estmark"
    client.setMethod(POST)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split() == ["who", "Estmark"]
    client.setQuery(PREFIXES + "DESCRIBE ent:norland")
    client.setReturnFormat(TURTLE)
    assert b"Norland" in client.queryAndConvert()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_store_asks_it(server, method):
    graph = rdflib.Graph(SPARQLStore(f"{server.address}sparql", method=method))
    norland = rdflib.URIRef("http://localhost:8000/entity/norland")
    assert rdflib.RDFS.label in set(graph.predicates(norland))
    assert [str(row.who) for row in graph.query(PREFIXES + ALLIES)] == ["Estmark"]


def test_rdflib_follows_an_iri_to_its_data(server):
    graph = rdflib.Graph().parse(f"{server.address}entity/norland")
    assert (None, rdflib.RDFS.label, rdflib.Literal("Norland")) in graph


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_javascript_asks_it(server):
    script = """
    const [address, query] = process.argv.slice(1);
    const body = new URLSearchParams({ query });
    fetch(address + "sparql", { method: "POST", body, headers: { accept: "application/json" } })
      .then((response) => response.json())
      .then((found) => console.log(JSON.stringify(found.results.bindings)));
    """
    done = subprocess.run(
        ["node", "-e", script, server.address, ALLIES],
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["who"]["value"] == "Estmark"


def test_a_build_in_a_folder_that_cannot_be_written_is_served_too(tmp_path):
    build = make_build(tmp_path / "build", sample_graph())
    (build / "graph.store").write_text("in the way")
    with server_of(build) as running:
        assert fetch(running, asking("ASK {}"))[0] == 200
