"""Names judged by reading: bounds, types, which are one thing, and what they mean.

The sheet (tests/gold/judged, with its protocol) names open texts by file and character offsets,
and every name inside the passages that were read. A name of ours counts if it lies in a passage.
Figures of the part "test" are for reports alone: nothing is tuned on it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zlib import crc32

from kg.errors import InputError
from kg.evaluation.figures import f1_of_counts, share
from kg.linking.disambiguation import Decision
from kg.linking.resolution import Resolution, resolve_entities
from kg.pipeline import knowledge_of, read_documents, read_paths
from kg.progress import Progress, silent
from kg.records import Document, Mention, MentionGroup, Reading
from kg.settings import Settings
from kg.vocabulary import BODIES

PASSAGES, NAMES = "passages.tsv", "names.tsv"
NAMING = frozenset({"name", "acronym"})
UNKNOWN = frozenset({"-", "absent"})
"""What the sheet says of a thing without an item, and of one that the readers' table lacked."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """One name of the sheet: its kind, the types that are right, its thing's number, its item."""

    span: Span
    kind: str
    types: tuple[str, ...]
    thing: str
    link: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was judged of one text: its part, the stretch that was read, the names there."""

    file: str
    part: str
    passage: Span
    checksum: int
    names: tuple[Judged, ...]


@dataclass(slots=True)
class Counts:
    """What is counted over the texts of a part."""

    seen: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, right: bool = True) -> None:
        """Count a case, and that it is right."""
        self.seen[what] += 1
        self.seen[f"{what}: right"] += right

    def line(self, what: str, about: str) -> str:
        """Return how many of how many are right."""
        right, all_ = self.seen[f"{what}: right"], self.seen[what]
        return f"  {what:28} {share(right, all_):.3f}  ({right} of {all_}) {about}"


@dataclass(frozen=True, slots=True)
class JudgedScore:
    """The figures of one part."""

    part: str
    texts: int
    counts: Counts

    def line(self) -> str:
        """Return the figures, a line each."""
        seen, tell = self.counts.seen, self.counts.line
        f1 = f1_of_counts(seen["found: right"], seen["found"], seen["named by kg"])
        return "\n".join([
            f"{self.part}: {self.texts} texts",
            tell("found", "names of the sheet, in their bounds"),
            f"  {'F1 of bounds':28} {f1:.3f}  ({seen['named by kg']} names by kg)",
            tell("bounds", "names of kg that touch a name, in its bounds"),
            tell("type", "of names in their bounds"),
            tell("type, bodies as one", "companies, parties and offices not told apart"),
            tell("whole", "things whose names are one node"),
            tell("one thing", "nodes whose names are one thing"),
            tell("role", "descriptions with the group of what they stand for"),
            tell("sure link", "items that are the sheet's"),
            tell("likely link", "items that are the sheet's"),
            tell("linked", "names whose item the sheet gives, linked surely or likely"),
        ])  # fmt: skip


def evaluate_judged(
    texts: Path, sheets: Path, settings: Settings, *, tell: Progress = silent
) -> list[JudgedScore]:
    """Return the figures of each part of the sheet in the folder ``sheets``.

    Raises:
        InputError: the sheet or its texts are not there, or a text is read otherwise than it was.

    """
    judged = read_sheets(sheets)
    knowledge = knowledge_of(settings)
    scores: dict[str, list[Counts]] = defaultdict(list)
    for number, sheet in enumerate(judged):
        tell("reading", number, len(judged))
        reading = read_text_of(texts, sheet.file, sheet.checksum, settings)
        resolution = resolve_entities([reading], knowledge)
        scores[sheet.part].append(count(sheet, reading, resolution))
    return [
        JudgedScore(part, len(found), Counts(sum((c.seen for c in found), Counter())))
        for part, found in sorted(scores.items())
    ]


