"""A graph that travelled as linked data comes back: the same graph, the same Turtle."""

import dataclasses
import json
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build_folder import open_build
from kg.building import import_graph
from kg.cli import main
from kg.errors import InputError
from kg.graph.assembly import assemble_graph
from kg.outputs.rdf import importing
from kg.outputs.rdf.forms import serialize, write_rdf, write_turtle
from kg.outputs.rdf.importing import left_out, read_rdf
from kg.outputs.rdf.places import Place, phrase_at, place_of_phrase, read_place
from kg.records import (
    Antecedent,
    Argument,
    Attribution,
    Cue,
    Entity,
    Footnote,
    Link,
    Mention,
    MentionGroup,
    Page,
    Paragraph,
    Passage,
    Phrase,
    Predicate,
    Quantity,
    Time,
    Turn,
    TypedRelation,
)
from kg.serialization import entity_from_json, entity_to_json
from tests.sample import sample_graph
from tests.test_rdf import NASTY, ODD, graph_of, odd_graph, reading_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def graph():
    return sample_graph()


@pytest.fixture(scope="module")
def turtle(graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("travel") / "graph.ttl"
    write_turtle(graph, path)
    return path


def again(graph, path, form="turtle"):
    """Return the graph that a file gives back."""
    write_rdf(graph, path, form)
    saved = read_rdf(path)
    return assemble_graph(saved.readings, saved.entities)


def in_order(reading):
    """Return a Reading with its claims, mentions and cues in the order of the text."""
    claims = (
        dataclasses.replace(
            c, cues=tuple(sorted(set(c.cues), key=lambda q: (q.start, q.end, q.kind)))
        )
        for c in reading.claims
    )
    groups = (
        dataclasses.replace(
            g,
            mentions=tuple(sorted(g.mentions, key=lambda m: (m.passage.start, m.passage.end))),
        )
        for g in reading.groups
    )
    return dataclasses.replace(
        reading,
        groups=tuple(groups),
        claims=tuple(sorted(claims, key=lambda c: (c.sentence, c.clause, c.id))),
    )


# The same graph


def test_the_turtle_of_an_import_is_the_same_byte_for_byte(graph, turtle):
    saved = read_rdf(turtle)
    assert serialize(assemble_graph(saved.readings, saved.entities), "turtle") == turtle.read_text()


@pytest.mark.parametrize(
    ("form", "suffix"),
    [
        ("turtle", "ttl"), ("rdf12", "ttl"), ("nt", "nt"), ("nq", "nq"),
        ("trig", "trig"), ("jsonld", "jsonld"), ("rdfxml", "rdf"),
    ],
)  # fmt: skip
def test_every_lossless_form_comes_back(graph, form, suffix, tmp_path):
    found = again(graph, tmp_path / f"graph.{suffix}", form)
    assert serialize(found, "turtle") == serialize(graph, "turtle")


def test_readings_come_back_whole(graph, turtle):
    saved = read_rdf(turtle)
    assert saved.readings == tuple(in_order(r) for r in graph.readings.values())


def test_entities_come_back_with_their_links_and_scores(graph, turtle):
    found = {e.id: e for e in read_rdf(turtle).entities}
    for entity in graph.entities.values():
        if entity.groups:
            ordered = dataclasses.replace(entity, groups=tuple(sorted(entity.groups)))
            assert found[entity.id] == ordered


def test_nothing_of_our_own_is_left_out(graph, turtle):
    assert left_out(turtle, graph, read_rdf(turtle)) == []


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_nasty_names_travel(words, tmp_path):
    graph = odd_graph(words)
    assert serialize(again(graph, tmp_path / "g.ttl"), "turtle") == serialize(graph, "turtle")


@given(ODD)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_names_travel(tmp_path, words):
    graph = odd_graph(words)
    assert serialize(again(graph, tmp_path / "g.ttl"), "turtle") == serialize(graph, "turtle")


def rich_reading():
    """Return a reading that has everything that a Reading can have."""
    words = "Ada was met by Bob in Vesk, they said that she said."
    reading = reading_of(words)
    who = Phrase(((28, 32),), "they", 1, resolved=Antecedent(15, 18, "Bob", 0.75))
    inner = Attribution(Phrase(((43, 46),), "she"), Cue("speaker", 47, 51, "said"), deny=True)
    claim = dataclasses.replace(
        reading.claims[0],
        clause=7,
        object=None,
        subject=dataclasses.replace(
            reading.claims[0].subject, quantity=Quantity("money", "5", "7000000", "EUR", "about")
        ),
        predicate=Predicate(
            ((4, 7), (8, 11)), "was met", "meet", "encounter", participle="met", implicit=True
        ),
        arguments=(
            Argument(
                "in",
                Phrase(
                    ((22, 26),),
                    "Vesk",
                    literal=True,
                    quantity=Quantity("count", "0.05", None, "a \n b", "at least"),
                ),
            ),
            Argument(
                "agent",
                Phrase(
                    ((15, 18),),
                    "Bob",
                    1,
                    quantity=Quantity("percentage", None, "3", "%", "at most"),
                ),
            ),
            Argument("with", Phrase(((28, 32), (43, 46)), "other words = here")),
        ),
        polarity="negative",
        modality="possible",
        attribution=Attribution(who, Cue("verb", 33, 37, "said"), inner=inner),
        time=Time("in Vesk", 19, 26, "2031-01-01", None),
        cues=(Cue("hedge", 33, 37, "said"), Cue("negation", 33, 37, "said")),
        relation=TypedRelation("P463", "member of"),
    )
    measure = Phrase(((22, 26),), "Vesk", quantity=Quantity("measure", "1.5", "1.5", "[mi_i]"))
    other = dataclasses.replace(
        claim, id="c2", clause=8, cues=(claim.cues[0],), time=Time("in Vesk", 19, 26, "-0043-03-15", "-0043-12-31"),
        object=measure, arguments=(),
        predicate=Predicate(((4, 7),), "was", "be", "be"),
    )  # fmt: skip
    document = dataclasses.replace(
        reading.document,
        pages=(Page(0, 20, "iv", "6"), Page(20, len(words))),
        paragraphs=(Paragraph(0, 20, "1", heading=True), Paragraph(20, len(words))),
        footnotes=(Footnote("3", 8, 12, (3, 4)), Footnote("", 12, 14)),
        redactions=((4, 7),),
        furniture=((0, 3), (50, 51)),
        turns=(Turn(20, 50, (0, 3), (4, 7)), Turn(20, 50)),
    )
    place = Passage("d", 15, 18)
    groups = (
        reading.groups[0],
        MentionGroup(1, "Robert", "Role", (Mention(place, "Bob", "name"),)),
        MentionGroup(2, "Bobby", "Person", (Mention(place, "Bob", "pronoun"),)),
        MentionGroup(3, "Nobody", "Event", (Mention(Passage("d", 28, 32), "they", "nominal"),)),
        MentionGroup(4, "Empty", "Event", ()),
    )
    return dataclasses.replace(reading, document=document, groups=groups, claims=(claim, other))


def test_everything_that_a_reading_can_have_travels(tmp_path):
    reading = rich_reading()
    entities = [
        Entity("ada", "Ada", "Person", ("A.",), groups=(("d", 0),)),
        Entity(
            "bob", "Bob", "Person", groups=(("d", 1), ("d", 2)),
            links=(Link("http://a.example/", True, 0.9), Link("http://b.example/", True, 0.5)),
        ),
    ]  # fmt: skip
    graph = assemble_graph([reading], entities)
    path = tmp_path / "g.ttl"
    found = again(graph, path)
    assert found.readings["d"] == in_order(reading)
    assert [e for e in found.entities.values() if e.groups] == entities
    assert serialize(found, "turtle") == path.read_text()


@pytest.mark.model
def test_the_sample_pages_travel(tmp_path):
    corpus = Path(__file__).parent.parent / "corpus"
    runner, build, copy = CliRunner(), str(tmp_path / "build"), str(tmp_path / "copy")
    assert runner.invoke(main, ["build", str(corpus), "-o", build]).exit_code == 0
    result = runner.invoke(main, ["import", f"{build}/graph.ttl", "-o", copy])
    assert result.exit_code == 0, result.output
    for name in ("graph.ttl", "graph.graphml", "entities.csv", "claims.csv"):
        assert (tmp_path / "copy" / name).read_bytes() == (tmp_path / "build" / name).read_bytes()


# The build that comes of it


def test_an_imported_build_works_like_any_other(turtle, tmp_path):
    build = tmp_path / "build"
    summary = import_graph(turtle, build)
    assert summary.left_out == ()
    assert serialize(open_build(build), "turtle") == turtle.read_text()
    for command in (
        ["show", str(build), "Norland"],
        ["why", str(build), "Norland", "Estmark"],
        ["query", str(build), "denied"],
        ["draw", str(build)],
        ["export", str(build), "--to", "csv"],
    ):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output


@pytest.mark.model
def test_a_build_in_the_same_folder_takes_over(turtle, tmp_path):
    import_graph(turtle, tmp_path / "build")
    (tmp_path / "a.txt").write_text("Russia visited China.")
    arguments = ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "build")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert not (tmp_path / "build" / "linked.jsonl").exists()
    assert set(open_build(tmp_path / "build").documents) == {"a"}


