"""The page in a real browser: it finds, explains, filters, and runs nothing it reads."""

from dataclasses import replace

import pytest

from kg.graph.assembly import assemble_graph
from kg.outputs.drawing.html_page import write_html
from kg.outputs.drawing.notebook import html_of_graph
from kg.records import Link
from tests.browser.conftest import point_of
from tests.sample import link_by_name, sample_graph, sample_readings, synthetic_graph

pytestmark = pytest.mark.browser

PAYLOADS = [
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "</script><script>window.pwned=1</script>",
    "javascript:window.pwned=1",
    "an href and 'quotes' \"too\"",
    "left\u202eright\u2028line",
    "A very long name " * 600,
    "{{ 7*7 }} ${window.pwned=1}",
]


@pytest.fixture(scope="module")
def sample_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_html(sample_graph(), path, title="Halden Bridge")
    return path


def find(page, words):
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def statement_of(page):
    return page.locator("#panel h2").inner_text()


@pytest.mark.parametrize("typed", ["northern sig", "NSD", "directorate"])
def test_search_finds_by_name_and_by_alias(open_page, sample_page, typed):
    page = open_page(sample_page)
    find(page, typed)
    assert statement_of(page) == "Northern Signals Directorate"


def test_arrows_choose_among_suggestions_and_escape_leaves(open_page, sample_page):
    page = open_page(sample_page)
    page.keyboard.press("/")
    page.keyboard.type("halden")
    assert page.locator("#suggestions [role=option]").count() == 2
    first = page.locator("#suggestions [aria-selected=true]").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator("#suggestions [aria-selected=true]").inner_text() != first
    page.keyboard.press("Escape")
    assert page.locator("#suggestions").is_hidden()


def test_panel_says_who_it_is_and_what_is_claimed(open_page, sample_page):
    page = open_page(sample_page, "entity=norland")
    panel = page.locator("#panel").inner_text()
    assert "also Republic of Norland" in panel
    assert "4,000 soldiers" in panel
    assert "according to Irena Kovac" in panel
    assert "by 2033" in panel


def test_links_open_apart_and_only_to_known_data_sets(open_page, sample_page):
    page = open_page(sample_page, "entity=baltic-sea")
    links = page.locator("#panel .links a")
    assert links.all_inner_texts() == ["Wikidata Q545", "GeoNames 630674"]
    assert "noopener" in links.first.get_attribute("rel")


def test_click_on_a_node_opens_it(open_page, sample_page):
    page = open_page(sample_page)
    x, y = point_of(page, "estmark")
    page.mouse.click(x, y)
    page.wait_for_selector("#panel h2")
    assert statement_of(page) == "Estmark"


def test_click_on_an_edge_shows_its_sentences_with_marks(open_page, sample_page):
    page = open_page(sample_page)
    x, y = point_of(page, "norland", "estmark")
    page.mouse.click(x, y)
    page.wait_for_selector("#panel blockquote")
    assert statement_of(page) == "Norland hold military exercises with Estmark"
    assert page.locator("#panel article").count() == 2
    first = page.locator("#panel blockquote").first
    assert first.locator(".m-subject").inner_text() == "Norland"
    assert first.locator(".m-predicate").inner_text() == "held military exercises with"
    assert first.locator(".m-object").inner_text() == "Estmark"
    assert "page 18 (file page 20), para 41" in page.locator("#panel footer").first.inner_text()


def test_marks_count_characters_not_utf16_units(open_page, sample_page):
    page = open_page(sample_page, "entity=lumen-malware")
    quote = page.locator("#panel blockquote", has_text="😀").first
    assert quote.locator(".m-object").inner_text() == "Lumen malware"


def test_contested_and_denied_are_told_apart(open_page, sample_page):
    page = open_page(sample_page, "entity=northern-signals-directorate")
    group = page.locator("#panel .group", has=page.locator("h3", has_text="order"))
    assert group.locator(".chip").all_inner_texts() == [
        "fact",
        "according to Committee on Security",
        "denied by Norland",
    ]
    assert group.locator("s").count() == 1


