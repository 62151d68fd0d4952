"""What `import kg` offers, and that offering it costs nothing."""

import subprocess
import sys

import kg


def test_public_names_are_pinned():
    assert kg.__all__ == [
        "Settings", "Document", "Mention", "MentionGroup", "Claim", "Reading", "Entity",
        "LinkedClaim", "Relation", "KgError", "read_text", "read_paths", "read_documents",
        "reading_to_json", "reading_from_json", "build_graph", "KnowledgeGraph", "build",
        "open_build", "to_rdflib", "write_turtle", "write_html",
    ]  # fmt: skip


def test_every_public_name_is_there():
    assert all(getattr(kg, name).__doc__ for name in kg.__all__)


def test_public_names_are_listed_before_they_are_used():
    code = "import kg; missing = set(kg.__all__) - set(dir(kg)); assert not missing, missing"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_unknown_name_is_an_attribute_error():
    assert not hasattr(kg, "nothing_of_the_kind")


def test_help_loads_no_heavy_library():
    code = (
        "import sys; from click.testing import CliRunner; from kg.cli import main;"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        "heavy = {'spacy', 'networkx', 'rdflib', 'pyoxigraph', 'pyvis', 'numpy', 'scipy', 'rich', 'lxml',"
        " 'onnxruntime', 'markdown_it', 'pypdfium2', 'oxmsg', 'openpyxl', 'starlette', 'sqlite3'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