def test_an_import_keeps_base_iri_and_licence(graph, tmp_path):
    base, licence = "https://example.org/kg/", "https://creativecommons.org/licenses/by/4.0/"
    write_turtle(graph, tmp_path / "g.ttl", base_iri=base, licence=licence)
    import_graph(tmp_path / "g.ttl", tmp_path / "build")
    assert (tmp_path / "build/graph.ttl").read_text() == (tmp_path / "g.ttl").read_text()
    assert json.loads((tmp_path / "build/run.json").read_text())["settings"]["licence"] == licence


def test_what_is_not_in_our_model_is_named_and_left_out(turtle, tmp_path):
    more = tmp_path / "more.ttl"
    own = '<http://a.example/> rdfs:comment "mine"@en ; rdfs:seeAlso [] .\n'
    more.write_text(turtle.read_text() + own)
    result = CliRunner().invoke(main, ["import", str(more), "-o", str(tmp_path / "build")])
    assert result.exit_code == 0
    assert "left out   2 triples" in result.output
    assert '"mine"@en' in result.output


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("<http://a/> <http://b/> 1 .", "describes 0 data sets"),
        ("this is no turtle", "does not parse"),
        ("", "describes 0 data sets"),
    ],
)
def test_another_turtle_is_refused_in_one_line(words, reason, tmp_path):
    (tmp_path / "x.ttl").write_text(words)
    result = CliRunner().invoke(
        main, ["import", str(tmp_path / "x.ttl"), "-o", str(tmp_path / "b")]
    )
    assert result.exit_code == 1
    assert reason in result.output
    assert result.output.count("\n") == 1
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "lost",
    [
        "kg:polarity", "kg:subjectAt", "kg:predicateAt", "prov:wasDerivedFrom", "nif:isString",
        "kg:confidence", "rdf:predicate", "nif:beginIndex", "kg:mentionKind", "kg:role",
    ],
)  # fmt: skip
def test_a_turtle_that_lacks_something_says_what(lost, graph, tmp_path):
    path = tmp_path / "g.nt"
    name = lost.split(":")[1]
    lines = serialize(graph, "nt").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if f"{name}>" not in line))
    with pytest.raises(InputError, match=rf"not a graph in kg's model: .* has no {lost}"):
        read_rdf(path)


