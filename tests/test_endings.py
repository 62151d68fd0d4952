"""Texts that break off, stumble or lost their capitals: kg reads whatever people bring.

Each sentence of the probes and of corpus/ is cut after every second token (the odd or the even
ones in turn, as neighbours are much alike), and once each has a word dropped, doubled, two words
swapped, its full stop taken away, its letters made small or large. A parser may make any tree of such words: parses are cut, and trees made up, as well.
The same cases are tried each time.
"""

import json
import re
from itertools import chain, islice, product
from pathlib import Path

import parses
import pytest
from by_hand import COLUMNS, read_doc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
from kg.settings import Settings

ROOT = Path(__file__).parent
PARTS = 8
TOGETHER = 256
PARSES = [
    dict(zip(COLUMNS, (row.split() for row in value.strip().splitlines()), strict=True))
    for name, value in sorted(vars(parses).items())
    if name.isupper()
]
VOCAB = Vocab()


def sentences():
    lines = (ROOT / "probes" / "status.jsonl").read_text("utf-8").splitlines()
    yield from (json.loads(line)["text"] for line in lines)
    for page in sorted((ROOT.parent / "corpus").glob("*.txt")):
        text = " ".join(page.read_text("utf-8").split())
        yield from re.split(r"(?<=[.?!:]) ", text)


def variations(sentence, number):
    """Yield the sentence cut after every second token, and once in each way that people spoil one."""
    tokens = re.findall(r"\w+|[^\w\s]", sentence)
    for end in range(1 + number % 2, len(tokens), 2):
        yield " ".join(tokens[:end])
    at = number % len(tokens)
    yield " ".join(tokens[:at] + tokens[at + 1 :])
    yield " ".join(tokens[: at + 1] + tokens[at:])
    yield " ".join(tokens[:at] + tokens[at : at + 2][::-1] + tokens[at + 2 :])
    yield sentence.rstrip(".?!\"' ")
    yield sentence.lower()
    yield sentence.upper()


def stranded():
    """Yield texts that end in a preposition, a verb or a particle that belongs to what came before."""
    things = ("the house", "a company", "Kenya", "the people")
    links = ("which", "that", "who", "")
    ends = (
        "he lives in", "they took part in", "she came from", "we spoke about", "it depends on",
        "he was charged with", "the mayor was accused of", "she asked for", "they turned back",
        "he gave it to", "it was sold by", "they want to", "she did not", "nobody knows of",
    )  # fmt: skip
    for thing, link, end in product(things, links, ends):
        yield f"This is {thing} {link} {end}".replace("  ", " ")


def documents(part):
    cut = chain.from_iterable(variations(s, n) for n, s in enumerate(sentences()) if s)
    every = chain(stranded(), cut)
    for number, text in enumerate(islice(every, part, None, PARTS)):
        if text.strip():
            yield document_from_text(text, document_id=f"d{number}")


def pieces(claim):
    """Yield each piece of text of a claim with the stretches that it says it stands at."""
    phrases = [claim.subject, claim.object, *(a.phrase for a in claim.arguments)]
    speaker = claim.attribution
    while speaker is not None:
        phrases.append(speaker.speaker)
        speaker = speaker.inner
    for phrase in [*phrases, claim.predicate]:
        if phrase is not None:
            yield phrase.text, phrase.spans
    for cue in claim.cues:
        yield cue.text, ((cue.start, cue.end),)


def is_where_it_says(reading):
    text = reading.document.text
    mentions = [
        (m.text, ((m.passage.start, m.passage.end),)) for g in reading.groups for m in g.mentions
    ]
    told = chain(mentions, *(pieces(claim) for claim in reading.claims))
    return all(words == " ".join(text[a:b] for a, b in spans) for words, spans in told)


@pytest.mark.model
@pytest.mark.parametrize("part", range(PARTS))
def test_no_ending_breaks_the_reading_of_a_text(part):
    readings = list(read_documents(documents(part), Settings(), together=TOGETHER))
    broken = [(str(r.failure), r.document.text) for r in readings if r.failure]
    assert len(readings) > 1000
    assert not broken, f"{len(broken)} of {len(readings)}: {broken[:5]}"
    assert not [r.document.text for r in readings if not is_where_it_says(r)]


def tree(columns, heads):
    words, lemmas, pos, tags, deps = columns
    return Doc(VOCAB, words=words, lemmas=lemmas, pos=pos, tags=tags, deps=deps, heads=list(heads))


def cut(parse, end):
    """Return a parse without the tokens from ``end`` on; what hung on them stands alone."""
    heads = [int(head) for head in parse["heads"][:end]]
    return tree(
        [parse[name][:end] for name in COLUMNS[:-1]],
        [head if head < end else i for i, head in enumerate(heads)],
    )


@pytest.mark.parametrize("parse", PARSES, ids=lambda parse: " ".join(parse["words"][:6]))
def test_no_cut_parse_breaks_the_rules(parse):
    for end in range(1, len(parse["words"])):
        for nary in (False, True):
            assert is_where_it_says(read_doc(cut(parse, end), nary=nary))


TOKENS = sorted(set(chain.from_iterable(zip(*list(p.values())[:5], strict=True) for p in PARSES)))
"""Each word of the hand-made parses with its lemma, tags and label."""


def without(rows, heads, i):
    """Return a tree without its token ``i``; what hung on it hangs on its head."""
    above = heads[i] if heads[i] != i else None
    moved = [n if head == i and above is None else above if head == i else head
             for n, head in enumerate(heads)]  # fmt: skip
    left = [n for n in range(len(rows)) if n != i]
    place = {old: new for new, old in enumerate(left)}
    return [rows[n] for n in left], [place[moved[n]] for n in left]


def is_below(heads, i, other):
    """Tell whether ``other`` hangs on ``i``, through whatever stands between."""
    while heads[other] != other and other != i:
        other = heads[other]
    return other == i


@st.composite
def trees(draw):
    """Draw a hand-made parse with some words exchanged, hung elsewhere, taken out; then cut it off."""
    parse = draw(st.sampled_from(PARSES))
    rows = list(zip(*list(parse.values())[:5], strict=True))
    heads = [int(head) for head in parse["heads"]]
    for _ in range(draw(st.integers(0, 5))):
        i = draw(st.integers(0, len(rows) - 1))
        edit = draw(st.sampled_from(["exchange", "hang", "drop"]))
        if edit == "exchange":
            rows[i] = draw(st.sampled_from(TOKENS))
        elif edit == "hang":
            head = draw(st.integers(0, len(rows) - 1))
            heads[i] = i if is_below(heads, i, head) else head
        elif len(rows) > 1:
            rows, heads = without(rows, heads, i)
    for last in range(len(rows) - 1, draw(st.integers(0, len(rows) - 1)), -1):
        rows, heads = without(rows, heads, last)
    return tree([list(column) for column in zip(*rows, strict=True)], heads)


@settings(max_examples=4000, derandomize=True, suppress_health_check=list(HealthCheck))
@given(trees())
def test_no_tree_breaks_the_rules(doc):
    assert is_where_it_says(read_doc(doc))
