"""Run the spaCy pipeline on documents, paragraph by paragraph, in batches.

A paragraph, heading or note is parsed on its own, so that no sentence runs from one
into the next; the parses of a document are then joined into one ``Doc``, on which
names are found with the whole document in view. Nothing is kept between documents.
"""

from __future__ import annotations

import importlib.util
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import SettingsError
from kg.reading.documents.defined_terms import find_terms
from kg.reading.documents.lists import Entry, find_entries
from kg.reading.encoder import component as encoder
from kg.reading.grammar import Syntax
from kg.reading.names import abbreviations
from kg.reading.names import finder as names
from kg.reading.names.users_own import OwnNames
from kg.reading.parse_repair import mended
from kg.reading.parsing import inner_stops
from kg.reading.parsing.analysis_text import (
    AnalysisText,
    Place,
    bounds,
    make_analysis_text,
    plan_blocks,
)
from kg.reading.parsing.double_stops import sentence_starts
from kg.reading.parsing.list_items import ListParser
from kg.reading.parsing.plain_amounts import restore_amounts, with_whole_amounts
from kg.records import Document, Offsets
from kg.settings import DEFAULT_MODEL, models_folder

BATCH = 64
"""Paragraphs that go through the pipeline at once; a document's batches are its own."""
NEEDED = ("tagger", "parser", "ner")
Watch = Callable[[Document, int, int], None]
"""Called with (a document, how many of its paragraphs are parsed, how many it has)."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its parse; ``starts`` and ``ends`` of tokens are of the analysis text.

    ``places`` tells of each token where it stands in the document.
    """

    document: Document
    analysis: AnalysisText
    doc: Doc
    syntax: Syntax
    places: Sequence[Place]

    @classmethod
    def of(cls, document: Document, analysis: AnalysisText, doc: Doc, syntax: Syntax) -> Annotated:
        """Return a document with its parse, the tokens of which are found in the document."""
        return cls(document, analysis, doc, syntax, analysis.places(syntax.starts, syntax.ends))

    def locate(self, tokens: Sequence[int]) -> tuple[Offsets, ...]:
        """Return the stretches of the document's text that tokens, in reading order, stand for."""
        if not tokens:
            return ()
        first, last = tokens[0], tokens[-1]
        if last - first == len(tokens) - 1:
            return self._between(first, last)
        return tuple(span for run in _runs(tokens) for span in self._between(*run))

    def _between(self, first: int, last: int) -> tuple[Offsets, ...]:
        """Return the stretches that all tokens from ``first`` to ``last`` stand for."""
        (stretch, start, _), (other, _, end) = self.places[first], self.places[last]
        if stretch == other >= 0:
            return ((start, end),)
        return self.analysis.to_document(self.syntax.starts[first], self.syntax.ends[last])

    @property
    def starts(self) -> list[int]:
        """Where each token begins in the document, -1 for one that stands nowhere whole."""
        return [place[1] for place in self.places]

    def labels(self) -> dict[Offsets, range]:
        """Return the tokens of what names those who speak, and of defined terms, by their places."""
        terms = ((term.start, term.end) for term in find_terms(self.document.text))
        spans = iter(sorted({*self.document.labels, *terms}))
        # A term stands behind the sentence that it was cut from.
        order = sorted(range(len(self.places)), key=self.starts.__getitem__)
        found: dict[Offsets, range] = {}
        span = next(spans, None)
        for i in order:
            _, start, end = self.places[i]
            while span is not None and start >= span[1]:
                span = next(spans, None)
            if span is not None and span[0] <= start and end <= span[1]:
                found[span] = range(found[span].start if span in found else i, i + 1)
        return found

    def defined_terms(self) -> Iterator[tuple[range, int, bool]]:
        """Yield the tokens of each defined term, the last one of what it stands for, and its article.

        That is only whether it has one: "the Buyer".
        """
        labels = self.labels()
        ends = sorted((end, -i) for i, (_, _, end) in enumerate(self.places) if end >= 0)
        for term in find_terms(self.document.text):
            before = bisect_right(ends, (term.cut[0], 0)) - 1
            tokens = labels.get((term.start, term.end))
            if tokens and before >= 0:
                yield tokens, -ends[before][1], term.article

    def stretch(self, first: int, after: int) -> Offsets:
        """Return one stretch of the document for the tokens ``first`` to ``after`` (exclusive)."""
        last = after - 1
        return self.analysis.sentence_span(self.syntax.starts[first], self.syntax.ends[last])

    def sentences(self) -> tuple[Offsets, ...]:
        """Return the sentences that hold some text, in reading order; a label is none."""
        named = {i for tokens in self.labels().values() for i in tokens}
        found = (
            self.locate(range(first, last))
            for first, last in self.syntax.sentences
            if not (first in named and last - 1 in named)
        )
        return tuple(bounds(spans) for spans in found if spans)


