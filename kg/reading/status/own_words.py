"""What the words of one verb or noun say of it, without a look at the clause's surroundings.

Negation, modal verbs, hedging adverbs, questions, conditions, "according to", adjectives
such as "alleged". Where the clause stands is added in ``kg/reading/status/finder.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.lexicons import Lexicons
from kg.reading.grammar import SUBJECTS, Syntax, word_set
from kg.reading.status.frames import Frames
from kg.reading.status.values import CONDITIONS, FIRST_PERSON, PLAIN, Speaker, Status
from kg.records import Modality
from kg.vocabulary import BODIES

MODALS: Mapping[str, Modality] = MappingProxyType({
    "may": "possible", "might": "possible", "can": "possible", "could": "possible", "ca": "possible",
    "must": "required", "should": "required", "shall": "intended", "will": "intended",
    "wo": "intended", "'ll": "intended", "’ll": "intended", "would": "conditional", "'d": "conditional",
    "’d": "conditional", "ought": "required",
})  # fmt: skip
NO_WORDS = word_set("no nobody none nothing neither nowhere")
_ASKING_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})
_INVERTED = word_set("should had were")
"""Before their subject these make a condition: "Had Z known"."""
_VOICES = word_set(
    "word view opinion account estimate assessment eye perspective standpoint judgment version telling"
)
_NEVER = word_set("time way mean circumstance account case event condition point")
"""Nouns that with "no" and a preposition negate: "at no time", "in no way"."""
_LIKELY = word_set("likelihood probability theory")
_NO_DETERMINERS = word_set("no neither")
_QUALIFIED = word_set("a only these those the last past first")
"""Before "few" these make it some: "a few", "the few"."""
_AS_Z_SEES_IT = word_set("put see tell view understand perceive remember")
_SUPPOSING = word_set("suppose supposing imagine assuming")
"""At the start of a sentence these make all of it a condition."""
_CONTINGENT = word_set("event case condition assumption proviso premise")
"""Nouns whose clause is a condition: "in the event that", "on condition that"."""
_AS_FAR_AS = word_set("know tell see judge understand aware")
"""After "as far as" and "for all we" these make it a guess."""
_ANYBODY = word_set("anyone anybody whoever whomever anything those everyone everybody")
"""Alone before "who", with a verb in the present, these are nobody in particular."""
_PAST_AUXILIARIES = word_set("was were had did")
_WHOLLY = word_set(
    "absolutely always entirely really actually fully quite exactly necessarily completely wholly "
    "yet ever altogether even once"
)
"""Adverbs that with "not" negate the verb they stand beside: "not entirely", "not once"."""
_AGREED = word_set("deal agreement treaty contract accord pact term settlement truce")
"""What lies ahead "under" these is only agreed."""
_WIDE = word_set("all most some many several")
_NOBODY_DEPS = SUBJECTS | {"dobj", "attr"}
"""Labels of those who, when they are nobody, negate the verb."""
_TELLING = _NOBODY_DEPS | word_set("neg cc aux advmod npadvmod mark prep parataxis")
"""Labels of the words beside a verb that may say something of its status."""


class OwnStatus:
    """Reads the status that the words beside a verb or noun give it; each verb's once."""

    def __init__(self, syntax: Syntax, lexicons: Lexicons) -> None:
        self.syntax = syntax
        self.classes = lexicons.status
        self.lexicons = lexicons
        self._known: dict[int, Status] = {}
        self.frames = Frames(syntax, lexicons.status)
        self._last = [0] * len(syntax)
        for first, last in syntax.sentences:
            self._last[first:last] = [last - 1] * (last - first)

    def of_verb(self, i: int) -> Status:
        """Return what a verb's own auxiliaries, adverbs and subjects make of it."""
        if i not in self._known:
            self._known[i] = self._read_verb(i)
        return self._known[i]

    def _read_verb(self, i: int) -> Status:
        syntax, status = self.syntax, PLAIN
        for c in syntax.all(i, _TELLING):
            status = self._with_child(status, c)
        if self._follows_nor(i):
            status = status.turned().cued("negation", i)
        shared = self._shared_auxiliary(i)
        if shared is not None:
            status = self._with_child(status, shared)
        first = syntax.sentence_at(i)[0]
        if syntax.lowers[first] in _SUPPOSING and first != i:
            status = status.but("conditional").cued("condition", first)
        if (inverted := self._inverted_condition(i)) is not None:
            status = status.but("conditional").cued("condition", inverted)
        if self._is_question(i):
            status = replace(status, modality="questioned").cued("question", self._last[i])
        for c in syntax.all(i, {"advcl"}):
            status = self._with_clause(status, i, c)
        return self.frames.around(i, status)

    def _inverted_condition(self, i: int) -> int | None:
        """Return the "should" of "Should Z pay, X sells": it opens the sentence, and asks nothing."""
        syntax = self.syntax
        first, last = syntax.sentence_at(i)
        if syntax.lowers[first] not in _INVERTED or syntax.heads[first] != i:
            return None
        joined = syntax.child(i, {"conj"}) is not None and syntax.child(i, SUBJECTS) is not None
        asked = any("?" in word for word in syntax.words[last - 2 : last])
        return first if joined and not asked else None

    def _with_clause(self, status: Status, i: int, c: int) -> Status:
        """Add what an adverbial clause says of its main clause: "if", "as Z put it"."""
        condition, speaker = self.condition(c), self._as_put_by(c) or self._to_hear(c)
        if self._is_for_all_known(c):
            return replace(status, modality="possible").cued("hedge", c)
        if speaker is not None:
            status = status.said_by(speaker).cued("speaker", speaker.cue)
        asked = self.syntax.lemmas[i] in self.classes["verb:ask"]
        if condition is None or asked or status.modality == "questioned":
            return status
        return replace(status, modality="conditional").cued("condition", condition)

    def _is_for_all_known(self, i: int) -> bool:
        """Tell "for all anyone knows"."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        known = syntax.lemmas[i] in _AS_FAR_AS and syntax.has_child(i, {"for"}, {"mark"})
        return (
            known and subject is not None and syntax.has_child(subject, {"all"}, {"det", "predet"})
        )

    def _to_hear(self, i: int) -> Speaker | None:
        """Return the speaker of "to hear Z tell it"."""
        syntax, told = self.syntax, self.syntax.child(i, {"ccomp", "xcomp"})
        if syntax.lemmas[i] != "hear" or told is None or not syntax.is_infinitive(i):
            return None
        speaker = syntax.child(told, {"nsubj"})
        return Speaker(speaker, i) if syntax.lemmas[told] == "tell" and speaker else None

    def _follows_nor(self, i: int) -> bool:
        """Tell "had no plan, nor did it seek one", where "nor" hangs on the first verb."""
        syntax, inverted = self.syntax, self.syntax.child(i, {"aux"})
        first = i if inverted is None else inverted
        nor = syntax.near(syntax.lowers, first - 1) == "nor"
        return nor and not syntax.hangs_on(first - 1, i)

    def is_negative(self, i: int) -> bool:
        """Tell whether a verb's own words negate it."""
        return self.of_verb(i).negative

    def of_noun(self, i: int) -> Status:
        """Return what "alleged", "planned", "failed", "no", "any" before a noun say of it."""
        syntax, classes, status = self.syntax, self.classes, PLAIN
        for c in syntax.children[i]:
            word, dep = syntax.lowers[c], syntax.deps[c]
            hedged = dep == "amod" and word in classes["adjective:alleged"]
            failed = dep == "amod" and word in classes["adjective:failed"]
            if hedged or word == "such" or (dep == "det" and word == "any"):
                status = replace(status, modality="possible").cued("hedge", c)
            elif dep == "amod" and word in classes["adjective:planned"]:
                status = replace(status, modality="intended").cued("intention", c)
            elif failed or (dep == "det" and word == "no"):
                status = replace(status, negative=True).cued("negation", c)
        return status

    def is_no(self, i: int) -> bool:
        """Tell "nobody", "no country", "few countries", "not a single", "hardly any"."""
        syntax = self.syntax
        if syntax.lowers[i] in NO_WORDS:
            return True
        if not syntax.children[i]:
            return False
        if syntax.child(i, {"neg"}) is not None:
            return True
        words = {syntax.lowers[c] for c in syntax.children[i]}
        if words & _NO_DETERMINERS or ("few" in words and not words & _QUALIFIED):
            return True
        hardly = self.classes["adverb:negative"]
        return any(syntax.has_child(c, hardly, {"advmod"}) for c in syntax.all(i, {"det"}))

    def is_any(self, i: int) -> bool:
        """Tell "any country", "anyone", "whoever": whom a rule is about, nobody in particular."""
        syntax = self.syntax
        lone = syntax.lowers[i] in _ANYBODY
        return lone or syntax.has_child(i, {"any", "whichever", "whatever"}, {"det"})

    def is_contingent(self, i: int) -> bool:
        """Tell "in the event that …", "on condition that …"."""
        syntax, over = self.syntax, self.syntax.heads[i]
        clause = syntax.child(i, {"acl", "relcl", "ccomp"})
        return (
            syntax.lemmas[i] in _CONTINGENT and syntax.lowers[over] in {"in", "on"} and bool(clause)
        )

    def condition(self, i: int) -> int | None:
        """Return the word that makes an adverbial clause a condition, if one does."""
        syntax = self.syntax
        if syntax.lowers[syntax.heads[i]] == "long" and syntax.has_child(i, {"as"}, {"mark"}):
            return syntax.heads[i]
        marks = syntax.all(i, {"mark", "advmod"})
        inverted = [
            c for c in syntax.all(i, {"aux"})
            if syntax.lowers[c] in _INVERTED and c < (syntax.child(i, SUBJECTS) or 0)
        ]  # fmt: skip
        cases = [
            o for c in syntax.all(i, {"prep"})
            if syntax.lowers[c] == "in" and (o := syntax.child(c, {"pobj"})) is not None
            and syntax.lowers[o] in {"case", "event"} and c < min(syntax.all(i, SUBJECTS), default=c)
        ]  # fmt: skip
        return next(
            (
                c
                for c in marks
                if syntax.lowers[c] in CONDITIONS and syntax.near(syntax.lowers, c - 1) != "as"
            ),
            next(iter([*inverted, *cases]), None),
        )

    def _as_put_by(self, i: int) -> Speaker | None:
        """Return the speaker of "as the envoy put it"; what we ourselves noted is none."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        saying = syntax.lemmas[i] in self.classes["verb:say"] | _AS_Z_SEES_IT
        if not saying or subject is None or not syntax.has_child(i, {"as"}, {"mark", "advmod"}):
            return None
        return None if syntax.lowers[subject] in FIRST_PERSON else Speaker(subject, i)

    def _with_preposition(self, status: Status, c: int) -> Status:
        """Add "according to Z", "in the words of Z", "at no time", "in all likelihood"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        if syntax.lowers[c] == "according":
            return status.said_by(Speaker(self._according_to(c), c)).cued("speaker", c)
        voice = self._in_words_of(c) or self._for_whom(c)
        if voice is not None:
            return status.said_by(Speaker(voice, c)).cued("speaker", c)
        if noun is None:
            return status
        if syntax.lemmas[noun] in _NEVER and syntax.has_child(noun, {"no"}, {"det"}):
            return status.turned().cued("negation", noun)
        if self.is_contingent(noun):
            return replace(status, modality="conditional").cued("condition", noun)
        unsure = self._is_unsure_frame(c, noun)
        return replace(status, modality="possible").cued("hedge", noun) if unsure else status

    def _is_unsure_frame(self, c: int, noun: int) -> bool:
        """Tell "in all likelihood", "in the novel", "by most accounts", "for all we know"."""
        syntax, word, lemma = self.syntax, self.syntax.lowers[c], self.syntax.lemmas[noun]
        if word == "in":
            return lemma in _LIKELY or lemma in self.classes["noun:fiction"]
        if word == "by":
            return lemma == "account" and syntax.has_child(noun, _WIDE, {"det", "amod"})
        if word == "on":
            return lemma == "paper" and not syntax.children[noun]
        if word == "under":
            planned = lemma in self.classes["noun:want"] | self.classes["noun:unsure"]
            agreed = lemma in _AGREED and not self.is_told_as_past(syntax.heads[c])
            return planned or agreed
        if word != "for":
            return False
        known = [syntax.lemmas[c] for c in syntax.all(noun, {"relcl", "acl"})]
        every = lemma == "all" or syntax.has_child(noun, {"all"}, {"det", "predet"})
        return every and bool(_AS_FAR_AS.intersection(known))

    def _for_whom(self, c: int) -> int | None:
        """Return who sees it so in "For the opposition, the decree breaks the law", "To Z,"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        first = c == syntax.sentence_at(c)[0]
        if syntax.lowers[c] not in {"for", "to"} or not first or noun is None:
            return None
        end = max(syntax.subtree(c)) + 1
        apart = syntax.near(syntax.words, end) == ","
        return noun if apart and self._is_body(noun) else None

    def _is_body(self, noun: int) -> bool:
        """Tell a noun for people or for an organisation, who may have a view."""
        lexicons, words = (
            self.lexicons,
            {self.syntax.lowers[noun], self.syntax.lemmas[noun].lower()},
        )
        people = any(words & lexicons.words[kind] for kind in ("people", "role", "title"))
        name = self.syntax.pos[noun] == "PROPN" and not self.syntax.is_time(noun)
        bodies = any(lexicons.heads.get(word) in BODIES for word in words)
        return name or ((people or bodies) and self.syntax.child(noun, {"poss"}) is None)

    def _with_aside(self, status: Status, c: int) -> Status:
        """Add "Z, its neighbours say, does", "Z, it seems, does"."""
        if self.syntax.lemmas[c] in self.classes["verb:seem"]:
            return replace(status, modality="possible").cued("hedge", c)
        aside = self._aside_of(c)
        return status if aside is None else status.said_by(aside).cued("speaker", c)

    def _aside_of(self, i: int) -> Speaker | None:
        """Return the speaker of "Z, its neighbours say, does"; what we ourselves say is none."""
        syntax, subject = self.syntax, self.syntax.child(i, {"nsubj"})
        if syntax.has_child(i, {"it", *FIRST_PERSON}, {"nsubjpass"}):
            return Speaker(None, i)
        saying = syntax.lemmas[i] in self.classes["verb:say"] | self.classes["verb:believe"]
        whole = syntax.child(i, {"ccomp", "dobj", "xcomp"}) is not None
        if not saying or subject is None or whole or syntax.lowers[subject] in FIRST_PERSON:
            return None
        return Speaker(subject, i)

    def _in_words_of(self, c: int) -> int | None:
        """Return who speaks in "in the words of Z", "in Z's view"."""
        syntax, noun = self.syntax, self.syntax.child(c, {"pobj"})
        if (
            syntax.lowers[c] not in {"in", "by", "from", "on"}
            or noun is None
            or syntax.lemmas[noun] not in _VOICES
        ):
            return None
        if (poss := syntax.child(noun, {"poss"})) is not None:
            return None if syntax.lowers[poss] in {"our", "my"} else poss
        of = syntax.child(noun, {"prep"}) if syntax.child(noun, {"det"}) is not None else None
        return syntax.child(of, {"pobj"}) if of is not None else None

    def _with_child(self, status: Status, c: int) -> Status:
        word, dep = self.syntax.lowers[c], self.syntax.deps[c]
        if dep == "aux":
            return status.but(MODALS[word]).cued("modal", c) if word in MODALS else status
        if dep == "prep":
            return self._with_preposition(status, c)
        if dep == "parataxis":
            return self._with_aside(status, c)
        if self._is_negation(c):
            again = status.negative and dep in {"dobj", "attr"}  # "never meant no harm"
            return status.turned(negative=not again).cued("negation", c)
        if dep in {"advmod", "npadvmod"}:
            return self._with_adverb(status, c)
        if dep in SUBJECTS and (hedge := self._hedge_before(c)) is not None:
            return replace(status, modality="possible").cued("hedge", hedge)
        if self._is_condition(c):
            return status.but("conditional").cued("condition", c)
        return status

    def _with_adverb(self, status: Status, c: int) -> Status:
        """Add "allegedly", "as long as Z pays", "as far as Z is concerned"."""
        if self.syntax.lowers[c] in _WHOLLY and self.syntax.has_child(c, {"not", "n't"}, {"neg"}):
            return status.turned().cued("negation", c)
        if self._is_ahead(c):
            return status.but("intended").cued("intention", c)
        who = self._as_far_as(c)
        if who is not None:
            return status.said_by(Speaker(who, c)).cued("speaker", c)
        if self._is_hedge(c):
            return replace(status, modality="possible").cued("hedge", c)
        if self.syntax.lowers[c] == "long" and self._opens_condition(c):
            return replace(status, modality="conditional").cued("condition", c)
        return status

    def _hedge_before(self, noun: int) -> int | None:
        """Return the hedge of "perhaps donors paid"; "perhaps 30 men" is unsure of their number."""
        syntax, hedges = self.syntax, self.classes["adverb:possible"]
        before = [c for c in syntax.all(noun, {"advmod"}) if c < noun]
        return next(
            (
                c
                for c in before
                if syntax.lowers[c] in hedges and syntax.near(syntax.pos, c + 1) != "NUM"
            ),
            None,
        )

    def _is_ahead(self, c: int) -> bool:
        """Tell "Z leaves next year": a verb in the present with a time that is to come."""
        syntax, verb = self.syntax, self.syntax.heads[c]
        coming = syntax.lowers[c] == "tomorrow" or (
            syntax.is_time(c) and syntax.has_child(c, {"next", "coming"}, {"amod"})
        )
        return coming and not self.is_told_as_past(verb)

    def _is_condition(self, c: int) -> bool:
        """Tell the "if" of a clause that has no main one, and a subject such as "anyone"."""
        syntax, dep = self.syntax, self.syntax.deps[c]
        if dep == "mark" and syntax.lowers[c] == "if":
            return syntax.deps[syntax.heads[c]] == "ROOT"
        return dep in SUBJECTS and self.is_any(c) and self._is_rule(c) and self.is_open(c)

    def is_open(self, noun: int) -> bool:
        """Tell "anyone" from "those" and "everyone", of whom a sentence may report."""
        return self.syntax.lowers[noun] not in {"those", "everyone", "everybody"}

    def _is_before(self, c: int) -> bool:
        """Tell "nor did Z go" from "did not go nor": the word opens the clause."""
        return c < min(self.syntax.all(self.syntax.heads[c], SUBJECTS), default=c)

    def _is_rule(self, noun: int) -> bool:
        """Tell "anyone who shelters him", "any country may": a rule, and no report."""
        return not self.is_told_as_past(self.syntax.heads[noun])

    def is_told_as_past(self, verb: int) -> bool:
        """Tell "went", "was told", "had gone", "did go"."""
        syntax = self.syntax
        return syntax.tags[verb] == "VBD" or syntax.has_child(
            verb, _PAST_AUXILIARIES, {"aux", "auxpass"}
        )

    def _opens_condition(self, c: int) -> bool:
        """Tell "as long as Z pays"."""
        return any(self.condition(g) is not None for g in self.syntax.all(c, {"advcl"}))

    def _as_far_as(self, c: int) -> int | None:
        """Return who speaks in "as far as Z is concerned"."""
        if self.syntax.lowers[c] != "far":
            return None
        concerned = [g for g in self.syntax.all(c, {"advcl"}) if self.syntax.lemmas[g] == "concern"]
        return self.syntax.child(concerned[0], {"nsubjpass"}) if concerned else None

    def _is_hedge(self, c: int) -> bool:
        """Tell "allegedly", "as far as is known"."""
        syntax = self.syntax
        known = [syntax.lemmas[g] for g in syntax.all(c, {"advcl", "ccomp"})]
        far = syntax.lowers[c] == "far" and bool(_AS_FAR_AS.intersection(known))
        return far or syntax.lowers[c] in self.classes["adverb:possible"]

    def _is_negation(self, c: int) -> bool:
        """Tell "not", "never", "no longer", "nor", and a subject or object that is nobody."""
        syntax, dep = self.syntax, self.syntax.deps[c]
        if dep == "neg" or (dep == "cc" and syntax.lowers[c] == "nor" and self._is_before(c)):
            return True
        if dep == "advmod":
            longer = syntax.lowers[c] == "longer" and any(
                syntax.lowers[g] == "no" for g in syntax.children[c]
            )
            almost = syntax.lowers[c] in self.classes["adverb:almost"] and self._is_beside(c)
            return longer or almost or syntax.lowers[c] in self.classes["adverb:negative"]
        if self._is_anything_but(c):
            return True
        return dep in _NOBODY_DEPS and self.is_no(c)

    def _is_anything_but(self, c: int) -> bool:
        """Tell "was anything but a success"."""
        syntax = self.syntax
        return syntax.lowers[c] == "anything" and syntax.near(syntax.lowers, c + 1) == "but"

    def _is_beside(self, c: int) -> bool:
        """Tell "nearly destroyed" from "destroyed nearly all", where the parser errs."""
        syntax = self.syntax
        return c < syntax.heads[c] and syntax.near(syntax.pos, c + 1) in {"VERB", "AUX"}

    def _shared_auxiliary(self, i: int) -> int | None:
        """Return the modal that a joined bare verb shares: "will attack and destroy"."""
        syntax = self.syntax
        if (
            syntax.deps[i] != "conj"
            or syntax.tags[i] not in {"VB", "VBN"}
            or syntax.child(i, {"aux", *SUBJECTS}) is not None
        ):
            return None
        head = syntax.heads[i]
        return next((c for c in syntax.all(head, {"aux"}) if syntax.lowers[c] in MODALS), None)

    def _according_to(self, c: int) -> int | None:
        syntax = self.syntax
        for to in syntax.all(c, {"prep"}):
            object_ = syntax.child(to, {"pobj"})
            if object_ is not None:
                return object_
        return syntax.child(c, {"pobj"})

    def _is_question(self, i: int) -> bool:
        """Tell whether the main clause of a sentence is asked, not said."""
        syntax = self.syntax
        last = self._last[i]
        while last > i and not syntax.words[last][-1].isalnum() and "?" not in syntax.words[last]:
            last -= 1
        if "?" not in syntax.words[last]:
            return False
        if syntax.deps[i] not in {"ROOT", "conj"} or syntax.deps[self._root(i)] != "ROOT":
            return self._is_inverted(i)
        return self._has_question_form(i) or not self._is_question_elsewhere(i, last)

    def _is_inverted(self, i: int) -> bool:
        """Tell "when did Z go", one of several questions in a sentence."""
        syntax, subject = self.syntax, self.syntax.child(i, SUBJECTS)
        doing = [c for c in syntax.all(i, {"aux"}) if syntax.lemmas[c] == "do"]
        return subject is not None and bool(doing) and doing[0] < subject

    def _has_question_form(self, i: int) -> bool:
        """Tell "did Z go", "who went", "why": inverted, or with a question word."""
        syntax, subject = self.syntax, self.syntax.child(i, SUBJECTS)
        auxiliaries = syntax.all(i, {"aux", "auxpass"}) or [i]
        inverted = subject is not None and auxiliaries[0] < subject
        first = syntax.subtree(i, {"advcl", "relcl", "conj", "ccomp", "parataxis", "acl"})
        return inverted or any(syntax.tags[c] in _ASKING_TAGS for c in first)

    def _is_question_elsewhere(self, i: int, last: int) -> bool:
        """Tell "I got your note, did you get mine?": the last of several clauses asks."""
        syntax = self.syntax
        later = (
            c for c in range(i + 1, last)
            if syntax.pos[c] in {"VERB", "AUX"} and syntax.deps[c] in {"ROOT", "conj", "ccomp", "parataxis"}
        )  # fmt: skip
        return syntax.child(i, SUBJECTS) is not None and any(map(self._has_question_form, later))

    def _root(self, i: int) -> int:
        while self.syntax.deps[i] == "conj":
            i = self.syntax.heads[i]
        return i
