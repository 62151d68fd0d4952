"""How a claim stands, asked of every output: one sentence, one answer."""

import html
import re
from dataclasses import dataclass

import lxml.html
import pyoxigraph
import pytest

from kg.building import claim_counts
from kg.graph.assembly import assemble_graph
from kg.outputs.drawing.explorer import open_explorer
from kg.outputs.drawing.notebook import html_of_reading
from kg.outputs.drawing.page_data import page_data
from kg.outputs.rdf.importing import read_rdf
from kg.outputs.standing import SOMEBODY, Standing, Voice, standing_of
from kg.outputs.texts.tables import claim_rows, write_cypher
from kg.outputs.texts.terminal import claim_line
from kg.vocabulary import KG
from tests.sample import Writer, link_by_name
from tests.served import client_of, make_build

NAMES = {"Russia": "Country", "Skripal": "Person", "Smith": "Person", "Jones": "Person", "Brown": "Person"}  # fmt: skip
SAID, DENIED = ("Smith", "said"), ("Smith", "denied", True)
NEGATIVE = {"polarity": "negative"}


@dataclass(frozen=True)
class Case:
    sentence: str
    words: str
    how: dict
    status: str = "hedged"
    stances: tuple = ()
    verb: str = "poisoned"


CASES = [
    Case("Russia poisoned Skripal.", "fact", {}, "fact", (("", "agrees"),)),
    Case("Russia has not poisoned Skripal.", "denied", NEGATIVE, "denied", (("", "denies"),)),
    Case("Russia may have poisoned Skripal.", "possible", {"modality": "possible"}),
    Case("Russia seems not to have poisoned Skripal.", "negated, possible",
         {"modality": "possible"} | NEGATIVE),
    Case("Russia plans to see Skripal poisoned in Skripal town.", "planned",
         {"modality": "intended"}, "planned"),
    Case("If Russia poisoned Skripal, it will pay.", "conditional", {"modality": "conditional"}, "planned"),
    Case("Is it true that Russia poisoned Skripal?", "questioned", {"modality": "questioned"}, "planned"),
    Case("Smith said that Russia poisoned Skripal.", "according to Smith", {"speakers": [SAID]},
         stances=(("Smith", "agrees"),)),
    Case("Smith denied that Russia poisoned Skripal.", "denied by Smith",
         {"speakers": [DENIED]} | NEGATIVE, "denied", (("Smith", "denies"),)),
    Case("Smith denied that Russia may have poisoned Skripal.", "denied by Smith, possible",
         {"speakers": [DENIED], "modality": "possible"} | NEGATIVE, stances=(("Smith", "denies"),)),
    Case("Smith said that Russia had not poisoned Skripal.", "denied, according to Smith",
         {"speakers": [SAID]} | NEGATIVE, "denied", (("Smith", "denies"),)),
    Case("Smith denied that Russia had not poisoned Skripal.", "negated, denied by Smith",
         {"speakers": [DENIED]}, stances=(("Smith", "agrees"),)),
    Case("Smith said that Jones denied that Russia poisoned Skripal.",
         "according to Smith, denied by Jones",
         {"speakers": [SAID, ("Jones", "denied", True)]} | NEGATIVE, "denied",
         (("Smith", "hedges"), ("Jones", "denies"))),
    Case("Smith denied that Jones said that Russia poisoned Skripal.",
         "denied by Smith, quoting Jones",
         {"speakers": [DENIED, ("Jones", "said")]} | NEGATIVE, "denied",
         (("Smith", "denies"), ("Jones", "hedges"))),
    Case("Smith denied that Jones denied that Russia poisoned Skripal.",
         "denied by Smith, denied by Jones",
         {"speakers": [DENIED, ("Jones", "denied", True)]},
         stances=(("Smith", "hedges"), ("Jones", "hedges"))),
    Case("Smith said that Jones had said that Brown denied that Russia poisoned Skripal.",
         "according to Smith, quoting Jones, denied by Brown",
         {"speakers": [SAID, ("Jones", "had said"), ("Brown", "denied", True)]} | NEGATIVE, "denied",
         (("Smith", "hedges"), ("Jones", "hedges"), ("Brown", "denies"))),
    Case("It was said that Russia poisoned Skripal.", f"according to {SOMEBODY}",
         {"speakers": [(None, "said")]}, stances=((SOMEBODY, "agrees"),)),
    Case("It was said that Jones had denied that Russia poisoned Skripal.",
         f"according to {SOMEBODY}, denied by Jones",
         {"speakers": [(None, "said"), ("Jones", "denied", True)]} | NEGATIVE, "denied",
         ((SOMEBODY, "hedges"), ("Jones", "denies"))),
    Case("A spokesman denied that Russia poisoned Skripal.", "denied by A spokesman",
         {"speakers": [("A spokesman", "denied", True)]} | NEGATIVE, "denied",
         (("A spokesman", "denies"),)),
]  # fmt: skip
SENTENCES = [case.sentence for case in CASES]


def written():
    writer = Writer("d1", "Said and denied", {name: (name,) for name in NAMES}, NAMES)
    for case in CASES:
        writer.say(case.sentence)
        writer.claim("Russia", case.verb, "Skripal", "poison", **case.how)
    return writer.reading()


READING = written()
GRAPH = assemble_graph([READING], link_by_name([READING]))
LINKED = dict(zip(SENTENCES, GRAPH.claims.values(), strict=True))


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return make_build(tmp_path_factory.mktemp("standing") / "build", GRAPH)


