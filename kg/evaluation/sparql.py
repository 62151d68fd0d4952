"""How fast are queries? Twenty typical ones in pyoxigraph, as kg asks them, and in rdflib.

The graph is invented (``synthetic.py``), with hubs. pyoxigraph reads its store on disk;
rdflib holds the graph in memory. Rows are compared, so that speed is of the same answer.
rdflib answers in a process of its own, which is killed when time is up.
"""

from __future__ import annotations

import json
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol, TypeVar

from kg.evaluation.synthetic import synthetic_graph
from kg.outputs.rdf.forms import to_rdflib, write_turtle
from kg.outputs.sparql.answering import Question, answer_question
from kg.outputs.sparql.saved_queries import bind
from kg.outputs.sparql.store import GRAPH, BuildStore, open_store, saved_query
from kg.progress import Progress, silent
from kg.vocabulary import DEFAULT_BASE_IRI

HUB, SMALL, OTHER = "Thing 0", "Thing 40", "Thing 1"
QUESTIONS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("neighbours-of", {"who": HUB}),
    ("neighbours-of", {"who": SMALL}),
    ("about", {"who": HUB}),
    ("about", {"who": SMALL}),
    ("between", {"first": HUB, "second": OTHER}),
    ("two-steps", {"first": SMALL, "second": "Thing 50"}),
    ("named-together", {"who": SMALL}),
    ("evidence", {"who": HUB}),
    ("said-by", {"who": SMALL}),
    ("speakers", {}),
    ("denied", {}),
    ("planned", {}),
    ("disputed", {}),
    ("contested", {}),
    ("corroborated", {}),
    ("best-supported", {}),
    ("most-connected", {}),
    ("entities-by-type", {}),
    ("timeline", {}),
    ("find-words", {"words": "thing 40 "}),
)
"""Saved queries with their values: names of a hub, of its rival, and of small things."""

Found = TypeVar("Found")


class Queryable(Protocol):
    """An rdflib Graph, as far as it is needed here."""

    def query(self, query: str, /) -> Iterable[object]:
        """Return the rows that a query finds."""

    def __len__(self) -> int:
        """Return the number of triples."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A question's median seconds in both; None where rdflib took longer than it might."""

    question: str
    rows: int
    pyoxigraph: float
    rdflib: float | None
    rdflib_rows: int | None

    def line(self, limit: float) -> str:
        """Return a row of the table."""
        theirs, ratio = f"> {limit:.0f} s", f"> {limit / self.pyoxigraph:.0f}"
        if self.rdflib is not None:
            theirs, ratio = f"{self.rdflib * 1000:.1f}", f"{self.rdflib / self.pyoxigraph:.1f}"
        differs = self.rdflib_rows is not None and self.rdflib_rows != self.rows
        return (
            f"{self.question:28} {self.rows:8} {self.pyoxigraph * 1000:12.1f} {theirs:>12} {ratio:>8}"
            + (f"  rdflib finds {self.rdflib_rows} rows" if differs else "")
        )


def compare_engines(
    triples: int, *, rounds: int = 3, limit: float = 60.0, tell: Progress = silent
) -> Iterator[str]:
    """Yield the table, line by line: rows, milliseconds in each engine, and the ratio."""
    tell("inventing a graph", 0, len(QUESTIONS))
    graph = synthetic_graph(triples)
    with tempfile.TemporaryDirectory() as folder:
        write_turtle(graph, Path(folder) / GRAPH)
        store, loading = _timed(lambda: open_store(Path(folder), in_memory=0))
        theirs, their_loading = _timed(lambda: to_rdflib(graph))
        yield f"{len(theirs):,} triples; on disk in {loading:.1f} s, in rdflib in {their_loading:.1f} s"
        yield f"{'query':28} {'rows':>8} {'pyoxigraph ms':>12} {'rdflib ms':>12} {'ratio':>8}"
        timings = []
        for number, (name, values) in enumerate(QUESTIONS):
            tell(name, number, len(QUESTIONS))
            timings.append(_compare(name, values, store, theirs, (rounds, limit)))
            yield timings[-1].line(limit)
        yield _summary(timings, limit)


def _summary(timings: Sequence[Timing], limit: float) -> str:
    ratios = [(limit if t.rdflib is None else t.rdflib) / t.pyoxigraph for t in timings]
    slower = [t.question for t, ratio in zip(timings, ratios, strict=True) if ratio < 1]
    told = f"slower in pyoxigraph: {', '.join(slower)}" if slower else "none slower in pyoxigraph"
    return f"median ratio {statistics.median(ratios):.1f}; {told}"


def _compare(
    name: str,
    values: Mapping[str, str],
    store: BuildStore,
    theirs: Queryable,
    how: tuple[int, float],
) -> Timing:
    rounds, limit = how
    text = bind(saved_query(name), values, store)
    ours, question, seconds = store.source.open(), Question(text, max_rows=None), list[float]()
    for _ in range(rounds):
        answer, taken = _timed(lambda: answer_question(ours, question, DEFAULT_BASE_IRI))
        seconds.append(taken)
    rdflib_rows, rdflib_seconds = _ask_rdflib(theirs, text, rounds, limit)
    rows = len(json.loads(answer.body)["results"]["bindings"])
    return Timing(
        " ".join([name, *values.values()]),
        rows,
        statistics.median(seconds),
        rdflib_seconds,
        rdflib_rows,
    )


def _ask_rdflib(
    graph: Queryable,
    text: str,
    rounds: int,
    limit: float,
) -> tuple[int | None, float | None]:
    """Return rdflib's rows and median seconds, or None twice when its time was up."""
    here, there = multiprocessing.Pipe(duplex=False)
    # Forked, so that the graph need not be loaded again for each question.
    process = multiprocessing.get_context("fork").Process(
        target=_answer, args=(there, graph, text, rounds, limit), daemon=True
    )
    process.start()
    there.close()
    try:
        if here.poll(limit):
            rows, seconds = here.recv()
            return rows, seconds
    # It died, perhaps for want of memory: as good as no answer in time.
    except EOFError:
        pass
    finally:
        process.kill()
        process.join()
        here.close()
    return None, None


def _answer(pipe: Connection, graph: Queryable, text: str, rounds: int, limit: float) -> None:
    seconds, rows = list[float](), 0
    # Left off before the time is up: a median of fewer rounds is better than none.
    while len(seconds) < rounds and sum(seconds) * (1 + 1 / max(len(seconds), 1)) < limit * 0.8:
        rows, taken = _timed(lambda: len(list(graph.query(text))))
        seconds.append(taken)
    pipe.send((rows, statistics.median(seconds)))


def _timed(work: Callable[[], Found]) -> tuple[Found, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started
