"""What the query page's script is given: a query, the saved ones, our prefixes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kg.outputs.sparql import saved_queries
from kg.web.guarding import POLICY

EDITOR_POLICY = POLICY.replace(
    "style-src 'self'", "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
)
"""Yasgui's table makes one style element, of which this is the hash."""

_PREFIX = re.compile(r"(?<![\w:])(\w+):")
_IRI = re.compile(r"<[^<>\s]*>")
_DECLARED = re.compile(r"\bPREFIX\s+(\w+):", re.IGNORECASE)


def editor_config(query: str, prefixes: Mapping[str, str]) -> str:
    """Return the editor's configuration as JSON that is inert within a page."""
    saved = {name: with_prefixes(text, prefixes) for name, (_, text) in saved_queries().items()}
    config = {"prefixes": prefixes, "query": with_prefixes(query, prefixes), "saved": saved}
    return json.dumps(config, ensure_ascii=False).replace("<", "\\u003c")


def with_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    r"""Return a query that declares what it uses of our prefixes, so that it runs anywhere.

    >>> with_prefixes("ASK { ?x kg:type 'City' }", {"kg": "https://x/"})
    "PREFIX kg: <https://x/>\nASK { ?x kg:type 'City' }"
    """
    names = _PREFIX.findall(_IRI.sub(" ", query))
    used = {name for name in names if name in prefixes}
    missing = sorted(used - set(_DECLARED.findall(query)))
    return "".join([*(f"PREFIX {name}: <{prefixes[name]}>\n" for name in missing), query])
