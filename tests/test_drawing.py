"""The page as text: one file, nothing from outside, nothing from documents that runs."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from kg.errors import OutputError, UnknownNameError
from kg.outputs.drawing import LIBRARY, PAGE, draw_html, write_html
from kg.outputs.notebook import html_of_graph, html_of_reading
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
    return json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])


@pytest.fixture(scope="module")
def page():
    return draw_html(sample_graph(), title="Sample")


def test_same_graph_gives_the_same_page(page):
    assert draw_html(sample_graph(), title="Sample") == page


def test_page_asks_for_nothing(page):
    for _, attributes in Elements(page).tags:
        assert not {"src", "href", "srcset", "action"} & attributes.keys()
    assert "@import" not in (PAGE / "page.css").read_text(encoding="utf-8")


def test_policy_names_the_hash_of_each_script_and_style(page):
    elements = Elements(page)
    policy = next(a["content"] for _, a in elements.tags if "http-equiv" in a)
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for _, kind, text in elements.code:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert (kind == "application/json") or f"'sha256-{digest}'" in policy


def test_page_without_data_is_under_half_a_megabyte(page):
    assert len(page.encode()) - len(json.dumps(data_of(page))) < 520_000


def test_vendored_library_is_the_one_its_readme_names():
    readme = (LIBRARY.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(LIBRARY.read_bytes()).hexdigest() in readme


def test_page_never_uses_inner_html():
    for script in PAGE.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text
        )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_title_is_escaped(payload):
    page = draw_html(sample_graph(), title=payload)
    assert [t for t, _ in Elements(page).tags] == [
        t for t, _ in Elements(draw_html(sample_graph())).tags
    ]


def test_claims_carry_status_place_and_marks(page):
    (denied,) = [
        c for c in data_of(page)["claims"] if ["denied", "denied by Norland"] in c["chips"]
    ]
    sentence = data_of(page)["sentences"][denied["sentence"]]
    words = {kind: sentence["text"][start:end] for start, end, kind in denied["marks"]}
    assert words["subject"] == "the Directorate"
    assert words["object"] == "Halden Bridge attack"
    assert words["speaker"] == "Norland"
    assert (
        sentence["where"] == "Committee on Security: Annual Report, page 18 (file page 20), para 42"
    )


def test_passive_is_marked_in_the_active_voice(page):
    claims = [
        c for c in data_of(page)["claims"] if c["subject"][1] == "northern-signals-directorate"
    ]
    active = next(c for c in claims if c["chips"] == [["fact", "fact"]] and c["head"] == "order")
    text = data_of(page)["sentences"][active["sentence"]]["text"]
    start, end, _ = next(mark for mark in active["marks"] if mark[2] == "subject")
    assert text[start:end] == "Northern Signals Directorate"


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


def test_several_edges_between_two_nodes_bend_apart(page):
    network = json.loads(re.search(r'id="network">(.*?)</script>', page, re.DOTALL)[1])
    ends = {"tomas-brandt", "northern-signals-directorate"}
    bends = [e["bend"] for e in network["edges"] if {e["from"], e["to"]} == ends]
    assert len(set(bends)) == len(bends) == 2


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
