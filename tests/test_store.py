"""A Reading that was put is there at once, for the same bytes and the same reader."""

import sqlite3
import threading

import pytest

from kg.errors import OutputError
from kg.reading.documents.reader import document_from_text
from kg.reading.store import ReadingStore
from kg.records import Reading


def reading(document_id="a", text="Rome fell."):
    return Reading(document_from_text(text, document_id=document_id), sentences=((0, len(text)),))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "build" / "readings.db"


def test_what_was_put_is_found_again(path):
    with ReadingStore(path) as store:
        store.put(reading(), "kg 1")
    with ReadingStore(path) as store:
        assert store.get("a", reading().document.sha256, "kg 1") == reading()


@pytest.mark.parametrize(
    "key", [("b", None, "kg 1"), ("a", "other bytes", "kg 1"), ("a", None, "kg 2")]
)
def test_other_bytes_or_another_reader_find_nothing(path, key):
    document_id, sha256, reader = key
    with ReadingStore(path) as store:
        store.put(reading(), "kg 1")
        assert store.get(document_id, sha256 or reading().document.sha256, reader) is None


def test_a_reading_outlives_a_build_that_is_killed(path):
    killed = ReadingStore(path)
    killed.put(reading(), "kg 1")
    with ReadingStore(path) as store:
        assert list(store.readings()) == [reading()]
    killed.close()


def test_readings_come_sorted_and_only_those_kept(path):
    with ReadingStore(path) as store:
        for document_id in ("c", "a", "b"):
            store.put(reading(document_id), "kg 1")
        store.keep_only({"a", "c", "unknown"})
        assert [r.document.id for r in store.readings()] == ["a", "c"]


def test_a_new_reading_takes_the_place_of_the_old_one(path):
    with ReadingStore(path) as store:
        store.put(reading(), "kg 1")
        store.put(reading(text="Rome stood."), "kg 2")
        assert list(store.readings()) == [reading(text="Rome stood.")]


def test_two_builds_write_at_the_same_time(path):
    def build(name):
        with ReadingStore(path) as store:
            for number in range(20):
                store.put(reading(f"{name}-{number:02}"), "kg 1")

    threads = [threading.Thread(target=build, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ReadingStore(path) as store:
        assert len(list(store.readings())) == 40


def test_a_store_that_stays_locked_says_so(path):
    ReadingStore(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OutputError, match="another build is writing"):
        ReadingStore(path, wait_seconds=0.05)
    other.close()


def test_a_file_that_is_no_database_is_refused(path):
    path.parent.mkdir()
    path.write_text("This is not a database, but a text of some length.")
    with pytest.raises(OutputError, match="no sound database"):
        ReadingStore(path)
    assert path.read_text().startswith("This")


def test_a_database_of_something_else_is_left_alone(path):
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    with pytest.raises(OutputError, match="kg did not make"):
        ReadingStore(path)


def test_a_folder_in_its_place_is_refused(tmp_path):
    with pytest.raises(OutputError, match="Cannot write"):
        ReadingStore(tmp_path)


def test_a_damaged_row_is_named(path):
    with ReadingStore(path) as store:
        store.put(reading(), "kg 1")
        store._database.execute("UPDATE readings SET reading = '{'")
        with pytest.raises(OutputError, match="its row 'a' is damaged"):
            list(store.readings())
