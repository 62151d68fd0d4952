"""What `kg evaluate pages` measures, on sizes so small that it takes seconds."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.evaluation.pages import measure_pages

pytestmark = pytest.mark.browser


def test_pages_and_the_explorer_are_timed(chromium):
    told = []

    def measured():
        def tell(*step):
            told.append(step)

        return list(measure_pages(2000, rounds=1, tell=tell, sizes=(20, 40)))

    # Playwright lets each thread drive one browser, and this one has the tests' own.
    with ThreadPoolExecutor(1) as thread:
        lines = thread.submit(measured).result()
    assert [at for _, at, _ in told] == [0, 1, 2]
    assert {of for _, _, of in told} == {3}
    what = [line[:40].strip() for line in lines]
    assert "first picture" in lines[0]
    assert [re.sub(r"[\d.,]+", "#", words) for words in what[1:5]] == [
        "# nodes# # MB# as it opens", "# nodes# # MB# all drawn"] * 2  # fmt: skip
    assert what[5].startswith("explorer")
    assert what[6] == "on its greatest hub"
    for line in lines[1:7]:
        first, frames = line[40:].split()
        assert 0 < int(first.replace(",", "")) < 20_000
        assert int(frames) > 0
    assert "made in" in lines[7]
