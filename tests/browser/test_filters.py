"""A filter lets through the same in every view, and that is what SPARQL finds in the Turtle."""

import csv
import io
from collections import Counter

import pyoxigraph
import pytest

from kg.outputs.drawing.html_page import write_html
from kg.outputs.drawing.page_data import is_named
from kg.vocabulary import prefixes
from tests.browser.conftest import watched
from tests.sample import sample_graph
from tests.served import BASE, make_build, server_of

pytestmark = pytest.mark.browser

FACT = "?claim kg:polarity kg:positive ; kg:modality kg:asserted . FILTER NOT EXISTS { ?claim kg:attributedTo ?x }"
DENIED = "?claim kg:polarity kg:negative ; kg:modality kg:asserted ."
CONTESTED = "?claim kg:edge ?e . ?e kg:affirmedBy ?a ; kg:deniedBy ?d . FILTER(?a > 0 && ?d > 0)"
OPEN = "?claim kg:modality ?m . FILTER(?m IN (kg:intended, kg:required, kg:conditional, kg:questioned))"
NEITHER = f"FILTER NOT EXISTS {{ {FACT} }} FILTER NOT EXISTS {{ {DENIED} }}"

FILTERS = {
    "": "",
    "without=fact&without=contested&without=hedged&without=planned":
        f"{DENIED} FILTER NOT EXISTS {{ {CONTESTED} }}",
    "without=contested&without=denied&without=hedged&without=planned":
        f"{FACT} FILTER NOT EXISTS {{ {CONTESTED} }}",
    "without=fact&without=denied&without=hedged&without=planned":
        f"{CONTESTED} FILTER NOT EXISTS {{ {NEITHER} }}",
    "without=fact&without=contested&without=denied&without=hedged": OPEN,
    "without=fact&without=contested&without=denied&without=planned":
        f"{NEITHER} FILTER NOT EXISTS {{ {OPEN} }}",
    "hide=Person":
        "FILTER NOT EXISTS { ?claim rdf:subject|rdf:object ?end . ?end kg:type 'Person' }",
    "document=hearing": "?claim prov:wasDerivedFrom/nif:referenceContext <{base}doc/hearing> .",
    "speaker=Norland": "?claim kg:attributedTo|kg:saidThrough ?who . ?who rdfs:label 'Norland' .",
    "speaker=Norland&document=committee-report":
        "?claim kg:attributedTo|kg:saidThrough ?who . ?who rdfs:label 'Norland' . "
        "?claim prov:wasDerivedFrom/nif:referenceContext <{base}doc/committee-report> .",
    "years=2027-2027":
        "OPTIONAL { ?claim kg:from ?f } OPTIONAL { ?claim kg:until ?u } "
        "FILTER(YEAR(COALESCE(?f, ?u)) <= 2027 && YEAR(COALESCE(?u, ?f)) >= 2027)",
    "confidence=0.9": "?claim kg:confidence ?sure . FILTER(?sure >= 0.9)",
    "confidence=0.85&without=fact": f"?claim kg:confidence ?sure . FILTER(?sure >= 0.85) "
        f"FILTER(EXISTS {{ {CONTESTED} }} || NOT EXISTS {{ {FACT} }})",
    "sentences=2": "{ SELECT ?edge { ?c kg:edge ?edge ; prov:wasDerivedFrom ?s } "
        "GROUP BY ?edge HAVING (COUNT(DISTINCT ?s) > 1) } ?claim kg:edge ?edge .",
}  # fmt: skip
"""What each fragment means, in SPARQL."""

