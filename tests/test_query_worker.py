"""A worker process: it answers, can be stopped, and cannot leave the machine."""

import threading
import time

import pytest

from kg.errors import BadQueryError, QueryTimeoutError
from kg.outputs.sparql.answering import Question, answer_question
from kg.outputs.sparql.guard import refuse_loading, with_using
from kg.outputs.sparql.worker import QueryWorker, StoreSource
from tests.served import BASE, make_build

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
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
