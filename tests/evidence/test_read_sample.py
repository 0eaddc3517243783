"""One sample's lanes become its evidence, or an error that says what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.builders import starter_panel
from tests.callers.builders import caller_file, reported
from tests.reads.builders import fusion, pair, random_bases, tiled, write_lane

from nutfusion.callers import CallerResult
from nutfusion.callers.statement import SideStatement
from nutfusion.errors import FastqError, InputError, ReferenceDataError
from nutfusion.evidence import Lane, read_sample

if TYPE_CHECKING:
    from pathlib import Path


def test_evidence_names_the_sample_its_panel_and_its_files(tmp_path: Path) -> None:
    lanes = [
        write_lane(tmp_path, [pair(f"p{i}", fusion(), -30 - i, 150) for i in range(4)], "a"),
        write_lane(tmp_path, tiled(fusion(), 3), "b"),
    ]
    evidence = read_sample("S1", lanes, starter_panel(), threads=2)
    assert evidence.sample == "S1"
    assert evidence.panel_digest == starter_panel().digest
    assert [(f.role, f.records) for f in evidence.inputs] == [
        ("fastq_1", 4),
        ("fastq_2", 4),
        ("fastq_single", 3),
    ]
    assert [found.split_reads for found in evidence.junctions] == [7]
    assert evidence.qc is not None
    assert (evidence.qc.fragments, evidence.qc.reads) == (7, 11)


def test_a_sample_without_lanes_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_sample("S1", [], starter_panel())
    assert str(caught.value) == (
        "sample 'S1': expected reads or a caller's file, found neither; give --fastq,"
        " --fastq-single, --bam or a caller's file"
    )
    assert caught.value.exit_code == 2


def test_a_panel_without_nutm1_is_refused(tmp_path: Path) -> None:
    panel = starter_panel()
    bare = replace(
        panel, transcripts={a: replace(t, sequence=None) for a, t in panel.transcripts.items()}
    )
    lane = write_lane(tmp_path, tiled(fusion()))
    with pytest.raises(ReferenceDataError) as caught:
        read_sample("S1", [lane], bare)
    assert str(caught.value) == (
        "panel 'starter': expected a sequence of NUTM1, found none;"
        " build it again without --no-starter"
    )
    assert caught.value.exit_code == 3


def test_a_broken_file_ends_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "r.fq"
    path.write_text("no FASTQ\n")
    with pytest.raises(FastqError) as caught:
        read_sample("S1", [Lane(path)], starter_panel())
    assert (caught.value.path, caught.value.line) == (str(path), 1)


def test_figures_of_a_sample_without_nutm1_are_figures_and_not_null(tmp_path: Path) -> None:
    reads = [pair(f"p{i}", fusion(("BRD4", 11)), -400 - i, 150) for i in range(30)]
    qc = read_sample("S1", [write_lane(tmp_path, reads)], starter_panel()).qc
    assert qc is not None
    assert qc.nutm1_fragments == 0
    counted = {each.gene.symbol: each.fragments for each in qc.partner_fragments}
    assert counted["BRD4"] == 30
    assert counted["BRD3"] is None  # the starter has no sequence of it: unknown, not zero
    assert (qc.read_length_min, qc.read_length_max, qc.read_length_mean) == (60, 60, 60.0)
    assert qc.mean_base_quality == 40.0
    assert qc.n_fraction == 0.0


def test_read_lengths_and_unread_bases_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "r.fq"
    path.write_text(f"@a\n{'N' * 10}{random_bases(90, 1)}\n+\n{'5' * 100}\n@b\nACGT\n+\nIIII\n")
    qc = read_sample("S1", [Lane(path)], starter_panel()).qc
    assert qc is not None
    assert (qc.read_length_min, qc.read_length_max, qc.read_length_mean) == (4, 100, 52.0)
    assert (qc.bases, qc.mean_base_quality, qc.n_fraction) == (104, 20.0, 0.1)


def test_progress_is_told(tmp_path: Path) -> None:
    seen: list[tuple[float, int]] = []
    lane = write_lane(tmp_path, tiled(fusion(), 5))
    read_sample("S1", [lane], starter_panel(), progress=lambda *now: seen.append(now))
    assert seen[-1] == (1.0, 5)


def test_the_order_of_callers_files_does_not_matter() -> None:
    # two programs name one partner differently, as gene models do: whichever name is shown, it
    # must not depend on the command line
    rows = [
        reported("arriba", first=SideStatement(gene=gene, contig="7", position=100, strand="-"))
        for gene in ("AC004797.1", "LINC99999")
    ]
    results = [
        CallerResult(caller_file("arriba", sha256=digest), (row.model_copy(update=changes),))
        for digest, row in zip(("0" * 64, "1" * 64), rows, strict=True)
        for changes in ({"sha256": digest},)
    ]
    one, other = (
        read_sample("S1", [], starter_panel(), callers=files)
        for files in (results, list(reversed(results)))
    )
    assert one == other
