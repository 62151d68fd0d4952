"""Parse the items of lists together with the words that lead into them.

An item says what it says only behind its lead-in. So a first parse tells what leads in and
what the items are, and each is parsed again as the sentence that it would be if it were
written out; words of our own in it stand nowhere in the document. An item that makes no
sentence with its lead-in stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.lexicons import load_lexicons
from kg.reading.documents.lists import Entry
from kg.reading.grammar import NAME_TAGS, SUBJECTS
from kg.reading.parsing.analysis_text import (
    AnalysisText,
    Piece,
    Plan,
    Stretch,
    make_analysis_text,
)
from kg.reading.parsing.lead_ins import DOUBT, LeadIn, LeadInReader, last_sentence, states
from kg.records import Document, Offsets

CONTENT = frozenset({"ccomp", "acl", "advcl", "csubj", "attr", "relcl", "xcomp", "pcomp", "conj"})
"""Labels of a clause that hangs on what leads into it."""
LOOSE = frozenset(
    {"dep", "punct", "ROOT", "appos", "npadvmod", "nmod", "meta", "intj", "parataxis"}
)
"""Labels by which the parser ties together what does not belong together."""
NO_ORDER = frozenset({"VBD", "VBZ", "MD"})
"""Tags of verbs that have a subject before them: "keep minutes" may be an order, "kept" is none."""
OPENING_TAGS = frozenset({"DT", "PRP", "PRP$", "NNP", "NNPS"})
"""Tags of words that begin a clause rather than a title: "The sanctions target:"."""
DASH = re.compile(r"\s+[-–—]\s+")
FINAL = (".", "!", "?")

Kind = Literal["phrase", "clause", "doubt", "alone"]
Parse = Callable[[Sequence[str]], Iterable[Doc]]


class Form(NamedTuple):
    """One way to write an item out: of what it is made, and what its parse must show."""

    plan: Plan
    item: Offsets
    kind: Kind
    titled: bool = False


Unit = list[Form]
"""The ways to write out a part of an item, the best first."""


def own_plan(entry: Entry) -> Plan:
    """Return what the block of an entry is made of before any lead-in is known."""
    return Plan((Stretch(entry.start, entry.end),), "heading" if entry.heading else "paragraph")


@dataclass(slots=True)
class ListParser:
    """Writes out the items of one document's lists.

    ``analysis`` is the text in which each block was parsed by itself, ``parsed`` tells with
    what outcome.
    """

    document: Document
    entries: Sequence[Entry]
    analysis: AnalysisText
    parsed: Mapping[Plan, Doc]
    parse: Parse
    _begins: dict[Plan, int] = field(default_factory=dict)
    _known: dict[int, LeadIn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember where each block begins."""
        self._begins = {block.plan: block.start for block in self.analysis.blocks}

    def run(self) -> tuple[list[Plan], dict[Plan, Doc]]:
        """Return what all blocks are made of, items with their lead-ins, and their parses."""
        tried = {n: units for n in range(len(self.entries)) if (units := self._units(n))}
        leads = {self.entries[n].lead for n in tried}
        rests = {n: self._rest(n) for n in leads if n is not None}
        forms = [form for units in tried.values() for unit in units for form in unit]
        docs, held = self._try(forms, [plan for rest in rests.values() for plan in rest])
        made: dict[Plan, list[Plan]] = {}
        for n, units in tried.items():
            chosen = [next((f.plan for f in unit if f in held), None) for unit in units]
            if all(chosen):
                made[own_plan(self.entries[n])] = [plan for plan in chosen if plan]
        for n in tried:
            lead = self.entries[n].lead
            if lead is not None and own_plan(self.entries[n]) in made:
                made[own_plan(self.entries[lead])] = rests[lead]
        plans = [new for plan in self.parsed for new in made.get(plan, [plan])]
        return plans, {**self.parsed, **docs}

    def _units(self, number: int) -> list[Unit]:
        """Return the parts of an item, each with the ways to write it out."""
        entry = self.entries[number]
        doc = self.parsed.get(own_plan(entry))
        lead_in = self._lead_in(entry.lead)
        if doc is None or lead_in is None or entry.lead is None:
            return []
        first, rest = _parted(doc) if entry.inside else (doc[:], None)
        if states(next(doc.sents)):
            units = list(self._clauses(entry, first, lead_in))
        else:
            phrases = list(self._phrases(entry, first, lead_in))
            units = [phrases] if phrases else []
        return [*units, [self._alone(entry, rest)]] if units and rest else units

    def _alone(self, entry: Entry, part: Span) -> Form:
        """Return sentences that only stand behind an item of a list."""
        place = self._locate(own_plan(entry), part)
        return Form(Plan((place,)), place[:2], "alone")

    def _clauses(self, entry: Entry, words: Span, lead_in: LeadIn) -> Iterator[Unit]:
        """Yield the sentences of an item, each behind the lead-in."""
        if lead_in.before_clause is None or entry.lead is None:
            return
        before = (*self._prefix(entry.lead), *lead_in.before_clause)
        for part in _stating(words):
            item = self._stretch(own_plan(entry), part)
            said = _ended(self.document.text, (item,))
            doubt = Form(Plan((DOUBT, *said)), item[:2], "doubt")
            if lead_in.before_clause == (DOUBT,):
                yield [doubt]
            else:
                yield [Form(Plan((*before, *said)), item[:2], "clause"), doubt]

    def _phrases(self, entry: Entry, words: Span, lead_in: LeadIn) -> Iterator[Form]:
        """Yield the ways in which an item that is no clause goes on."""
        if lead_in.before_phrase is None or (lead_in.closed and words[0].tag_ != "TO"):
            return
        item = self._stretch(own_plan(entry), words)
        before = (*lead_in.before_phrase, " ") if lead_in.before_phrase else ()
        if not before:
            item = item._replace(small=False)
        pieces = _ended(
            self.document.text, (*before, *self._described(item, words), *lead_in.after_phrase)
        )
        prefix = self._prefix(entry.lead)
        titled = self._is_titled(entry.lead)
        for begin in dict.fromkeys((prefix, ())):
            yield Form(Plan((*begin, *pieces)), item[:2], "phrase", titled)

    def _described(self, item: Stretch, words: Span) -> tuple[Piece, ...]:
        """Return a phrase with a comma for a dash, and behind it: "Dmitri Volkov – treasurer"."""
        dash = DASH.search(self.document.text, item.start, item.end)
        if dash is None:
            return (item, ",") if "," in words.text else (item,)
        name = item._replace(end=dash.start())
        return name, ", ", Stretch(dash.end(), item.end), ","

    def _prefix(self, number: int | None) -> tuple[Piece, ...]:
        """Return what stands before an entry that is itself an item."""
        lead = None if number is None else self.entries[number].lead
        lead_in = self._lead_in(lead)
        if number is None or lead_in is None:
            return ()
        sentence = last_sentence(self.parsed[own_plan(self.entries[number])])
        if sentence.start and self.entries[number].inside:
            return ()  # the outer list ended with the sentence before
        if states(sentence):
            own = lead_in.before_clause or ()
        else:
            own = (*lead_in.before_phrase, " ") if lead_in.before_phrase else ()
        return (*self._prefix(lead), *own) if own and own != (DOUBT,) else own

    def _lead_in(self, number: int | None) -> LeadIn | None:
        """Return how items go on from an entry, if it was parsed."""
        if number is None:
            return None
        plan = own_plan(self.entries[number])
        doc = self.parsed.get(plan)
        if doc is None:
            return None
        if number not in self._known:
            reader = LeadInReader(load_lexicons(), lambda tokens: self._locate(plan, tokens))
            self._known[number] = reader.read(last_sentence(doc))
        return self._known[number]

    def _is_titled(self, number: int | None) -> bool:
        """Tell a lead-in that looks like a title: no verb, and no article or name at its beginning."""
        if number is None:
            return False
        sentence = last_sentence(self.parsed[own_plan(self.entries[number])])
        verb = any(token.pos_ in {"VERB", "AUX"} for token in sentence)
        return not verb and sentence[0].tag_ not in OPENING_TAGS

    def _rest(self, number: int) -> list[Plan]:
        """Return the block that is left of an entry without the sentence that leads in."""
        plan = own_plan(self.entries[number])
        doc = self.parsed[plan]
        start = last_sentence(doc).start
        return [Plan((self._locate(plan, doc[:start]),), plan.kind)] if start else []

    def _stretch(self, plan: Plan, part: Span) -> Stretch:
        """Return where a part of an item stands; its first word is small inside a sentence."""
        word = part[0]
        small = word.is_title and word.tag_ not in NAME_TAGS and word.text != "I"
        return self._locate(plan, part)._replace(small=small)

    def _locate(self, plan: Plan, tokens: Sequence[Token] | Span) -> Stretch:
        begin, last = self._begins[plan], tokens[-1]
        end = begin + last.idx + len(last)
        return Stretch(*self.analysis.sentence_span(begin + tokens[0].idx, end))

    def _names(self) -> dict[int, tuple[int, str]]:
        """Return where the names of the first parse begin and end, and what kinds they are."""
        return {
            place.start: (place.end, name.label_)
            for entry in self.entries
            if (plan := own_plan(entry)) in self.parsed
            for name in self.parsed[plan].ents
            for place in [self._locate(plan, name)]
        }

    def _try(
        self, forms: Sequence[Form], rests: Sequence[Plan]
    ) -> tuple[dict[Plan, Doc], set[Form]]:
        """Return the parses of all forms, and the forms that hold together."""
        plans = list(dict.fromkeys([*(form.plan for form in forms), *rests]))
        analysis = make_analysis_text(self.document, plans)
        texts = [analysis.text[block.start : block.end] for block in analysis.blocks]
        docs = dict(zip((block.plan for block in analysis.blocks), self.parse(texts), strict=True))
        begins = {block.plan: block.start for block in analysis.blocks}
        names = self._names()
        held = set()
        for form in forms:
            doc, begin = docs[form.plan], begins[form.plan]
            places = _places(analysis, doc, begin)
            _keep_names(doc, places, names)
            inside = _inside(places, form.item)
            if inside and CHECKS[form.kind](doc, inside, form):
                held.add(form)
        return docs, held


