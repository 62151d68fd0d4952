"""A corpus that attacks: in the page and in the explorer it shows as text and breaks nothing."""

from dataclasses import replace

import pytest

from kg.graph.assembly import assemble_graph
from kg.outputs.drawing.html_page import write_html
from kg.records import Link, Mention, Passage
from tests.browser.conftest import foreign
from tests.sample import link_by_name, sample_readings
from tests.served import make_build, server_of

pytestmark = pytest.mark.browser

PAYLOADS = [
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "</script><script>window.pwned=1</script>",
    "javascript:window.pwned=1",
    "left\u202eright\u2028line",
    "zero\u200bwidth\u2060joiner",
    "A very long name " * 600,
    "{{ 7*7 }} ${window.pwned=1}",
    "=1+1|cmd",
]
MENTIONS = 5000


def hostile_graph():
    """The sample, with an attack in every name, title, relation, type and link."""
    readings = []
    for number, reading in enumerate(sample_readings()):
        payload = PAYLOADS[number]
        document = replace(reading.document, title=payload, source=payload)
        claims = tuple(
            replace(
                c,
                predicate=replace(
                    c.predicate, lemma=PAYLOADS[i % len(PAYLOADS)], head=PAYLOADS[i % 4]
                ),
            )
            for i, c in enumerate(reading.claims)
        )
        readings.append(replace(reading, document=document, claims=claims))
    readings[0] = with_many_mentions(readings[0])
    entities = [
        replace(
            entity,
            id=f"{PAYLOADS[i % len(PAYLOADS)][:200]}{i}",
            name=PAYLOADS[i % len(PAYLOADS)],
            also_known_as=(PAYLOADS[(i + 1) % len(PAYLOADS)],),
            links=(Link("javascript:window.pwned=1", True, 1.0),),
        )
        for i, entity in enumerate(link_by_name(readings))
    ]
    return assemble_graph(readings, entities)


def with_many_mentions(reading):
    """Return a reading that names its first thing five thousand times more."""
    first, *rest = reading.groups
    text, name = reading.document.text, first.name
    places = [len(text) + 1 + i * (len(name) + 1) for i in range(MENTIONS)]
    text = " ".join([text, *[name] * MENTIONS])
    more = tuple(
        Mention(Passage(reading.document.id, p, p + len(name)), name, "name") for p in places
    )
    group = replace(first, mentions=first.mentions + more)
    return replace(
        reading, document=replace(reading.document, text=text), groups=(group, *rest)
    )  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    graph = hostile_graph()
    write_html(graph, folder / "graph.html", title=PAYLOADS[2])
    with server_of(make_build(folder / "build", graph)) as running:
        yield {"page": (folder / "graph.html").as_uri(), "explorer": f"{running.address}explore"}


@pytest.mark.parametrize("kind", ["page", "explorer"])
def test_nothing_runs_and_nothing_breaks(chromium, places, kind):
    troubles = []
    context = chromium.new_context(reduced_motion="reduce")
    context.add_init_script("localStorage.setItem('kg-tour', 'seen')")
    context.set_default_timeout(15_000)
    page = context.new_page()
    own = places[kind].removesuffix("explore")
    page.on("console", lambda said: troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: troubles.extend([] if asked.url.startswith(own) else foreign(asked.url, own)))  # fmt: skip
    page.goto(places[kind])
    page.wait_for_selector("body[data-ready=yes]")
    look_everywhere(page)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img").count() == 0
    assert page.locator("#panel a").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert troubles == []
    context.close()


def look_everywhere(page):
    for words in ("script", "javas", "very long", "zero"):
        page.keyboard.press("/")
        page.keyboard.type(words)
        page.wait_for_selector("#suggestions [role=option]")
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel h2")
    page.locator("#panel .predicate").first.click()
    page.wait_for_selector("#panel blockquote")
    page.locator("#panel .place").first.click()
    page.wait_for_selector("#text")
    for view in ("table", "voices", "timeline", "graph"):
        page.locator(f"#view-{view}").click()
        page.wait_for_selector(f"#{'stage' if view == 'graph' else view}:not([hidden])")
