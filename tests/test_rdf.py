"""The graph as RDF: what may stand in it, and that every form reads back to the same."""

import dataclasses
import hashlib
import json
import re
import subprocess

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS

from kg.errors import OutputError, UnknownNameError
from kg.graph.assembly import assemble_graph
from kg.outputs.rdf.forms import ALL_FORMS, rdf_chunks, serialize, to_rdflib, triples, write_turtle
from kg.outputs.rdf.terms import decimal, iri_path, split_literal, text
from kg.outputs.rdf.writers import group, json_ld, n_triples, rdf_xml, turtle
from kg.records import (
    Antecedent,
    Attribution,
    Claim,
    Cue,
    Document,
    Entity,
    Footnote,
    Mention,
    MentionGroup,
    Page,
    Passage,
    Phrase,
    Predicate,
    Reading,
    TypedRelation,
)
from kg.vocabulary import prefixes
from tests.sample import link_by_name, sample_graph, sample_readings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
KG = "https://w3id.org/kg-claims/ns#"
BASE = "http://localhost:8000/"
NIF = prefixes()["nif"]
DERIVED = URIRef(prefixes()["prov"] + "wasDerivedFrom")
UNICODE = st.text(st.characters(exclude_categories=["Cs"]))
ODD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
NASTY = [
    '"',
    "\\",
    "a\nb\r\tc",
    "'''\"\"\"",
    "😀",
    "שלום",
    "\u202eevil",
    "x" * 10_000,
    "<b>&",
    "\x00\x1b",
    "%41",
]


def kg(name):
    return URIRef(KG + name)


def rel(name):
    return URIRef(f"{BASE}relation/{name}")


def ent(name):
    return URIRef(f"{BASE}entity/{name}")


@pytest.fixture(scope="module")
def graph():
    return sample_graph()


@pytest.fixture(scope="module")
def rdf(graph):
    return to_rdflib(graph)


def reading_of(
    words="Ada met Bob.", *, subject="Ada", verb="met", object_="Bob", document_id="d", **how
):
    """Return a reading of one sentence with one claim between two groups."""

    def phrase(part, number):
        start = words.index(part)
        return Phrase(((start, start + len(part)),), part, number)

    def mentions(p):
        return (Mention(Passage(document_id, p.start, p.end), p.text, "name"),)

    ends = [phrase(subject, 0), phrase(object_, 1)]
    groups = tuple(MentionGroup(i, p.text, "Person", mentions(p)) for i, p in enumerate(ends))
    predicate = how.pop("predicate", Predicate((phrase(verb, None).spans[0],), verb, verb, verb))
    claim = Claim(f"c-{document_id}", 0, ends[0], predicate, ends[1], (0, len(words)), 0.9, "test")
    document = Document(document_id, words, words, "d.txt", "en", "0" * 64)
    claim = dataclasses.replace(claim, **how)
    return Reading(document, ((0, len(words)),), groups, (claim,))


def graph_of(reading, names=("ada", "bob")):
    entities = [
        Entity(id_, g.name, g.type, groups=((reading.document.id, g.id),))
        for id_, g in zip(names, reading.groups, strict=True)
    ]
    return assemble_graph([reading], entities)


def as_graph(form, words):
    quads = pyoxigraph.parse(words.encode(), format=form)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


# What stands in the graph


def test_a_fact_is_a_plain_triple(rdf):
    assert (ent("norland"), rel("hold-military-exercises-with"), ent("estmark")) in rdf


def test_a_literal_object_is_a_plain_triple_too(rdf):
    assert (ent("meridian-energy"), rel("pay"), Literal("2.4 million crowns")) in rdf


