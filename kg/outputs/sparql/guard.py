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


def refuse_outside(query: str, *, data_set_given: bool = False) -> None:
    """Raise BadQueryError if a query changes data or reaches outside the build.

    FROM is let through where the data set is given beside the query, for then the
    protocol says that nothing comes of it.
    """
    words = [word.upper() for word in _words(query)]
    _refuse_service(words)
    if "FROM" in words and not data_set_given:
        raise BadQueryError(
            "FROM is not allowed: a query sees this build's one graph. Remove the FROM line."
        )
    operation = next((w for w in words if w not in ("PREFIX", "BASE", "VERSION", "")), "")
    if operation in UPDATES:
        raise BadQueryError(
            f"{operation} would change the graph, and queries only read. "
            "Use SELECT, ASK, CONSTRUCT or DESCRIBE, or try updates on a copy in memory: "
            "`kg serve BUILD --write`."
        )


def refuse_loading(update: str) -> None:
    """Raise BadQueryError if an update would fetch something: LOAD or SERVICE."""
    words = [word.upper() for word in _words(update)]
    _refuse_service(words)
    # Inside words, too, as with SERVICE below.
    if any("LOAD" in word for word in words):
        raise BadQueryError(
            "LOAD is not allowed: nothing is fetched. Send the triples with INSERT DATA instead."
        )


def _refuse_service(words: list[str]) -> None:
    # The parser needs no space between keywords ("trueSERVICE"), so look inside words.
    if any("SERVICE" in word for word in words):
        raise BadQueryError(
            "SERVICE is not allowed: a query sees this build alone. Remove the SERVICE part "
            "(a prefix of that name must be renamed)."
        )


def with_using(update: str, clauses: str) -> str:
    """Return an update with USING clauses before each WHERE of its operations.

    pyoxigraph has no other way to say which graphs the protocol's using-graph-uri names.
    An update that names graphs itself (USING, WITH), or has no place for them
    (DELETE WHERE), raises a BadQueryError.
    """
    pieces, end = list[str](), 0
    for place in _places_for_using(update):
        pieces += [update[end:place], f" {clauses} "]
        end = place
    return "".join([*pieces, update[end:]])


def _places_for_using(update: str) -> Iterator[int]:
    """Yield where the WHERE of each operation begins; refuse what has no such place."""
    depth, before = 0, ""
    for found in _TOKEN.finditer(update):
        word = found[0].upper() if found.lastgroup == "word" else ""
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if word in ("USING", "WITH"):
            raise BadQueryError(
                f"{word} and using-graph-uri cannot both name graphs. Leave one of them out."
            )
        if (before, word, depth) == ("DELETE", "WHERE", 0):
            raise BadQueryError(
                "DELETE WHERE has no place for using-graph-uri. "
                "Write DELETE { … } WHERE { … } instead."
            )
        if (word, depth) == ("WHERE", 0):
            yield found.start()
        if not found[0].isspace() and found.lastgroup != "comment":
            before = word


def _words(query: str) -> Iterator[str]:
    """Yield the bare words, and the prefixes of prefixed names where they could be keywords."""
    for found in _TOKEN.finditer(query):
        if found.lastgroup == "word":
            yield found[0]
        elif found.lastgroup == "name":
            prefix = found[0].partition(":")[0]
            # “SERVICE:a” may be the keyword and, after it, a name with the empty prefix.
            yield prefix if "SERVICE" in prefix.upper() else ""
