"""Where kg itself fails: a short answer, one line in the terminal, and a server that goes on."""

import pytest
from starlette.testclient import TestClient

from kg.outputs.sparql.answering import Answer
from kg.outputs.sparql.worker import QueryWorker
from kg.web.boundary import MESSAGE, Boundary
from kg.web.page_views import PageViews
from tests.served import client_of, make_build


@pytest.fixture
def failing(tmp_path, monkeypatch):
    """Give a client of a server whose search fails, as a bug of ours would make it."""

    def fail(*_, **__):
        raise KeyError("bug")

    monkeypatch.setattr(PageViews, "results", fail)
    with client_of(make_build(tmp_path / "build")) as client:
        yield client


def test_a_page_that_fails_is_a_short_answer_and_one_line(failing, caplog):
    answer = failing.get("/search?q=Norland")
    assert (answer.status_code, answer.text) == (500, f"{MESSAGE}\n")
    (told,) = [r.getMessage() for r in caplog.records if r.name == "kg.web.boundary"]
    assert told.startswith("GET '/search': kg itself failed: KeyError in kg/")
    assert "\n" not in told
    assert failing.get("/").status_code == 200


def test_a_browser_gets_a_page_of_it(failing):
    answer = failing.get("/search?q=Norland", headers={"accept": "text/html"})
    assert answer.status_code == 500
    assert MESSAGE in answer.text
    assert "content-security-policy" in answer.headers


def test_with_debug_the_terminal_shows_the_traceback(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(PageViews, "results", lambda *_, **__: {}["bug"])
    with client_of(make_build(tmp_path / "build"), debug=True) as client:
        assert client.get("/search?q=x").status_code == 500
    assert "Traceback" in caplog.text


def test_a_query_on_which_kg_fails_is_one_too(tmp_path, monkeypatch, caplog):
    failed = Answer("failure", b"KeyError in kg/outputs/x.py:1: 'bug'", trace="Traceback")
    monkeypatch.setattr(QueryWorker, "ask", lambda *_: failed)
    with client_of(make_build(tmp_path / "build")) as client:
        assert client.get("/sparql?query=ASK{}").status_code == 500
        assert client.get("/").status_code == 200
    assert "kg itself failed on the query (KeyError in kg/outputs/x.py:1: 'bug')" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_failure_outside_the_site_is_answered_as_well():
    async def broken(*_):
        raise RuntimeError("bug")

    answer = TestClient(Boundary(broken)).get("/")
    assert (answer.status_code, answer.text) == (500, f"{MESSAGE}\n")