def test_no_plain_triple_comes_from_a_claim_that_is_no_fact(graph, rdf):
    facts = {
        (c.subject.entity_id, c.predicate, c.object.entity_id or c.object.text)
        for c in graph.claims.values()
        if c.claim.is_fact and c.object and c.subject.entity_id
    }
    labels = {s: str(o) for s, o in rdf.subject_objects(RDFS.label)}
    plain = {(s, labels[p], o) for s, p, o in rdf if str(p).startswith(f"{BASE}relation/")}
    shown = {
        (str(s).rpartition("/")[2], p, str(o).removeprefix(f"{BASE}entity/")) for s, p, o in plain
    }
    assert shown == facts


@pytest.mark.parametrize(
    "status",
    [
        {"polarity": "negative"},
        {"modality": "possible"},
        {"modality": "questioned"},
        {"attribution": Attribution(None, Cue("speaker", 4, 7, "met"))},
    ],
)
def test_whatever_keeps_a_claim_from_being_a_fact_keeps_its_triple_out(status):
    found = to_rdflib(graph_of(reading_of(**status)))
    assert (ent("ada"), None, ent("bob")) not in found
    assert (None, RDF.object, ent("bob")) in found


def test_every_claim_has_its_sentence_status_and_confidence(graph, rdf):
    claims = set(rdf.subjects(RDF.type, kg("Claim")))
    assert len(claims) == len(graph.claims)
    for claim in claims:
        sentence = rdf.value(claim, DERIVED)
        assert (sentence, RDF.type, URIRef(NIF + "Sentence")) in rdf
        for name in ("polarity", "modality", "confidence", "predicateText"):
            assert rdf.value(claim, kg(name)) is not None


def test_every_span_has_the_text_of_its_slice(graph, rdf):
    texts = {URIRef(f"{BASE}doc/{d.id}"): d.text for d in graph.documents.values()}
    spans = list(rdf.subject_objects(URIRef(NIF + "anchorOf")))
    assert len(spans) > 50
    for span, words in spans:
        start = rdf.value(span, URIRef(NIF + "beginIndex")).toPython()
        end = rdf.value(span, URIRef(NIF + "endIndex")).toPython()
        document = rdf.value(span, URIRef(NIF + "referenceContext"))
        assert str(span) == f"{document}#char={start},{end}"
        assert texts[document][start:end] == str(words)


def test_every_mention_leads_to_its_entity(graph, rdf):
    mentions = sum(graph.mention_counts.values())
    assert len(list(rdf.subject_objects(kg("mentions")))) == mentions


def test_there_are_no_blank_nodes_and_no_language_tags(graph):
    for row in triples(graph):
        assert not any(t.startswith("_:") for t in row)
        assert not re.search(r'"@[a-z]', row[2][-8:])


def test_no_triple_comes_twice(graph):
    found = list(triples(graph))
    assert len(found) == len(set(found))


def test_everything_minted_has_a_label(rdf):
    for kind in ("entity", "relation", "doc"):
        for subject in set(rdf.subjects()):
            if str(subject).startswith(f"{BASE}{kind}/") and "#" not in subject:
                assert rdf.value(subject, RDFS.label), subject


def test_an_edge_counts_who_affirms_denies_and_hedges(rdf):
    (edge,) = [s for s in rdf.subjects(RDF.predicate, rel("finance")) if "/edge/" in s]
    counts = [rdf.value(edge, kg(n)).toPython() for n in ("affirmedBy", "deniedBy", "hedgedBy")]
    assert counts == [0, 0, 1]


def test_a_denial_names_who_denies(rdf):
    (denied,) = rdf.subjects(kg("denies"), Literal(True))
    assert rdf.value(denied, kg("attributedTo")) == ent("norland")
    assert rdf.value(denied, kg("denier")) == ent("norland")


def test_a_speaker_without_a_name_is_said_to_be_unnamed_and_the_inner_one_is_kept(rdf):
    (claim,) = rdf.subjects(kg("attributedTo"), kg("unnamed"))
    assert rdf.value(claim, kg("saidThrough")) == ent("tomas-brandt")


def test_arguments_have_an_iri_a_role_and_a_value(rdf):
    (argument, *_) = rdf.subjects(kg("value"), ent("baltic-sea"))
    assert str(argument).endswith("#arg1")
    assert str(rdf.value(argument, kg("role"))) == "in"


