"""Tell the dateline that opens a news report from its first sentence.

"NAIROBI, 3 March 2018 —", "Washington, D.C. (AP) -", "PARIS —": where, when and by which
agency a report was written, then a dash. The parser takes the place for the subject of what
follows. An agency or a day makes it sure; without them the place stands in capitals or is
a known town, and the dash does not open an aside ("NATO — an alliance — left").
"""

from __future__ import annotations

import re

from kg.lexicons import load_lexicons

LONGEST = 110
"""Characters in which a dateline ends."""
_CAPITALS = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+)(?:\s[A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,3}"
_CAPITALISED = (
    r"[A-ZÀ-Þ][\w'’.-]+(?:\s(?:[A-ZÀ-Þ][\w'’.-]*|de|del|der|den|da|do|la|am|an|upon|sur)){0,3}"
)
_REGION = r"(?:,\s?[A-ZÀ-Þ][\w'’.]*(?:\s[A-ZÀ-Þ][\w'’.]*){0,2}){0,2}"
_DAY = r"(?:[A-ZÀ-Þ]\w{2,9}\.?\s\d{1,2}|\d{1,2}\.?\s\w{3,9}\.?)(?:,?\s\d{4})?"
_AGENCY = r"\([A-Za-zÀ-ÿ]{2,20}(?:\s[A-ZÀ-Þ][A-Za-zÀ-ÿ]{1,20}){0,3}\)"
_DASH = r"(?:\s+(?:--|[-–—―])\s+|\s*[—―]\s*|\s+--\s*)(?=[\"'“‘(]?[A-ZÀ-Þ\d])"
_SURE = re.compile(
    rf"(?:{_CAPITALISED}{_REGION}(?:,\s{_DAY}(?:\s{_AGENCY})?|\s{_AGENCY})|{_DAY}\s{_AGENCY}"
    rf"|{_CAPITALS},\s?[A-ZÀ-Þ][\w'’.]*(?:\s[A-ZÀ-Þ][\w'’.]*){{0,2}}){_DASH}"
)
_PLACE_ALONE = re.compile(rf"(?P<place>{_CAPITALISED}){_REGION}{_DASH}")
_ASIDE = re.compile(r"[^.!?\n]{0,300}(?:\s(?:--|[-–—―])\s|[—―])")
_LEAST_CAPITALS = 6
"""Letters of an unknown place in capitals; shorter words are names of bodies ("NATO")."""


def dateline_end(text: str, start: int = 0) -> int:
    """Return where a paragraph's own words begin: after its dateline, or at ``start``.

    >>> text = "NAIROBI, 3 March 2018 — Kenya expelled two diplomats."
    >>> text[dateline_end(text) :]
    'Kenya expelled two diplomats.'
    """
    found = _SURE.match(text, start, start + LONGEST)
    if found is not None:
        return found.end()
    found = _PLACE_ALONE.match(text, start, start + LONGEST)
    if found is None or not _is_place(found["place"], text, found.end()):
        return start
    return found.end()


def _is_place(words: str, text: str, end: int) -> bool:
    """Tell a place that is written from: a town, or capitals with no aside after them."""
    kind = _type_of_place(words)
    if words.isupper() and kind not in {"", "Country"}:
        return True
    if words in load_lexicons().organisations or _ASIDE.match(text, end):
        return False
    return kind == "City" or (words.isupper() and len(words) >= _LEAST_CAPITALS)


def _type_of_place(words: str) -> str:
    """Return the type of a known place, also in capitals ("NAIROBI": "City"); "" if unknown."""
    places = load_lexicons().places
    known = places.get(words) or places.get(words.title())
    return known.type if known is not None else ""
