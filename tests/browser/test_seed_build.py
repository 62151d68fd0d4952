"""What a user sees after `kg build`: the real pages, and one document that attacks."""

from pathlib import Path

import pytest

from kg.building import build
from kg.settings import Settings
from tests.browser.conftest import point_of

pytestmark = [pytest.mark.browser, pytest.mark.model]

ROOT = Path(__file__).parents[2]
ATTACK = (
    "<script>window.pwned=1</script> Boris <img src=x onerror=window.pwned=1> met Ada Okoro in Oslo. "
    'The Oslo "><img src=x onerror=window.pwned=1> Committee praised Ada Okoro. '
    "Ada Okoro visited the </script><script>window.pwned=1</script> Museum in Bergen."
)


@pytest.fixture(scope="module")
def page_path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seed")
    (folder / "<script>window.pwned=1<").mkdir()
    (folder / "<script>window.pwned=1<" / "attack.txt").write_text(ATTACK, encoding="utf-8")
    build([ROOT / "corpus", folder], folder / "out", Settings())
    return folder / "out" / "graph.html"


def find(page, words):
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_search_finds_skripal(open_page, page_path):
    page = open_page(page_path)
    find(page, "Skripal")
    assert page.locator("#panel h2").inner_text().startswith("Skripal")


def test_click_on_an_edge_shows_its_sentence(open_page, page_path):
    page = open_page(page_path)
    page.mouse.click(*point_of(page, "russia", "iran"))
    page.wait_for_selector("#panel mark, #panel [class*=mark]")
    assert "increased links with Iran" in page.locator("#panel").inner_text()


def test_nothing_from_a_document_runs(open_page, page_path):
    page = open_page(page_path)
    find(page, "Ada Okoro")
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert "Ada Okoro" in page.locator("#panel").inner_text()
