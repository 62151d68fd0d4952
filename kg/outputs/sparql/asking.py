"""Ask a build folder a query, or a saved query by its name.

Nothing else of kg is needed for that, and nothing else is imported: who asks from the
command line waits half a second, not three.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kg.errors import NotABuildError
from kg.outputs.sparql.results import Result
from kg.outputs.sparql.saved_queries import bind
from kg.outputs.sparql.store import GRAPH, TIMEOUT, open_store, run_query, saved_query
from kg.outputs.sparql.worker import MEMORY
from kg.run_file import base_iri_of


def query_build(
    folder: Path,
    query: str,
    *,
    values: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    max_memory: int = MEMORY,
    notes: list[str] | None = None,
) -> Result:
    """Return what a SPARQL query, or the saved query of that name, finds in a build.

    ``values`` are for the parameters that the query declares; ``notes`` takes which entity
    was taken for a name that fits several.

    Raises:
        NotABuildError: the folder has no graph.ttl that can be read.
        UnknownNameError: no saved query, parameter or entity has a name that was given.
        InputError: a parameter has no value, or one of another kind.
        BadQueryError: it does not parse, would write, reaches outside, or takes longer than
            ``timeout`` seconds or more than ``max_memory`` bytes.

    """
    if not (folder / GRAPH).is_file():
        raise NotABuildError(folder, GRAPH)
    # One word alone is never SPARQL.
    text = saved_query(query) if re.fullmatch(r"[\w-]+", query.strip()) else query
    with open_store(folder, base_iri=base_iri_of(folder), max_memory=max_memory) as store:
        return run_query(store, bind(text, values or {}, store, notes=notes), timeout=timeout)
