"""A worker process: it answers, can be stopped, and cannot leave the machine."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import BadQueryError, QueryTimeoutError
from kg.outputs.sparql.answering import Question, answer_question
from kg.outputs.sparql.guard import refuse_loading, with_using
from kg.outputs.sparql.worker import QueryWorker, StoreSource
from tests.served import BASE, make_build

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"
ASK = Question("ASK { ent:norland a schema:Country }")


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    build = make_build(tmp_path_factory.mktemp("worker") / "build")
    worker = QueryWorker(StoreSource(BASE, file=build / "graph.ttl"))
    worker.start()
    yield worker
    worker.close()


def test_it_answers_one_question_after_the_other(worker):
    for _ in range(3):
        assert b"true" in worker.ask(ASK, 10).body


def test_a_query_that_takes_too_long_is_stopped(worker):
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.2 s"):
        worker.ask(Question(RUNAWAY), 0.2)
    assert b"true" in worker.ask(ASK, 10).body


class ReplacedMeanwhile(StoreSource):
    """A store that cannot be opened the first time, as while another process replaces it."""

    def open(self):
        tried = self.file.with_name("tried")
        if not tried.exists():
            tried.touch()
            time.sleep(0.2)
            raise OSError("the store is being replaced")
        return super().open()


def test_a_store_that_is_being_replaced_is_opened_again(tmp_path):
    build = make_build(tmp_path / "build")
    worker = QueryWorker(ReplacedMeanwhile(BASE, file=build / "graph.ttl"))
    worker.start()
    try:
        assert worker.ask(Question("ASK {}"), 5).kind == "ask"
    finally:
        worker.close()


def test_a_worker_can_be_stopped_from_another_thread(worker):
    worker.ask(ASK, 10)
    threading.Timer(0.2, worker.stop).start()
    begun = time.monotonic()
    with pytest.raises(BadQueryError, match="ended without an answer"):
        worker.ask(Question(RUNAWAY), 30)
    assert time.monotonic() - begun < 5


def test_a_request_that_the_guard_let_through_would_still_not_leave(worker):
    """The guard is asked nothing here: this is what holds when it errs."""
    answer = worker.ask(Question("ASK { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }"), 10)
    assert answer.kind == "error"


def test_a_cut_answer_has_whole_rows(worker):
    answer = worker.ask(Question("SELECT * { ?s ?p ?o }", "csv", max_rows=7), 10)
    assert answer.cut
    assert answer.body.count(b"\r\n") == 8
    graph = worker.ask(Question("CONSTRUCT WHERE { ?s ?p ?o }", graph_form="nt", max_rows=7), 10)
    assert graph.cut
    assert graph.body.count(b" .\n") == 7


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_without_columns_are_counted(worker, form):
    answer = worker.ask(Question("SELECT * {}", form), 10)
    assert (answer.kind, answer.cut) == ("select", False)


def test_every_kind_of_term_survives_the_way_through():
    import pyoxigraph

    query = r"""SELECT * { VALUES ?x { 'tab\tnew\nquote"back\\' 'fr'@fr 01 1.50 1e0 true UNDEF
        '2020-01-01'^^xsd:date <http://a.example/é> 'a\u0085b\u2028c' '\r' } }"""
    store = pyoxigraph.Store()
    found = store.query(query, prefixes={"xsd": "http://www.w3.org/2001/XMLSchema#"})
    direct = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
    assert answer_question(store, Question(query), BASE).body == direct


@pytest.mark.parametrize("update", ["LOAD <http://a/>", "load silent <http://a/>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://a/> { ?s ?p ?o } }"])  # fmt: skip
def test_an_update_that_would_fetch_is_refused(update):
    with pytest.raises(BadQueryError, match="not allowed"):
        refuse_loading(update)


def test_using_goes_before_the_where_of_each_operation_alone():
    update = "INSERT { ?s ?p 'WHERE' } WHERE { { SELECT * WHERE { ?s ?p ?o } } } # WHERE"
    made = with_using(update, "USING <http://g/>")
    assert made == update.replace("} WHERE { {", "}  USING <http://g/> WHERE { {")


# From the command line


def asking(build, *options):
    """Start `kg query` in a session of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "query", str(build), *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def children_of(session):
    """Return the processes of a session that are no zombies."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, own = path.read_text().rpartition(")")[2].split()[:4]
            if int(own) == session and state not in "ZX":
                found.append(path.parent.name)
    return found


def wait_until(is_so, seconds=10):
    begun = time.monotonic()
    while not is_so() and time.monotonic() - begun < seconds:
        time.sleep(0.05)
    assert is_so()


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return make_build(tmp_path_factory.mktemp("asked") / "build")


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        (RUNAWAY, ["--timeout", "0.5"], "Error: The query ran longer than 0.5 s"),
        (GREEDY, ["--max-memory", "0.5"], "Error: The query's process ended without an answer, perhaps"),
    ],
    ids=["endless", "greedy"],
)  # fmt: skip
def test_a_query_beyond_its_limits_is_one_line(build, query, options, message):
    result = asking(build, query, *options)
    told, wrong = result.communicate(timeout=60)
    assert (told, result.returncode) == ("", 1)
    assert wrong.startswith(message)
    assert wrong.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("after", [0.0, 0.3, 0.6, 1.5])
def test_an_interrupt_ends_all_processes_without_a_traceback(build, after):
    result = asking(build, RUNAWAY)
    wait_until(lambda: len(children_of(result.pid)) > 1)  # the command waits for the query
    time.sleep(after)
    os.killpg(result.pid, signal.SIGINT)
    told, wrong = result.communicate(timeout=20)
    assert (told, wrong.strip(), result.returncode) == ("", "Aborted!", 1)
    wait_until(lambda: not children_of(result.pid))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_query_whose_owner_was_killed_ends_in_time(build):
    result = asking(build, RUNAWAY, "--timeout", "1")
    wait_until(lambda: len(children_of(result.pid)) > 2)  # the fork server, and the query
    time.sleep(0.2)
    result.kill()
    result.communicate(timeout=20)
    wait_until(lambda: not children_of(result.pid))
