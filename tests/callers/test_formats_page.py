"""``docs/callers.md`` says what the registry and the expectations say."""

from __future__ import annotations

from tests.callers.formats_page import PAGE, page

from nutfusion.callers import CALLERS
from nutfusion.callers.listing import NOT_SEEN, listing


def test_the_tables_are_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.callers.formats_page"


def test_the_list_names_every_format_and_what_was_never_tried() -> None:
    lines = listing().splitlines()[1:]
    assert [line.split("\t")[0] for line in lines] == list(CALLERS)
    for line, fmt in zip(lines, CALLERS.values(), strict=True):
        assert (NOT_SEEN in line) is not fmt.seen_on_real_file
