"""The Document menu finds a text among many, and keeps those of one report together."""

from dataclasses import replace

import pytest

from kg.graph.assembly import KnowledgeGraph
from kg.records import Document, Reading
from tests.browser.conftest import watched
from tests.sample import sample_graph
from tests.served import make_build, server_of

pytestmark = pytest.mark.browser

SOURCES = [f"report/page-{n:02}.txt" for n in range(1, 9)] + ["letters.mbox/1", "letters.mbox/2"]


def many_documents():
    """Return the sample graph with the pages of a report and the messages of a mailbox."""
    graph = sample_graph()
    more = [
        Reading(
            Document(
                f"d{n}", "Department of Justice" if n < 8 else f"Letter {n}", "Rome.", source, "en",
                "0", author="" if n < 8 else "Søren Æbelø",
            )
        )
        for n, source in enumerate(SOURCES)
    ]  # fmt: skip
    # One of the sample's own, too, has what a stranger may have written.
    first, *others = graph.readings.values()
    wild = replace(first, document=replace(first.document, title="<b>Hearing</b>"))
    readings = [wild, *others, *more]
    return KnowledgeGraph(readings, graph.entities.values(), graph.claims.values())


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The same graph as a page and served."""
    folder = tmp_path_factory.mktemp("menu")
    build = make_build(folder / "build", many_documents())
    with server_of(build) as running:
        page = (build / "graph.html").as_uri()
        yield {"page": (page, None), "explorer": (f"{running.address}explore", running.address)}


@pytest.fixture(params=["page", "explorer"])
def page(request, places, chromium):
    address, own = places[request.param]
    with watched(chromium) as open_:
        yield open_(address, own=own)


def labels(page, within="#document"):
    return page.locator(f"{within} option").all_text_contents()


def test_pages_of_one_report_stand_together_and_are_told_apart(page):
    groups = page.locator("#document optgroup").evaluate_all("all => all.map(one => one.label)")
    assert groups == ["report", "letters.mbox"]
    assert labels(page, "#document optgroup[label=report]")[:2] == [
        "Department of Justice · page-01.txt", "Department of Justice · page-02.txt",
    ]  # fmt: skip
    assert "<b>Hearing</b>" in labels(page)


@pytest.mark.parametrize("typed", ["soren aeb", "LETTER mbox", "letters"])
def test_what_is_typed_finds_documents_by_title_file_and_author(page, typed):
    page.locator("#find-document").fill(typed)
    assert labels(page)[1:] == ["Letter 8", "Letter 9"]
    page.locator("#find-document").fill("nothing like that")
    assert len(labels(page)) == 1
    page.locator("#find-document").fill("")
    assert len(labels(page)) == 1 + len(many_documents().documents)


def test_a_document_that_was_found_is_chosen_and_stays_in_the_menu(page):
    page.locator("#find-document").fill("letter 9")
    page.locator("#document").select_option(label="Letter 9")
    assert "document=d9" in page.url
    assert page.locator("#find-document").input_value() == "letter 9"
    page.locator("#find-document").fill("justice")
    assert labels(page)[1] == "Letter 9"
    assert page.locator("#document").input_value() == "=d9"
