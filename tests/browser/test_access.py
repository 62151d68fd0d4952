"""For everybody: axe-core finds nothing serious in any view, light or dark, wide or narrow."""

import pytest

from kg.outputs.drawing import write_html
from tests.sample import sample_graph

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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_serious(open_page, serious, path, width, theme):
    for fragment in VIEWS:
        page = open_page(path, fragment, width=width, theme=theme)
        assert serious(page) == [], fragment
        page.context.close()
