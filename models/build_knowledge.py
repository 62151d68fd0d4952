r"""Build the knowledge base that ships, models/knowledge/base.kb, from openly licensed facts.

    python models/build_knowledge.py --starter starter.jsonl.gz --wide wide.jsonl.gz \\
        --items qids_for_starter.tsv

``--starter`` is the table that the lexicons are built from (``build_lexicons.py``), ``--wide``
a larger one of the same form, ``--items`` the Wikidata items of the starter's rows that had
none. Sources and licences stand in models/README.md. Every rule below holds for all rows
alike; what was written by hand stands in models/knowledge/additions.tsv.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from pathlib import Path

from build_lexicons import (
    BODIES,
    KNOWLEDGE,
    TYPES,
    Row,
    clean,
    cleaned_rows,
    read_rows,
    tidy,
    with_additions,
)

from kg.linking.knowledge_base import KnownEntity
from kg.linking.knowledge_writer import KnowledgeWriter, kind_of_name
from kg.vocabulary import GEONAMES, WIKIDATA_ENTITY

DOUBTED = {"mpararel", "srprs-dbp-wd", "swerik", "dw-nb"}
"""Sources without a licence file whose facts are not known to be Wikidata's own (CC0)."""
REGISTERS = {"ror"}
"""Sources that are worth being believed alone where the wide table itself is least sure (tier 3)."""
NO_OFFICE = re.compile(r"^(?:Member|Senator|Deputy of|MP)\b")
"""Seats, which hundreds hold at once: beside a name they tell nobody apart."""
WIDE_TYPES = TYPES | {"LAW": "Law", "PRODUCT": "Product", "GPE.country": "Region"}
"""Countries of the wide table are states of the past, mostly; today's are in the starter."""
OF_CLASS = {
    "political party": "PoliticalParty",
    "government": "Government",
    "government agency": "Government",
    "legislature": "Government",
    "statistical service": "Government",
    "central bank": "Government",
    "cabinet": "Government",
    "ministry": "Government",
    "court": "Government",
    "supreme court": "Government",
    "army": "Government",
    "navy": "Government",
    "embassy": "Government",
    "intelligence agency": "Government",
    "law enforcement agency": "Government",
}
"""Finer classes of bodies that are types of ours."""
BODY_OF_STATE = re.compile(
    r"\b(?:government|governmental|ministry|legislature|parliament|federal|state|intelligence"
    r"|law enforcement|regulatory|executive|court)\b.*\b(?:agency|department|ministry|service"
    r"|legislature|parliament|body|authority|office|court|commission|bureau)\b"
)
COMMON_NOUN = re.compile(r"[a-z][a-z' -]*")
"""Labels of kinds of things: "colonel", "communist party"; but "eBay"."""
LAST_TIER = 3
CALLED = {
    "Work": "film album song novel series book magazine newspaper programme musical opera sitcom",
    "Organization": "company band platform club team group organization organisation agency "
    "university school studio label broadcaster corporation publisher manufacturer airline bank",
    "Product": "console software car drug aircraft language engine processor computer",
    "Event": "war battle election tournament festival championship earthquake massacre",
}
"""What descriptions call things of a type: they mend types that a source guessed."""
_HEAD = re.compile(
    r"^(?:[\w'()-]+\s)*?([\w-]+)(?=\s(?:by|in|of|from|developed|based|for|that|founded)\b|,|$)"
)
LEAST_PRIOR = 0.02
MOST_VIEWS, MOST_PEOPLE, MOST_LANGUAGES = 6.5, 7.5, 2.3
"""Powers of ten of page views a month, inhabitants and articles that the best known have."""
LONGEST_DESCRIPTION = 90


def main() -> None:
    """Read the sources and write the base."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("starter", "wide", "items"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    wide = {row["id"]: row for row in read_rows(options.wide)}
    items = read_items(options.items)
    starter = [
        told_more(row, items, wide)
        for row in cleaned_rows(options.starter)
        if not COMMON_NOUN.fullmatch(row["label"])
    ]
    known = {row["qid"] for row in starter if row["qid"]}
    added = (clean_wide(row) for row in wide.values() if row["qid"] not in known)
    rows = with_additions(
        unique_items([*starter, *filter(None, added)]), KNOWLEDGE / "additions.tsv"
    )
    write_knowledge(KNOWLEDGE / "base.kb", rows)


def read_items(path: Path) -> dict[str, str]:
    """Return the starter's identifier -> the Wikidata item that was found for it."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {r["starter_id"]: r["qid"] for r in csv.DictReader(lines, delimiter="\t")}


