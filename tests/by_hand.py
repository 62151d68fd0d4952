"""Readings of parses that are written by hand (tests/parses.py): no trained model is loaded."""

from dataclasses import replace

from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from kg.lexicons import load_lexicons
from kg.pipeline import read_annotated
from kg.reading.claims.related import FOUND_BY
from kg.reading.documents.reader import document_from_text
from kg.reading.grammar import Syntax
from kg.reading.names.abbreviations import AbbreviationFinder
from kg.reading.names.finder import NameFinder, names_in
from kg.reading.parse_repair import mended
from kg.reading.parsing.analysis_text import make_analysis_text
from kg.reading.parsing.annotation import Annotated
from kg.settings import Settings

COLUMNS = ("words", "lemmas", "pos", "tags", "deps", "heads")
LEXICONS = load_lexicons()


def doc_of(parse, entities=()):
    """Return the Doc of a parse; ``entities`` are (words, label) that the pipeline proposes."""
    columns = dict(zip(COLUMNS, (row.split() for row in parse.strip().splitlines()), strict=True))
    columns["heads"] = [int(head) for head in columns["heads"]]
    doc = Doc(Vocab(), **columns)
    proposed = [span for words, label in entities for span in _spans(doc, words, label)]
    doc.ents = filter_spans(proposed)
    return doc


def _spans(doc, words, label):
    size = len(words.split())
    for start in range(len(doc) - size + 1):
        if " ".join(token.text for token in doc[start : start + size]) == words:
            yield Span(doc, start, start + size, label=label)


def cut(parse, first, last):
    """Return the tokens from ``first`` to before ``last``; what hung outside is a root."""
    *rows, heads = [row.split()[first:last] for row in parse.strip().splitlines()]
    size, labels = len(heads), rows[-1]
    inside = [int(head) - first for head in heads]
    kept = [head if 0 <= head < size else i for i, head in enumerate(inside)]
    rows[-1] = ["ROOT" if head == i else labels[i] for i, head in enumerate(kept)]
    return "\n".join(" ".join(row) for row in [*rows, map(str, kept)])


def syntax_of(parse):
    return Syntax.of(doc_of(parse))


def syntax_of_paragraphs(*paragraphs):
    """Return the Syntax of paragraphs, each of parsed sentences, with empty lines between them."""
    rows, paragraph_of = [[] for _ in COLUMNS], []
    for number, sentences in enumerate(paragraphs):
        for parse in sentences:
            *columns, heads = (line.split() for line in parse.strip().splitlines())
            moved = [str(int(head) + len(paragraph_of)) for head in heads]
            for row, column in zip(rows, [*columns, moved], strict=True):
                row += column
            paragraph_of += [number] * len(heads)
    syntax = syntax_of("\n".join(map(" ".join, rows)))
    return replace(
        syntax,
        starts=[start + n for start, n in zip(syntax.starts, paragraph_of, strict=True)],
        ends=[end + n for end, n in zip(syntax.ends, paragraph_of, strict=True)],
    )


def clause(subject, verb, object_, *, lemma="", end="."):
    """Return the parse of a clause of three words."""
    tag = "PRP" if subject.lower() in {"i", "you", "we", "it"} else "NNP"
    return f"""
        {subject} {verb} {object_} {end}
        {subject} {lemma or verb} {object_} {end}
        {"PRON" if tag == "PRP" else "PROPN"} VERB NOUN PUNCT
        {tag} VBD NN {end}
        nsubj ROOT dobj punct
        1 1 1 1
    """


def phrase(words, pos="PROPN"):
    """Return the parse of words without a verb; the last but the marks is the root."""
    tokens = words.split()
    kinds = [pos if token[0].isalnum() else "PUNCT" for token in tokens]
    head = len(kinds) - 1 - kinds[::-1].index(pos)
    tag = "NNP" if pos == "PROPN" else "NN"
    labels = ["punct" if kind == "PUNCT" else "compound" for kind in kinds]
    labels[head] = "ROOT"
    tags = [tag if kind == pos else ":" for kind in kinds]
    heads = [str(head)] * len(tokens)
    return "\n".join(map(" ".join, [tokens, tokens, kinds, tags, labels, heads]))


def names_of(parse, *entities):
    """Return (words, type) of each name, outer before inner."""
    doc = NameFinder()(doc_of(parse, entities))
    return [(doc[name.start : name.end].text, name.type) for name in names_in(doc)]


def read(parse, *entities, nary=False):
    """Return the Reading of a parse."""
    return read_doc(doc_of(parse, entities), nary=nary)


def read_doc(doc, *, nary=False):
    """Return the Reading of a Doc, on which names are still to be found."""
    return read_annotated(annotated_doc(doc), Settings(), nary=nary)


def annotated_doc(doc):
    """Return a document with its parse, on which names are still to be found."""
    doc = NameFinder()(AbbreviationFinder(max_letters=8)(doc))
    document = document_from_text(doc.text, document_id="d1", title="by hand")
    return Annotated.of(document, make_analysis_text(document), doc, mended(doc))


def said(parse, *entities):
    """Return "subject | relation | object" of each claim."""
    return [
        " | ".join(
            [c.subject.text, c.predicate.lemma, *([c.object.text] if c.object is not None else [])]
        )
        for c in read(parse, *entities).claims
    ]


def claim(parse, relation, *entities):
    """Return the first claim with this relation."""
    return next(c for c in read(parse, *entities).claims if c.predicate.lemma == relation)


def groups_of(parse, *entities):
    """Return name -> the words of its mentions."""
    return {g.name: [m.text for m in g.mentions] for g in read(parse, *entities).groups}


def of_grammar(claims):
    """Return the claims of clauses and phrases: what the relation network finds depends on all around it."""
    return [claim for claim in claims if claim.found_by != FOUND_BY]
