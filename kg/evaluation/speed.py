"""How fast kg reads, beside the bare spaCy pipeline on the same documents.

Both run in turn in one process, round by round, so that a slow moment of the machine
hits both; the median of the ratios is what counts. The claims stage is timed by itself
on documents that are parsed and have their names: several times a round, because it takes
a second where a round takes half a minute, and each time on a new copy of the parses,
because it mends them.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from kg.evaluation.gold import baseline_pipeline
from kg.lexicons import load_lexicons
from kg.pipeline import find_mentions, parsed_text, read_documents
from kg.progress import Progress, silent
from kg.reading.claims.finder import find_claims
from kg.reading.claims.parsed_text import ParsedText
from kg.reading.documents.files import document_ids, find_files
from kg.reading.documents.reader import read_document
from kg.reading.parsing.annotation import annotate, load_pipeline
from kg.records import Document
from kg.serialization import reading_to_json
from kg.settings import Settings

CLAIMS_PASSES = 5
"""How often a round times the claims stage."""


@dataclass(frozen=True, slots=True)
class SpeedResult:
    """Words per second of each round, for kg and for the bare pipeline.

    ``claims`` are sentences per second of the claims stage alone, each pass of each round.
    """

    documents: int
    words: int
    kg: tuple[float, ...]
    bare: tuple[float, ...]
    claims: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Return the median over rounds of kg's speed over the bare pipeline's."""
        return median(a / b for a, b in zip(self.kg, self.bare, strict=True))

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of a table."""
        yield f"documents {self.documents}, words {self.words:,}, rounds {len(self.kg)}"
        yield f"kg read         {median(self.kg):10,.0f} words/s"
        yield f"bare nlp.pipe   {median(self.bare):10,.0f} words/s"
        yield f"ratio           {self.ratio:10.2f}"
        yield f"claims stage    {median(self.claims):10,.0f} sentences/s on parsed documents"


def measure_speed(
    data: Path,
    settings: Settings,
    *,
    rounds: int,
    tell: Progress = silent,
) -> SpeedResult:
    """Return how fast kg and the bare pipeline read the documents in a folder."""
    files = find_files([data])
    documents = [
        read_document(path, source, id_)
        for (path, source), id_ in zip(files, document_ids(files), strict=True)
    ]
    words = sum(len(document.text.split()) for document in documents)
    nlp, bare = load_pipeline(settings.model), baseline_pipeline()
    # Before the clock runs: models and word lists are loaded at their first use.
    _read(documents[:1], settings)
    parsed = [parsed_text(one, find_mentions(one)) for one in annotate(documents, nlp)]
    kg_speeds, bare_speeds, claims_speeds = [], [], []
    for number in range(rounds):
        tell("measuring", number, rounds)
        bare_speeds.append(words / _seconds(lambda: list(bare.pipe(d.text for d in documents))))
        kg_speeds.append(words / _seconds(lambda: _read(documents, settings)))
        claims_speeds += [_claims_per_second(parsed) for _ in range(CLAIMS_PASSES)]
    return SpeedResult(
        len(documents), words, tuple(kg_speeds), tuple(bare_speeds), tuple(claims_speeds)
    )


def _claims_per_second(parsed: list[ParsedText]) -> float:
    """Return how many sentences the claims stage reads in a second of one core's work."""
    lexicons = load_lexicons()
    sentences = sum(len(text.syntax.sentences) for text in parsed)
    parsed = [replace(text, syntax=deepcopy(text.syntax)) for text in parsed]
    gc.freeze()  # all documents are held at once only here
    started = time.process_time()
    for text in parsed:
        list(find_claims(text, lexicons))
    seconds = time.process_time() - started
    gc.unfreeze()
    return sentences / seconds


def _read(documents: list[Document], settings: Settings) -> None:
    """Do all that `kg read` does after the files are open."""
    for reading in read_documents(documents, settings):
        reading_to_json(reading)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
