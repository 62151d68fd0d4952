"""The word classes of models/lexicons/status.tsv, as the rules on status ask for them."""

from __future__ import annotations

from collections.abc import Mapping

Classes = Mapping[str, frozenset[str]]
"""A class ("verb:say") to its words."""


def is_of(classes: Classes, word: str, *kinds: str) -> bool:
    """Tell a word of at least one of these classes."""
    return any(word in classes[kind] for kind in kinds)
