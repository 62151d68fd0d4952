"""docs/queries.md: every saved query with its words, its parameters and how to ask it.

``python -m kg.outputs.sparql.cookbook > docs/queries.md`` writes it again; a test says when.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from kg.outputs.sparql.saved_queries import Parameter, SavedQuery, all_saved_queries

_HEAD = """\
# Questions to ask a graph

Every query below comes with kg: `kg query BUILD NAME`, with `--set` for its parameters. Each is
plain SPARQL, so it can be copied, changed and kept in a file: `kg query BUILD -f mine.rq`. The
prefixes (`kg:`, `ent:`, `rel:`, `rdf:`, `prov:`, `nif:` …) are declared already. A parameter is a line
`#: name kind: what it is` and the place that it fills, `VALUES ?name { UNDEF }`.

*Written by `python -m kg.outputs.sparql.cookbook`; change the files in `kg/outputs/queries`, not this one.*
"""
_EXAMPLES = {"entity": "Russia", "text": "in", "number": "2", "day": "2018-01-01"}


def cookbook() -> str:
    """Return the page in Markdown."""
    return "\n".join([_HEAD, *_contents(), "", *_recipes()])


def _contents() -> Iterator[str]:
    yield "| query | asks | parameters |"
    yield "|---|---|---|"
    for query in all_saved_queries():
        names = ", ".join(f"`{p.name}`" for p in query.parameters)
        yield f"| [{query.name}](#{query.name}) | {query.description} | {names} |"


def _recipes() -> Iterator[str]:
    for query in all_saved_queries():
        yield f"## {query.name}\n\n{query.description}.\n"
        for parameter in query.parameters:
            yield _parameter(parameter)
        if query.parameters:
            yield ""
        yield f"```sh\n{command(query)}\n```\n\n```sparql\n{_body(query)}\n```\n"


def _parameter(parameter: Parameter) -> str:
    default = f"; {parameter.default} if it is not given" if parameter.default else ""
    return f"- `{parameter.name}` ({parameter.kind}): {parameter.description}{default}"


def command(query: SavedQuery) -> str:
    """Return the command that asks a query, with an example for each parameter that it needs."""
    needed = [p for p in query.parameters if p.default is None]
    return " ".join(
        ["kg query outputs/mine", query.name, *(f"--set {p.name}={_example(p)}" for p in needed)]
    )


def _example(parameter: Parameter) -> str:
    given = parameter.description.partition("such as ")[2].partition(" or ")[0].strip('"')
    return given or _EXAMPLES[parameter.kind]


def _body(query: SavedQuery) -> str:
    return query.text.rstrip("\n")


if __name__ == "__main__":
    sys.stdout.write(cookbook())
