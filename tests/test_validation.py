"""Every promise about a graph, broken on purpose: both our check and SHACL must name it."""

import re
import sys

import pytest
from click.testing import CliRunner

from kg.build_folder import validate_build
from kg.cli import main
from kg.errors import BadQueryError, InputError, MissingExtraError, NotABuildError
from kg.outputs.rdf.forms import serialize
from kg.outputs.validation.promises import (
    RULES,
    Violation,
    check_statements,
    read_statements,
    report_lines,
)
from kg.outputs.validation.shapes import own_shapes, read_shapes, validate_shapes
from kg.vocabulary import PREFIXES, TYPES
from tests.sample import sample_graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
BASE = "http://localhost:8000/"
TURTLE = serialize(sample_graph(), "turtle")
CLAIM = re.search(r"claim:\w+ a kg:Claim", TURTLE)[0]


@pytest.fixture
def build(tmp_path):
    (tmp_path / "graph.ttl").write_text(TURTLE, encoding="utf-8")
    return tmp_path


def less(words, count=1):
    """Return the Turtle without its first line that begins so, the block ended rightly."""
    return re.sub(rf"\n    {words}[^\n]*? ([;.])(?=\n)", "", TURTLE, count=count)


BROKEN = {
    "Plain triples are facts": (
        TURTLE + "\nent:tomas-brandt rel:leave ent:northern-signals-directorate .\n"
    ),
    "Every fact about an entity stands": TURTLE.replace("    rel:lead ent:", "    rel:visit ent:"),
    "Every claim comes from one sentence": less("prov:wasDerivedFrom"),
    "Every stretch lies in its text": TURTLE.replace("nif:endIndex 76 ", "nif:endIndex 99999 "),
    "Every entity, relation and document has a label": less('rdfs:label "Vesk"'),
    "Every node has a name: no blank node": TURTLE + "\nent:vesk skos:altLabel [] .\n",
    "Whoever denies a claim": less("kg:denier"),
    "Every argument of a claim has a role and a value": TURTLE.replace('kg:role "to" ;', ""),
    "Every edge counts": TURTLE.replace("kg:hedgedBy 1 ", "kg:hedgedBy 7 ", 1),
    "Every mention leads to an entity": TURTLE.replace(
        "kg:mentions ent:vesk ", "kg:mentions ent:nowhere ", 1
    ),
}
"""The beginning of a rule, and a Turtle that breaks it."""
STATUS = {
    "no polarity": less("kg:polarity"),
    "two modalities": TURTLE + f"\n{CLAIM} ; kg:modality kg:possible , kg:asserted .\n",
    "another modality": TURTLE.replace("kg:modality kg:intended", "kg:modality kg:hoped"),
    "a confidence above one": TURTLE.replace("kg:confidence 0.94", "kg:confidence 1.94"),
}


def checked(turtle, folder):
    path = folder / "graph.ttl"
    path.write_text(turtle, encoding="utf-8")
    assert turtle != TURTLE
    return list(check_statements(read_statements(path))), list(
        validate_shapes(path, [own_shapes()])
    )


def test_a_good_build_keeps_every_promise(build):
    found = validate_build(build, shacl=True)
    assert found.violations == ()
    assert found.triples == serialize(sample_graph(), "nt").count("\n")


@pytest.mark.parametrize("rule", BROKEN)
def test_both_name_a_broken_promise(rule, tmp_path):
    ours, shacl = checked(BROKEN[rule], tmp_path)
    assert any(v.rule.startswith(rule) for v in ours), ours
    assert any(v.rule.startswith(rule) for v in shacl), shacl


@pytest.mark.parametrize("how", STATUS)
def test_both_find_a_broken_status(how, tmp_path):
    ours, shacl = checked(STATUS[how], tmp_path)
    assert any("one status of each kind" in v.rule for v in ours)
    assert any(re.search("polarity|positive|modality|Confidence", v.rule) for v in shacl)


@pytest.mark.parametrize(
    ("turtle", "node", "value"),
    [
        (BROKEN["Plain triples are facts"], "<http://localhost:8000/entity/tomas-brandt>", "leave"),
        (BROKEN["Every entity, relation and document has a label"], f"<{BASE}entity/vesk>", ""),
        (BROKEN["Every stretch lies in its text"], ",76>", "99999"),
    ],
)
def test_a_violation_names_its_node_and_value(turtle, node, value, tmp_path):
    ours, shacl = checked(turtle, tmp_path)
    assert any(v.node.endswith(node) and value in v.value for v in ours)
    assert any(v.node.endswith(node) for v in shacl)