CLAIMS = """SELECT DISTINCT ?claim ?edge ?subject ?relation ?object ?sentence {
  ?claim a kg:Claim ; rdf:predicate/rdfs:label ?relation ; rdf:subject ?s ;
    prov:wasDerivedFrom/nif:anchorOf ?sentence .
  OPTIONAL { ?claim kg:edge ?edge }
  OPTIONAL { ?claim rdf:object ?o OPTIONAL { ?o rdfs:label ?named } }
  OPTIONAL { ?s rdfs:label ?label }
  BIND(COALESCE(?label, STR(?s)) AS ?subject)
  BIND(COALESCE(?named, ?o, "") AS ?object)
  FILTER(isIRI(?s) || isIRI(?o))
  FILTER(?claim NOT IN (%s))
  %s
}"""


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The same graph as a page, served, and as a store of its Turtle."""
    folder = tmp_path_factory.mktemp("filters")
    build = make_build(folder / "build")
    write_html(sample_graph(), folder / "graph.html", title="Halden Bridge")
    store = pyoxigraph.Store()
    store.load(path=build / "graph.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    with server_of(build) as running:
        page, explorer = (folder / "graph.html").as_uri(), f"{running.address}explore"
        yield {"page": page, "explorer": explorer, "store": store}


@pytest.fixture(params=["page", "explorer"])
def view(request, places, chromium):
    """Return a function that opens the view with a fragment; any trouble fails the test."""
    address = places[request.param]
    own = address if request.param == "page" else address.removesuffix("explore")
    with watched(chromium) as open_:

        def open_view(fragment):
            script = "localStorage.setItem('kg-tour', 'seen')"
            return open_(address, fragment, own=own, script=script)

        yield open_view


def from_names():
    """Return the claims that only spell out a name, which are shown on demand alone."""
    named = (c.id for c in sample_graph().claims.values() if is_named(c.claim))
    return ", ".join(f"<{BASE}claim/{id_}>" for id_ in named)


def found_in(store, pattern, held=None):
    """Return the claims that SPARQL finds, as a table shows them, and their edges.

    ``held`` are the edges that a view has at all: the explorer draws the main ones alone.
    """
    query = CLAIMS % (from_names(), pattern.replace("{base}", BASE))
    rows = [
        row
        for row in store.query(query, prefixes=prefixes(BASE))
        if held is None or not row["edge"] or row["edge"].value.rpartition("/")[2] in held
    ]
    claims = Counter(
        tuple(" ".join(row[key].value.split()) for key in ("subject", "relation", "object", "sentence"))
        for row in rows
    )  # fmt: skip
    edges = {row["edge"].value.rpartition("/")[2] for row in rows if row["edge"]}
    return claims, edges


def drawn_on(page):
    """Return how each relation is drawn, by its id."""
    return dict(page.evaluate("document.getElementById('canvas').relationsDrawn()"))


def held_by(page):
    """Return the relations that a view has, whatever it shows of them."""
    return set(page.evaluate("document.getElementById('canvas').relationsHeld()"))


def in_table(page):
    page.locator("#view-table").click()
    page.get_by_role("button", name="Claims").click()
    page.wait_for_selector("#table caption")
    columns = ("Subject", "Relation", "Object", "Sentence")
    cells = [page.locator(f"#table td[data-label={c}]").all_text_contents() for c in columns]
    return list(zip(*cells, strict=True))


def in_csv(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    columns = ("Subject", "Relation", "Object", "Sentence")
    return Counter(tuple(row[c] for c in columns) for row in csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("fragment", FILTERS)
def test_table_csv_and_drawing_hold_what_sparql_finds(view, places, fragment):
    page = view(fragment)
    claims, edges = found_in(places["store"], FILTERS[fragment], held_by(page))
    assert set(drawn_on(page)) == edges
    rows = in_table(page)
    assert Counter(row[:3] for row in rows) == Counter(row[:3] for row in claims.elements())
    assert in_csv(page) == claims
    assert claims


def test_with_denials_alone_no_view_holds_a_fact(view):
    page = view("without=fact&without=contested&without=hedged&without=planned")
    assert in_table(page)
    assert page.locator("#table .chip.fact").count() == 0
    assert page.locator("#table tbody s").count() == page.locator("#table tbody tr").count()
    assert set(drawn_on(page).values()) == {"denied"}
    page.locator("#view-voices").click()
    page.wait_for_selector("#voices h2")
    assert page.locator("#voices td .stance.agrees").count() == 0
    page.locator("#view-timeline").click()
    page.wait_for_selector("#timeline h2")
    assert page.locator("#timeline .chip.fact").count() == 0


def test_a_relation_stays_for_the_claims_that_pass_and_is_drawn_as_they_stand(view, places):
    page = view("entity=northern-signals-directorate&without=contested&without=fact&without=denied")
    page.wait_for_selector("#panel h2")
    assert page.locator("#panel .chip.fact").count() == 0
    assert "hidden by the filters" in page.locator("#panel").inner_text()
    drawn = drawn_on(page)
    _, contested = found_in(places["store"], f"{CONTESTED} {NEITHER}")
    assert contested
    assert {drawn[id_] for id_ in contested} <= {"hedged", "planned"}
    page.get_by_role("button", name="Show them").click()
    page.wait_for_selector("#panel .chip.fact")