@pytest.fixture(scope="module")
def client(build):
    with client_of(build) as client:
        yield client


def labels(claim):
    return ", ".join(label for _, label in claim["chips"])


def in_terminal():
    lines = (claim_line(GRAPH, linked) for linked in GRAPH.claims.values())
    return [line.partition("[")[2].rpartition(", ")[0] for line in lines]


def on_page():
    return [labels(claim) for claim in page_data(GRAPH, GRAPH.entities)["claims"]]


def in_notebook():
    lines = re.findall(r"<div style='margin-left.*?</div>", html_of_reading(READING))
    found = (re.findall(r"<span[^>]*>(.*?)</span>", line) for line in lines)
    return [html.unescape(", ".join(chips)) for chips in found]


def in_cypher(folder):
    write_cypher(GRAPH, folder / "graph.cypher")
    (line,) = [
        text for text in (folder / "graph.cypher").read_text().splitlines() if "standing" in text
    ]
    claims, standing = (
        re.search(rf"\b{key}: \[(.*?)\]", line)[1] for key in ("claims", "standing")
    )
    told = dict(zip(re.findall("'(.*?)'", claims), re.findall("'(.*?)'", standing), strict=True))
    return [told[id_] for id_ in GRAPH.claims]


def served(client):
    pages = (client.get(f"/claim/{id_}.html").content for id_ in GRAPH.claims)
    cards = (
        lxml.html.fromstring(page).xpath("//article//span[contains(@class, 'chip')]")
        for page in pages
    )
    return [", ".join(chip.text_content() for chip in card) for card in cards]


def read_back(build):
    saved = read_rdf(build / "graph.ttl")
    graph = assemble_graph(saved.readings, saved.entities)
    return [str(standing_of(graph, graph.claims[id_])) for id_ in GRAPH.claims]


ANSWERS = {
    "terminal": lambda build, client, folder: in_terminal(),
    "page": lambda build, client, folder: on_page(),
    "explorer": lambda build, client, folder: [labels(c) for c in open_explorer(build).claims_in("d1")["claims"]],
    "served page": lambda build, client, folder: served(client),
    "CSV": lambda build, client, folder: [row[5] for row in claim_rows(GRAPH)],
    "Cypher": lambda build, client, folder: in_cypher(folder),
    "notebook": lambda build, client, folder: in_notebook(),
    "RDF, read back": lambda build, client, folder: read_back(build),
}  # fmt: skip


@pytest.mark.parametrize("output", ANSWERS)
def test_every_output_gives_the_same_answer(output, build, client, tmp_path):
    found = ANSWERS[output](build, client, tmp_path)
    assert dict(zip(SENTENCES, found, strict=True)) == {case.sentence: case.words for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=SENTENCES)
def test_a_standing_tells_status_and_stances(case):
    standing = standing_of(GRAPH, LINKED[case.sentence])
    assert standing.status == case.status
    assert standing.is_fact == LINKED[case.sentence].claim.is_fact
    if case.stances:
        assert standing.stances == case.stances


@pytest.mark.parametrize("case", CASES, ids=SENTENCES)
def test_triples_say_who_speaks_and_who_denies(case, build):
    claim = LINKED[case.sentence]
    standing = standing_of(GRAPH, claim)
    store = pyoxigraph.Store()
    store.load(path=build / "graph.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    node = pyoxigraph.NamedNode(f"http://localhost:8000/claim/{claim.id}")

    def named(property_):
        query = f"""PREFIX kg: <{KG}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
            SELECT ?name {{ {node} kg:{property_} ?who OPTIONAL {{ ?who rdfs:label|nif:anchorOf ?name }} }}"""
        return {row["name"].value if row["name"] else SOMEBODY for row in store.query(query)}

    assert named("attributedTo") == {voice.name for voice in standing.chain[:1]}
    assert named("saidThrough") == {voice.name for voice in standing.chain[1:]}
    assert named("denier") == set(standing.denied_by)


def test_a_page_of_a_relation_tells_what_is_said_here_and_denied_there():
    statuses = {claim["status"] for claim in page_data(GRAPH, GRAPH.entities)["claims"]}
    assert statuses == {"contested", "hedged", "planned"}


def test_the_summary_counts_each_claim_once():
    counts = claim_counts(GRAPH)
    assert sum(counts.values()) == len(CASES)
    assert counts["attributed"] == sum("speakers" in case.how for case in CASES)
    assert (counts["fact"], counts["denied"], counts["possible"]) == (1, 1, 2)


def test_who_is_said_twice_keeps_both_places():
    chain = (Voice("Ann"), Voice("Bo", denies=True), Voice("Ann"))
    assert (
        str(Standing("negative", "asserted", chain))
        == "according to Ann, denied by Bo, quoting Ann"
    )


@pytest.mark.model
def test_the_reader_tells_who_says_that_somebody_denies():
    from kg.pipeline import read_text

    reading = read_text("Smith said that Jones denied that Russia poisoned Skripal.")
    graph = assemble_graph([reading], link_by_name([reading]))
    found = {str(standing_of(graph, c)) for c in graph.claims.values() if c.predicate == "poison"}
    assert {words.removesuffix(", unsure") for words in found} == {
        "according to Smith, denied by Jones"
    }
