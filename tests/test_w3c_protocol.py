"""The W3C's own tests of the SPARQL 1.1 Protocol, where their folder is at hand."""

import os
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rdflib
from rdflib.collection import Collection

from kg.web.query_pool import Limits
from tests.served import client_of, make_build

ROOT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("KG_W3C_PROTOCOL", ROOT.parent / "shared" / "w3c" / "protocol"))
MANIFEST = FOLDER / "manifest.ttl"

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
ACCEPTS = {
    "boolean": "application/sparql-results+xml",
    "tabular": "application/sparql-results+xml",
    "RDF": "application/n-triples",
}


def manifest():
    graph = rdflib.Graph()
    if MANIFEST.is_file():
        graph.parse(MANIFEST)
    return graph


GRAPH = manifest()
CASES = sorted(GRAPH.subjects(rdflib.RDF.type, MF.ProtocolTest))


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Return a build whose store in memory is the tests' data, each file a named graph."""
    folder = make_build(tmp_path_factory.mktemp("w3c") / "build")
    quads = []
    for data in set(GRAPH.objects(None, UT.graphData)):
        file = Path(urlsplit(str(GRAPH.value(data, UT.graph))).path)
        name = GRAPH.value(data, rdflib.RDFS.label)
        quads += [
            line.rstrip(" .") + f" <{name}> .\n" for line in file.read_text().splitlines() if line
        ]
    (folder / "w3c.nq").write_text("".join(sorted(set(quads))))
    return folder


@pytest.fixture
def client(build, monkeypatch):
    from kg.web import server

    real = server.StoreSource

    def of_the_tests(base_iri, **_):
        return real(base_iri, file=build / "w3c.nq")

    monkeypatch.setattr(server, "StoreSource", of_the_tests)
    with client_of(build, writable=True, limits=Limits(workers=1)) as client:
        yield client


def name_of(case):
    return str(case).partition("#")[2]


@pytest.mark.skipif(not CASES, reason=f"the W3C's protocol tests are not at {FOLDER.name}/")
def test_all_the_cases_are_there():
    assert len(CASES) == 34


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_w3c_case(case, client):
    connection = GRAPH.value(case, MF.action)
    for request in Collection(GRAPH, GRAPH.value(connection, HT.requests)):
        expected = GRAPH.value(request, HT.resp)
        response = client.request(**as_sent(request, expected, client.token))
        classes = {str(s)[-3] for s in GRAPH.objects(expected, MF.expectedStatus)}
        assert f"{response.status_code}"[0] in classes, response.text
        check_format(response, expected)


def as_sent(request, expected, token):
    """Return a request of the manifest; updates get the token that our server wants."""
    headers = {"authorization": f"Bearer {token}"}
    form = GRAPH.value(expected, MF.expectedFormat)
    if form:
        headers["accept"] = ACCEPTS[str(form)]
    for header in Collection(GRAPH, GRAPH.value(request, HT.headers) or rdflib.RDF.nil):
        name, value = GRAPH.value(header, HT.fieldName), GRAPH.value(header, HT.fieldValue)
        headers[str(name)] = str(value)
    body = GRAPH.value(request, HT.body)
    content = None
    if body is not None:
        encoding = str(GRAPH.value(body, CNT.characterEncoding))
        content = str(GRAPH.value(body, CNT.chars)).encode(encoding)
    return {
        "method": str(GRAPH.value(request, HT.methodName)),
        "url": str(GRAPH.value(request, HT.absolutePath)),
        "headers": headers,
        "content": content,
    }


def check_format(response, expected):
    form, truth = (
        GRAPH.value(expected, MF.expectedFormat),
        GRAPH.value(expected, MF.expectedBoolean),
    )
    if form is not None and str(form) == "RDF":
        rdflib.Graph().parse(data=response.text, format="nt")
    elif form is not None:
        root = ET.fromstring(response.content)
        found = root.find("{http://www.w3.org/2005/sparql-results#}boolean")
        assert (found is not None) == (str(form) == "boolean")
        if truth is not None:
            assert found.text == str(truth)