def test_hover_shows_the_first_sentence(open_page, sample_page):
    page = open_page(sample_page)
    page.mouse.move(*point_of(page, "maja-lind"))
    page.wait_for_selector("#tip:not([hidden])")
    assert "Maja Lind" in page.locator("#tip").inner_text()


def test_legend_filters_types_and_statuses(open_page, sample_page):
    page = open_page(sample_page, "view=table")
    rows = page.locator("#table tbody tr")
    every = rows.count()
    page.get_by_role("button", name="Denied").click()
    assert page.locator("#table tbody .predicate s").count() == 1  # the denial of a contested one
    fewer = rows.count()
    page.get_by_role("button", name="person").click()
    assert rows.count() < fewer < every
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Graph").click()
    page.locator("#reset").click()
    page.get_by_role("button", name="Table").click()
    assert rows.count() == every


def test_document_filter_keeps_what_the_document_says(open_page, sample_page):
    page = open_page(sample_page, "view=table")
    page.locator("#document").select_option(label="Hearing of 12 June 2031, transcript")
    assert page.locator("#table tbody tr", has_text="Meridian Energy").count() == 1


def test_confidence_filter_is_in_the_address(open_page, sample_page):
    page = open_page(sample_page)
    page.locator("#confidence").fill("0.9")
    assert page.url.endswith("#confidence=0.9")


def test_path_joins_two_entities(open_page, sample_page):
    page = open_page(sample_page, "entity=civic-union")
    page.get_by_role("button", name="Path to").click()
    page.keyboard.type("harbour acc")
    page.keyboard.press("Enter")
    assert "A shortest way, 2 steps" in page.locator("#panel").inner_text()
    assert "path=civic-union&path=harbour-accord" in page.url


def test_a_way_that_is_not_there_is_said(open_page, sample_page):
    page = open_page(sample_page, "path=maja-lind&path=norland")
    assert "No way joins the two" in page.locator("#panel").inner_text()


def test_focus_keeps_the_neighbourhood_and_back_returns(open_page, sample_page):
    page = open_page(sample_page, "entity=estmark")
    page.locator(".steps button", has_text="1").click()
    page.get_by_role("button", name="Table").click()
    page.get_by_role("button", name="Entities").click()
    names = page.locator("#table td[data-label=Name]").all_inner_texts()
    assert set(names) == {"Estmark", "Norland", "Harbour Accord"}
    page.go_back()
    page.go_back()
    assert page.url.endswith("#entity=estmark")


def test_unjoined_names_are_shown_when_asked_for(open_page, sample_page):
    page = open_page(sample_page, "view=table")
    page.get_by_role("button", name="Entities").click()
    assert page.get_by_role("button", name="Oskar Dahl").count() == 0
    page.get_by_label("Without relations").check()
    assert page.get_by_role("button", name="Oskar Dahl").count() == 1


def test_table_sorts_with_the_keyboard(open_page, sample_page):
    page = open_page(sample_page, "view=table")
    page.get_by_role("button", name="Sure", exact=True).press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Sure")
    assert page.locator("td[data-label=Sure]").first.inner_text() == "95 %"