def _parted(doc: Doc) -> tuple[Span, Span | None]:
    """Return the first sentence and those behind it, if there are any."""
    end = next((s.start for s in doc.sents if s.start and not s[0].is_lower), len(doc))
    return doc[:end], doc[end:] if end < len(doc) else None


def _stating(words: Span) -> Iterator[Span]:
    """Yield the sentences that state something, each with those behind it that do not."""
    sentences = [s for s in words.doc.sents if words.start <= s.start < words.end]
    starts = [n for n, sentence in enumerate(sentences) if n == 0 or states(sentence)]
    for n, after in zip(starts, [*starts[1:], len(sentences)], strict=True):
        yield words.doc[sentences[n].start : sentences[after - 1].end]


def _ended(text: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces of a sentence with a full stop behind them, if they have none."""
    last = pieces[-1]
    ended = isinstance(last, Stretch) and text[last.start : last.end].rstrip("\"'”’)").endswith(
        FINAL
    )
    return pieces if ended else (*pieces, ".")


def _places(analysis: AnalysisText, doc: Doc, begin: int) -> list[Offsets]:
    """Return where each token of a block stands in the document, below 0 where nowhere."""
    starts = [begin + token.idx for token in doc]
    ends = [start + len(token) for start, token in zip(starts, doc, strict=True)]
    return [place[1:] for place in analysis.places(starts, ends)]


def _inside(places: Sequence[Offsets], item: Offsets) -> range:
    """Return the tokens of an item in the parse of a form."""
    inside = [i for i, (start, _) in enumerate(places) if item[0] <= start < item[1]]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _keep_names(doc: Doc, places: Sequence[Offsets], names: Mapping[int, tuple[int, str]]) -> None:
    """Add the names that the first parse found where the second finds none."""
    ends = {end: i for i, (_, end) in enumerate(places) if end >= 0}
    taken = {token.i for name in doc.ents for token in name}
    added = []
    for i, (start, _) in enumerate(places):
        end, label = names.get(start, (-1, ""))
        last = ends.get(end, -1)
        if last >= i and taken.isdisjoint(range(i, last + 1)):
            added.append(Span(doc, i, last + 1, label=label))
            taken.update(range(i, last + 1))
    doc.set_ents([*doc.ents, *added])


def _holds_phrase(doc: Doc, item: range, form: Form) -> bool:
    """Tell whether lead-in and item are one clause, the subject of which is before its verb."""
    sentence = doc[item.start].sent
    whole = sentence.start == 0 and (item.start > 0 or sentence.end > item.stop)
    if not whole or not states(sentence) or not _are_tied(sentence, item):
        return False
    root = sentence.root
    if root.i not in item:
        return not form.titled
    own = any(child.dep_ in SUBJECTS and child.i in item for child in root.children)
    tags = {root.tag_, *(child.tag_ for child in root.children if child.dep_ == "aux")}
    return not own and (root.tag_ == "VB" or bool(tags & NO_ORDER) or not form.titled)


def _are_tied(sentence: Span, item: range) -> bool:
    """Tell whether a word of the item hangs on one of the lead-in, or one of these on it."""
    return any(
        token.dep_ not in LOOSE and (token.i in item) != (token.head.i in item)
        for token in sentence
    )


def _holds_clause(doc: Doc, item: range, form: Form) -> bool:
    """Tell whether the clause that an item is hangs on the words before it."""
    sentence = doc[item.start].sent
    return sentence.start == 0 and any(
        token.i in item and token.head.i < item.start and token.dep_ in CONTENT
        for token in sentence
    )


def _holds_always(doc: Doc, item: range, form: Form) -> bool:
    """Tell that a clause may be left open, or stand alone, whatever its parse is."""
    return True


CHECKS: Mapping[Kind, Callable[[Doc, range, Form], bool]] = {
    "phrase": _holds_phrase,
    "clause": _holds_clause,
    "doubt": _holds_always,
    "alone": _holds_always,
}
