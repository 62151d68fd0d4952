"""Broken and hostile files end in one line each, soon, and open no other file."""

import time

import pytest

from kg.errors import UnreadableDocumentError
from tests.hostile_files import endured, refused
from tests.test_formats import KINDS, documents

SOON = 20
"""Seconds of the processor that no file may take."""
REFUSED = list(refused())
ENDURED = list(endured())


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_a_hostile_file_is_refused_in_one_line(tmp_path, name, content, reason):
    started = time.process_time()
    found = documents(tmp_path, name, content)
    assert time.process_time() - started < SOON
    (error,) = found
    assert isinstance(error, UnreadableDocumentError)
    assert "\n" not in str(error)
    assert any(part in error.reason for part in reason.split("|")), error.reason


@pytest.mark.parametrize(("name", "content"), ENDURED, ids=[name for name, _ in ENDURED])
def test_a_strange_file_ends_soon_and_opens_no_other(tmp_path, name, content):
    started = time.process_time()
    found = documents(tmp_path, name, content)
    assert time.process_time() - started < SOON
    assert not any("root:" in d.text for d in found if not isinstance(d, UnreadableDocumentError))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_file_that_breaks_off_or_is_damaged_costs_no_more_than_itself(tmp_path, name):
    content = KINDS[name]
    for cut in range(1, 20):
        end = len(content) * cut // 20
        found = documents(tmp_path, name, content[:end] or b"x")
        found += documents(tmp_path, name, content[:end] + b"\xff\x00<" + content[end + 3 :])
        reasons = [str(one) for one in found if isinstance(one, UnreadableDocumentError)]
        assert not [reason for reason in reasons if "kg failed" in reason or "\n" in reason]