def test_words_that_do_not_stand_there_are_found_by_both(tmp_path):
    ours, shacl = checked(TURTLE.replace('nif:anchorOf "Vesk"', 'nif:anchorOf "Vask"', 1), tmp_path)
    assert any("Vask" in v.value for v in ours)
    assert any(v.rule.startswith("Every stretch lies") for v in shacl)


def test_a_triple_added_later_is_counted(tmp_path):
    ours, _ = checked(TURTLE + '\nent:vesk skos:altLabel "Vask" .\n', tmp_path)
    assert [v.rule for v in ours] == ["One data set describes itself, and counts its triples"]


def test_every_rule_has_words():
    assert all(rule.__doc__ and rule.__doc__.count("\n") == 0 for rule in RULES)


def test_every_class_of_a_build_has_a_shape(build):
    shapes = own_shapes().serialize(format="nt")
    used = read_statements(build / "graph.ttl").typed
    classes = {*used, *(f"<{kind.class_iri}>" for kind in TYPES.values())}
    assert [c for c in classes if f"shacl#targetClass> {c}" not in shapes] == []
    assert f"<{PREFIXES['kg']}MentionGroup>" in classes


# The command


def test_validate_says_that_nothing_is_wrong(build):
    result = CliRunner().invoke(main, ["validate", str(build)])
    assert result.exit_code == 0
    assert "12 rules: nothing is wrong" in result.output


def test_validate_shows_some_and_counts_all(build):
    (build / "graph.ttl").write_text(less("prov:wasDerivedFrom", count=5), encoding="utf-8")
    result = CliRunner().invoke(main, ["validate", str(build), "--limit", "2"])
    assert result.exit_code == 1
    assert "5 × broken: Every claim comes from one sentence" in result.output
    assert "… and 3 more" in result.output
    assert result.output.count("    claim:") == 2


def test_a_report_is_one_line_a_node():
    long = Violation("rule", f"<{BASE}entity/a>", '"' + "x" * 500 + '\n"')
    lines = list(report_lines([long], base_iri=BASE))
    assert lines[0] == "1 × broken: rule"
    assert "ent:a" in lines[1]
    assert len(lines[1]) < 300


OWN = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
@prefix ent: <http://localhost:8000/entity/> .
<http://a.example/s> a sh:NodeShape ; sh:targetClass schema:City ;
  sh:property [ sh:path schema:population ; sh:minCount 1 ; sh:message "Every city has people" ] .
"""


def test_a_users_own_shapes_are_checked_too(build, tmp_path):
    (tmp_path / "mine.ttl").write_text(OWN)
    result = CliRunner().invoke(
        main, ["validate", str(build), "--shapes", str(tmp_path / "mine.ttl")]
    )
    assert result.exit_code == 1
    assert "1 × broken: Every city has people\n    ent:vesk" in result.output


@pytest.mark.parametrize(
    "keyword", ["SERVICE", "\\\\u0053ERVICE", "service", "\\\\U00000053ERVICE"]
)
def test_shapes_that_reach_outside_are_refused(keyword, tmp_path):
    rule = f'sh:sparql [ sh:select "SELECT $this {{ {keyword} <http://127.0.0.1:9/> {{ }} }}" ] .'
    (tmp_path / "mine.ttl").write_text(OWN.rstrip(".\n ") + " ; " + rule)
    with pytest.raises(BadQueryError, match=r"A rule in .* is refused. SERVICE is not allowed"):
        read_shapes(tmp_path / "mine.ttl")


def test_shapes_that_do_not_parse_are_named(tmp_path):
    (tmp_path / "mine.ttl").write_text("no turtle")
    with pytest.raises(InputError, match=r"mine.ttl do not parse"):
        read_shapes(tmp_path / "mine.ttl")


def test_without_pyshacl_the_extra_is_named(build, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtraError, match=r"Run: pip install 'kg-claims\[shacl\]'"):
        validate_build(build, shacl=True)
    assert validate_build(build).violations == ()


def test_a_folder_without_a_graph_is_no_build(tmp_path):
    with pytest.raises(NotABuildError, match=r"graph.ttl is missing"):
        validate_build(tmp_path)
    (tmp_path / "graph.ttl").write_text("no turtle")
    with pytest.raises(NotABuildError, match="that parses"):
        validate_build(tmp_path)