def test_offsets_outside_the_text_are_refused(turtle, tmp_path):
    path = tmp_path / "g.ttl"
    path.write_text(turtle.read_text().replace("nif:endIndex 76", "nif:endIndex 76000"))
    with pytest.raises(InputError, match="does not lie in its text"):
        read_rdf(path)


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("")
    with pytest.raises(InputError, match="Cannot tell the form"):
        read_rdf(tmp_path / "x.csv")


def test_a_remote_context_is_not_fetched(tmp_path):
    (tmp_path / "x.jsonld").write_text('{"@context": "http://127.0.0.1:9/c", "@id": "http://a/"}')
    with pytest.raises(InputError, match="does not parse"):
        read_rdf(tmp_path / "x.jsonld")


# Places


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(51, 99)), min_size=1), WORDS)
def test_a_place_reads_back(spans, words):
    phrase = Phrase(tuple(spans), words, 3, literal=True, resolved=Antecedent(1, 3, "b" * 2, 0.25))
    place = read_place(str(place_of_phrase(phrase, "b" * 100, agent=2)))
    assert phrase_at(place, "b" * 100) == phrase
    assert place.notes["agent"] == "2"


def test_a_place_that_is_none_is_named():
    assert str(Place(((1, 2),), {"text": "a=b", "agent": "1"})) == "1,2 agent=1 text=a=b"
    with pytest.raises(InputError, match="'8-14' is no range"):
        read_place("8-14")


