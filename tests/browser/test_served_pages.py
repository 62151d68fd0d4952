"""Served pages in a real Chromium: the editor, an entity, a document; nothing asked elsewhere."""

import shutil
import subprocess

import pytest

from tests.sample import sample_graph
from tests.served import make_build, server_of

pytestmark = pytest.mark.browser
GRAPH = sample_graph()
REPORT = "committee-report"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with server_of(make_build(tmp_path_factory.mktemp("served") / "build")) as running:
        yield running


@pytest.fixture
def visit(chromium, server):
    """Return a function that opens a path; the test fails on any trouble of the page."""
    troubles, contexts = [], []

    def visit_(path, *, scripts=True):
        context = chromium.new_context(java_script_enabled=scripts, reduced_motion="reduce")
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", lambda asked: troubles.extend(foreign(asked.url, server.address)))
        page.goto(server.address + path)
        return page

    yield visit_
    for context in contexts:
        context.close()
    assert troubles == []


def foreign(url, own):
    return [] if url.startswith((own, "data:", "blob:")) else [f"request: {url}"]


def test_the_editor_asks_a_saved_query_and_shows_the_table(visit):
    page = visit("query?name=neighbours")
    page.wait_for_selector("body[data-ready=yes]")
    page.wait_for_selector(".CodeMirror")
    assert "PREFIX kg:" in editor_text(page)
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table tbody tr")
    words = page.inner_text(".yasr table")
    assert "Norland" in words
    assert "Estmark" in words


def test_another_saved_query_is_a_click_away(visit):
    page = visit("query")
    page.wait_for_selector("body[data-ready=yes]")
    page.get_by_role("link", name="denied", exact=True).click()
    page.wait_for_selector("body[data-ready=yes]")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table tbody tr")
    assert "did not leave" in page.inner_text(".yasr table")


def editor_text(page):
    return page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_a_saved_query_is_filled_in_by_a_form_and_asked(visit):
    page = visit("query?name=neighbours-of")
    page.wait_for_selector("body[data-ready=yes]")
    field = page.get_by_label("who")
    assert field.get_attribute("required") is not None
    described = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert "whom or what" in described.inner_text()
    field.focus()
    page.keyboard.type("norl")
    page.wait_for_selector("datalist option[value=Norland]", state="attached")
    page.keyboard.type("and")
    page.keyboard.press("Enter")
    page.wait_for_url("**who=norland")
    page.wait_for_selector(".yasr table tbody tr")
    assert "VALUES ?who { <http://localhost:8000/entity/norland> }" in editor_text(page)
    assert "Estmark" in page.inner_text(".yasr table")
    assert page.get_by_label("who").input_value() == "norland"


def test_a_default_stands_in_its_field(visit):
    page = visit("query?name=corroborated")
    page.wait_for_selector("body[data-ready=yes]")
    assert page.get_by_label("least").input_value() == "2"
    page.get_by_label("least").fill("3")
    page.get_by_role("button", name="Fill in and ask").click()
    page.wait_for_url("**least=3")
    page.wait_for_selector("body[data-ready=yes]")
    assert "VALUES ?least { 3 }" in editor_text(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_is_for_everybody(visit, serious, theme):
    page = visit("query?name=during")
    page.emulate_media(color_scheme=theme)
    page.wait_for_selector("body[data-ready=yes]")
    # Yasgui's own tabs do not pass; ours is what stands above them.
    assert serious(page, "main > :not(#yasgui)") == []


def test_the_form_works_without_javascript(visit):
    page = visit("query?name=neighbours-of", scripts=False)
    page.fill("#value-who", "Norland")
    page.press("#value-who", "Enter")
    assert "entity/norland>" in page.input_value("noscript textarea")


def test_a_query_in_the_address_comes_into_the_editor(visit):
    page = visit("sparql?query=ASK%20%7B%20%3Fa%20%3Fb%20%3Fc%20%7D")
    page.wait_for_selector("body[data-ready=yes]")
    assert editor_text(page).strip() == "ASK { ?a ?b ?c }"


def test_an_entity_can_be_searched_and_read_without_javascript(visit):
    page = visit("", scripts=False)
    page.fill("form.big input", "norl")
    page.press("form.big input", "Enter")
    page.click("ul.results >> text=Norland >> nth=0")
    assert page.inner_text("h1") == "Norland"
    assert "hold military exercises with" in page.inner_text("main")
    page.click("article.claim .source a >> nth=0")
    assert "#char=" in page.url
    assert page.inner_text("h1") != "Norland"


def test_a_place_in_a_document_is_led_to_and_marked(visit):
    text = GRAPH.documents[REPORT].text
    start = text.index("military exercises") + 3
    page = visit(f"doc/{REPORT}#char={start},{start + 20}")
    page.wait_for_selector("mark.chosen")
    marked = page.evaluate(
        "[...document.querySelectorAll('mark.chosen')].map(m => m.textContent).join('')"
    )
    assert marked == text[start : start + 20]
    page.evaluate("location.hash = '#char=0,5'")
    page.wait_for_function("document.querySelector('mark.chosen').textContent.length <= 5")
    marked = page.evaluate(
        "[...document.querySelectorAll('mark.chosen')].map(m => m.textContent).join('')"
    )
    assert marked == text[:5]
    assert page.evaluate("document.getElementById('document').textContent") == text


def test_the_picture_of_the_graph_opens_under_its_own_policy(visit):
    page = visit("graph.html")
    page.wait_for_selector("body[data-ready=yes]")


def test_a_script_of_another_page_may_read_the_data(chromium, server, tmp_path):
    """The other page is a file, whose origin is none of ours."""
    (tmp_path / "other.html").write_text("<!DOCTYPE html><title>Other</title>")
    context = chromium.new_context()
    page = context.new_page()
    page.goto((tmp_path / "other.html").as_uri())
    ask = """async (address) => {
      const found = await fetch(address, { headers: { accept: "application/sparql-results+json" } });
      return (await found.json()).boolean;
    }"""
    address = f"{server.address}sparql?query=ASK%20%7B%7D"
    try:
        assert page.evaluate(ask, address) is True
    finally:
        context.close()


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
@pytest.mark.parametrize("name", ["document.js", "query.js"])
def test_scripts_parse(name):
    from kg.web.site import HERE

    assert subprocess.run(["node", "--check", HERE / "static" / name], check=False).returncode == 0
