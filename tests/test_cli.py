"""The commands, as a user types them."""

import json
import os

import pytest
from click.testing import CliRunner

from kg.cli import main

TEXT = "In 2018 Russia held military exercises with China. France may leave NATO.\n"


def kg(*arguments, text=None):
    return CliRunner().invoke(main, [str(a) for a in arguments], input=text)


@pytest.mark.parametrize("command", main.commands.values(), ids=main.commands)
def test_every_command_explains_itself(command):
    assert command.help
    assert all(o.help for o in command.params if o.param_type_name == "option")


def test_lines_of_the_help_stay_lines():
    assert "\n  kg why outputs/mine Russia Iran" in kg("--help").output
    assert not any("\\b" in kg(command, "--help").output for command in main.commands)


def test_mistyped_command_suggests_one():
    result = kg("biuld")
    assert result.exit_code == 2
    assert "Did you mean 'build'?" in result.output


def test_missing_path_is_one_line():
    result = kg("build", "nowhere.txt")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "nowhere.txt" in result.output


def test_folder_that_is_no_build_is_one_line(tmp_path):
    for command in (
        ["why", tmp_path, "Russia"],
        ["show", tmp_path, "x"],
        ["query", tmp_path, "denied"],
        ["draw", tmp_path],
        ["merges", tmp_path],
        ["export", tmp_path, "--to", "nt"],
    ):
        result = kg(*command)
        assert result.exit_code == 1
        assert "is not a build" in result.output
        assert result.output.count("\n") == 1


def test_a_depth_needs_what_it_is_counted_from(tmp_path):
    result = kg("draw", tmp_path, "--depth", "3")
    assert result.exit_code == 2
    assert "--around" in result.output.splitlines()[-1]


def test_unknown_model_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = kg("read", tmp_path / "a.txt", "--model", "no_such_model")
    assert result.exit_code == 1
    assert "no_such_model" in result.output


def test_query_needs_a_query(tmp_path):
    assert kg("query", tmp_path).exit_code == 2


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    result = kg("build", folder / "a.txt", "-o", folder / "out")
    assert result.exit_code == 0, result.output
    assert "claims" in result.output
    return folder / "out"


@pytest.mark.model
def test_why_shows_the_sentence_with_its_source(out):
    result = kg("why", out, "Russia", "China")
    assert "“In 2018 Russia held military exercises with China.”" in result.output
    assert "Russia · hold military exercises with · China" in result.output


@pytest.mark.model
def test_why_of_a_stranger_suggests_a_name(out):
    result = kg("why", out, "Rusia")
    assert result.exit_code == 1
    assert "'Russia'" in result.output


@pytest.mark.model
def test_show_gives_names_and_links(out):
    output = kg("show", out, "Russia").output
    assert "Russia (Country, russia)" in output
    assert "http://www.wikidata.org/entity/Q159" in output


@pytest.mark.model
def test_query_by_saved_name_and_by_text(out):
    assert "exercises" in kg("query", out, "neighbours").output
    ask = kg("query", out, "ASK { ent:france rel:leave ent:nato }", "--format", "json").output
    assert json.loads(ask)["boolean"] is False


@pytest.mark.model
def test_query_with_a_syntax_error_says_where(out):
    result = kg("query", out, "SELECT ?x WHERE {\n ?x ?y }")
    assert result.exit_code == 1
    assert "line 2" in result.output


@pytest.mark.model
def test_draw_writes_a_page(out, tmp_path):
    result = kg("draw", out, "--around", "Russia", "-o", tmp_path / "x.html")
    assert result.exit_code == 0
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.model
def test_read_prints_one_reading_a_line():
    lines = kg("read", "-", "--lines", text=TEXT + "\nMali fell.\n").output.splitlines()
    readings = [json.loads(line) for line in lines]
    assert [r["document"]["id"] for r in readings] == ["line-1", "line-2", "line-3"]
    assert readings[1]["claims"] == []


