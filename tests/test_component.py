"""The component kg: a Doc that any pipeline parsed in, its Reading out."""

import parses
import pytest
import spacy
from by_hand import doc_of, read
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

import kg
from kg.component import COMPONENT, DocReader, make_reader
from kg.errors import SettingsError
from kg.evaluation.gold import BASELINE
from kg.settings import Settings

TEXTS = (
    "The Kremlin didn’t say\nthat Russia threatened Japan.\n\nIn 2018 it held exercises with China.",
    "Ada met Ben. Nobody denied it",
    "",
    " \n ",
    "\n\n Hm\u200bm \n\n",
    "🙂 “Acme bribed judges,” the mayor said",
)


@Language.component("parse_by_hand")
def parse_by_hand(doc):
    """Give every text of three words the parse of "Kenya threatened Peru"."""
    if len(doc) == 3:
        columns = {
            "heads": [1, 1, 1], "deps": ["nsubj", "ROOT", "dobj"],
            "tags": ["NNP", "VBD", "NNP"], "pos": ["PROPN", "VERB", "PROPN"],
            "lemmas": ["Kenya", "threaten", "Peru"],
        }  # fmt: skip
        spaces = [bool(token.whitespace_) for token in doc]
        return Doc(doc.vocab, words=[token.text for token in doc], spaces=spaces, **columns)
    return doc


@pytest.fixture
def blank():
    """Return a pipeline without a trained model."""
    nlp = spacy.blank("en")
    nlp.add_pipe("parse_by_hand")
    nlp.add_pipe(COMPONENT)
    return nlp


@pytest.fixture(scope="module")
def trained():
    nlp = spacy.load(BASELINE)
    nlp.add_pipe(COMPONENT)
    return nlp


def spans_of(reading):
    """Yield every stretch of the text that a Reading points to, with the words it gives."""
    for claim in reading.claims:
        for phrase in filter(None, (claim.subject, claim.object)):
            yield phrase.spans, phrase.text
    for group in reading.groups:
        for mention in group.mentions:
            yield ((mention.passage.start, mention.passage.end),), mention.text


def said(doc):
    return [(c.subject.text, c.predicate.lemma, c.object.text) for c in doc._.kg.claims]


# Without a trained model


def test_pipeline_gives_a_reading(blank):
    doc = blank("Kenya threatened Peru")
    assert isinstance(doc._.kg, kg.Reading)
    assert said(doc) == [("Kenya", "threaten", "Peru")]
    assert doc._.kg.document.text == doc.text


def test_claims_are_those_of_the_library():
    doc = DocReader(Settings())(doc_of(parses.POSSESSIVE))
    assert [c.predicate for c in doc._.kg.claims] == [
        c.predicate for c in read(parses.POSSESSIVE).claims
    ]


def test_documents_of_other_texts_have_other_ids(blank):
    one, two = blank("Kenya threatened Peru"), blank("Kenya threatened Chile")
    assert one._.kg.document.id != two._.kg.document.id
    assert len(kg.build_graph([one._.kg, two._.kg]).documents) == 2


def test_doc_without_the_component_has_no_reading():
    assert Doc(Vocab(), words=["Kenya"])._.kg is None


def test_reading_survives_bytes(blank):
    doc = blank("Kenya threatened Peru")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again._.kg == doc._.kg


def test_pipeline_without_a_parse_is_told_what_it_lacks():
    nlp = spacy.blank("en")
    nlp.add_pipe(COMPONENT)
    with pytest.raises(SettingsError, match="after a tagger and a parser"):
        nlp("Kenya threatened Peru")
    assert nlp("")._.kg.claims == ()


def test_settings_of_the_component_are_kept_with_the_pipeline(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("parse_by_hand")
    nlp.add_pipe(COMPONENT, config={"min_confidence": 1.0})
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.get_pipe_config(COMPONENT)["min_confidence"] == 1.0
    assert said(again("Kenya threatened Peru")) == []


def test_component_keeps_nothing_between_documents(blank):
    first = [said(doc) for doc in blank.pipe(["Kenya threatened Peru", "Peru threatened Kenya"])]
    second = [said(doc) for doc in blank.pipe(["Peru threatened Kenya", "Kenya threatened Peru"])]
    assert first == second[::-1]
    assert make_reader(blank, "kg", min_confidence=0.0, nary=False) == DocReader(Settings())


# With the small English model


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS)
def test_offsets_are_those_of_the_doc(text, trained):
    reading = trained(text)._.kg
    assert reading.document.text == text
    for spans, words in spans_of(reading):
        stretches = " ".join(text[start:end] for start, end in spans)
        assert "".join(words.split()) == "".join(stretches.split())


@pytest.mark.model
def test_denial_with_a_curly_apostrophe_is_none_the_less_a_denial(trained):
    doc = trained("The Kremlin didn’t threaten Japan.")
    assert [c.polarity for c in doc._.kg.claims] == ["negative"]


@pytest.mark.model
def test_names_need_no_ner():
    nlp = spacy.load(BASELINE, exclude=["ner"])
    nlp.add_pipe(COMPONENT)
    reading = nlp("Russia threatened Japan.")._.kg
    assert {group.name for group in reading.groups} >= {"Russia", "Japan"}


@pytest.mark.model
def test_many_processes_read_the_same(trained):
    alone = [doc._.kg for doc in trained.pipe(TEXTS, batch_size=1)]
    assert [doc._.kg for doc in trained.pipe(TEXTS, n_process=2, batch_size=1)] == alone


@pytest.mark.model
def test_saved_pipeline_reads_the_same(trained, tmp_path):
    trained.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXTS[0])._.kg == trained(TEXTS[0])._.kg