def _runs(tokens: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each unbroken run of token numbers."""
    first = last = tokens[0]
    for token in tokens[1:]:
        if token != last + 1:
            yield first, last
            first = token
        last = token
    yield first, last


@cache
def load_pipeline(model: str, *, trained_names: bool = False) -> Language:
    """Return the pipeline that comes with kg, or a spaCy pipeline by import name or folder.

    With ``trained_names`` the encoder in models/encoder proposes names in place of the
    pipeline's own component, which is then not run; that of kg does so always.

    Raises:
        SettingsError: it is not installed, or lacks a tagger, parser or names.

    """
    if model == DEFAULT_MODEL:
        return spacy.load(models_folder() / "english")
    nlp = _load(model)
    lacking = [name for name in NEEDED if name not in nlp.pipe_names]
    if trained_names:
        lacking = [name for name in lacking if name != "ner"]
        if "ner" in nlp.pipe_names:
            nlp.disable_pipe("ner")
        nlp.add_pipe(encoder.NAMES)
    if lacking and encoder.PARSER not in nlp.pipe_names:
        raise SettingsError("model", model, f"a pipeline with {', '.join(lacking)}")
    return _told_of_inner_stops(nlp)


def _told_of_inner_stops(nlp: Language) -> Language:
    """Return a pipeline whose parser knows which stops end nothing."""
    if inner_stops.COMPONENT not in nlp.pipe_names:  # it may have been saved with it
        nlp.add_pipe(inner_stops.COMPONENT, before="parser")
    return nlp


def _load(model: str) -> Language:
    is_folder = bool(model) and Path(model).is_dir()
    if not is_folder and not _is_installed(model):
        raise SettingsError("model", model, "kg, an installed spaCy pipeline or its folder")
    try:
        return spacy.load(model if is_folder else model.replace("-", "_"))
    except (OSError, ValueError, ImportError) as error:
        reason = " ".join(str(error).split())
        raise SettingsError(
            "model", model, f"a pipeline that this spaCy can load ({reason})"
        ) from error


def _is_installed(model: str) -> bool:
    """Tell whether a pipeline can be imported by its name."""
    name = model.replace("-", "_")
    return name.isidentifier() and importlib.util.find_spec(name) is not None


def doc_of(words: list[str], spaces: list[bool], nlp: Language, *, whole: bool = False) -> Doc:
    """Return words as a pipeline's tokeniser would; ``whole`` words are one sentence."""
    starts: list[bool | int | None] | None = None
    if whole:
        starts = [i == 0 for i in range(len(words))]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)
    # The tokeniser gives contractions a norm ("n't": "not"), which the small pipeline looks at.
    norms = {token.idx: token for token in nlp.tokenizer(doc.text)}
    for token in doc:
        same = norms.get(token.idx)
        if same is not None and same.text == token.text:
            token.norm_ = same.norm_
    return doc