def told_more(row: Row, items: dict[str, str], wide: dict[str, Row]) -> Row:
    """Return a row of the starter table with its item and what the wide table says of it."""
    qid = row["qid"] or items.get(row["id"])
    more = wide.get(qid or "", {})
    names = {tidy(name) for name in (*more.get("aliases", []), more.get("label", ""))}
    kind = WIDE_TYPES.get(more.get("type", ""), row["type"])
    # Its type there was a guess; a place's is not, and countries are told from states of the past.
    guessed = "fb15k" in row["source"] and kind not in {"Region", "Country"}
    return row | {
        "qid": qid,
        "id": qid or row["id"],
        "aliases": sorted({*row["aliases"], *names} - {row["label"], ""}),
        "prior": popularity(more, row["prior"]),
        "type": finer_type(as_called(kind, more) if guessed else row["type"], more),
        **lived(more),
    }


def as_called(kind: str, row: Row) -> str:
    """Return the type that the first noun of a description tells, else the one given.

    >>> as_called("City", {"description": "American video hosting platform"})
    'Organization'
    """
    head = _HEAD.match(row.get("description") or "")
    word = head[1].lower() if head else ""
    return next((told for told, nouns in CALLED.items() if word in nouns.split()), kind)


def clean_wide(row: Row) -> Row | None:
    """Return a row of the wide table in our types, or None if it is left out."""
    kind, sources = WIDE_TYPES.get(row["type"]), set(row["source"]) - DOUBTED
    if COMMON_NOUN.fullmatch(row["label"]) or kind == "Role":
        return None
    lone = row["tier"] == LAST_TIER and len(sources) == 1 and not sources & REGISTERS
    # Names are cleaned alike, whatever type stands there: the types that only this table has, too.
    found = clean(row | {"type": "GPE" if kind == "Region" else _as_starter(row["type"])})
    if kind is None or not sources or lone or found is None:
        return None
    return found | {
        "type": finer_type(kind, row),
        "prior": popularity(row, row["prior"]),
        **lived(row),
    }


def _as_starter(kind: str) -> str:
    return kind if kind in TYPES else "WORK"


def finer_type(kind: str, row: Row) -> str:
    """Return the type of a body by its class, else by what its description calls it."""
    if kind not in BODIES:
        return kind
    told = OF_CLASS.get(row.get("class", ""))
    if told is None and kind == "Organization" and BODY_OF_STATE.search(row.get("description", "")):
        told = "Government"
    return told or kind


def lived(row: Row) -> Row:
    """Return when a thing of the wide table lived or lasted, and what is said of it."""
    words = row.get("description") or row.get("class") or ""
    return {
        "start": row.get("start") or "",
        "end": row.get("end") or "",
        "description": words[:LONGEST_DESCRIPTION].rpartition(" ")[0]
        if len(words) > LONGEST_DESCRIPTION
        else words,
    }


def popularity(row: Row, prior: float) -> float:
    """Return in [0, 1] how well known a thing is: what the table guesses, and what was counted.

    Page views, inhabitants and articles in other languages count by their powers of ten.
    """
    counted = [
        math.log10(1 + row.get(key, 0)) / most
        for key, most in (
            ("views", MOST_VIEWS), ("population", MOST_PEOPLE), ("sitelinks", MOST_LANGUAGES),
        )
        if row.get(key)
    ]  # fmt: skip
    best = max(counted, default=prior)
    return max(LEAST_PRIOR, min(1.0, (prior + best) / 2))


def unique_items(rows: list[Row]) -> list[Row]:
    """Return each identifier once: what the starter table says comes first."""
    best: dict[str, Row] = {}
    for row in rows:
        best.setdefault(str(row["id"]), row)
    return list(best.values())


def write_knowledge(path: Path, rows: list[Row]) -> None:
    """Write the knowledge base, sorted, the same bytes each time."""
    with KnowledgeWriter(path) as writer:
        for row in sorted(rows, key=lambda row: str(row["id"])):
            iris = [f"{WIKIDATA_ENTITY}{row['qid']}"] if row["qid"] else []
            iris += [f"{GEONAMES}{row['geonames']}/"] if row["geonames"] else []
            entity = KnownEntity(
                str(row["id"]), row["label"], row["type"], row["prior"], tuple(iris),
                row["country"] or "", row.get("start", ""), row.get("end", ""),
                " ".join(row.get("source", ["by hand"])),
            )  # fmt: skip
            names = [(name, kind_of_name(name, entity)) for name in row["aliases"]]
            names += [(demonym, "demonym") for demonym in row["demonyms"]]
            writer.add(
                entity,
                names,
                offices=[o for o in row.get("offices", []) if not NO_OFFICE.match(o.title)],
                description=row.get("description", ""),
            )
        writer.describe(
            {
                "name": "the knowledge base of kg",
                "licence": "CC BY 4.0, CC0, MIT, ISC, BSD-3, by source: models/README.md",
                "entities": str(len(rows)),
            }
        )


if __name__ == "__main__":
    main()
