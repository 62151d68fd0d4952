"""What a build's run.json says of how it was built."""

from __future__ import annotations

import json
from pathlib import Path

from kg.vocabulary import DEFAULT_BASE_IRI

RUN = "run.json"


def base_iri_of(folder: Path) -> str:
    """Return the base IRI that a build minted its identifiers with."""
    return setting_of(folder, "base_iri") or DEFAULT_BASE_IRI


def licence_of(folder: Path) -> str | None:
    """Return the IRI of the licence that a build is published under, if it has one."""
    return setting_of(folder, "licence")


def setting_of(folder: Path, name: str) -> str | None:
    """Return a setting of the build, or None where it has none."""
    try:
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
        value = run["settings"][name]
    # A build of an older version, or one without this file, can be opened all the same.
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None if value is None else str(value)
