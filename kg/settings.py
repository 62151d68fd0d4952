"""What a user can set, and where kg keeps what it knows beyond code."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from kg.errors import SettingsError
from kg.version import __version__
from kg.vocabulary import DEFAULT_BASE_IRI

READS_TOO = ("folding.py", "lexicons.py", "pipeline.py", "records.py", "vocabulary.py")
"""Modules outside kg/reading on which a Reading depends."""
SURE, WORTH = 0.6, 0.5
"""Probabilities from which a claim is told: that it was read right, that it is informative."""
DEFAULT_MODEL = "kg"
"""The pipeline that comes with kg: models/english, parsed by the encoder in models/encoder."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes a result; ``run.json`` keeps the values of a build.

    ``model`` is the pipeline that comes with kg, or the import name or folder of a spaCy
    pipeline with a tagger, parser and names. ``trained_names`` takes names from the encoder
    in place of such a pipeline's own. ``names`` is a CSV or JSONL file of the user's own names and types;
    ``knowledge`` is a knowledge base of theirs (`kg knowledge`), asked before the one of kg.
    ``base_iri`` begins every IRI that a build mints. ``min_confidence``
    leaves out claims that were read with less probability. What a document states is told as a
    fact if it was read with the probability ``sure`` and is worth telling with that of ``worth``;
    other claims are held back: kept, and marked. ``jobs`` is the number of
    processes that read documents; it changes no result. ``licence`` is the IRI of the
    licence under which the graph is published, if there is one. ``text_columns`` are the
    columns of tables whose words are read, each row a document; without them tables are not.
    """

    model: str = DEFAULT_MODEL
    trained_names: bool = False
    names: str | None = None
    knowledge: str | None = None
    base_iri: str = DEFAULT_BASE_IRI
    min_confidence: float = 0.0
    sure: float = SURE
    worth: float = WORTH
    jobs: int = 1
    licence: str | None = None
    text_columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_base_iri(self.base_iri)
        for name in ("min_confidence", "sure", "worth"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise SettingsError(name, getattr(self, name), "between 0 and 1")
        if self.jobs < 1:
            raise SettingsError("jobs", self.jobs, "1 or more")
        if self.licence is not None and not re.fullmatch(r"[a-z]+:[^\s<>\"{}|\\^`]+", self.licence):
            raise SettingsError("licence", self.licence, "an IRI, such as https://…/by/4.0/")

    def reader_version(self) -> str:
        """Return what a Reading depends on besides its text: program, model and word lists."""
        own = _hash_of(self.names) if self.names else ""
        parts = (__version__, self.model, self.trained_names, own, models_fingerprint())
        return sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def as_dict(self) -> dict[str, object]:
        """Return the settings for ``run.json``."""
        return asdict(self)


def _check_base_iri(iri: str) -> None:
    if not iri.startswith(("http://", "https://")) or iri[-1] not in "/#":
        raise SettingsError("base_iri", iri, "an http(s) IRI that ends in / or #")
    if any(c in iri for c in ' <>"{}|\\^`'):
        raise SettingsError("base_iri", iri, 'free of spaces and of <>"{}|\\^`')


def _hash_of(path: str) -> str:
    """Return a hash of a file; one that is not there is named by whoever reads it."""
    file = Path(path)
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else path


def models_folder() -> Path:
    """Return the folder of word lists and models: inside the wheel, or beside the package."""
    package = Path(__file__).parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


@cache
def models_fingerprint() -> str:
    """Return a hash of the code that reads and of the files in models/ that it reads with.

    Those are all but models/knowledge, which is asked when readings are linked.
    """
    digest = sha256()
    package, models = Path(__file__).parent, models_folder()
    known = {
        f"models/{p.relative_to(models).as_posix()}": p
        for p in models.rglob("*")
        if p.is_file() and p.suffix != ".py" and models / "knowledge" not in p.parents
    }
    code = [*(package / "reading").rglob("*.py"), *(package / name for name in READS_TOO)]
    files = known | {p.relative_to(package).as_posix(): p for p in code}
    for place, path in sorted(files.items()):
        # A file that is renamed or goes is a change as well.
        digest.update(place.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
