"""A still picture: the graph as SVG and PNG, with no browser."""

import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import MissingExtraError
from kg.outputs.drawing import still_picture as picture
from kg.outputs.drawing.still_picture import draw_svg, png_of, write_picture
from tests.sample import sample_graph, synthetic_graph
from tests.test_drawing import PAYLOADS

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_names_relations_and_key_are_written():
    written = texts(draw_svg(sample_graph(), title="Halden Bridge"))
    assert {"Norland", "Irena Kovac", "visit", "Fact", "Denied", "person"} <= set(written)
    assert any(line.startswith("Halden Bridge") for line in written)


def test_the_same_graph_gives_the_same_picture():
    assert draw_svg(sample_graph()) == draw_svg(sample_graph())


def test_what_is_left_out_is_said():
    written = texts(draw_svg(synthetic_graph(300), limit=40))
    assert any("most important of 300 entities" in line for line in written)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_title_stays_text(payload):
    drawn = ET.fromstring(draw_svg(sample_graph(), title=payload))
    assert {element.tag for element in drawn.iter()} == {
        element.tag for element in ET.fromstring(draw_svg(sample_graph())).iter()
    }


def test_no_name_lies_over_another():
    boxes = []
    for element in ET.fromstring(draw_svg(synthetic_graph(120))).iter(f"{SVG}text"):
        if element.get("font-weight") != "600":
            continue
        size = float(element.get("font-size"))
        wide = len("".join(element.itertext())) * size * picture.LETTER / 2
        x, y = float(element.get("x")), float(element.get("y"))
        boxes.append((x - wide, y - size, x + wide, y))
    overlaps = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]
    assert overlaps == []


def test_an_empty_graph_is_drawn():
    assert draw_svg(synthetic_graph(0)).startswith("<svg")


def test_a_png_is_made_of_it(tmp_path):
    pytest.importorskip("resvg_py")
    write_picture(sample_graph(), tmp_path / "new" / "picture.png", "png")
    assert (tmp_path / "new" / "picture.png").read_bytes().startswith(b"\x89PNG")


def test_without_resvg_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    with pytest.raises(MissingExtraError, match=r"kg-claims\[png\]"):
        png_of("<svg/>")


def test_the_command_draws_a_picture(monkeypatch, tmp_path):
    monkeypatch.setattr("kg.build_folder.open_build", lambda _: sample_graph())
    result = CliRunner().invoke(
        main, ["draw", str(tmp_path), "--format", "svg", "--around", "Norland", "--depth", "1"]
    )
    assert result.exit_code == 0, result.output
    assert "Norland" in (tmp_path / "drawing.svg").read_text(encoding="utf-8")