def test_sure_links_are_exact_and_likely_ones_close(rdf):
    skos = prefixes()["skos"]
    wikidata = prefixes()["wd"]
    assert (ent("baltic-sea"), URIRef(skos + "exactMatch"), URIRef(wikidata + "Q545")) in rdf
    assert (ent("norland"), URIRef(skos + "closeMatch"), URIRef(wikidata + "Q1158652")) in rdf


def test_a_sentence_tells_where_it_stands(graph, rdf):
    places = {str(o) for o in rdf.objects(None, kg("citation"))}
    assert "page 18 (file page 20), para 41" in places
    for claim in graph.claims.values():
        start, end = claim.claim.sentence
        span = URIRef(f"{BASE}doc/{claim.document_id}#char={start},{end}")
        title = graph.documents[claim.document_id].title
        cited = str(rdf.value(span, kg("citation")))
        assert f"{title}, {cited}" == graph.citation(claim)


def test_a_relation_belongs_to_its_head(rdf):
    assert (rel("hold-military-exercises-with"), RDFS.subPropertyOf, rel("hold")) in rdf
    assert (rel("hold"), RDFS.label, Literal("hold")) in rdf


def test_who_was_poisoned_poisoned_nobody():
    predicate = Predicate(((4, 7),), "met", "poison in", "poison", participle="poisoned in")
    found = to_rdflib(graph_of(reading_of(predicate=predicate)))
    passive = rel("be-poisoned-in")
    assert (ent("ada"), passive, ent("bob")) in found
    assert (passive, RDFS.subPropertyOf, None) not in found
    assert (passive, kg("passiveOf"), rel("poison")) in found


def test_a_typed_fact_uses_the_wikidata_property():
    typed = TypedRelation("P463", "member of")
    found = to_rdflib(graph_of(reading_of(relation=typed)))
    member_of = URIRef(prefixes()["wdt"] + "P463")
    assert (ent("ada"), member_of, ent("bob")) in found
    assert (rel("met"), RDFS.subPropertyOf, member_of) in found
    assert (member_of, RDFS.label, Literal("member of")) in found


def test_an_edge_is_of_one_kind_whatever_its_words_are_elsewhere():
    reading = reading_of(relation=TypedRelation("P463", "member of"))
    plain = dataclasses.replace(reading.claims[0], id="c2", relation=None)
    found = to_rdflib(graph_of(dataclasses.replace(reading, claims=(*reading.claims, plain))))
    kinds = list(found.subject_objects(kg("kind")))
    assert len(kinds) == 1
    assert (kinds[0][0], RDF.type, kg("Edge")) in found


def test_a_typed_claim_that_is_denied_gives_no_property_triple():
    typed = TypedRelation("P463", "member of")
    found = to_rdflib(graph_of(reading_of(relation=typed, polarity="negative")))
    assert (ent("ada"), URIRef(prefixes()["wdt"] + "P463"), None) not in found


def test_relations_whose_slugs_clash_stay_two():
    predicates = [Predicate(((4, 7),), "met", lemma, "meet") for lemma in ("meet on", "meet-on")]
    first = reading_of(predicate=predicates[0])
    second = dataclasses.replace(
        first.claims[0], id="c2", predicate=predicates[1], polarity="negative"
    )
    both = dataclasses.replace(first, claims=(*first.claims, second))
    labels = {str(o) for o in to_rdflib(graph_of(both)).objects(None, RDFS.label)}
    assert {"meet on", "meet-on"} <= labels


