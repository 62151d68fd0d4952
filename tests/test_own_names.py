"""A user's own names: a list or patterns, found in the text before all else."""

import parses
import pytest
from by_hand import LEXICONS, doc_of, syntax_of

from kg.errors import SettingsError
from kg.reading.grammar import Syntax
from kg.reading.mentions.groups import collect_mentions, group_mentions
from kg.reading.names.finder import NameFinder, find_names, names_in
from kg.reading.names.users_own import load_own_names


def write(folder, text, name="names.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def found(parse, path):
    syntax = syntax_of(parse)
    names = find_names(syntax, [], LEXICONS, own=load_own_names(path).find(syntax))
    return {(syntax.text(n.start, n.end), n.type) for n in names}


def test_a_listed_name_is_found(tmp_path):
    path = write(tmp_path, "name,type\nthe treaty,Law\n")
    assert ("the treaty", "Law") in found(parses.ACTIVE, path)


def test_a_listed_name_outweighs_our_own_lists(tmp_path):
    path = write(tmp_path, "type,name\norganization,Kenya\n")
    assert found(parses.ACTIVE, path) == {("Kenya", "Organization")}


def test_jsonl_has_the_same_keys(tmp_path):
    path = write(tmp_path, '{"name": "the  treaty", "type": "Law"}\n\n', "names.jsonl")
    assert ("the treaty", "Law") in found(parses.ACTIVE, path)


def test_a_label_is_the_name_of_the_group(tmp_path):
    path = write(tmp_path, "name,type,label\nKenya,Organization,Kenya Ltd\n")
    doc = NameFinder(load_own_names(path))(doc_of(parses.ACTIVE))
    mentions = collect_mentions(names_in(doc), Syntax.of(doc), LEXICONS)
    found = group_mentions(
        mentions, Syntax.of(doc), document_id="d", locate=lambda s, e: (s, e), text=doc.text
    )
    groups = found.groups
    assert [(g.name, g.type) for g in groups if "Kenya" in g.name] == [
        ("Kenya Ltd", "Organization")
    ]


def test_a_pattern_is_found_between_words(tmp_path):
    path = write(tmp_path, '{"pattern": "the t\\\\w+", "type": "Law"}\n', "names.jsonl")
    assert ("the treaty", "Law") in found(parses.ACTIVE, path)


def test_a_part_of_a_word_is_no_name(tmp_path):
    path = write(tmp_path, '{"pattern": "treat", "type": "Law"}\n', "names.jsonl")
    assert "treat" not in {words for words, _ in found(parses.ACTIVE, path)}


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("title,type\na,Law\n", "n.csv", "it has: title, type"),
        ("", "n.csv", "it has: none"),
        ("name,type\na,Compny\n", "n.csv", "line 2: Compny"),
        ("name,type\n,Law\n", "n.csv", "line 2"),
        ('{"name": "a"}\n', "n.jsonl", "line 1: no type"),
        ("[1]\n", "n.jsonl", "line 1"),
        ("{\n", "n.jsonl", "one JSON object a line"),
        ('{"pattern": "(", "type": "Law"}\n', "n.jsonl", "regular expression"),
    ],
)
def test_a_bad_file_is_an_error_of_one_line(tmp_path, text, name, says):
    with pytest.raises(SettingsError) as caught:
        load_own_names(write(tmp_path, text, name))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_an_error_of_one_line(tmp_path):
    path = tmp_path / "n.csv"
    path.write_bytes(b"name,type\n\xff\xfe,Law\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        load_own_names(str(path))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match=r"none\.csv"):
        load_own_names(str(tmp_path / "none.csv"))
