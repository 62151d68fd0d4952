"""The page as text: one file, nothing from outside, nothing from documents that runs."""

import base64
import hashlib
import json
import re
from gzip import decompress as gunzip
from html.parser import HTMLParser

import pytest

from kg.errors import OutputError, UnknownNameError
from kg.outputs.drawing.html_page import COMPRESS_ABOVE, STYLE, draw_html, write_html
from kg.outputs.drawing.notebook import html_of_graph, html_of_reading
from tests.sample import sample_graph, sample_readings, synthetic_graph

PAYLOADS = [
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "</script><script>window.pwned=1</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}<!-- href=",
]


class Elements(HTMLParser):
    """Collects tags, and the text of scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.code, self.inside = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag in ("script", "style")
        if self.inside:
            self.code.append([tag, dict(attrs).get("type", ""), ""])

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.code[-1][2] += data


def data_of(page):
    kind, data = re.search(r'type="([^"]+)" id="data">(.*?)</script>', page, re.DOTALL).groups()
    return json.loads(data if kind == "application/json" else gunzip(base64.b64decode(data)))


def text_of(data, claim):
    """Return the sentence of a claim and where it stands."""
    (document,) = [d for d in data["documents"] if d["id"] == claim["document"]]
    start, end = claim["sentence"]
    where = [place for begin, place in document["places"] if begin <= start][-1]
    return document["text"][start:end], f"{document['title']}, {where}"


def words_of(data, claim):
    """Return what of the document is marked, by kind of mark."""
    (document,) = [d for d in data["documents"] if d["id"] == claim["document"]]
    return {kind: document["text"][start:end] for start, end, kind in claim["marks"]}


@pytest.fixture(scope="module")
def page():
    return draw_html(sample_graph(), title="Sample")


def test_same_graph_gives_the_same_page(page):
    assert draw_html(sample_graph(), title="Sample") == page


def test_page_asks_for_nothing(page):
    for _, attributes in Elements(page).tags:
        assert not {"src", "href", "srcset", "action"} & attributes.keys()
    assert "@import" not in STYLE.read_text(encoding="utf-8")


def test_policy_names_the_hash_of_each_script_and_style(page):
    elements = Elements(page)
    policy = next(a["content"] for _, a in elements.tags if "http-equiv" in a)
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for _, kind, text in elements.code:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert kind in ("application/json", "text/plain") or f"'sha256-{digest}'" in policy


def test_page_without_data_is_under_a_megabyte(page):
    assert len(page.encode()) - len(json.dumps(data_of(page))) < 700_000


def test_much_data_is_compressed_and_stays_the_same():
    graph = synthetic_graph(700)
    page = draw_html(graph)
    assert 'type="application/json" id="data"' in draw_html(sample_graph())
    assert 'type="text/plain" id="data"' in page
    assert len(json.dumps(data_of(page))) > COMPRESS_ABOVE
    assert page == draw_html(graph)


def test_page_holds_each_text_once(page):
    text = sample_graph().documents["committee-report"].text
    assert page.count(json.dumps(text, ensure_ascii=False)[1:60]) == 1


def test_long_texts_leave_the_page_and_that_is_said(monkeypatch):
    monkeypatch.setattr("kg.outputs.drawing.page_data.TEXT_LIMIT", 10)
    data = data_of(draw_html(sample_graph()))
    assert data["textLeftOut"]
    assert not any("text" in document for document in data["documents"])
    assert all(claim["quote"]["text"] for claim in data["claims"])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_title_is_escaped(payload):
    page = draw_html(sample_graph(), title=payload)
    assert [t for t, _ in Elements(page).tags] == [
        t for t, _ in Elements(draw_html(sample_graph())).tags
    ]


def test_claims_carry_status_place_and_marks(page):
    data = data_of(page)
    (denied,) = [c for c in data["claims"] if ["denied", "denied by Norland"] in c["chips"]]
    words = words_of(data, denied)
    assert words["subject"] == "the Directorate"
    assert words["object"] == "Halden Bridge attack"
    assert words["speaker"] == "Norland"
    assert denied["voices"] == [["Norland", "denies"]]
    _, where = text_of(data, denied)
    assert where == "Committee on Security: Annual Report, page 18 (file page 20), para 42"


def test_passive_is_marked_in_the_active_voice(page):
    data = data_of(page)
    claims = [c for c in data["claims"] if c["subject"][1] == "northern-signals-directorate"]
    active = next(c for c in claims if c["chips"] == [["fact", "fact"]] and c["head"] == "order")
    assert words_of(data, active)["subject"] == "Northern Signals Directorate"


@pytest.mark.parametrize(
    ("predicate", "status"),
    [("order", "contested"), ("meet", "denied"), ("leave", "planned"), ("support", "hedged"), ("lead", "fact")],
)  # fmt: skip
def test_edges_show_how_their_relation_stands(page, predicate, status):
    assert status in {
        r["status"] for r in data_of(page)["relations"] if r["predicate"] == predicate
    }


def test_only_known_data_sets_are_links(page):
    links = [link for entity in data_of(page)["entities"] for link in entity["links"]]
    assert {link["open"] for link in links} == {True}


def test_claims_carry_what_they_can_be_filtered_by(page):
    relations = data_of(page)["relations"]
    left = next(r for r in relations if r["predicate"] == "leave" and r["status"] == "denied")
    (said,) = [c for c in data_of(page)["claims"] if c["relation"] == left["id"]]
    assert (said["document"], said["days"][0][:4]) == ("hearing", "2027")
    assert (said["status"], said["voices"]) == ("denied", [["", "denies"]])
    assert all(r["claims"] >= r["sentences"] >= 1 for r in relations)


def test_what_only_spells_out_a_name_is_marked_and_drawn_thin(page):
    held = data_of(page)
    named = {(c["subject"][0], c["predicate"]) for c in held["claims"] if c.get("named")}
    assert ("Norland forces", "be part of") in named
    assert not any("officer" in predicate for _, predicate in named)
    widths = {r["width"] for r in held["relations"] if r.get("named")}
    assert widths == {1.0}


def test_communities_are_named_by_their_main_members():
    data = data_of(draw_html(synthetic_graph(200)))
    first = data["communities"][0]
    members = [n for n in data["network"]["nodes"] if n["community"] == first["number"]]
    assert len(members) == first["size"]
    assert set(first["name"].split(", ")) <= {n["label"] for n in members}


def test_limit_keeps_the_important_and_says_what_is_left_out():
    data = data_of(draw_html(synthetic_graph(120), limit=40))
    assert (len(data["entities"]), data["leftOut"]) == (40, 80)


def test_around_keeps_what_is_near():
    data = data_of(draw_html(sample_graph(), around="Maja Lind", depth=1))
    assert {e["name"] for e in data["entities"]} == {"Maja Lind", "The Vesk Courier"}


def test_around_an_unknown_name_suggests_a_known_one():
    with pytest.raises(UnknownNameError, match="Maja Lind"):
        draw_html(sample_graph(), around="Maya Lind")


def test_a_graph_without_anything_still_makes_a_page():
    assert data_of(draw_html(synthetic_graph(0)))["entities"] == []


def test_write_makes_the_folder(tmp_path):
    write_html(sample_graph(), tmp_path / "new" / "graph.html")
    assert (
        (tmp_path / "new" / "graph.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    )


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        write_html(sample_graph(), tmp_path / "file" / "graph.html")


def test_notebook_frames_the_page_without_letting_it_out():
    frame = html_of_graph(sample_graph())
    ((tag, attributes),) = Elements(frame).tags
    assert tag == "iframe"
    assert "allow-same-origin" not in attributes["sandbox"]
    assert attributes["srcdoc"].startswith("<!doctype html>")


def test_notebook_marks_names_and_says_what_is_claimed():
    shown = html_of_reading(sample_readings()[0])
    assert ">Harbour Accord</mark>" in shown
    assert "<b>Estmark</b> <i>leave</i> <b>Harbour Accord</b>" in shown
    assert ">planned</span>" in shown