def test_pages_notes_and_redactions_are_spans():
    reading = reading_of()
    document = dataclasses.replace(
        reading.document,
        pages=(Page(0, 12, "iv", "6"),),
        footnotes=(Footnote("3", 8, 12, (3, 4)),),
        redactions=((4, 7),),
    )
    found = to_rdflib(graph_of(dataclasses.replace(reading, document=document)))
    page, note = (URIRef(f"{BASE}doc/d#char={s}") for s in ("0,12", "8,12"))
    assert str(found.value(page, kg("pageNumber"))) == "iv"
    assert str(found.value(note, kg("noteNumber"))) == "3"
    assert (note, kg("mark"), URIRef(f"{BASE}doc/d#char=3,4")) in found
    assert (URIRef(f"{BASE}doc/d#char=4,7"), RDF.type, kg("Redaction")) in found


def test_a_pronoun_leads_to_its_antecedent():
    subject = Phrase(((0, 3),), "Ada", 0, resolved=Antecedent(8, 11, "Bob", 0.8))
    found = to_rdflib(graph_of(reading_of()))
    assert not list(found.objects(None, kg("resolvedFrom")))
    reading = reading_of()
    claim = dataclasses.replace(reading.claims[0], subject=subject)
    found = to_rdflib(graph_of(dataclasses.replace(reading, claims=(claim,))))
    assert list(found.objects(None, kg("resolvedFrom"))) == [URIRef(f"{BASE}doc/d#char=8,11")]


# The description


