"""A real Chromium, offline; every test fails on a request, a message or an error of the page."""

import json
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def installed_chromium():
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium():
    with playwright.sync_playwright() as running:
        try:
            browser = running.chromium.launch(executable_path=installed_chromium(), args=FLAGS)
        except playwright.Error as error:
            pytest.skip(f"no Chromium to drive: {error}")
        yield browser
        browser.close()


@contextmanager
def watched(chromium):
    """Give a function that opens an address and waits until its page is ready.

    Each page has a context of its own. A message, an error or a request that is not for
    ``own`` (by default the very file that was opened) fails the test at the end.
    """
    troubles, contexts = [], []

    def open_(address, fragment="", *, own=None, script="", **options):
        context = chromium.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(8000)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()

        def look_at(asked):
            if own is None or not asked.url.startswith(own):
                troubles.extend(foreign(asked.url, address))

        page.on("console", lambda said: troubles.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", look_at)
        page.goto(f"{address}#{fragment}" if fragment else address)
        page.wait_for_selector("body[data-ready=yes]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def open_page(chromium):
    """Return a function that opens a file, offline, and waits until its page is ready."""
    with watched(chromium) as open_:

        def open_file(path, fragment="", *, width=1440, height=900, theme="light"):
            size = {"width": width, "height": height}
            return open_(path.as_uri(), fragment, offline=True, color_scheme=theme, viewport=size)

        yield open_file


def foreign(url, own):
    """Return the request as a trouble, unless it is for the file itself."""
    if url.split("#")[0] == own or url.startswith(("data:", "blob:")):
        return []
    return [f"request: {url}"]


STANDING_STILL = """async ends => {
    const at = () => document.getElementById("canvas").pointOf(...ends);
    for (let before = at(); ; ) {
        await new Promise(done => setTimeout(done, 100));
        const now = at();
        if (String(now) === String(before)) return now;
        before = now;
    }
}"""


def point_of(page, *ends):
    """Return where an entity is, or the middle of the edge between two, once nothing moves."""
    return page.evaluate(STANDING_STILL, ends)


AXE = Path(__file__).parents[2] / "front" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def serious():
    """Return a function that lists what axe-core finds serious in a page, as it is now."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make page`")

    def check(page, within="html"):
        # Into a world of its own, so that the page's policy on scripts stays in force.
        session = page.context.new_cdp_session(page)
        frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = session.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
        code = AXE.read_text(encoding="utf-8")
        session.send("Runtime.evaluate", {"expression": code, "contextId": world})
        found = session.send(
            "Runtime.evaluate",
            {
                "expression": f"axe.run({within!r})"
                + ".then(r => JSON.stringify(r.violations.map(v => "
                "[v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)])))",
                "contextId": world,
                "awaitPromise": True,
            },
        )
        violations = json.loads(found["result"]["value"])
        return [v for v in violations if v[0] in ("serious", "critical")]

    return check
