"""The spaCy component ``kg``: what a text says, in any pipeline with a tagger and a parser.

>>> nlp = spacy.load("en_core_web_sm")
>>> nlp.add_pipe("kg")
>>> doc = nlp("The Kremlin denied that Russia threatened Japan.")
>>> [(claim.subject.text, claim.is_fact) for claim in doc._.kg.claims]

``doc._.kg`` is a Reading: its offsets are those of ``doc.text``, which the pipeline parsed
as it stands, and its document is named by a hash of that text. Names are proposed by the
pipeline's ``ner``, if it has one, or by ``kg_name_model``, added before. The Doc holds the
Reading as JSON, so that it is there after ``to_bytes`` and from other processes, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import SettingsError
from kg.pipeline import read_annotated
from kg.reading.documents.reader import document_from_text
from kg.reading.grammar import Syntax
from kg.reading.names.abbreviations import AbbreviationFinder
from kg.reading.names.finder import NameFinder
from kg.reading.parse_repair import mended
from kg.reading.parsing.analysis_text import text_as_it_stands
from kg.reading.parsing.annotation import Annotated
from kg.records import Reading
from kg.serialization import reading_from_json, reading_to_json
from kg.settings import Settings

COMPONENT = EXTENSION = "kg"
HELD = "kg_reading"
"""Where ``doc.user_data`` holds the Reading."""


@Language.factory(
    COMPONENT,
    assigns=["doc._.kg"],
    requires=["token.tag", "token.dep", "token.lemma"],
    default_config={"min_confidence": 0.0, "nary": False},
)
def make_reader(
    nlp: Language, name: str, *, min_confidence: float, nary: bool
) -> Callable[[Doc], Doc]:
    """Build the component; spaCy checks the values against their types.

    Claims less probable than ``min_confidence`` are left out; ``nary`` gives one claim for
    each clause instead of minimal binary ones.
    """
    return DocReader(Settings(min_confidence=min_confidence), nary=nary)


@dataclass(frozen=True)
class DocReader:
    """Reads a parsed Doc; keeps nothing between documents, so it can run in many processes."""

    settings: Settings
    nary: bool = False

    def __call__(self, doc: Doc) -> Doc:
        """Return the same Doc, which now holds its Reading.

        Raises:
            SettingsError: nothing before the component parsed it.

        """
        reading = read_annotated(annotated_from(doc), self.settings, nary=self.nary)
        doc.user_data[HELD] = reading_to_json(reading)
        return doc


def annotated_from(doc: Doc) -> Annotated:
    """Return a Doc that any pipeline parsed as the document that its text is.

    Raises:
        SettingsError: it has no parse.

    """
    if not (doc.has_annotation("DEP") and doc.has_annotation("TAG")) and doc.text.strip():
        raise SettingsError(COMPONENT, "its place", "after a tagger and a parser")
    doc = AbbreviationFinder(max_letters=8)(doc)
    syntax = _straight(mended(doc))
    NameFinder().mark(doc, syntax)
    # A Doc may hold a lone surrogate, which UTF-8 refuses.
    digest = sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    document = document_from_text(doc.text, document_id=f"text-{digest}")
    return Annotated.of(document, text_as_it_stands(doc.text), doc, syntax)


def _straight(syntax: Syntax) -> Syntax:
    """Return a parse with straight apostrophes, as the rules know them: "n't", "'s"."""
    straight = [word.replace("’", "'") if len(word) > 1 else word for word in syntax.words]
    return replace(syntax, words=straight, lowers=[word.lower() for word in straight])


def _reading_of(doc: Doc) -> Reading | None:
    """Return what the component found in a Doc, or None if it did not run."""
    held = doc.user_data.get(HELD)
    return None if held is None else _from_json(held)


@lru_cache(maxsize=8)
def _from_json(held: str) -> Reading:
    return reading_from_json(held)


# Forced: a module that is imported again, as notebooks do, must not raise E090.
Doc.set_extension(EXTENSION, getter=_reading_of, force=True)
