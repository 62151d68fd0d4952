"""A text may end, or begin, anywhere: rules look at a neighbouring token through ``Syntax`` alone.

``words[i + 1]`` reads past the end of a text without a full stop, ``words[i - 1]`` silently
reads its last token. ``Syntax.near``, ``hangs_on``, ``is_glued`` and ``sentence_at`` do neither.
"""

import ast
from pathlib import Path

import pytest

READING = Path(__file__).parent.parent / "kg" / "reading"
COLUMNS = {
    "words", "lowers", "lemmas", "pos", "tags", "deps", "heads", "starts", "ends", "children",
    "sentence_of",
}  # fmt: skip
PAST_THE_LAST = {"end", "stop"}
"""Names for the number of a token after the last of something, which may be none."""
STILL_MENDED = {
    "claims/no_sentences.py",
    "names/proposed.py",
    "names/shapes.py",
    "parsing/annotation.py",
}
MODULES = sorted(
    path.relative_to(READING).as_posix()
    for path in READING.rglob("*.py")
    if path.name not in {"grammar.py", "__init__.py"}
)


def bare_neighbours(source):
    """Return the lines that subscript a column of a Syntax with a neighbour's number."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    lines = {line for function in functions for line in _in_function(function)}
    return sorted(lines)


def _in_function(function):
    assigned = list(_assignments(function))
    columns = {name for name, value in assigned if _is_column(value, ())}
    for node in ast.walk(function):
        looked_up = isinstance(node, ast.Subscript) and _is_column(node.value, columns)
        if looked_up and _is_beside(node.slice):
            yield node.lineno


def _assignments(function):
    """Yield (name, value) of what a function assigns, each item of a tuple for itself."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            yield from ((t.id, value) for t, value in pairs if isinstance(t, ast.Name))


def _is_column(node, columns):
    """Tell "syntax.words", "self.syntax.words" and a name that holds one of them."""
    if isinstance(node, ast.Name):
        return node.id in columns
    if not isinstance(node, ast.Attribute) or node.attr not in COLUMNS:
        return False
    owner = node.value
    return getattr(owner, "id", getattr(owner, "attr", "")) == "syntax"


def _is_beside(node):
    """Tell "i + 1", "i - 2", "end", "phrase.end"."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return any(isinstance(side, ast.Constant) for side in (node.left, node.right))
    return getattr(node, "id", getattr(node, "attr", "")) in PAST_THE_LAST


@pytest.mark.parametrize(
    "module",
    [
        pytest.param(m, marks=[pytest.mark.xfail(strict=True)] if m in STILL_MENDED else [])
        for m in MODULES
    ],
)
def test_a_neighbouring_token_is_looked_up_through_syntax_alone(module):
    assert bare_neighbours((READING / module).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "after = syntax.words[i + 1]",
        "after = self.syntax.lowers[i - 2]",
        "after = syntax.pos[phrase.end]",
        "words = syntax.words; after = words[end]",
        "words, first = syntax.words, 0; after = words[first + 1]",
    ],
)
def test_a_bare_neighbour_is_found(line):
    assert bare_neighbours(f"def look(syntax, i, phrase, end):\n    {line}\n") == [2]


@pytest.mark.parametrize(
    "line",
    [
        "after = syntax.near(syntax.words, i + 1)",
        "last = syntax.words[-1]",
        "words = name.split(); after = words[i + 1]",
        "between = syntax.words[i + 1 : last]",
    ],
)
def test_a_guarded_look_is_none(line):
    assert bare_neighbours(f"def look(syntax, i, name, last):\n    {line}\n") == []