@pytest.mark.model
def test_read_links_groups_where_it_is_told_to(tmp_path):
    register = tmp_path / "office.csv"
    register.write_text("id,name,type\nc-7,Vantor Trade Society,Organization\n", encoding="utf-8")
    base = tmp_path / "office.kb"
    assert kg("knowledge", "add", register, "--to", base).exit_code == 0
    text = "Russia met the Vantor Trade Society in May."
    linked = json.loads(kg("read", "-", "--link", "--knowledge", base, text=text).output)
    links = {group["name"]: group["link"] for group in linked["groups"]}
    assert links["Russia"]["label"] == "Russia"
    assert links["Russia"].keys() == {
        "id", "iris", "label", "exact", "probability", "reasons", "rival"
    }  # fmt: skip
    assert links["Vantor Trade Society"]["id"] == "c-7"
    plain = json.loads(kg("read", "-", text=text).output)
    assert "link" not in plain["groups"][0]


@pytest.mark.model
def test_merges_tells_why_names_are_one_thing(tmp_path):
    (tmp_path / "a.txt").write_text("Ada Okoro met Ben Vantor.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Yesterday Okoro left Mali.\n", encoding="utf-8")
    assert kg("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "o").exit_code == 0
    shown = kg("merges", tmp_path / "o", "Okoro").output
    assert "Ada Okoro = Okoro: surname of one person" in shown
    unknown = kg("merges", tmp_path / "o", "Okoroo")
    assert (unknown.exit_code, unknown.output.count("\n")) == (1, 1)


@pytest.mark.model
def test_what_is_not_in_english_is_kept_and_nothing_is_told_of_it(tmp_path):
    french = (
        "Le ministre a dit que la France ne vend pas des armes et que les rumeurs sont fausses."
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(french, encoding="utf-8")
    built = kg("build", tmp_path / "in", "--output", tmp_path / "out")
    assert built.exit_code == 0
    assert 'not read   b.txt: It is in the language "fr"' in built.output
    assert "documents  2" in built.output
    read = kg("read", tmp_path / "in" / "b.txt")
    assert json.loads(read.stdout)["claims"] == []
    assert 'Not read: b.txt: It is in the language "fr"' in read.stderr


@pytest.mark.model
def test_read_tells_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.progress.LOG_EVERY_SECONDS", -1.0)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert kg("read", tmp_path).stderr == "reading: 1 of 2\nreading: 2 of 2\n"
    assert kg("read", tmp_path / "a.txt", "--lines").stderr == "reading: 1\n"


@pytest.mark.model
def test_a_paragraph_that_is_not_in_english_makes_no_claims(tmp_path):
    german = "Der Sprecher bestritt, dass die Firma in Peru nicht nur Waffen verkauft habe."
    english = "Kenya left the union. It is one of the states that had a treaty with it and with us."
    (tmp_path / "a.txt").write_text(f"{english}\n\n{german}\n", encoding="utf-8")
    claims = json.loads(kg("read", tmp_path / "a.txt").stdout)["claims"]
    assert claims
    assert all(claim["sentence"][0] < len(english) for claim in claims)


@pytest.mark.model
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_loses_no_other(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").chmod(0)
    result = kg("read", tmp_path / "a.txt", tmp_path / "b.txt")
    assert result.exit_code == 1
    assert result.stdout.count("\n") == 1
    assert "no permission" in result.stderr


@pytest.mark.model
def test_read_names_a_bad_file_and_goes_on(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").touch()
    result = kg("read", tmp_path)
    assert result.exit_code == 1
    assert "b.txt: it is empty" in result.output
    assert '"id":"a"' in result.output


@pytest.mark.model
def test_speed_is_measured_beside_the_bare_pipeline(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT * 20, encoding="utf-8")
    assert "ratio" in kg("evaluate", "speed", "--data", tmp_path, "--rounds", "1").output
