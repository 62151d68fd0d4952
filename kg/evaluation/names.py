"""Names against gold: are the words found, and is it said rightly what they name.

Gold sets have types of their own; ``SETS`` tells for each which of ours may stand for one.
A gold type that ours have no word for ("protein", "award") is left aside: neither it nor
what overlaps it counts. Bounds are compared without articles, possessive endings and, for
people, titles and roles before the name, on both sides and for every system. The same
table shows the small spaCy pipeline alone and a look-up in our lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.evaluation.figures import f1_of_counts, share
from kg.evaluation.gold import Row, baseline_pipeline, gold_files, half_of, parse_each, read_rows
from kg.lexicons import Lexicons, load_lexicons
from kg.pipeline import find_mentions
from kg.progress import Progress, silent
from kg.records import MentionGroup, Offsets
from kg.settings import Settings

Types = frozenset[str]
Spans = dict[Offsets, Types]
"""Bounds -> the types that the words may have."""


def _types(words: str) -> Types:
    return frozenset(words.split())


_PERSON, _ORGANISATION = _types("Person"), _types("Organization Government")
_ANY_ORGANISATION = _ORGANISATION | {"PoliticalParty"}
_ANY_PLACE = _types("Country City Region Place Facility")
_MISC = _types("Event Work Law Product Group Concept Role")
_BY_DOMAIN: Mapping[str, Types] = MappingProxyType(
    dict.fromkeys(
        ("person", "politician", "writer", "musicalartist", "scientist", "researcher"), _PERSON
    )
    | dict.fromkeys(("organisation", "band", "university"), _ORGANISATION)
    | dict.fromkeys(("election", "event", "conference"), _types("Event"))
    | dict.fromkeys(
        ("book", "poem", "album", "song", "academicjournal", "magazine"), _types("Work")
    )
    | dict.fromkeys(("product", "programlang"), _types("Product"))
    | {
        "politicalparty": _types("PoliticalParty"),
        "country": _types("Country"),
        "location": _types("City Region Place Facility"),
        "misc": _MISC,
    }
)
SETS: Mapping[str, Mapping[str, Types]] = MappingProxyType(
    {
        "crossner": _BY_DOMAIN,
        "re3d": MappingProxyType(
            {
                "Person": _PERSON | {"Role"},
                "Organisation": _ANY_ORGANISATION,
                "Location": _ANY_PLACE,
                "Nationality": _types("Group"),
                "Weapon": _types("Product"),
                "Vehicle": _types("Product"),
                "MilitaryPlatform": _types("Product"),
                "DocumentReference": _types("Work Law"),
            }
        ),
        "uner_ewt": MappingProxyType({"PER": _PERSON, "ORG": _ANY_ORGANISATION, "LOC": _ANY_PLACE}),
        "dwie": MappingProxyType(
            {
                "person": _PERSON,
                "organization": _ANY_ORGANISATION,
                "location": _ANY_PLACE,
                "event": _types("Event"),
                "gpe0-x": _types("Group"),
            }
        ),
        "redocred": MappingProxyType(
            {"PER": _PERSON, "ORG": _ANY_ORGANISATION, "LOC": _ANY_PLACE, "MISC": _MISC}
        ),
    }
)
"""Set -> its type -> ours that may stand for it."""
PIPELINE: Mapping[str, Types] = MappingProxyType(
    {
        "PERSON": _PERSON,
        "GPE": _types("Country City Region"),
        "LOC": _types("Region Place"),
        "FAC": _types("Facility Place"),
        "ORG": _ANY_ORGANISATION,
        "NORP": _types("Group PoliticalParty"),
        "EVENT": _types("Event"),
        "LAW": _types("Law"),
        "WORK_OF_ART": _types("Work"),
        "PRODUCT": _types("Product"),
    }
)
"""What the labels of spaCy's English pipelines may mean, read in the pipeline's favour."""
NESTED = frozenset({"re3d"})
"""Sets that annotate names inside names, "the regime" and "he"; elsewhere outer names count."""
LEAST_GOLD = 0.5
"""re3d keeps machine proposals that its annotators turned down, with a confidence near 0."""
NAME_KINDS = frozenset({"name", "acronym", "demonym"})
NESTED_KINDS = frozenset({"nominal", "role", "pronoun"})
SYSTEMS = ("kg", "spaCy pipeline", "lists only")
_ARTICLES = ("the ", "The ", "a ", "A ", "an ", "An ")


@dataclass(slots=True)
class NameScore:
    """Counts of one system on one half of a set (or of a domain of it)."""

    part: str
    system: str
    gold: int = 0
    found: int = 0
    exact: int = 0
    typed: int = 0
    overlapping: int = 0
    by_type: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def f1(self, right: int) -> float:
        """Return F1 for so many right ones."""
        return f1_of_counts(right, self.gold, self.found)

    def line(self) -> str:
        """Return the figures on one line."""
        return (
            f"{self.part:28} {self.system:15} gold {self.gold:5}  found {self.found:5}  "
            f"typed P {share(self.typed, self.found):.3f} R {share(self.typed, self.gold):.3f} "
            f"F1 {self.f1(self.typed):.3f}  exact F1 {self.f1(self.exact):.3f}  "
            f"overlapping F1 {self.f1(self.overlapping):.3f}"
        )


def evaluate_names(data: Path, settings: Settings, *, tell: Progress = silent) -> list[NameScore]:
    """Return the figures of all systems on both halves of each set's dev part that is there.

    Raises:
        InputError: no set of names is in the folder.

    """
    paths = gold_files(data, [f"{name}/dev.jsonl" for name in SETS])
    scores: dict[tuple[str, str], NameScore] = {}
    for number, path in enumerate(paths):
        tell("reading", number, len(paths))
        _add_set(scores, path.parent.name, read_rows(path), settings)
    return [scores[key] for key in sorted(scores, key=lambda k: (k[0], SYSTEMS.index(k[1])))]


def _add_set(
    scores: dict[tuple[str, str], NameScore], name: str, rows: list[Row], settings: Settings
) -> None:
    """Add what each system finds in a set to the scores."""
    for system, found in _found_by_system(name, rows, settings):
        for row, spans in zip(rows, found, strict=True):
            part = _part(name, row)
            score = scores.setdefault((part, system), NameScore(part, system))
            count(score, row["text"], *gold_of(name, row), spans)


def _part(name: str, row: Row) -> str:
    domain = (row.get("meta") or {}).get("domain")
    half = half_of(row["id"])
    return f"{name} {domain}, {half}" if domain else f"{name}, {half}"


def _found_by_system(
    name: str, rows: list[Row], settings: Settings
) -> Iterator[tuple[str, list[Spans]]]:
    """Yield each system with what it finds in each document."""
    nested = name in NESTED
    parsed = parse_each(rows, settings, together=64)
    yield "kg", [found_by_kg(find_mentions(a).groups, nested=nested) for _, a in parsed]
    docs = list(baseline_pipeline().pipe(row["text"] for row in rows))
    yield "spaCy pipeline", [_found_by_pipeline(doc) for doc in docs]
    lexicons = load_lexicons()
    yield (
        "lists only",
        [found_by_lists([(t.text, t.idx) for t in d], d.text, lexicons) for d in docs],
    )


def _found_by_pipeline(doc: Any) -> Spans:  # noqa: ANN401 - spaCy's Doc stays inside kg/reading
    """Return the names of a spaCy pipeline whose labels have a type of ours."""
    known = (e for e in doc.ents if e.label_ in PIPELINE)
    return {(e.start_char, e.end_char): PIPELINE[e.label_] for e in known}


def found_by_kg(groups: Iterable[MentionGroup], *, nested: bool) -> Spans:
    """Return the names among the groups of a document; a demonym names a people.

    Without ``nested`` names alone, and of names inside names the outermost.
    """
    kinds = NAME_KINDS | NESTED_KINDS if nested else NAME_KINDS
    taken = (group for group in groups if nested or group.type != "Role")
    found = dict(_named(taken, kinds))
    return found if nested else dict(_outermost(found))


def _named(
    groups: Iterable[MentionGroup], kinds: Collection[str]
) -> Iterator[tuple[Offsets, Types]]:
    for group in groups:
        for m in (mention for mention in group.mentions if mention.kind in kinds):
            own = "Group" if m.kind == "demonym" else group.type
            yield (m.passage.start, m.passage.end), _types(own)


def _outermost(found: Spans) -> Iterator[tuple[Offsets, Types]]:
    """Yield the spans that lie in no other."""
    reached = 0
    for (start, end), types in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if end > reached:
            yield (start, end), types
            reached = end


def found_by_lists(tokens: list[tuple[str, int]], text: str, lexicons: Lexicons) -> Spans:
    """Return what a look-up of every word in our lists finds, the longest name first."""
    found: Spans = {}
    i = 0
    while i < len(tokens):
        size, types = _listed(tokens, i, text, lexicons)
        if size:
            last, begin = tokens[i + size - 1]
            found[tokens[i][1], begin + len(last)] = types
        i += max(size, 1)
    return found


def _listed(
    tokens: list[tuple[str, int]], i: int, text: str, lexicons: Lexicons
) -> tuple[int, Types]:
    for size in range(min(lexicons.longest.get(tokens[i][0], 0), len(tokens) - i), 0, -1):
        word, begin = tokens[i + size - 1]
        name = text[tokens[i][1] : begin + len(word)]
        known = lexicons.places.get(name) or lexicons.organisations.get(name)
        if known:
            return size, _types(known.type)
    return (1, _types("Group")) if tokens[i][0] in lexicons.demonyms else (0, frozenset())


def gold_of(name: str, row: Row) -> tuple[Spans, set[int]]:
    """Return the gold, and the characters of names that are left aside."""
    table, gold, aside = SETS[name], Spans(), set[int]()
    for entity in row["entities"]:
        labels = set(entity.get("tags") or ()) | {entity.get("type")}
        for start, end, *kind in entity["mentions"]:
            types = _allowed(table, kind[0] if kind and kind[0] else entity.get("type"), labels)
            if types and entity.get("confidence", 1) >= LEAST_GOLD:
                gold[start, end] = gold.get((start, end), frozenset()) | types
            else:
                aside.update(range(start, end))
    return gold, aside


def _allowed(table: Mapping[str, Types], label: str | None, labels: set[str | None]) -> Types:
    return table.get(label or "") or frozenset().union(*(table.get(x or "", ()) for x in labels))


def count(score: NameScore, text: str, gold: Spans, aside: set[int], found: Spans) -> None:
    """Add one document to a score."""
    wanted = _bare(gold, text)
    got = {
        span: types
        for span, types in _bare(found, text).items()
        if span in wanted or aside.isdisjoint(range(*span))
    }
    score.gold += len(wanted)
    score.found += len(got)
    score.exact += len(wanted.keys() & got.keys())
    score.overlapping += _overlapping(wanted, got)
    for span, types in wanted.items():
        right = span in got and not types.isdisjoint(got[span])
        score.typed += right
        tally = score.by_type["/".join(sorted(types))]
        tally[0] += right
        tally[1] += 1


def _overlapping(wanted: Spans, got: Spans) -> int:
    """Return how many gold names meet a found one of a fitting type, each used once."""
    used: set[Offsets] = set()
    for (start, end), types in sorted(wanted.items()):
        fits = (
            span
            for span, kinds in sorted(got.items())
            if span[0] < end and start < span[1] and span not in used and kinds & types
        )
        best = max(fits, key=lambda s: min(s[1], end) - max(s[0], start), default=None)
        if best:
            used.add(best)
    return len(used)


def _bare(spans: Spans, text: str) -> Spans:
    """Return spans without articles, possessive endings and titles."""
    bare: Spans = {}
    for (start, end), types in spans.items():
        span = bare_span(text, start, end, person="Person" in types)
        bare[span] = bare.get(span, frozenset()) | types
    return bare


def bare_span(text: str, start: int, end: int, *, person: bool = False) -> Offsets:
    """Return the bounds of a name alone.

    >>> text = "the Foreign Secretary Ada Okoro's"
    >>> start, end = bare_span(text, 0, len(text), person=True)
    >>> text[start:end]
    'Ada Okoro'
    """
    for article in _ARTICLES:
        if text.startswith(article, start, end):
            start += len(article)
            break
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return (_after_titles(text[start:end].split(" "), start), end) if person else (start, end)


def _after_titles(words: Iterable[str], start: int) -> int:
    """Return where a person's name begins after "Foreign Secretary", "Mr"."""
    words, lexicon = list(words), load_lexicons().words
    known = lexicon["title"] | lexicon["role"]
    for size in range(min(4, len(words) - 1), 0, -1):
        if " ".join(words[:size]).lower() in known and words[size][:1].isupper():
            return _after_titles(words[size:], start + len(" ".join(words[:size])) + 1)
    return start