def test_picture_is_saved(open_page, sample_page):
    page = open_page(sample_page)
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_arranging_moves_and_stops(open_page, sample_page):
    page = open_page(sample_page)
    before = point_of(page, "vesk")
    page.locator("#physics").click()
    page.wait_for_timeout(700)
    page.locator("#physics").click()
    assert page.locator("#physics").get_attribute("aria-pressed") == "false"
    assert point_of(page, "vesk") != before


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 1440])
def test_page_fits_its_window(open_page, sample_page, width, theme):
    page = open_page(sample_page, "entity=irena-kovac", width=width, theme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(page.screenshot()) > 20_000


def test_theme_can_be_switched(open_page, sample_page):
    page = open_page(sample_page)
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    page.locator("#theme").click()
    assert page.evaluate(colour) != before


def hostile_graph(payload):
    """The sample with the payload as names, aliases, links, titles, sentences and types."""
    readings = []
    for reading in sample_readings():
        document = replace(reading.document, title=payload[:300], source=payload[:300])
        claims = tuple(
            replace(c, predicate=replace(c.predicate, lemma=payload, head=payload))
            for c in reading.claims
        )
        if len(payload) < 60:
            document = replace(document, text=payload + document.text[len(payload) :])
        readings.append(replace(reading, document=document, claims=claims))
    entities = [
        replace(
            e,
            id=f"{payload[:200]}{i}",
            name=payload,
            also_known_as=(payload,),
            type=payload[:50] if i == 0 else e.type,
            links=(Link(payload, True, 1.0), Link("javascript:window.pwned=1", True, 1.0)),
        )
        for i, e in enumerate(link_by_name(readings))
    ]
    return assemble_graph(readings, entities)


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda p: p[:20])
def test_nothing_from_documents_runs(open_page, tmp_path, payload):
    path = tmp_path / "hostile.html"
    write_html(hostile_graph(payload), path, title=payload)
    page = open_page(path)
    find(page, payload.strip()[:4])
    page.wait_for_selector("#panel h2")
    assert page.locator("#panel a").count() == 0
    page.locator("#panel .predicate").first.click()
    page.get_by_role("button", name="Table").click()
    assert page.evaluate("window.pwned") is None
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_what_is_left_out_is_said(open_page, tmp_path):
    write_html(synthetic_graph(90), tmp_path / "part.html", limit=30)
    page = open_page(tmp_path / "part.html")
    assert "60 less important entities are left out" in page.locator("#notices").inner_text()
    assert "kg draw BUILD --around NAME" in page.locator("#notices").inner_text()


def test_a_big_page_opens_on_its_core_and_draws_all_when_asked(open_page, tmp_path):
    write_html(synthetic_graph(420), tmp_path / "big.html")
    page = open_page(tmp_path / "big.html")
    assert "most important of 420, by their main relations" in page.locator("#notices").inner_text()
    drawn = "document.getElementById('canvas').drawn()"
    assert 90 <= page.evaluate(drawn) <= 100
    page.get_by_role("button", name="Draw all").click()
    assert page.evaluate(drawn) > 300
    assert page.url.endswith("#core=all")
    page.locator("#core").fill("0")
    page.wait_for_url(lambda url: "core=50" in url)
    assert 40 <= page.evaluate(drawn) <= 50


def test_what_lies_outside_the_core_comes_when_it_is_found(open_page, tmp_path):
    write_html(synthetic_graph(420), tmp_path / "big.html")
    page = open_page(tmp_path / "big.html", "view=table")
    page.get_by_role("button", name="Entities").click()
    last = page.locator("#table td[data-label=Name]").last.inner_text()
    page.get_by_role("button", name="Graph").click()
    find(page, last)
    page.wait_for_selector("#panel h2")
    x, y = point_of(page, page.url.split("entity=")[1].split("&")[0])
    assert x > 0
    assert y > 0


def test_an_empty_graph_says_so(open_page, tmp_path):
    write_html(synthetic_graph(0), tmp_path / "empty.html")
    page = open_page(tmp_path / "empty.html")
    assert "name nothing" in page.locator("#notices").inner_text()


def test_notebook_frame_works_in_its_sandbox(chromium, tmp_path):
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html>{html_of_graph(sample_graph())}", encoding="utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready=yes]").wait_for()
    frame.locator("#query").fill("estmark")
    frame.locator("#query").press("Enter")
    assert frame.locator("#panel h2").inner_text() == "Estmark"
    frame.locator("#back").click()
    assert frame.locator("#panel").is_hidden()
    context.close()
