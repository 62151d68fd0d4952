"""The stages in order; the whole of kg on one page.

    files -> Document -> spaCy Doc -> Reading        one document at a time
    Readings -> Entity, Relation -> KnowledgeGraph   the whole corpus at once
    KnowledgeGraph -> a build folder                 Turtle, HTML, GraphML, CSV

A Reading is the narrow waist: what comes before needs spaCy and one document,
what comes after needs neither. `kg read` prints readings, `kg build` keeps them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kg.errors import OtherKindError, WrongArgumentError
from kg.failures import failure_of
from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.lexicons import load_lexicons
from kg.linking.knowledge_base import KnowledgeBase, load_knowledge_base
from kg.linking.reasons import LinkJson, link_to_json
from kg.linking.resolution import Resolution, decide_groups, resolve_entities
from kg.reading.claims.finder import find_claims
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.documents.chronologies import find_dated
from kg.reading.documents.files import document_ids, find_files
from kg.reading.documents.formats.plain import decode
from kg.reading.documents.formats.readers import readers_with
from kg.reading.documents.languages import foreign_paragraphs, is_foreign
from kg.reading.documents.reader import document_from_text, lines_as_documents, read_documents_in
from kg.reading.encoder.component import states_of
from kg.reading.mentions.coreference import Resolver
from kg.reading.mentions.defined_terms import join_defined_terms
from kg.reading.mentions.groups import Mentions, collect_mentions, group_mentions
from kg.reading.mentions.roles import Roles
from kg.reading.mentions.speakers import speakers
from kg.reading.names.abbreviations import LONG_FORMS, SHORT_FORMS
from kg.reading.names.finder import names_in
from kg.reading.names.users_own import load_own_names
from kg.reading.parsing.annotation import Annotated, Watch, annotate, load_pipeline
from kg.reading.status.turns import Voice, find_voices
from kg.records import Claim, Document, HeldBack, Offsets, Reading
from kg.settings import Settings

AnyPath = str | os.PathLike[str]
"""A path as people write it."""


def read_text(text: str, settings: Settings | None = None) -> Reading:
    """Return what one text says.

    Raises:
        WrongArgumentError: it is no text.

    """
    if not isinstance(text, str):
        example = 'words such as "Rome fell.", or a path to kg.read_paths'
        raise WrongArgumentError("kg.read_text", "a text", text, example)
    document = document_from_text(text, document_id="text", title="text")
    return next(read_documents([document], settings))


def read_documents(
    documents: Iterable[Document],
    settings: Settings | None = None,
    *,
    together: int = 1,
    nary: bool = False,
    watch: Watch | None = None,
) -> Iterator[Reading]:
    """Yield what each document says, forgetting the document before the next.

    ``together`` documents share a batch; ``nary`` gives one claim for each clause instead
    of minimal binary ones; ``watch`` is told how far a document is. Whatever goes wrong
    inside one document stays there: its Reading tells nothing but its ``failure``.
    """
    settings = settings or Settings()
    nlp = load_pipeline(settings.model, trained_names=settings.trained_names)
    own = load_own_names(settings.names) if settings.names else None

    def read(batch: Sequence[Document]) -> Iterator[Reading]:
        parsed = annotate(batch, nlp, together=len(batch), own_names=own, watch=watch)
        return (read_annotated(annotated, settings, nary=nary) for annotated in parsed)

    remaining = iter(documents)
    while batch := list(islice(remaining, together)):
        yield from _each_alone(batch, read)


def _each_alone(
    batch: Sequence[Document], read: Callable[[Sequence[Document]], Iterator[Reading]]
) -> Iterator[Reading]:
    """Yield the Readings of a batch; where it fails, of each document that is left by itself."""
    done = 0
    try:
        for reading in read(batch):
            yield reading
            done += 1
    except Exception as error:  # a fault of ours must cost no other document
        if len(batch) == 1:
            yield Reading(batch[0], failure=failure_of(error))
            return
        # Those before it are given out already.
        for document in batch[done:]:
            yield from _each_alone([document], read)


def read_paths(
    paths: AnyPath | Iterable[AnyPath],
    *,
    lines: bool = False,
    text_columns: Sequence[str] = (),
    failed: list[str] | None = None,
    left_out: list[str] | None = None,
) -> Iterator[Document]:
    """Yield the documents in files and folders, one or several, sorted by path.

    ``lines`` makes each line a document; ``text_columns`` makes each row of a table one, of
    the words in these columns. What cannot be read is named in ``failed``; without that list
    the first such file raises UnreadableDocumentError. Files of other kinds that lie in others
    are named in ``left_out``.
    """
    readers = readers_with(text_columns)
    files = find_files(as_paths(paths), suffixes=readers.keys())
    for (path, source), document_id in zip(files, document_ids(files), strict=True):
        for document in read_documents_in(path, source, document_id, readers=readers):
            if isinstance(document, Document):
                yield from lines_as_documents(document.text, source) if lines else [document]
            elif isinstance(document, OtherKindError):
                (left_out if left_out is not None else []).append(str(document.path))
            elif failed is None:
                raise document
            else:
                failed.append(str(document))


def as_paths(paths: AnyPath | Iterable[AnyPath]) -> list[Path]:
    """Return one path or several as a list: a string is one path, not its letters.

    >>> [path.name for path in as_paths("corpus")], len(as_paths(["a.txt", Path("b.txt")]))
    (['corpus'], 2)
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    found = list(given) if isinstance(given, Iterable) else [given]
    for path in found:
        if not isinstance(path, str | os.PathLike):
            example = 'a file or a folder such as "corpus", or a list of them'
            raise WrongArgumentError("kg", "a path or several", path, example)
    return [Path(path) for path in found]


