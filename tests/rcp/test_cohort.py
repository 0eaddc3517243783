"""All meetings: every sample once, as it held last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.rcp.builders import decided, incoming, meeting, withdrawn
from tests.rcp.test_tables import asked
from tests.review.builders import corrected, signed

from nutfusion.cli import main
from nutfusion.errors import ReviewError
from nutfusion.rcp.cohort import cohort, cohort_html, read_meetings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Over the end of a year: S-1 signed later and decided, S-2 corrected, S-3 withdrawn."""
    inbox, root = tmp_path / "in", tmp_path / "rcp"
    first = incoming(inbox / "a", "S-1", sign=False)
    second = incoming(inbox / "b", "S-2", example="positive", signed_at="2026-12-28")
    third = incoming(inbox / "c", "S-3", example="negative")
    meeting(root, first, second, week="2026-W53", date="2026-12-29")
    signed(first, signed_at="2026-12-30")
    gene = ("five_prime_gene", "NSD3", "relu")
    state = ("state", "confirmed_bet_complex", "NSD3 n'est pas un gène BET")
    signed(
        second,
        corrected(gene, state, ("partner_class", "bet_complex", "relu")),
        signed_at="2027-01-04",
    )
    meeting(root, first, second, third, week="2027-W01", date="2027-01-05")
    decided(root / "2027-W01", "S-1", "ACCES-A", date="2027-01-07")
    withdrawn(root / "2027-W01", "S-3", date="2027-01-07")
    return root


def test_a_sample_is_counted_once_as_it_held_last(root: Path) -> None:
    found = cohort(read_meetings(root))
    assert [case.identifier.partition("-c")[0][:8] for case in found.cases] == [
        "2026-W53",
        "2026-W53",
        "2027-W01",
    ]
    assert found.counted == 2
    assert found.states == [("confirmed_bet", 1), ("confirmed_bet_complex", 1)]
    assert found.partners == [
        (("BRD4", "bet", "confirmed_bet"), 1),
        (("NSD3", "bet_complex", "confirmed_bet_complex"), 1),
    ]
    assert [name for (name, *_), _ in found.joints] == ["BRD4::NUTM1", "NSD3::NUTM1"]


def test_a_candidate_is_not_counted_with_the_confirmed(tmp_path: Path) -> None:
    """BRD4::NUTM1 of two samples: confirmed in one, in the other a biologist doubts the frame."""
    doubted = corrected(("state", "indeterminate", "cadre perdu"))
    sources = [incoming(tmp_path / "a", "S-1"), incoming(tmp_path / "b", "S-2", doubted)]
    meeting(tmp_path / "rcp", *sources)
    found = cohort(read_meetings(tmp_path / "rcp"))
    assert found.partners == [
        (("BRD4", "bet", "confirmed_bet"), 1),
        (("BRD4", "bet", "indeterminate"), 1),
    ]
    assert [(key[0], key[-1], n) for key, n in found.joints] == [
        ("BRD4::NUTM1", "confirmed_bet", 1),
        ("BRD4::NUTM1", "indeterminate", 1),
    ]
    page = cohort_html(found)
    partners = page[page.index('id="fr-partners"') : page.index('id="fr-joints"')]
    assert "indéterminé" in partners.lower()


def test_days_run_from_first_to_first_and_unknown_is_not_zero(root: Path) -> None:
    days = {one.key: one for one in cohort(read_meetings(root)).days}
    # S-1 arrived unsigned on 29 December, was signed a day later and decided on 7 January
    assert (days["arrived_to_decided"].known, days["arrived_to_decided"].middle) == (1, 9)
    assert days["arrived_to_decided"].unknown == 1
    assert (days["signed_to_arrived"].least, days["signed_to_arrived"].most) == (-1, 1)
    assert days["signed_to_decided"].middle == 8


def test_page_and_tables_are_the_same_each_time_and_duckdb_reads_them(
    root: Path, tmp_path: Path
) -> None:
    written = []
    for name in ("one", "two"):
        out = tmp_path / name
        done = CliRunner().invoke(main, ["rcp", "cohort", str(root), "--out", str(out)])
        assert done.exit_code == 0, done.output
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1]
    page = written[0]["cohort.html"].decode()
    assert "2 échantillons comptés une fois" in page
    where = "where is_last and is_counted"
    table = tmp_path / "one" / "fusions.parquet"
    # the query of docs/rcp.md
    query = (
        f"select five_prime_gene, state, count(distinct \"case\") as samples from '{table}' {where}"
        " group by all order by all"
    )
    assert asked(query) == [("BRD4", "confirmed_bet", 1), ("NSD3", "confirmed_bet_complex", 1)]
    rows = asked(f"select count(*) from '{tmp_path / 'one' / 'dossiers.parquet'}'")
    assert rows == [(5,)]


def test_touched_and_missing_meetings_are_told(root: Path, tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="expected a folder of meetings"):
        read_meetings(tmp_path / "in")
    (root / "2026-W53" / "rcp.pdf").write_bytes(b"x")
    with pytest.raises(ReviewError, match=r"rcp\.pdf: expected sha256"):
        read_meetings(root)
