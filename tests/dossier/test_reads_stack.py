"""Reads are laid under the consensus as they are, base by base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dossier import builders
from tests.dossier.cases import CASES

from nutfusion.dossier.reads_stack import READS_AT_ONCE, Run, reads_stack
from nutfusion.model.evidence import SupportingRead

if TYPE_CHECKING:
    from nutfusion.model.dossier import DossierFusion


def _bases(runs: tuple[Run, ...]) -> str:
    return "".join(run.bases for run in runs)


def _read(**changes: object) -> SupportingRead:
    values: dict[str, object] = {
        "name": "r",
        "mate": 1,
        "kind": "split",
        "sequence": "ACGT",
        "offset": 0,
        "five_prime_anchor": 2,
        "three_prime_anchor": 2,
        "mismatches": 0,
        "duplicate": False,
    }
    return SupportingRead.model_validate({**values, **changes})


def _fusion(
    *reads: SupportingRead, consensus: str = "AACCGGTT", joint: int = 4, linker: str = ""
) -> DossierFusion:
    return builders.dossier(
        builders.call(
            consensus_sequence=consensus,
            consensus_junction_offset=joint,
            junction=builders.junction(linker_sequence=linker),
            support=builders.support(reads),
        )
    ).fusions[0]


def test_every_base_of_every_read_is_in_its_column() -> None:
    fusion = builders.dossier(builders.call()).fusions[0]
    stack = reads_stack(fusion)
    assert _bases(stack.consensus) == fusion.consensus_sequence
    assert len(stack.rows) == len(fusion.support.reads)
    for row in stack.rows:
        assert row.read.offset is not None
        assert _bases(row.runs) == " " * row.read.offset + row.read.sequence


def test_bases_that_differ_from_the_consensus_are_marked() -> None:
    fusion = builders.dossier(builders.call()).fusions[0]
    for row in reads_stack(fusion).rows:
        marked = sum(len(run.bases) for run in row.runs if run.mismatch)
        assert marked == row.read.mismatches


def test_parts_are_divided_at_the_joint_and_around_the_linker() -> None:
    stack = reads_stack(
        _fusion(_read(sequence="CCAGGT", offset=2), linker="AG", consensus="AACCAGGGTT")
    )
    assert [(run.part, run.bases) for run in stack.consensus] == [
        ("five", "AACC"),
        ("linker", "AG"),
        ("three", "GGTT"),
    ]
    assert [(run.part, run.mismatch, run.bases) for run in stack.rows[0].runs] == [
        (None, False, "  "),
        ("five", False, "CC"),
        ("linker", False, "AG"),
        ("three", False, "G"),
        ("three", True, "T"),
    ]


def test_read_that_starts_before_the_consensus_moves_all_columns() -> None:
    stack = reads_stack(_fusion(_read(sequence="GGGAA", offset=-3)))
    assert stack.joint == 7
    assert _bases(stack.consensus) == "   AACCGGTT"
    assert _bases(stack.rows[0].runs) == "GGGAA"
    assert not any(run.mismatch for run in stack.rows[0].runs)


def test_ruler_counts_from_the_joint_without_a_zero() -> None:
    fusion = builders.dossier(builders.call()).fusions[0]
    stack = reads_stack(fusion)
    assert stack.ruler[stack.joint - 2 : stack.joint + 2] == "−1+1"
    assert stack.ruler[stack.joint + 19 :].startswith("+20")
    assert stack.ruler[: stack.joint - 19].endswith("−20")
    assert len(stack.ruler) == stack.columns


def test_reads_without_a_place_are_listed_apart() -> None:
    far = _read(name="far", offset=-500, kind="discordant")
    unplaced = _read(name="none", offset=None, mismatches=None, kind="discordant")
    stack = reads_stack(_fusion(_read(), far, unplaced))
    assert [row.read.name for row in stack.rows] == ["r"]
    assert [read.name for read in stack.unplaced] == ["far", "none"]


def test_without_a_consensus_no_read_is_placed() -> None:
    fusion = builders.dossier(CASES["bounded"]).fusions[0]
    stack = reads_stack(fusion)
    assert stack.consensus == ()
    assert stack.rows == ()


def test_counted_reads_come_before_duplicates_and_split_before_discordant() -> None:
    reads = (
        _read(name="d", kind="discordant"),
        _read(name="copy", duplicate=True),
        _read(name="b", offset=2),
        _read(name="a", offset=1),
    )
    assert [row.read.name for row in reads_stack(_fusion(*reads)).rows] == ["a", "b", "copy", "d"]


def test_only_the_first_reads_are_shown_at_once() -> None:
    reads = tuple(_read(name=f"r{n:03d}") for n in range(READS_AT_ONCE + 7))
    stack = reads_stack(_fusion(*reads))
    assert len(stack.first_rows) == READS_AT_ONCE
    assert len(stack.more_rows) == 7