def as_folder(path: AnyPath, function: str) -> Path:
    """Return a folder as a Path; raise WrongArgumentError if it cannot be one."""
    if not isinstance(path, str | os.PathLike):
        raise WrongArgumentError(function, "a folder", path, 'one such as "outputs/mine"')
    return Path(path)


def read_stream(content: bytes, *, lines: bool = False) -> Iterator[Document]:
    """Yield the document, or the documents one a line, that standard input holds."""
    text = decode(content)
    if lines:
        yield from lines_as_documents(text, "-")
    else:
        yield document_from_text(text, document_id="stdin", source="-")


def read_annotated(annotated: Annotated, settings: Settings, *, nary: bool = False) -> Reading:
    """Return what a parsed document says: its sentences, mentions and claims.

    A document or paragraph in a language that the parser does not know says nothing that
    we could tell.
    """
    document, language = annotated.document, annotated.doc.lang_ or "en"
    if is_foreign(document, language=language):
        return Reading(document, annotated.sentences())
    mentions = find_mentions(annotated)
    parsed = parsed_text(annotated, mentions)
    elsewhere = foreign_paragraphs(document, language=language)
    found = find_claims(parsed, load_lexicons(), nary=nary)
    claims = tuple(claim for claim in found if not _begins_in(claim, elsewhere))
    reading = Reading(document, annotated.sentences(), mentions.groups, claims)
    return weighed(reading, settings)


def weighed(reading: Reading, settings: Settings) -> Reading:
    """Return a reading with what the settings hold back of its claims marked, or left out.

    What is kept of a reading can be weighed again with other settings.
    """
    kept = (c for c in reading.claims if c.confidence >= settings.min_confidence)
    return replace(reading, claims=tuple(_weighed(claim, settings) for claim in kept))


def _weighed(claim: Claim, settings: Settings) -> Claim:
    held_back: HeldBack = ""
    if claim.worth < settings.worth:
        held_back = "trivial"
    elif claim.confidence < settings.sure:
        held_back = "unsure"
    return claim if claim.held_back == held_back else replace(claim, held_back=held_back)


def parsed_text(annotated: Annotated, mentions: Mentions) -> ParsedText:
    """Return what claims are found in: a document's parse with its names."""
    document = annotated.document
    labels = annotated.labels()
    return ParsedText(
        document.id, document.text, annotated.syntax, mentions, annotated.locate,
        document.footnotes, document.date,
        tuple((p.start, p.end) for p in document.paragraphs if p.heading),
        frozenset(i for tokens in labels.values() for i in tokens),
        find_voices(document.turns, labels, annotated.starts, annotated.syntax),
        find_dated(document.text, document.paragraphs),
        states_of(annotated.doc),
    )  # fmt: skip


def _begins_in(claim: Claim, stretches: Iterable[Offsets]) -> bool:
    return any(start <= claim.sentence[0] < end for start, end in stretches)


def find_mentions(annotated: Annotated) -> Mentions:
    """Return the names of a parsed document, what refers to them, and the groups they form."""
    document, syntax, spans = annotated.document, annotated.syntax, annotated.doc.spans
    short_forms = [
        ((long.start, long.end), (short.start, short.end))
        for long, short in zip(spans[LONG_FORMS], spans[SHORT_FORMS], strict=True)
    ]
    names = names_in(annotated.doc)
    named = collect_mentions(names, syntax, load_lexicons(), short_forms=short_forms)
    named = join_defined_terms(named, syntax, annotated.defined_terms())
    named = Roles(syntax, load_lexicons()).resolve(named)
    labels = annotated.labels()
    voices = find_voices(document.turns, labels, annotated.starts, syntax)
    # "He" is nobody who says "I": the resolver does not see these.
    spoken = speakers(named, {i: _heads_of(voice) for i, voice in voices.items()}, syntax)
    resolver = Resolver(syntax, named, labels=frozenset(i for t in labels.values() for i in t))
    found = group_mentions(
        [*named, *spoken, *resolver.run()],
        syntax,
        document_id=document.id,
        locate=annotated.stretch,
        text=document.text,
    )
    return replace(found, nameless=resolver.nameless)


def _heads_of(voice: Voice) -> tuple[int | None, int | None]:
    """Return the head of the label of who speaks, and of whom it is said to."""
    return voice.speakers[-1].head if voice.speakers else None, voice.addressee


def link_groups(reading: Reading, settings: Settings) -> list[LinkJson | None]:
    """Return the known thing that each group of a document means by its names, or None."""
    knowledge = knowledge_of(settings)
    return [link_to_json(decision) for decision in decide_groups(reading, knowledge)]


def build_graph(readings: Iterable[Reading], settings: Settings | None = None) -> KnowledgeGraph:
    """Decide which mentions are the same thing, then add up what is said of each."""
    return link_and_assemble(readings, settings or Settings())[0]


def link_and_assemble(
    readings: Iterable[Reading], settings: Settings
) -> tuple[KnowledgeGraph, Resolution]:
    """Return the graph of some readings, and why mentions were taken for one thing."""
    # Ids and names are given in this order: whence the readings come must not change a byte.
    ordered = sorted(
        (weighed(reading, settings) for reading in readings), key=lambda r: r.document.id
    )
    resolution = resolve_entities(ordered, knowledge_of(settings))
    return assemble_graph(ordered, resolution.entities), resolution


def knowledge_of(settings: Settings) -> KnowledgeBase:
    """Return the user's own knowledge base, if there is one, and behind it that of kg."""
    own = [Path(settings.knowledge)] if settings.knowledge else []
    return load_knowledge_base(*own)
