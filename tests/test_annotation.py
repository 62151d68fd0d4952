"""The spaCy pipeline: which is loaded, and how its parses lead back to the document."""

import pytest
import spacy

from kg.errors import SettingsError
from kg.pipeline import read_documents
from kg.reading.documents.reader import document_from_text
from kg.reading.parsing.annotation import annotate, load_pipeline
from kg.settings import DEFAULT_MODEL, Settings

TWO = "A first line that is\nwrapped here. Kenya left.\n\nPeru stayed."


def document(text=TWO, id_="d1"):
    return document_from_text(text, document_id=id_, title=id_)


@pytest.mark.parametrize("model", ["no_such_pipeline", "no.such.pipeline", "no/such/folder", ""])
def test_an_unknown_pipeline_is_an_error_of_one_line(model):
    with pytest.raises(SettingsError, match="spaCy pipeline") as caught:
        load_pipeline(model)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_no_pipeline_is_an_error_of_one_line(tmp_path):
    with pytest.raises(SettingsError, match="can load") as caught:
        load_pipeline(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_pipeline_without_a_parser_says_what_it_lacks(tmp_path):
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(SettingsError, match="tagger, parser, ner"):
        load_pipeline(str(tmp_path))


@pytest.mark.model
def test_a_pipeline_given_by_folder_reads_the_same(tmp_path):
    load_pipeline(DEFAULT_MODEL).to_disk(tmp_path / "pipeline")
    folder = Settings(model=str(tmp_path / "pipeline"))
    here, there = (list(read_documents([document()], s)) for s in (Settings(), folder))
    assert here == there


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(DEFAULT_MODEL)


@pytest.mark.model
def test_sentences_are_stretches_of_the_document(nlp):
    (annotated,) = annotate([document()], nlp)
    found = [TWO[start:end] for start, end in annotated.sentences()]
    assert found == ["A first line that is\nwrapped here.", "Kenya left.", "Peru stayed."]


@pytest.mark.model
def test_tokens_lead_back_to_the_document(nlp):
    (annotated,) = annotate([document()], nlp)
    for i, word in enumerate(annotated.syntax.words):
        start, end = annotated.stretch(i, i + 1)
        assert TWO[start:end].strip() == word.strip()


@pytest.mark.model
def test_neighbouring_tokens_are_one_stretch(nlp):
    (annotated,) = annotate([document("Kenya left Peru. Chad stayed.")], nlp)
    assert annotated.locate([0, 1, 4]) == ((0, 10), (17, 21))


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " \n ", "***"])
def test_a_text_that_says_nothing_has_no_claims(nlp, text):
    (reading,) = read_documents([document(text)], Settings())
    assert reading.claims == ()


@pytest.mark.model
def test_each_document_keeps_its_own_parse(nlp):
    documents = [document("Kenya left."), document("", "d2"), document("Peru stayed.", "d3")]
    words = [a.syntax.words for a in annotate(documents, nlp, together=2)]
    assert words == [["Kenya", "left", "."], [], ["Peru", "stayed", "."]]