def read_sheets(folder: Path) -> list[Sheet]:
    """Return what was judged, a text each.

    Raises:
        InputError: the sheet is not there.

    """
    names: dict[str, list[Judged]] = defaultdict(list)
    for row in rows_of(folder / NAMES):
        span = int(row["start"]), int(row["end"])
        types = tuple(row["type"].split("|"))
        names[row["file"]].append(Judged(span, row["kind"], types, row["thing"], row["link"]))
    return [
        Sheet(
            row["file"], row["part"], (int(row["start"]), int(row["end"])), int(row["crc32"]),
            tuple(names[row["file"]]),
        )
        for row in rows_of(folder / PASSAGES)
    ]  # fmt: skip


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet.

    Raises:
        InputError: it is not there.

    """
    if not path.is_file():
        raise InputError(f"No sheet at {path}. Give --sheets the folder of {path.name}.")
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache  # names and claims stand in the same texts
def read_text_of(texts: Path, file: str, checksum: int, settings: Settings) -> Reading:
    """Return what kg reads in a judged text; raises what ``document_of`` raises."""
    (reading,) = read_documents([document_of(texts, file, checksum)], settings)
    return reading


def document_of(texts: Path, file: str, checksum: int) -> Document:
    """Return a judged text.

    Raises:
        InputError: it is not there, or its text is not the one that was judged.

    """
    path = texts / file
    if not path.is_file():
        raise InputError(f"No text at {path}. Give --data the folder that holds {file}.")
    documents = list(read_paths([path]))
    if len(documents) != 1 or crc32(documents[0].text.encode()) != checksum:
        raise InputError(
            f"{path} is read otherwise than when it was judged: the offsets fit no more."
        )
    return documents[0]


def count(sheet: Sheet, reading: Reading, resolution: Resolution) -> Counts:
    """Return the counts of one text, whose groups were resolved alone."""
    counts, document = Counts(), reading.document.id
    decided = {g.id: resolution.decisions[document, g.id] for g in reading.groups}
    entities = {key[1]: entity for entity in resolution.entities for key in entity.groups}
    text = reading.document.text
    gold = {_bare(j.span, text): j for j in sheet.names if j.kind == "name"}
    ours = dict(_outermost(_ours(reading.groups, sheet.passage, text), gold))
    counts.seen["named by kg"] = len(ours)
    for span in gold:
        counts.add("found", span in ours)
    for span in ours:
        if any(_touch(span, other) for other in gold):
            counts.add("bounds", span in gold)
    both = {span: (gold[span], ours[span]) for span in gold.keys() & ours.keys()}
    for judged, group in both.values():
        kind = entities[group.id].type
        counts.add("type", kind in judged.types)
        alike = kind in BODIES and not BODIES.isdisjoint(judged.types)
        counts.add("type, bodies as one", alike or kind in judged.types)
    _count_things([(judged, entities[group.id].id) for judged, group in both.values()], counts)
    _count_links(gold, both, decided, counts)
    _count_roles(sheet, reading, both.values(), counts)
    return counts


def _ours(
    groups: Iterable[MentionGroup], passage: Span, text: str
) -> Iterator[tuple[Span, MentionGroup]]:
    """Yield the spans of our names inside a passage, "UK government" among them."""
    for group in groups:
        for mention in group.mentions:
            span = _span(mention)
            named = mention.kind in NAMING or (mention.kind == "nominal" and " " in mention.text)
            if named and passage[0] <= span[0] and span[1] <= passage[1]:
                yield _bare(span, text), group


def _outermost(
    found: Iterable[tuple[Span, MentionGroup]], gold: Mapping[Span, Judged]
) -> Iterator[tuple[Span, MentionGroup]]:
    """Yield what lies inside no other ("Bank of Japan", not its "Japan") or is a name of the sheet."""
    found = list(found)
    for span, group in found:
        inside = any(
            o[0] <= span[0] and span[1] <= o[1] and o != span for o, _ in found if _touch(o, span)
        )
        if span in gold or not inside:
            yield span, group


def _bare(span: Span, text: str) -> Span:
    """Return where a name stands without its article: readers differ on "the Times"."""
    return span[0] + len("the ") * text[slice(*span)].lower().startswith("the "), span[1]


def _span(mention: Mention) -> Span:
    return mention.passage.start, mention.passage.end


def _touch(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _count_things(both: Iterable[tuple[Judged, str]], counts: Counts) -> None:
    nodes: dict[str, list[str]] = defaultdict(list)
    things: dict[str, list[str]] = defaultdict(list)
    for judged, node in both:
        nodes[judged.thing].append(node)
        things[node].append(judged.thing)
    for found in nodes.values():
        if len(found) > 1:
            counts.add("whole", len(set(found)) == 1)
    for told in things.values():
        counts.add("one thing", len(set(told)) == 1)


def _count_links(
    gold: Mapping[Span, Judged],
    both: Mapping[Span, tuple[Judged, MentionGroup]],
    decided: Mapping[int, Decision],
    counts: Counts,
) -> None:
    for judged, group in both.values():
        decision = decided[group.id]
        # What the sheet or kg names by another identifier than Wikidata's cannot be compared.
        told = judged.link in UNKNOWN or judged.link.startswith("Q")
        if told and decision.entity is not None and decision.entity.id.startswith("Q"):
            what = "sure link" if decision.exact else "likely link"
            counts.add(what, decision.entity.id == judged.link)
    for span, judged in gold.items():
        if judged.link.startswith("Q"):
            found = decided[both[span][1].id].entity if span in both else None
            counts.add("linked", found is not None and found.id == judged.link)


def _count_roles(
    sheet: Sheet,
    reading: Reading,
    both: Iterable[tuple[Judged, MentionGroup]],
    counts: Counts,
) -> None:
    """Count the descriptions of things that kg has a name of, and those that stand in its group."""
    group_of = {judged.thing: group.id for judged, group in both}
    ends: dict[int, set[int]] = defaultdict(set)
    for group in reading.groups:
        for mention in group.mentions:
            ends[_span(mention)[1]].add(group.id)
    for judged in sheet.names:
        if judged.kind == "role" and judged.thing in group_of:
            counts.add("role", group_of[judged.thing] in ends[judged.span[1]])
