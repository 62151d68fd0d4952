"""A real Chromium, offline; every test fails on a request, a message or an error of the page."""

import shutil

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


@pytest.fixture
def open_page(chromium):
    """Return a function that opens a file and waits until its page is ready."""
    troubles, contexts = [], []

    def open_(path, fragment="", *, width=1440, height=900, theme="light"):
        context = chromium.new_context(
            offline=True,
            color_scheme=theme,
            reduced_motion="reduce",
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        own = path.as_uri()
        page.on("console", lambda said: troubles.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("request", lambda asked: troubles.extend(foreign(asked.url, own)))
        page.goto(f"{own}#{fragment}" if fragment else own)
        page.wait_for_selector("body[data-ready=yes]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


def foreign(url, own):
    """Return the request as a trouble, unless it is for the file itself."""
    if url.split("#")[0] == own or url.startswith(("data:", "blob:")):
        return []
    return [f"request: {url}"]
