"""Knowledge bases: made, opened, added to, refused."""

import gzip
import json
import sqlite3
import time

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import InputError, UnknownNameError
from kg.linking.knowledge_base import KnowledgeBase, KnownEntity, Office, load_knowledge_base
from kg.linking.knowledge_writer import KnowledgeWriter
from kg.linking.registers import add_register
from kg.linking.wikidata_dump import DumpFilter, build_from_dump

ACME = KnownEntity("own:1", "Acme", "Organization", 0.8, ("urn:kg:own-1",), "GB")


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "own.kb"
    with KnowledgeWriter(path) as writer:
        writer.add(ACME, [("ACM", "acronym")], offices=[Office("Chair", "GB", "2018-01-01", "")])
    return path


def found(path, name):
    return [(f.entity.id, f.kind) for f in KnowledgeBase([path]).find(name)]


def test_what_is_written_is_found_by_each_name(made):
    assert found(made, "the ACME") == [("own:1", "label")]
    assert found(made, "A.C.M.") == [("own:1", "acronym")]
    assert KnowledgeBase([made]).offices("own:1") == (Office("Chair", "GB", "2018-01-01", ""),)
    assert KnowledgeBase([made]).entity("own:1") == ACME


def test_same_entities_give_the_same_bytes(made, tmp_path):
    again = tmp_path / "again.kb"
    with KnowledgeWriter(again) as writer:
        writer.add(ACME, [("ACM", "acronym")], offices=[Office("Chair", "GB", "2018-01-01", "")])
    assert again.read_bytes() == made.read_bytes()


def test_own_base_is_asked_before_the_one_of_kg(made):
    both = load_knowledge_base(made)
    assert both.find("Acme")[0].entity == ACME
    assert both.find("Russia")[0].entity.id == "Q159"


def test_what_is_added_again_replaces_what_was_there(made):
    with KnowledgeWriter(made, add=True) as writer:
        writer.add(KnownEntity("own:1", "Acme Group", "Organization", 0.8), [])
    assert found(made, "Acme") == []
    assert found(made, "Acme Group") == [("own:1", "label")]


def fail_after_adding(path, **options):
    with KnowledgeWriter(path, **options) as writer:
        writer.add(KnownEntity("own:2", "Bolt", "Organization", 0.8), [])
        raise InputError("stopped")


def test_a_run_that_fails_leaves_things_as_they_were(made, tmp_path):
    with pytest.raises(InputError):
        fail_after_adding(made, add=True)
    assert found(made, "Bolt") == []
    with pytest.raises(InputError):
        fail_after_adding(tmp_path / "new.kb")
    assert [p.name for p in tmp_path.iterdir()] == ["own.kb"]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 200])
def test_a_file_that_is_no_knowledge_base_is_named(tmp_path, content):
    path = tmp_path / "bad.kb"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.kb is not a knowledge base"):
        KnowledgeBase([path])


def test_another_version_says_so(made):
    with sqlite3.connect(made) as file:
        file.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="version 99; this kg reads version 2"):
        KnowledgeBase([made])


def test_the_base_opens_fast():
    start = time.perf_counter()
    KnowledgeBase(load_knowledge_base().paths).close()
    assert time.perf_counter() - start < 0.5


# --- registers ---------------------------------------------------------------------------


def test_a_csv_keeps_its_own_identifiers(tmp_path):
    register, base = tmp_path / "r.csv", tmp_path / "r.kb"
    register.write_text(
        "\ufeffName,Type,ID,Aliases,IRI\n"
        "Acme Widgets Ltd,Organization,REG-7,AW; Acme,https://reg.example/7\n"
        ",Person,,,\n"
        "Ada Okoro,Person,Q77,,\n",
        encoding="utf-8",
    )
    summary = add_register(register, base)
    assert (summary.added, summary.skipped, summary.messages) == (2, 1, ["line 3: no name"])
    assert found(base, "Acme Widgets") == [("REG-7", "alias")]
    assert KnowledgeBase([base]).entity("REG-7").iris == ("https://reg.example/7",)
    assert KnowledgeBase([base]).entity("Q77").iris == ("http://www.wikidata.org/entity/Q77",)


