"""What a notebook shows of a graph or a reading: HTML that is safe wherever it is put.

A graph is the page of ``html_page.py`` in a frame of its own, which can run its script
and nothing else. A reading is its text with names in the colour of their type, and
under each sentence what it claims: no script, and all text escaped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape

from kg.graph.assembly import KnowledgeGraph, assemble_graph
from kg.outputs.drawing.html_page import draw_html
from kg.outputs.drawing.safe_text import displayable
from kg.outputs.standing import standing_of
from kg.records import Entity, LinkedClaim, Offsets, Reading
from kg.vocabulary import look_of

GRAPH_LIMIT = 300
HEIGHT = 560
SENTENCES_SHOWN = 25

# Without allow-same-origin, so that the page cannot reach the notebook around it.
_FRAME = (
    '<iframe title="Knowledge graph" sandbox="allow-scripts allow-downloads allow-popups" '
    'style="width:100%;height:{height}px;border:1px solid #8884;border-radius:8px" '
    'srcdoc="{page}"></iframe>'
)
_CHIP = (
    '<span style="border:1px solid #8886;border-radius:9px;padding:0 7px;font-size:12px">{}</span>'
)


def html_of_graph(graph: KnowledgeGraph, *, limit: int = GRAPH_LIMIT, height: int = HEIGHT) -> str:
    """Return the interactive page of the most important entities, in a sandboxed frame."""
    page = draw_html(graph, limit=limit)
    return _FRAME.format(height=int(height), page=escape(page, quote=True))


def html_of_reading(reading: Reading, *, sentences: int = SENTENCES_SHOWN) -> str:
    """Return the text with its names marked and each sentence's claims under it."""
    graph = assemble_graph([reading], list(_entities_of(reading)))
    claims = _claims_by_sentence(graph)
    shown = reading.sentences[:sentences]
    parts = [f"<h4 style='margin:0 0 8px'>{_safe(reading.document.title)}</h4>"]
    for sentence in shown:
        parts.append(f"<p style='margin:8px 0 2px'>{_marked(reading, sentence)}</p>")
        parts.extend(_claim_line(graph, claim) for claim in claims[sentence])
    left = len(reading.sentences) - len(shown)
    if left > 0:
        parts.append(f"<p><em>{left} more sentences are not shown.</em></p>")
    return f"<div style='max-width:46em;line-height:1.6'>{''.join(parts)}</div>"


def _entities_of(reading: Reading) -> Iterator[Entity]:
    """Yield one entity for each group, for a reading that nothing is linked to yet."""
    document_id = reading.document.id
    for group in reading.groups:
        yield Entity(str(group.id), group.name, group.type, groups=((document_id, group.id),))


def _claims_by_sentence(graph: KnowledgeGraph) -> dict[Offsets, list[LinkedClaim]]:
    claims: dict[Offsets, list[LinkedClaim]] = defaultdict(list)
    for claim in graph.told.values():
        claims[claim.claim.sentence].append(claim)
    return claims


def _safe(text: str) -> str:
    return escape(displayable(text), quote=True)


def _marked(reading: Reading, sentence: Offsets) -> str:
    """Return a sentence with its mentions marked; one may lie inside another."""
    start, end = sentence
    inside = sorted(
        ((m.passage.start, -m.passage.end, group.type) for group in reading.groups for m in group.mentions
         if start <= m.passage.start and m.passage.end <= end),
    )  # fmt: skip
    return _nested(reading.document.text, start, end, [(s, -e, t) for s, e, t in inside])


def _nested(text: str, start: int, end: int, marks: Iterable[tuple[int, int, str]]) -> str:
    rest = list(marks)
    parts = []
    while rest:
        (first, last, type_), rest = rest[0], rest[1:]
        # It crosses a name that is marked already, and elements cannot cross.
        if first < start or last > end:
            continue
        within = [mark for mark in rest if mark[1] <= last]
        rest = [mark for mark in rest if mark[0] >= last]
        parts += [_safe(text[start:first]), _name(_nested(text, first, last, within), type_)]
        start = last
    return "".join(parts) + _safe(text[start:end])


def _name(marked: str, type_: str) -> str:
    colour, label = look_of(type_).colour, look_of(type_).label
    return (
        f"<mark style='background:{colour}33;color:inherit;border-bottom:2px solid {colour};"
        f"border-radius:3px;padding:0 2px' title='{_safe(label)}'>{marked}</mark>"
    )


def _claim_line(graph: KnowledgeGraph, claim: LinkedClaim) -> str:
    chips = " ".join(_CHIP.format(_safe(label)) for _, label in standing_of(graph, claim).labels)
    words = [claim.subject.text, claim.predicate, claim.object.text if claim.object else ""]
    subject, predicate, object_ = (_safe(word) for word in words)
    return (
        "<div style='margin-left:1.5em;font-size:13px'>"
        f"<b>{subject}</b> <i>{predicate}</i> <b>{object_}</b> {chips}</div>"
    )
