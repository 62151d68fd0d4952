"""A build to serve, and a real server of it."""

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from kg.outputs.drawing.explorer_index import INDEX, stamp_of, write_index
from kg.outputs.drawing.html_page import write_html
from kg.outputs.rdf.forms import write_turtle
from kg.outputs.texts.tables import write_claims_csv
from kg.web.query_pool import Limits
from kg.web.server import Serving, make_server
from tests.sample import sample_graph

SMALL = Limits(timeout=5.0, max_rows=1000, workers=2)
BASE = "http://localhost:8000/"


def make_build(folder: Path, graph=None) -> Path:
    """Write the files of a build that the server gives out."""
    graph = graph or sample_graph()
    folder.mkdir(parents=True, exist_ok=True)
    write_turtle(graph, folder / "graph.ttl")
    write_html(graph, folder / "graph.html")
    write_claims_csv(graph, folder / "claims.csv")
    write_index(graph, folder / INDEX, title="Served", stamp=stamp_of(folder))
    return folder


@contextmanager
def client_of(build: Path, *, limits=SMALL, **options):
    """Give a client of the program, within this process; workers are real."""
    server = make_server(build, Serving(limits=limits, **options))
    with TestClient(server.program, base_url=BASE, follow_redirects=False) as client:
        client.token = server.token
        yield client


@contextmanager
def server_of(build: Path, *options: str):
    """Run `kg serve` and give its address."""
    command = [sys.executable, "-m", "kg", "serve", str(build), "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            line = running.stdout.readline()
            found = re.search(r"http://\S+/", line)
            assert found, line + running.stderr.read()
            running.address = found[0]
            yield running
        finally:
            running.terminate()
            running.wait(10)