def test_entities_read_back_from_json(graph):
    for entity in graph.entities.values():
        assert entity_from_json(entity_to_json(entity)) == entity
    with pytest.raises(InputError, match="Not an entity"):
        entity_from_json("[]")


# The other forms


def triples_of(words):
    found = pyoxigraph.parse(words.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in found}


def test_rdf_12_states_no_more_than_turtle(graph):
    plain, reified = (triples_of(serialize(graph, form)) for form in ("turtle", "rdf12"))
    claims = {t for t in reified if t[1].endswith("#reifies>")}
    assert len(claims) > 15
    assert reified - claims < plain
    assert len(plain) == len(reified) + 2 * len(claims)


def test_rdf_12_is_asked_by_reifier(graph):
    store = pyoxigraph.Store()
    store.load(serialize(graph, "rdf12").encode(), format=pyoxigraph.RdfFormat.TURTLE)
    denied = """PREFIX kg: <https://w3id.org/kg-claims/ns#>
      SELECT ?s ?p ?o { << ?s ?p ?o ~ ?claim >> kg:denies true }"""
    ((s, _, _),) = [tuple(row) for row in store.query(denied)]
    assert s.value.endswith("northern-signals-directorate")
    other = """PREFIX kg: <https://w3id.org/kg-claims/ns#>
      ASK { << ?s ?p ?o ~ ?claim >> kg:modality kg:intended . ?s ?p ?o }"""
    assert not store.query(other)


def test_plain_holds_entities_and_facts_alone(graph):
    words = serialize(graph, "plain")
    found = triples_of(words)
    whole = triples_of(serialize(graph, "turtle"))
    assert found < whole
    assert not any(part in words for part in ("a kg:Claim", "a kg:Edge", "a nif:", "#char="))
    facts = {t for t in whole if "/entity/" in t[0] and "/relation/" in t[1]}
    assert facts <= found
    used = {t[1] for t in facts}
    assert {t[0] for t in found if "/relation/" in t[0]} == used


