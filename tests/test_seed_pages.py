"""What the two sample pages must give, and what pages like them about other things must.

Each expectation about corpus/ has its twin on a text that no rule was written for.
"""

from functools import cache
from pathlib import Path

import pytest

from kg.pipeline import build_graph, read_documents, read_paths, read_text
from kg.settings import Settings

pytestmark = pytest.mark.model

ROOT = Path(__file__).parent.parent
MUELLER = Path(__file__).parents[2] / "shared/corpus/mueller-report"
PAGE_46 = "isc-russia-report-page-46"

TWIN = """\
Mombasa must not be allowed to become the next front in the dispute over the Ethiopia question. \
It is clear that the price the Ethiopians pay for such adventures must be high. The Aid Community \
must ensure that the public exposure of Ethiopian activities continues.

By contrast to the East, Ethiopia has traditionally been wary of building large partnerships. \
However, we note that in recent years it has been active in seeking partners across Central Asia. \
This has included deepened trade co-operation with Kenya, as a useful partner against Egypt, \
increased influence in Latin America, and substantive engagement in several European countries.

Ethiopia has also sought to extend its influence in the Horn of Africa. Ethiopia's exploitation \
of the drought in Somalia was "a setback" for Kenyan policy in 2016, and we still do not believe \
that Kenya has a clear plan. Ethiopia views its intervention in support of the Mugabe regime as a \
success. Ethiopia's growing links with Peru, and trade initiatives with a range of countries in \
the Caribbean area, complicate the situation.

In March 2017, Ethiopia held its 'FLINTLOCK 2017' military exercises jointly with Kenyan and \
Peruvian forces.

Following the end of the Vietnam War and the dissolution of Yugoslavia, there was an effort by the \
West to engage Serbia. Following the election of Vučić as President in 2017, the Serbian \
government has shown itself to be hostile towards Norway and Africa.

The Kenyan government is looking for engagement on its terms alone and, in the Navalny poisoning, \
it broke the law. Following a break in relations in 2006 after the murder of Anna Politkovskaya, \
channels with Chile were re-opened in 2012 to allow for talks on the threat to the Rio Olympics. \
These were closed in 2013 after the Games, but re-opened in 2014 ahead of the Copa 2015 tournament \
and kept open in the run-up to the 2019 Rugby World Cup, to protect Chilean citizens visiting Peru. \
Officials in Bristol met nobody. QRD must act. The GDR and Czechoslovakia are gone.
"""

SEEDS = {
    "Country": "Russia|United Kingdom|Syria|China|Iran|United States|Mongolia|Soviet Union",
    "Person": "Putin|Skripal|Alexander Litvinenko|Assad",
    "City": "Sochi|Salisbury",
    "Region": "West|Middle East|South America|Africa|Gulf",
    "Government": "Russian government|HMG|Assad regime",
    "Organization": "Intelligence Community",
    "Event": "Cold War|Sochi Olympics|Euro 2016|2018 Football World Cup|VOSTOK 2018|Skripal attack",
}
TWINS = {
    "Country": "Ethiopia|Kenya|Somalia|Egypt|Peru|Norway|Chile|Serbia|Yugoslavia|East Germany",
    "Person": "Vučić|Navalny|Anna Politkovskaya|Mugabe",
    "City": "Mombasa|Rio|Bristol",
    "Region": "East|Horn of Africa|Latin America|Africa|Caribbean",
    "Government": "Serbian government|Kenyan government|Mugabe regime",
    "Organization": "Aid Community|QRD",
    "Event": "Vietnam War|Rio Olympics|Copa 2015|2019 Rugby World Cup|FLINTLOCK 2017|Navalny poisoning",
}
NO_NAMES = ("jump", "wikisource", "page", "***", "paragraph", "navigation", "validated")


@cache
def pages():
    return tuple(read_documents(read_paths([ROOT / "corpus"]), Settings()))


@cache
def page_46():
    return next(reading for reading in pages() if PAGE_46 in reading.document.source)


@cache
def seed_graph():
    return build_graph(pages())


@cache
def twin():
    return read_text(TWIN)


@cache
def twin_graph():
    return build_graph([twin()])


def rows(table):
    return [(type_, name) for type_, names in table.items() for name in names.split("|")]


def named(graph):
    return {(entity.type, entity.name) for entity in graph.entities.values()}


@pytest.mark.parametrize(("type_", "name"), rows(SEEDS))
def test_the_pages_name(type_, name):
    assert (type_, name) in named(seed_graph())


@pytest.mark.parametrize(("type_", "name"), rows(TWINS))
def test_the_twin_text_names(type_, name):
    assert (type_, name) in named(twin_graph())


def test_the_ussr_is_the_soviet_union():
    (entity,) = [e for e in seed_graph().entities.values() if e.name == "Soviet Union"]
    assert "USSR" in entity.also_known_as


def test_no_entity_is_furniture_a_number_or_a_redaction():
    names = [entity.name.lower() for entity in seed_graph().entities.values()]
    assert not [name for name in names if any(word in name.split() for word in NO_NAMES)]
    assert not [name for name in names if name == "one" or not any(c.isalpha() for c in name)]