def test_follow_the_money_is_read(tmp_path):
    register, base = tmp_path / "r.json", tmp_path / "r.kb"
    company = {
        "id": "ofac-1",
        "schema": "Company",
        "properties": {"name": ["Bolt LLC"], "alias": ["BOLT"], "country": ["ru"]},
    }
    owns = {"id": "x", "schema": "Ownership", "properties": {"owner": ["ofac-1"]}}
    lines = [json.dumps(company), "{broken", json.dumps(owns), "", '{"id": 1}']
    register.write_text("\n".join(lines), encoding="utf-8")
    summary = add_register(register, base)
    assert (summary.added, summary.skipped) == (1, 2)
    entity = KnowledgeBase([base]).entity("ofac-1")
    assert (entity.label, entity.country, entity.iris) == ("Bolt LLC", "RU", ("urn:kg:ofac-1",))


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("title,kind\nx,y\n", InputError, "no column 'name'.*title, kind"),
        ("", InputError, "no column 'name'.*none"),
        ("name,type\nX,Persona\n", UnknownNameError, "line 2: 'Persona'. Did you mean 'Person'"),
    ],
)
def test_a_bad_register_is_one_clear_line(tmp_path, text, error, words):
    register = tmp_path / "r.csv"
    register.write_text(text)
    with pytest.raises(error, match=words):
        add_register(register, tmp_path / "r.kb")
    assert not (tmp_path / "r.kb").exists()


# --- a dump of Wikidata ------------------------------------------------------------------


def item(own_id, label, classes, **more):
    def statement(value, rank="normal"):
        return {"rank": rank, "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}}

    claims = {"P31": [statement({"id": c}) for c in classes]}
    claims |= {p: [statement(v) for v in values] for p, values in more.get("claims", {}).items()}
    return {
        "type": "item",
        "id": own_id,
        "labels": more.get("labels", {"en": {"language": "en", "value": label}}),
        "aliases": more.get("aliases", []),
        "descriptions": [],
        "claims": claims,
        "sitelinks": {f"w{n}": {} for n in range(more.get("sitelinks", 20))},
    }


ITEMS = [
    item("Q1", "Ruritania", ["Q6256"], claims={"P297": ["RU"]}, sitelinks=250),
    item("Q2", "Zenda", ["Q99"], claims={"P17": [{"id": "Q1"}], "P1566": ["77"]}),
    item("Q99", "castle town", ["Q16889133"], claims={"P279": [{"id": "Q515"}]}),
    item(
        "Q3",
        "Rudolf V",
        ["Q5"],
        aliases={"en": [{"language": "en", "value": "Rudolf"}]},
        claims={
            "P569": [{"time": "+1860-02-03T00:00:00Z", "precision": 11}],
            "P570": [{"time": "+1920-00-00T00:00:00Z", "precision": 9}],
            "P39": [{"id": "Q98"}],
        },
    ),
    item("Q98", "King of Ruritania", ["Q4164871"]),
    item("Q4", "", ["Q5"], labels={"mul": {"language": "mul", "value": "Flavia"}}),
    item("Q5000", "obscure", ["Q5"], sitelinks=1),
    item("Q6", "a gene", ["Q7187"]),
]


def write_dump(path, items, *, broken=()):
    lines = [json.dumps(i) + "," for i in items] + list(broken)
    text = "[\n" + "\n".join(lines) + "\n]\n"
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["d.json", "d.json.gz"])
def test_a_dump_becomes_a_knowledge_base(tmp_path, name):
    dump = write_dump(tmp_path / name, ITEMS, broken=['{"id": "Q9", "type"'])
    summary = build_from_dump(dump, tmp_path / "w.kb", DumpFilter())
    assert (summary.bad, summary.entities) == (1, 5)
    base = KnowledgeBase([tmp_path / "w.kb"])
    zenda, rudolf = base.entity("Q2"), base.entity("Q3")
    assert (zenda.type, zenda.country) == ("City", "RU")
    assert zenda.iris[1] == "https://sws.geonames.org/77/"
    assert (rudolf.start, rudolf.end) == ("1860-02-03", "1920")
    assert base.offices("Q3")[0].title == "King of Ruritania"
    assert base.find("Flavia")[0].entity.id == "Q4"
    assert [f.kind for f in base.find("Rudolf")] == ["surname"]
    assert base.entity("Q5000") is None
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "w.kb"])


