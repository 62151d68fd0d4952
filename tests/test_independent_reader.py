"""What kg writes, read by N3.js, which shares no code with rdflib or pyoxigraph.

``npm install --prefix tests/readers`` brings it; without it, or without node, the tests
that need it are skipped by name. Nothing here uses the network.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

from kg.outputs.rdf.forms import serialize
from tests.sample import sample_graph
from tests.test_rdf import NASTY, odd_graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
READERS = Path(__file__).parent / "readers"
FORMATS = {
    "turtle": ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
    "plain": ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
    "rdf12": ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
    "nt": ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
    "trig": ("application/trig", pyoxigraph.RdfFormat.TRIG),
    "nq": ("application/n-quads", pyoxigraph.RdfFormat.N_QUADS),
}


@pytest.fixture(scope="module")
def node():
    """Return the path of node, if it finds N3.js."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    asked = subprocess.run(
        [found, "-e", "require('n3')"], cwd=READERS, capture_output=True, check=False
    )
    if asked.returncode:
        pytest.skip("N3.js is not installed: npm install --prefix tests/readers")
    return found


def read_with_n3(node, text, media_type):
    asked = [node, str(READERS / "read_with_n3.js"), media_type]
    done = subprocess.run(
        asked, input=text.encode(), cwd=READERS, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    lines = done.stdout.decode().splitlines()
    return {json.dumps(json.loads(line), ensure_ascii=True) for line in lines}


def read_with_pyoxigraph(text, form):
    return {
        json.dumps([plain(t) for t in (q.subject, q.predicate, q.object, q.graph_name)])
        for q in pyoxigraph.parse(text.encode(), format=form)
    }


def plain(term):
    match term:
        case pyoxigraph.Literal():
            return ["literal", term.value, term.datatype.value, term.language or ""]
        case pyoxigraph.Triple():
            return ["triple", plain(term.subject), plain(term.predicate), plain(term.object)]
        case pyoxigraph.DefaultGraph():
            return ["DefaultGraph", ""]
        case _:
            return ["NamedNode", term.value]


@pytest.mark.parametrize("form", FORMATS)
def test_n3_reads_the_same_statements(form, node):
    media_type, theirs = FORMATS[form]
    text = serialize(sample_graph(), form)
    found = read_with_n3(node, text, media_type)
    assert found == read_with_pyoxigraph(text, theirs)
    assert len(found) > 100


@pytest.mark.parametrize("number", range(len(NASTY)))
@pytest.mark.parametrize("form", ["turtle", "nq"])
def test_n3_reads_nasty_words(form, number, node):
    media_type, theirs = FORMATS[form]
    text = serialize(odd_graph(NASTY[number]), form)
    assert read_with_n3(node, text, media_type) == read_with_pyoxigraph(text, theirs)


def test_rdflib_reads_as_many_statements_as_pyoxigraph():
    text = serialize(sample_graph(), "turtle")
    assert len(Graph().parse(data=text)) == len(read_with_pyoxigraph(text, FORMATS["turtle"][1]))
