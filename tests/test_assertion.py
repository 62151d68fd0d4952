"""How a claim is meant: polarity, modality and who says so, for each way to say it."""

import parses
import pytest
from by_hand import claim, read

NOBODY_NAMED = ("?",)


def speakers(found):
    """Return who says so, outermost first; "?" where nobody is named, "!" before a denier."""
    names, attribution = [], found.attribution
    while attribution is not None:
        name = attribution.speaker.text if attribution.speaker else "?"
        names.append("!" * attribution.deny + name)
        attribution = attribution.inner
    return tuple(names)


@pytest.mark.parametrize(
    ("parse", "relation", "polarity", "modality", "said_by"),
    [
        ("ACTIVE", "sign", "positive", "asserted", ()),
        ("MANAGED", "sign", "positive", "asserted", ()),
        ("SHOWS", "fund", "positive", "asserted", ()),
        ("WE_NOTE", "close", "positive", "asserted", ()),
        ("EXPLETIVE", "support", "positive", "asserted", ()),
        ("NOT", "sign", "negative", "asserted", ()),
        ("NEVER", "sign", "negative", "asserted", ()),
        ("NO", "sign", "negative", "asserted", ()),
        ("NOBODY", "sign", "negative", "asserted", ()),
        ("NEITHER", "sign", "negative", "asserted", ()),
        ("NO_LONGER", "host", "negative", "asserted", ()),
        ("WITHOUT", "sign", "negative", "asserted", ()),
        ("FAILED", "sign", "negative", "asserted", ()),
        ("REFUSED", "sign", "negative", "asserted", ()),
        ("STOPPED", "shell", "negative", "asserted", ()),
        ("YET_TO", "sign", "negative", "asserted", ()),
        ("NO_EVIDENCE", "order", "negative", "possible", ()),
        ("DO_NOT_BELIEVE", "have", "negative", "possible", ()),
        ("MAY", "sign", "positive", "possible", ()),
        ("REPORTEDLY", "sign", "positive", "possible", ()),
        ("PERHAPS", "help", "positive", "possible", ()),
        ("PERHAPS", "send", "positive", "asserted", ()),
        ("LIKELY", "be likely to seize", "positive", "possible", ()),
        ("ALLEGED", "attack", "positive", "possible", ()),
        ("BELIEVED_TO", "be believed to control", "positive", "possible", NOBODY_NAMED),
        ("WILL", "sign", "positive", "intended", ()),
        ("PLANS", "plan to buy", "positive", "intended", ()),
        ("OPEN_COMPLEMENT", "seek to expand", "positive", "intended", ()),
        ("CONTROL", "sign", "positive", "intended", ()),
        ("GOING_TO", "build", "positive", "intended", ()),
        ("MUST", "sign", "positive", "required", ()),
        ("HAS_TO", "sign", "positive", "required", ()),
        ("SALISBURY", "become", "negative", "required", ()),
        ("WOULD", "sign", "positive", "conditional", ()),
        ("IF", "attack", "positive", "conditional", ()),
        ("IF", "close", "positive", "conditional", ()),
        ("IF_AS", "attack", "positive", "conditional", ()),
        ("UNLESS", "pay", "positive", "conditional", ()),
        ("INSTEAD", "build", "negative", "asserted", ()),
        ("AT_NO_TIME", "sign", "negative", "asserted", ()),
        ("HAD", "protest", "positive", "conditional", ()),
        ("WONDER", "sell", "positive", "questioned", ()),
        ("IN_WORDS_OF", "betray", "positive", "asserted", ("the envoy",)),
        ("AS_PUT", "lose", "positive", "asserted", ("the envoy",)),
        ("AS_PUT", "put", "positive", "asserted", ()),
        ("ACCUSED", "take", "positive", "asserted", ("Prosecutors",)),
        ("QUESTION", "sign", "positive", "questioned", ()),
        ("ACCORDING", "sign", "positive", "asserted", ("the report",)),
        ("SAID", "sign", "positive", "asserted", ("The minister",)),
        ("QUOTATION", "sell", "positive", "asserted", ("the envoy",)),
        ("NESTED", "sign", "positive", "asserted", ("Smith", "Jones")),
        ("SAID_TO_HAVE", "be said to order", "positive", "asserted", NOBODY_NAMED),
        ("DENIED", "attack", "negative", "asserted", ("!Moscow",)),
        ("TOLD", "withdraw", "positive", "conditional", ("Tehran",)),
    ],
)
def test_a_claim_has_its_status(parse, relation, polarity, modality, said_by):
    found = claim(getattr(parses, parse), relation)
    assert (found.polarity, found.modality, speakers(found)) == (polarity, modality, said_by)


@pytest.mark.parametrize(
    ("parse", "relation", "cue"),
    [
        ("NOT", "sign", ("negation", "not")),
        ("MAY", "sign", ("modal", "may")),
        ("FAILED", "sign", ("negation", "failed")),
        ("IF", "attack", ("condition", "if")),
        ("SAID", "sign", ("speaker", "said")),
        ("REPORTEDLY", "sign", ("hedge", "reportedly")),
        ("QUESTION", "sign", ("question", "?")),
    ],
)
def test_a_claim_names_the_word_that_keeps_it_from_being_a_fact(parse, relation, cue):
    found = claim(getattr(parses, parse), relation)
    assert cue in [(c.kind, c.text) for c in found.cues]


def test_saying_is_a_fact_and_what_is_said_is_none():
    facts = [c.predicate.lemma for c in read(parses.SAID).claims if c.is_stated]
    assert facts == ["say"]


def test_a_denial_is_a_fact_about_who_denies():
    facts = [c.predicate.lemma for c in read(parses.DENIED).claims if c.is_stated]
    assert facts == ["deny"]
