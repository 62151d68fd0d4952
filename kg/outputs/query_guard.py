r"""Refuse queries that would leave the build: SERVICE, FROM and updates.

pyoxigraph sends requests for SERVICE. A query is cut into tokens, so that the word in a
string, an IRI, a comment or a variable is no ground for refusal, and none of these can
hide it. That is safe because pyoxigraph does not expand escaped keywords
(``\u0053ERVICE`` is a syntax error); a test holds that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import BadQueryError

UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
)

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]* )
    | (?P<string> \"{3} (?: [^"\\] | \\. | "(?!"") )* \"{3}
                | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
                | " (?: [^"\\\r\n] | \\. )* "
                | ' (?: [^'\\\r\n] | \\. )* ' )
    | (?P<iri> < [^<>"{}|^`\x00-\x20]* > )
    | (?P<variable> [?$]\w+ )
    | (?P<tag> @[A-Za-z][A-Za-z0-9-]* )
    | (?P<name> (?: [^\W\d][\w.-]* )? : (?: [\w.:%-] | \\. )* )
    | (?P<word> [^\W\d]\w* )
    | (?P<escape> \\. )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def refuse_outside(query: str) -> None:
    """Raise BadQueryError if a query changes data or reaches outside the build."""
    words = [word.upper() for word in _words(query)]
    # The parser needs no space between keywords ("trueSERVICE"), so look inside words.
    if any("SERVICE" in word for word in words):
        raise BadQueryError(
            "SERVICE is not allowed: a query sees this build alone. Remove the SERVICE part "
            "(a prefix of that name must be renamed)."
        )
    if "FROM" in words:
        raise BadQueryError(
            "FROM is not allowed: a query sees this build's one graph. Remove the FROM line."
        )
    operation = next((w for w in words if w not in ("PREFIX", "BASE", "VERSION", "")), "")
    if operation in UPDATES:
        raise BadQueryError(
            f"{operation} would change the graph, and queries only read. "
            "Use SELECT, ASK, CONSTRUCT or DESCRIBE; corrections are made with `kg correct`."
        )


def _words(query: str) -> Iterator[str]:
    """Yield the bare words, and the prefixes of prefixed names where they could be keywords."""
    for found in _TOKEN.finditer(query):
        if found.lastgroup == "word":
            yield found[0]
        elif found.lastgroup == "name":
            prefix = found[0].partition(":")[0]
            yield prefix if "SERVICE" in prefix.upper() else ""
