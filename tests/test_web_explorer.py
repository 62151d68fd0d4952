"""The explorer over HTTP: its page, its files, and an API that is read-only and bounded."""

import pytest

from kg.outputs.drawing.html_page import SCRIPT
from tests.served import client_of, make_build

QUESTIONS = [
    "overview",
    "search?q=norl",
    "view?entity=norland&entity=estmark",
    "neighbours?entity=norland",
    "claims?entity=norland",
    "claims?document=hearing",
    "claims?relation=none",
    "alone?entity=norland&entity=estmark",
    "path?from=norland&to=estmark",
    "dated",
    "dated?entity=norland",
    "voices",
    "voices?entity=norland",
    "document?id=hearing",
    "documents?q=",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with client_of(make_build(tmp_path_factory.mktemp("explore") / "build")) as client:
        yield client


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_answered_in_json(client, question):
    answer = client.get(f"/api/{question}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json(), dict)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("nothing", 404),
        ("neighbours?entity=nobody", 404),
        ("document?id=none", 404),
        ("neighbours", 400),
        ("neighbours?entity=a&entity=b", 400),
        ("neighbours?entity=norland&limit=-1", 400),
        ("neighbours?entity=norland&offset=ten", 400),
        ("search?q=" + "x" * 3000, 400),
        ("view?" + "entity=a&" * 501, 400),
    ],
)
def test_bad_questions_are_told_what_is_wrong(client, question, status):
    answer = client.get(f"/api/{question}")
    assert answer.status_code == status
    assert answer.text.strip()


def test_the_api_only_reads(client):
    assert client.post("/api/overview").status_code == 405


def test_the_page_is_the_front_end_under_the_server_s_policy(client):
    page = client.get("/explore")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert '<script src="/front/front.js" defer>' in page.text
    assert client.get("/front/front.js").content == SCRIPT.read_bytes()
    assert client.get("/front/template.html").status_code == 404


def test_home_leads_to_it(client):
    assert 'href="/explore"' in client.get("/").text


def test_a_build_without_an_index_says_what_to_do(tmp_path):
    build = make_build(tmp_path / "build")
    (build / "explore.db").unlink()
    with client_of(build) as client:
        assert client.get("/explore").status_code == 404
        assert "kg serve" in client.get("/api/overview").text
        assert 'href="/explore"' not in client.get("/").text