def annotate(
    documents: Iterable[Document],
    nlp: Language,
    *,
    together: int = 1,
    own_names: OwnNames | None = None,
    watch: Watch | None = None,
) -> Iterator[Annotated]:
    """Yield each document with its parse, forgetting it before the next.

    ``own_names`` are those that the user lists; ``watch`` is told how far a document is.

    ``together`` documents share their batches: faster for many short ones, but then a
    parse may differ in the last digit with its neighbours.
    """
    remaining = iter(documents)
    while group := list(islice(remaining, together)):
        lists = [find_entries(document) for document in group]
        texts = [
            make_analysis_text(document, plan_blocks(document, entries))
            for document, entries in zip(group, lists, strict=True)
        ]
        blocks = [text.text[b.start : b.end] for text in texts for b in text.blocks]
        parsed = nlp.pipe(blocks, batch_size=BATCH)
        for document, first_text, entries in zip(group, texts, lists, strict=True):
            blocks_of = islice(parsed, len(first_text.blocks))
            watched = list(_watched(blocks_of, document, len(first_text.blocks), watch=watch))
            text, whole = _written_out(document, first_text, entries, watched, nlp)
            annotated = _annotated(document, text, whole, nlp)
            names.NameFinder(own_names).mark(annotated.doc, annotated.syntax)
            yield annotated


def _annotated(
    document: Document, text: AnalysisText, parsed: Iterable[Doc], nlp: Language
) -> Annotated:
    """Return a document with the parses of its blocks joined."""
    parts = [
        (block.start + start, with_whole_amounts(part, block.start + start, text.amounts))
        for block, parsed_block in zip(text.blocks, parsed, strict=True)
        for start, part in _apart(parsed_block, nlp)
    ]
    docs = [part for _, part in parts]
    doc = Doc.from_docs(docs, ensure_whitespace=True) if docs else nlp.make_doc("")
    return _join(document, text, parts, abbreviations.AbbreviationFinder(max_letters=8)(doc))


def _watched(
    parsed: Iterable[Doc], document: Document, total: int, *, watch: Watch | None
) -> Iterator[Doc]:
    """Yield the parsed blocks of a document, and tell how many there were."""
    for number, doc in enumerate(parsed, start=1):
        if watch:
            watch(document, number, total)
        yield doc


def _written_out(
    document: Document,
    text: AnalysisText,
    entries: Sequence[Entry],
    docs: Sequence[Doc],
    nlp: Language,
) -> tuple[AnalysisText, Sequence[Doc]]:
    """Return the text and the parses of its blocks, the items of lists behind their lead-ins."""
    if all(entry.lead is None for entry in entries):
        return text, docs
    parsed = dict(zip((block.plan for block in text.blocks), docs, strict=True))
    lists = ListParser(
        document, entries, text, parsed, lambda texts: nlp.pipe(texts, batch_size=BATCH)
    )
    plans, known = lists.run()
    written = make_analysis_text(document, plans)
    return written, [known[block.plan] for block in written.blocks]


def _apart(doc: Doc, nlp: Language) -> Iterator[tuple[int, Doc]]:
    """Yield the parse of a block, or of its parts where a stop serves twice, and where each begins."""
    starts = sentence_starts(doc)
    if not starts:
        yield 0, doc
        return
    for first, after in pairwise([0, *starts, len(doc)]):
        part = doc[first:after]
        yield part.start_char, nlp(part.text)


def _join(
    document: Document, text: AnalysisText, parts: Sequence[tuple[int, Doc]], doc: Doc
) -> Annotated:
    """Tie ``doc``, the joined parses of a document's parts, to the analysis text."""
    syntax = mended(doc)
    position = 0
    for start, part in parts:
        for token in part:
            syntax.starts[position] = start + token.idx
            syntax.ends[position] = start + token.idx + len(token)
            position += 1
    restore_amounts(syntax, text.amounts)
    return Annotated.of(document, text, doc, syntax)