def test_annotations_tell_the_place_twice(graph):
    page = json.loads("".join(_annotations(graph)))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == sum(graph.mention_counts.values())
    assert len({a["id"] for a in page["items"]}) == len(page["items"])
    texts = {d.id: d.text for d in graph.documents.values()}
    for annotation in page["items"]:
        text = texts[annotation["target"]["source"].rpartition("/doc/")[2]]
        place, quote = annotation["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        before = text[: place["start"]].endswith(quote["prefix"])
        assert before
        assert text[place["end"] :].startswith(quote["suffix"])


def _annotations(graph):
    from kg.outputs.rdf.web_annotation import web_annotations

    return web_annotations(graph)


def test_annotations_are_linked_data(graph):
    """With the part of the W3C's context that they use in its place: nothing may be fetched."""
    oa, as_ = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
    terms = {name: {"@id": oa + name_, "@type": "@id"} for name, name_ in
             (("body", "hasBody"), ("target", "hasTarget"), ("source", "hasSource"),
              ("selector", "hasSelector"))}  # fmt: skip
    context = {
        "id": "@id", "type": "@type", "@vocab": oa, **terms,
        "items": {"@id": as_ + "items", "@container": "@list", "@type": "@id"},
    }  # fmt: skip
    page = json.loads("".join(_annotations(graph))) | {"@context": context}
    found = list(pyoxigraph.parse(json.dumps(page).encode(), format=pyoxigraph.RdfFormat.JSON_LD))
    kinds = [q for q in found if q.object == pyoxigraph.NamedNode(oa + "Annotation")]
    assert len(kinds) == sum(graph.mention_counts.values())
    bodies = {q.object.value for q in found if q.predicate.value == oa + "hasSource"}
    assert "http://localhost:8000/entity/norland" in bodies


def test_the_licence_is_told_on_every_export(graph, tmp_path):
    write_turtle(graph, tmp_path / "g.ttl")
    import_graph(tmp_path / "g.ttl", tmp_path / "b")
    licence = "https://creativecommons.org/licenses/by/4.0/"
    for form in ("turtle", "nq", "plain", "rdf12", "webannotation"):
        out = tmp_path / form
        arguments = ["export", str(tmp_path / "b"), "--to", form, "--licence", licence]
        result = CliRunner().invoke(main, [*arguments, "-o", str(out)])
        assert result.exit_code == 0, result.output
        assert licence in out.read_text()


def test_a_licence_that_is_no_iri_is_refused(graph, tmp_path):
    write_turtle(graph, tmp_path / "g.ttl")
    import_graph(tmp_path / "g.ttl", tmp_path / "b")
    arguments = ["export", str(tmp_path / "b"), "--to", "nt", "--licence", "by all means"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "Setting licence cannot be 'by all means'" in result.output


def test_a_claim_between_words_keeps_its_parts_in_rdf_12():
    reading = reading_of()
    claim = dataclasses.replace(reading.claims[0], object=None)
    graph = graph_of(dataclasses.replace(reading, claims=(claim,)))
    assert "rdf:reifies" not in serialize(graph, "rdf12")
    assert "rdf:subject ent:ada" in serialize(graph, "rdf12")


# Where kg itself fails


@pytest.fixture
def failing(monkeypatch):
    """Let kg fail on the claims of the first document."""

    def fail(importer, *_):
        if importer.id == min(sample_graph().documents):
            raise KeyError("bug")
        return claim(importer, *_)

    claim = importing._DocumentImporter._claim
    monkeypatch.setattr(importing._DocumentImporter, "_claim", fail)


def test_a_document_on_which_kg_fails_costs_no_other(failing, graph, turtle, tmp_path):
    build, first = tmp_path / "build", min(graph.documents)
    result = CliRunner().invoke(main, ["import", str(turtle), "-o", str(build)])
    assert result.exit_code == 1
    assert f"not told   {graph.documents[first].source}: kg itself failed on it (KeyError" in (
        result.output
    )
    assert "Traceback" not in result.output
    found = open_build(build)
    assert found.documents[first].text == graph.documents[first].text
    assert {c.document_id for c in found.claims.values()} == set(graph.documents) - {first}
    assert json.loads((build / "run.json").read_text())["failed"][0]["error"] == "KeyError"
