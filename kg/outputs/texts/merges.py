"""Why names were taken for one thing: the rows of merges.csv as lines for a terminal.

What people have to decide comes first. Decisions that differ by their documents alone
share a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.errors import UnknownNameError
from kg.folding import fold
from kg.outputs.texts.terminal import plain

Row = Mapping[str, str]

OBVIOUS = frozenset({"same name", "same link"})
"""Reasons that need no telling where no name was asked for."""
_HEADINGS = {
    "candidate": "For you to decide: one thing, or two?",
    "merged": "Joined",
    "linked, unsure": "Linked, perhaps",
    "linked": "Linked",
}
_SHOWN_DOCUMENTS = 3


def identity_lines(rows: Sequence[Row], name: str | None, *, limit: int) -> Iterator[str]:
    """Yield what was decided of one name, or of all names but for the obvious.

    Raises:
        UnknownNameError: no decision is about a thing of that name.

    """
    chosen = list(_about(rows, name) if name else _telling(rows))
    if not chosen:
        yield "Nothing was joined or linked."
    for decision, heading in _HEADINGS.items():
        lines = list(_lines(row for row in chosen if row["decision"] == decision))
        if lines:
            yield f"{heading} ({len(lines)})"
            yield from lines[:limit]
            if len(lines) > limit:
                yield f"   … and {len(lines) - limit} more; --limit shows them."


def _about(rows: Sequence[Row], name: str) -> Iterator[Row]:
    """Yield the decisions on the things that go, or went, by a name."""
    wanted = fold(name)
    things = {thing for row in rows for thing in _named(row, wanted)} - {""}
    if not things:
        raise UnknownNameError("name", name, {row["name"] for row in rows})
    yield from (row for row in rows if {row["entity"], _other_thing(row)} & things)


def _named(row: Row, wanted: str) -> Iterator[str]:
    """Yield the things of a row that go by a name, or by that identifier."""
    if wanted in (fold(row["name"]), fold(row["entity"])):
        yield row["entity"]
    if wanted == fold(row["other name"]):
        yield _other_thing(row)


def _other_thing(row: Row) -> str:
    """Return the other entity of a row; a known thing's identifier is none of the build's."""
    return row["entity"] if row["decision"].startswith("linked") else row["other entity"]


def _telling(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if row["decision"] != "linked" and row["reason"] not in OBVIOUS:
            yield row


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each decision, with the first documents that it was made in."""
    documents: dict[str, list[str]] = {}
    for row in rows:
        documents.setdefault(_decision(row), []).append(row["document"])
    for decision, found in documents.items():
        unique = sorted(set(found))
        more = f" and {len(unique) - _SHOWN_DOCUMENTS} more" * (len(unique) > _SHOWN_DOCUMENTS)
        yield f"   {decision}   [{', '.join(unique[:_SHOWN_DOCUMENTS])}{more}]"


def _decision(row: Row) -> str:
    probability = f", {float(row['probability']):.2f}" if row["probability"] else ""
    other = row["other entity"]
    own = f" ({row['entity']})" if row["decision"] == "candidate" else ""
    known = f" ({other})" if row["decision"] != "merged" else ""
    names = f"{plain(row['name'])}{own} = {plain(row['other name'])}{known}"
    return f"{names}: {row['reason']}{probability}"