def joined(reading, subject, other):
    """Return the claims of a reading that join two groups, whichever way round."""
    names = {group.id: group.name for group in reading.groups}
    for claim in reading.claims:
        phrases = [claim.subject, claim.object, *(a.phrase for a in claim.arguments)]
        found = {names.get(phrase.group) for phrase in phrases if phrase}
        if {subject, other} <= found:
            yield claim


def sentence(reading, claim):
    start, end = claim.sentence
    return reading.document.text[start:end]


RUSSIA_JOINS = {
    "China": "co-operation with China",
    "Syria": "power vacuum in Syria",
    "Assad regime": "support of the Assad regime",
    "Iran": "links with Iran",
    "Middle East": "influence in the Middle East",
    "South America": "influence in South America",
    "African countries": "several African countries",
    "VOSTOK 2018": "'VOSTOK 2018' military exercises",
}
ETHIOPIA_JOINS = {
    "Kenya": "co-operation with Kenya",
    "Somalia": "drought in Somalia",
    "Mugabe regime": "support of the Mugabe regime",
    "Peru": "links with Peru",
    "Horn of Africa": "influence in the Horn of Africa",
    "Latin America": "influence in Latin America",
    "European countries": "several European countries",
    "FLINTLOCK 2017": "'FLINTLOCK 2017' military exercises",
}


@pytest.mark.parametrize(("other", "words"), RUSSIA_JOINS.items())
def test_a_claim_joins_russia_with(other, words):
    assert any(words in sentence(page_46(), c) for c in joined(page_46(), "Russia", other))


@pytest.mark.parametrize(("other", "words"), ETHIOPIA_JOINS.items())
def test_a_claim_joins_ethiopia_with(other, words):
    assert any(words in sentence(twin(), c) for c in joined(twin(), "Ethiopia", other))


@pytest.mark.parametrize(
    ("reading", "names", "days"),
    [
        (page_46, ("Russia", "VOSTOK 2018"), ("2018-09-01", "2018-09-30")),
        (twin, ("Ethiopia", "FLINTLOCK 2017"), ("2017-03-01", "2017-03-31")),
    ],
    ids=["page 46", "twin"],
)
def test_an_exercise_has_its_month(reading, names, days):
    times = [claim.time for claim in joined(reading(), *names) if claim.time]
    assert days in [(time.from_day, time.until_day) for time in times]


@pytest.mark.parametrize(
    ("reading", "subject", "verb", "polarity"),
    [
        (page_46, "the UK", "have", "negative"),
        (page_46, "Salisbury", "be allowed to become", "negative"),
        (twin, "Kenya", "have", "negative"),
        (twin, "Mombasa", "be allowed to become", "negative"),
    ],
)
def test_what_is_denied_is_a_claim_and_no_fact(reading, subject, verb, polarity):
    found = [
        claim
        for claim in reading().claims
        if (claim.subject.text, claim.predicate.lemma) == (subject, verb)
    ]
    assert found
    assert not [claim for claim in found if claim.is_stated]
    assert polarity in {claim.polarity for claim in found}


def evidence(reading):
    """Yield (spans, words) of every mention, phrase, predicate, time and cue."""
    for group in reading.groups:
        for mention in group.mentions:
            yield [(mention.passage.start, mention.passage.end)], mention.text
    for claim in reading.claims:
        phrases = [claim.subject, claim.predicate, claim.object]
        for piece in (*phrases, *(argument.phrase for argument in claim.arguments)):
            if piece:
                yield piece.spans, piece.text
        for cue in (*claim.cues, *([claim.time] if claim.time else [])):
            yield [(cue.start, cue.end)], cue.text


def untrue(reading):
    """Return the evidence whose offsets do not give the words that it claims."""
    text = reading.document.text
    wrong = [
        words
        for spans, words in evidence(reading)
        if " ".join(text[start:end] for start, end in spans) != words
    ]
    for claim in reading.claims:
        start, end = claim.sentence
        if not all(start <= a and b <= end for a, b in claim.predicate.spans):
            wrong.append(claim.predicate.text)
    return wrong


def test_every_offset_of_the_pages_gives_its_words():
    assert not [wrong for reading in (*pages(), twin()) for wrong in untrue(reading)]


@pytest.mark.skipif(not MUELLER.is_dir(), reason="needs shared/corpus/mueller-report")
def test_every_offset_of_the_mueller_report_gives_its_words():
    paths = sorted(MUELLER.glob("*.txt"))[::7][:60]
    readings = read_documents(read_paths(paths), Settings())
    assert not [(r.document.id, wrong) for r in readings for wrong in untrue(r)]


def test_a_town_that_is_left_is_a_town():
    graph = build_graph(
        [read_text("Peru left Manchester in June. The Perth attack was planned there.")]
    )
    assert {("City", "Manchester"), ("City", "Perth")} <= named(graph)