def test_the_data_set_counts_and_hashes_its_content(graph, rdf, tmp_path):
    lines = serialize(graph, "nt").splitlines(keepends=True)
    content = [line for line in lines if not line.startswith(f"<{BASE}dataset")]
    data_set = URIRef(f"{BASE}dataset")
    assert rdf.value(data_set, URIRef(prefixes()["void"] + "triples")).toPython() == len(content)
    digest = hashlib.sha256("".join(content).encode()).hexdigest()
    assert str(rdf.value(data_set, kg("contentSha256"))) == digest
    ordered = subprocess.run(
        ["sort"],
        input="".join(content).encode(),
        env={"LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert hashlib.sha256(ordered.stdout).hexdigest() == digest


def test_the_licence_is_told_only_when_it_is_known(graph, rdf):
    licence = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    predicate = URIRef(prefixes()["dcterms"] + "license")
    assert not list(rdf.objects(None, predicate))
    found = to_rdflib(graph, licence=licence)
    assert list(found.objects(None, predicate)) == [URIRef(licence)]


# The forms


def test_rdflib_and_pyoxigraph_read_the_same_turtle(rdf, graph):
    words = serialize(graph, "turtle")
    assert isomorphic(Graph().parse(data=words, format="turtle"), rdf)
    assert as_graph(pyoxigraph.RdfFormat.TURTLE, words) == as_graph(
        pyoxigraph.RdfFormat.N_TRIPLES, serialize(graph, "nt")
    )


@pytest.mark.parametrize(
    ("form", "format_"), [("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")]
)
def test_every_form_of_one_graph_reads_back(form, format_, graph, rdf):
    assert isomorphic(Graph().parse(data=serialize(graph, form), format=format_), rdf)


@pytest.mark.parametrize(("form", "format_"), [("nq", "nquads"), ("trig", "trig")])
def test_named_graphs_hold_their_documents_and_together_all(form, format_, graph, rdf):
    found = Dataset()
    found.parse(data=serialize(graph, form), format=format_)
    names = {str(g.identifier) for g in found.graphs()} - {"urn:x-rdflib:default"}
    assert names == {f"{BASE}doc/{d}" for d in graph.documents}
    quads = [q[:3] for q in found.quads()]
    assert len(quads) == len(set(quads)) == len(rdf)
    assert set(quads) == set(rdf)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_readings_in_another_order_give_the_same_bytes(form, graph):
    readings = sample_readings()[::-1]
    other = assemble_graph(readings, link_by_name(readings)[::-1])
    assert serialize(other, form) == serialize(graph, form)


def test_turtle_is_grouped_with_the_type_first_and_one_predicate_a_line(graph):
    words = serialize(graph, "turtle")
    block = words[words.index("\nent:baltic-sea ") :].split(" .\n")[0].strip().splitlines()
    assert block[0] == "ent:baltic-sea a schema:Place ;"
    assert block[1] == '    rdfs:label "Baltic Sea" ;'
    assert "\n    kg:confidence 0.94 ;\n" in words
    assert "\n    kg:implicit true ;\n" in words


def test_an_unknown_form_suggests_the_nearest(graph):
    with pytest.raises(UnknownNameError, match="Did you mean 'turtle'"):
        rdf_chunks(graph, "turtel")


def test_turtle_is_written_whole(graph, tmp_path):
    path = tmp_path / "new" / "graph.ttl"
    write_turtle(graph, path)
    assert path.read_text(encoding="utf-8") == serialize(graph, "turtle")
    assert [p.name for p in path.parent.iterdir()] == ["graph.ttl"]


def test_a_file_that_cannot_be_written_is_named(graph, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        write_turtle(graph, tmp_path / "file" / "graph.ttl")


def test_another_base_iri_begins_every_minted_iri(graph):
    words = serialize(graph, "nt", base_iri="https://example.org/kg/")
    assert BASE not in words
    assert "<https://example.org/kg/entity/norland>" in words


# Odd text


def odd_graph(words):
    """Return a graph in which odd words stand wherever words can."""
    reading = reading_of(f"Ada {words} Bob", verb=words, document_id=words)
    predicate = Predicate(((4, 4 + len(words)),), words, words, words)
    argument = Cue(words, 4, 4 + len(words), words)
    claim = dataclasses.replace(reading.claims[0], predicate=predicate, cues=(argument,), id=words)
    entities = [
        Entity(words, words, words, (words,), groups=((words, 0),)),
        Entity(words + "-2", "Bob", "Person", groups=((words, 1),)),
    ]
    return assemble_graph([dataclasses.replace(reading, claims=(claim,))], entities)


def check_odd(words):
    graph = odd_graph(words)
    expected = as_graph(pyoxigraph.RdfFormat.N_TRIPLES, serialize(graph, "nt"))
    assert as_graph(pyoxigraph.RdfFormat.TURTLE, serialize(graph, "turtle")) == expected
    assert as_graph(pyoxigraph.RdfFormat.JSON_LD, serialize(graph, "jsonld")) == expected
    rdf = to_rdflib(graph)
    assert set(Graph().parse(data=serialize(graph, "turtle"), format="turtle")) == set(rdf)
    # Not rdflib: Python's expat knows only the names of XML 1.0's fourth edition.
    assert len(as_graph(pyoxigraph.RdfFormat.RDF_XML, serialize(graph, "rdfxml"))) == len(rdf)
    labels = set(map(str, rdf.objects(None, RDFS.label)))
    assert next(iter(graph.entities.values())).name in labels


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_nasty_words_survive_every_form(words):
    check_odd(words)


@given(ODD)
@settings(max_examples=60)
def test_any_words_survive_every_form(words):
    check_odd(words)


@given(UNICODE)
def test_a_literal_reads_back_as_it_was(words):
    assert split_literal(text(words)) == (words, "")


@given(st.lists(UNICODE, unique=True))
def test_different_names_give_different_iris_without_forbidden_characters(names):
    paths = [iri_path(name) for name in names]
    assert len(set(paths)) == len(names)
    assert not re.search(r'[\x00-\x20<>"{}|\\^`#?]', "".join(paths))


@given(st.floats(0, 1))
def test_decimals_have_no_exponent(number):
    value, _ = split_literal(decimal(number))
    assert float(value) == number
    assert re.fullmatch(r"\d+\.\d+", value)


@pytest.mark.parametrize("write", [turtle, json_ld, rdf_xml, lambda g, _: n_triples(g)])
def test_nothing_is_written_of_nothing_that_cannot_be_read(write):
    words = "".join(write(group([]), prefixes()))
    assert (
        json.loads(words)["@graph"] == [] if words.startswith("{") else "http" in words or not words
    )
