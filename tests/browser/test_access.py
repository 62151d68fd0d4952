"""For everybody: axe-core finds nothing serious in any view, light or dark, wide or narrow."""

import pytest

from kg.outputs.drawing.html_page import write_html
from tests.browser.conftest import watched
from tests.sample import sample_graph
from tests.served import make_build, server_of

pytestmark = pytest.mark.browser

VIEWS = [
    "",
    "entity=norland&colour=community",
    "path=civic-union&path=harbour-accord",
    "text=committee-report&at=0",
    "view=table",
    "view=voices",
    "view=timeline&years=2027-2033",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("access") / "graph.html"
    write_html(sample_graph(), path, title="Halden Bridge")
    return path


@pytest.fixture(scope="module")
def explorer(tmp_path_factory):
    """The address of the explorer of the same graph."""
    with server_of(make_build(tmp_path_factory.mktemp("access") / "build")) as running:
        yield f"{running.address}explore"


@pytest.fixture
def open_explorer(chromium, explorer):
    """Return a function that opens the explorer at a fragment; any trouble fails the test."""
    with watched(chromium) as open_:

        def open_view(fragment, *, width, theme):
            own, size = explorer.removesuffix("explore"), {"width": width, "height": 900}
            return open_(explorer, fragment, own=own, color_scheme=theme, viewport=size)

        yield open_view


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_serious(open_page, serious, path, width, theme):
    for fragment in VIEWS:
        page = open_page(path, fragment, width=width, theme=theme)
        assert serious(page) == [], fragment
        page.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_serious_in_the_explorer(open_explorer, serious, width, theme):
    for fragment in VIEWS:
        page = open_explorer(fragment, width=width, theme=theme)
        page.wait_for_load_state("networkidle")
        assert serious(page) == [], fragment
        page.context.close()
