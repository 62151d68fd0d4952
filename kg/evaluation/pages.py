"""How fast the page and the explorer open, in a real browser without a graphics card.

Graphs are invented (``synthetic.py``). A page is timed from its address to its first whole
picture, by the browser's own clock, and dragged to see how many pictures a second it can
draw. The explorer is timed on a build of which it shows the part that was asked for.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtraError
from kg.evaluation.synthetic import TRIPLES_A_CLAIM, synthetic_graph
from kg.outputs.drawing.explorer import Explorer
from kg.outputs.drawing.explorer_index import INDEX, write_index
from kg.outputs.drawing.html_page import write_html
from kg.progress import Progress
from kg.web.explorer_api import explorer_alone
from kg.web.server import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (500, 1000, 5000)
CLAIMS_A_NODE = 2.5
THINGS_A_NODE = 4
"""Of things that follow Zipf's law most are never named: so many are needed for each that is."""
# Root, as in a container, has no sandbox; figures are for machines without a graphics card.
FLAGS = ("--no-sandbox", "--disable-gpu")
FRAMES = 25
# The first callback runs before a picture is painted, the second after it.
_PICTURE = """new Promise((done) => requestAnimationFrame(() =>
  requestAnimationFrame(() => done(performance.now()))))"""
_DRAG = """async (frames) => {
  const canvas = document.querySelector('#canvas canvas'), box = canvas.getBoundingClientRect();
  const fire = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { clientX: box.left + x,
    clientY: box.top + y, pointerId: 1, pointerType: 'mouse', buttons: 1, bubbles: true, isPrimary: true }));
  const times = [];
  fire('pointerdown', 300, 60);
  for (let i = 0, last = performance.now(); i < frames; i += 1) {
    fire('pointermove', 300 + 9 * i, 60 + 3 * i);
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - last);
    last = performance.now();
  }
  fire('pointerup', 300, 60);
  return times;
}"""


@dataclass(frozen=True, slots=True)
class Opening:
    """How long it took until the first picture, and to draw one while dragging (milliseconds)."""

    first: float
    frame: float


def measure_pages(
    triples: int, *, rounds: int, tell: Progress, sizes: Sequence[int] = SIZES
) -> Iterator[str]:
    """Yield a table of opening times: pages by size, then the explorer on so many triples.

    Raises:
        MissingExtraError: Playwright is not installed.

    """
    with _browser() as browser, TemporaryDirectory() as folder:
        yield f"{'':40} {'first picture, ms':>18} {'pictures a second':>18}"
        for number, size in enumerate(sizes):
            tell(f"drawing {size} nodes", number, len(sizes) + 1)
            path = Path(folder) / f"{size}.html"
            graph = _graph_of(size)
            write_html(graph, path, limit=size)
            megabytes = path.stat().st_size / 1e6
            for how, fragment in (("as it opens", ""), ("all drawn", "#core=all")):
                openings = [_open(browser, path.as_uri() + fragment) for _ in range(rounds)]
                yield _line(f"{size:,} nodes, {megabytes:.1f} MB, {how}", openings)
        tell("making the explorer's index", len(sizes), len(sizes) + 1)
        yield from _explorer_lines(browser, Path(folder), triples, rounds)


def _graph_of(size: int) -> Any:  # noqa: ANN401 - a KnowledgeGraph
    triples = round(size * CLAIMS_A_NODE * TRIPLES_A_CLAIM)
    return synthetic_graph(triples, things=THINGS_A_NODE * size)


def _explorer_lines(browser: Browser, folder: Path, triples: int, rounds: int) -> Iterator[str]:
    graph = synthetic_graph(triples)
    started = monotonic()
    write_index(graph, folder / INDEX, title="Synthetic")
    made, size = monotonic() - started, (folder / INDEX).stat().st_size / 1e6
    entities, claims = len(graph.entities), len(graph.told)
    hub, _ = graph.mention_counts.most_common(1)[0]
    # What is measured is the explorer, which holds no graph in memory.
    del graph
    explorer = Explorer(folder / INDEX)
    with running(explorer_alone(explorer)) as address:
        openings = [_open(browser, f"{address}explore") for _ in range(rounds)]
        yield _line(f"explorer, {entities:,} ent., {claims:,} claims", openings)
        around = [_open(browser, f"{address}explore#entity={hub}&focus=1") for _ in range(rounds)]
        yield _line("  on its greatest hub", around)
    yield f"  its index: {size:,.0f} MB, made in {made:.0f} s from a graph in memory"


def _line(what: str, openings: list[Opening]) -> str:
    first = median(opening.first for opening in openings)
    frame = median(opening.frame for opening in openings)
    return f"{what:40} {first:>18,.0f} {1000 / frame:>18.0f}"


def _open(browser: Browser, address: str) -> Opening:
    # A context of its own each time: it has nothing in its cache.
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("body[data-ready=yes]", timeout=120_000)
    first = page.evaluate(_PICTURE)
    frames = page.evaluate(_DRAG, FRAMES)
    context.close()
    return Opening(first, median(frames))


@contextmanager
def _browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        install = "pip install playwright"
        raise MissingExtraError("playwright", "Measuring pages", install) from error
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