def test_a_stopped_run_goes_on_where_it_was(tmp_path, monkeypatch):
    from kg.linking import wikidata_dump

    monkeypatch.setattr(wikidata_dump, "LINES_AT_ONCE", 2)
    dump = write_dump(tmp_path / "d.json", ITEMS)
    seen = []

    def stop(what, done, total):
        seen.append(what)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_from_dump(dump, tmp_path / "w.kb", DumpFilter(), progress=stop)
    kept = list(tmp_path.glob("*.reading"))
    assert len(kept) == 1
    with sqlite3.connect(kept[0]) as file:
        assert file.execute("SELECT lines FROM progress").fetchone() == (4,)
    build_from_dump(dump, tmp_path / "w.kb", DumpFilter())
    whole = build_from_dump(dump, tmp_path / "once.kb", DumpFilter())
    assert whole.entities == 5
    assert (tmp_path / "w.kb").read_bytes() == (tmp_path / "once.kb").read_bytes()


def test_types_and_languages_choose(tmp_path):
    dump = write_dump(tmp_path / "d.json", ITEMS)
    chosen = DumpFilter(("fr",), 0, frozenset({"Person"}))
    assert build_from_dump(dump, tmp_path / "w.kb", chosen).entities == 1


def test_two_processes_give_the_same_bytes(tmp_path):
    dump = write_dump(tmp_path / "d.json", ITEMS)
    for jobs in (1, 2):
        build_from_dump(dump, tmp_path / f"{jobs}.kb", DumpFilter(), jobs=jobs)
    assert (tmp_path / "1.kb").read_bytes() == (tmp_path / "2.kb").read_bytes()


def test_a_dump_that_is_broken_off_says_so(tmp_path):
    dump = write_dump(tmp_path / "d.json.gz", ITEMS)
    dump.write_bytes(dump.read_bytes()[:-20])
    with pytest.raises(InputError, match="broken off"):
        build_from_dump(dump, tmp_path / "w.kb", DumpFilter())
    with pytest.raises(InputError, match="No dump at"):
        build_from_dump(tmp_path / "none.json", tmp_path / "w.kb", DumpFilter())


# --- the commands ------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(main, ["knowledge", *map(str, arguments)])


def test_find_shows_scores_and_reasons(made):
    shown = run("find", "Acme", "--knowledge", made).output
    assert "Acme  [Organization]  urn:kg:own-1" in shown
    assert "name is its label" in shown


def test_find_says_that_nobody_goes_by_a_name():
    assert run("find", "Xyzzyx").output == "Nothing goes by the name 'Xyzzyx'.\n"
    wrong = run("find", "Acme", "--type", "Persn")
    assert wrong.exit_code == 1
    assert "Did you mean 'Person'?" in wrong.output


def test_build_and_add_report_what_they_did(tmp_path):
    dump = write_dump(tmp_path / "d.json", ITEMS)
    base = tmp_path / "w.kb"
    assert "5 entities" in run("build", "--wikidata", dump, "-o", base, "--jobs", 1).output
    (tmp_path / "r.csv").write_text("name\nAcme\n")
    assert "1 added, 0 lines skipped" in run("add", tmp_path / "r.csv", "--to", base).output
    assert "Error" in run("build", "--wikidata", dump, "-o", base, "--types", "Cty").output
