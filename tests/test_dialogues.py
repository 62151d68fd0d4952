"""One dialogue in many forms: who speaks is the same in each, and nothing is the document's own.

The people and what they say are invented; the forms are those in which people keep talk:
transcripts, debates, chats, subtitles, mails.
"""

import pytest
from by_hand import of_grammar

from kg.pipeline import read_text

NORA, OMAR, IVO = "Nora Falk", "Omar Teck", "Ivo Lund"
DIALOGUE = (
    (NORA, "Harlan bought Westfield."),
    (OMAR, "Peru signed the treaty. Chile left the union."),
    (NORA, "Orbit hired Dana Cole."),
    (OMAR, "The bank sold the port."),
    (IVO, "Kenya expelled two diplomats."),
    (NORA, "I met the envoy in Oslo."),
)
SAID = {
    "buy": "falk",
    "sign": "teck",
    "leave": "teck",
    "hire": "falk",
    "sell": "teck",
    "expel": "lund",
    "meet": "falk",
}


def turns(form, *, between="\n\n"):
    """Return the dialogue, each turn written as a pattern says."""
    written = []
    for number, (name, words) in enumerate(DIALOGUE):
        places = {
            "name": name,
            "caps": name.upper(),
            "surname": name.split()[1],
            "surname_caps": name.split()[1].upper(),
            "title": "Ms." if name == NORA else "Mr.",
            "words": words,
            "minute": f"{number + 3:02}",
            "number": number + 1,
        }
        written.append(form.format(**places))
    return between.join(written) + "\n"


def mail(quoting):
    """Return a thread, the newest message first, each answering the one before."""
    (_, first), *answers = DIALOGUE
    text = first
    asker = NORA
    for author, words in answers:
        text = quoting(words, asker, text)
        asker = author
    return f"From: {asker} <info@example.org>\nTo: all@example.org\nSubject: News\n\n{text}\n"


def quoted(words, name, before):
    """Return an answer over the message before, each of whose lines has one mark more."""
    marked = "\n".join(f"> {line}".rstrip() for line in before.split("\n"))
    return f"{words}\n\nOn 3 May 2020, {name} wrote:\n{marked}"


def below(words, name, before):
    """Return an answer over the message before, with its header."""
    header = f"From: {name}\nSent: Monday, 4 May 2020 10:12\nTo: all@example.org\nSubject: News"
    return f"{words}\n\n-----Original Message-----\n{header}\n\n{before}"


def forwarded(words, name, before):
    """Return words over a message that is passed on."""
    header = f"From: {name} <x@example.org>\nDate: Mon, 4 May 2020\nSubject: News"
    return f"{words}\n\n---------- Forwarded message ---------\n{header}\n\n{before}"


FORMS = {
    "colon": turns("{name}: {words}"),
    "capitals": turns("{caps}: {words}"),
    "lines": turns("{name}: {words}", between="\n"),
    "title in capitals": turns("{title} {surname_caps}. {words}"),
    "set in": turns("    {title} {surname}. {words}", between="\n"),
    "place": turns("{title} {name} (North Dorset): {words}"),
    "office": turns("The Secretary of State for Roads ({title} {name}): {words}"),
    "bold": turns("**{name}**: {words}"),
    "bold with colon": turns("**{name}:** {words}"),
    "linked": turns("[{name}](https://example.org/{number}): {words}"),
    "chat": turns("[03/05/2020, 12:{minute}:10] {name}: {words}", between="\n"),
    "chat with dash": turns("03/05/2020, 12:{minute} - {name}: {words}", between="\n"),
    "clock": turns("[12:{minute}] {name}: {words}", between="\n"),
    "clock after": turns("{name} (12:{minute} PM)\n{words}"),
    "nick": turns("[12:{minute}] <{name}> {words}", between="\n"),
    "subtitles": turns("{number}\n00:{minute}:01,000 --> 00:{minute}:04,000\n{name}: {words}"),
    "voices": "WEBVTT\n\n"
    + turns("00:{minute}:01.000 --> 00:{minute}:04.000\n<v {name}>{words}</v>"),
    "play": turns("{caps}\n{words}"),
    "quoted mail": mail(quoted),
    "mail below": mail(below),
    "forwarded mail": mail(forwarded),
}


def speakers(text):
    """Return relation -> surname of the innermost who says so; "" for the document itself."""
    found = {}
    for claim in of_grammar(read_text(text).claims):
        said = claim.attributions
        speaker = said[-1].speaker if said else None
        name = speaker.text.split()[-1].strip("()").casefold() if speaker else None
        found[claim.predicate.head] = name if said else ""
    return found


@pytest.mark.model
@pytest.mark.parametrize("form", FORMS)
def test_who_speaks_is_the_same_in_every_form(form):
    assert speakers(FORMS[form]) == SAID


@pytest.mark.model
@pytest.mark.parametrize("form", FORMS)
def test_a_label_is_in_no_sentence_and_no_claim(form):
    reading = read_text(FORMS[form])
    text = reading.document.text
    told = [text[start:end] for start, end in reading.sentences]
    expected = [f"{s.rstrip('.')}." for _, words in DIALOGUE for s in words.split(". ")]
    assert sorted(told) == sorted(expected)


@pytest.mark.model
@pytest.mark.parametrize("form", FORMS)
def test_who_speaks_is_one_person_named_in_full(form):
    reading = read_text(FORMS[form])
    groups = {
        claim.attributions[-1].speaker.group
        for claim in of_grammar(reading.claims)
        if claim.attributions and claim.attributions[-1].speaker
    }
    assert len(groups - {None}) == len({NORA, OMAR, IVO})
