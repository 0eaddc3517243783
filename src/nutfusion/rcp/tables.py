"""Tables of a meeting: its dossiers as they hold, and the board's decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.exports.columns import Column
from nutfusion.exports.tables import parquet, tables, tsv
from nutfusion.rcp.week import days_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nutfusion.model.dossier import Dossier
    from nutfusion.rcp.model import BoardDecision, Entry, StandingRow


class EntryRow(NamedTuple):
    """A dossier of a meeting."""

    week: str
    entry: Entry


class FusionRow(NamedTuple):
    """A fusion as it holds, of a dossier of a meeting."""

    week: str
    entry: Entry
    fusion: StandingRow


class DecisionRow(NamedTuple):
    """A decision, with the dossier as it holds."""

    week: str
    entry: Entry
    decision: BoardDecision


ENTRY_COLUMNS: Final[tuple[Column[EntryRow], ...]] = (
    Column("week", "word", "ISO week of the meeting.", lambda r: r.week),
    Column("sample", "text", "Pseudonym; empty when unreadable.", lambda r: r.entry.sample),
    Column("centre", "text", "Laboratory's code; empty: not given.", lambda r: r.entry.centre),
    Column("folder", "text", "Folder below dossiers/.", lambda r: r.entry.folder),
    Column("standing", "word", "complete, incomplete, withdrawn.", lambda r: r.entry.standing),
    Column("missing", "texts", "What it lacks, as codes.", lambda r: _codes(r.entry.missing)),
    Column("novelty", "word", "Against the meeting before.", lambda r: r.entry.novelty),
    Column("changes", "texts", "What changed since.", lambda r: r.entry.changes),
    Column("status", "word", "What is known of the signatures.", lambda r: r.entry.status),
    Column("state", "word", "As it holds; empty: touched, unreadable.", lambda r: r.entry.state),
    Column(
        "claimed_state",
        "word",
        "What a review with an unknown key says; empty otherwise.",
        lambda r: r.entry.claimed_state,
    ),
    Column(
        "automatic_state",
        "word",
        "Of the dossier; empty: touched or unreadable.",
        lambda r: r.entry.automatic_state,
    ),
    Column("fusions", "texts", "Names of those that stand.", lambda r: _names(r.entry)),
    Column(
        "rejected",
        "whole",
        "Fusions rejected by the biologist; empty: no review with a known key.",
        lambda r: r.entry.rejected,
    ),
    Column("assay", "text", "Profile and version.", lambda r: r.entry.assay),
    Column("run", "text", "Sequencing run; empty: not given.", lambda r: r.entry.run),
    Column("reviewer", "text", "Biologist's code; empty: unsigned.", lambda r: r.entry.reviewer),
    Column("signed_at", "text", "Day of the signature.", lambda r: r.entry.signed_at),
    Column("arrived_on", "text", "Day of arrival.", lambda r: r.entry.arrived_on),
    Column("is_late", "truth", "After the closing day; empty: none.", lambda r: r.entry.is_late),
    Column("decision", "text", "The board's last code; empty: none.", lambda r: _code(r.entry)),
    Column("decided_on", "text", "Its day.", lambda r: _decided(r.entry)),
    Column(
        "days_signed_to_arrived",
        "whole",
        "Days; empty: unsigned.",
        lambda r: days_between(r.entry.signed_at, r.entry.arrived_on),
    ),
    Column(
        "days_signed_to_decided",
        "whole",
        "Days; empty: unsigned or undecided.",
        lambda r: days_between(r.entry.signed_at, _decided(r.entry)),
    ),
    Column(
        "dossier_sha256",
        "text",
        "Digest; empty: no dossier that can be read.",
        lambda r: r.entry.dossier_sha256,
    ),
    Column("review_sha256", "text", "Digest; empty: no review.", lambda r: r.entry.review_sha256),
    Column("key", "text", "Fingerprint of the signing key.", lambda r: r.entry.key),
)
"""One row per dossier and meeting."""

FUSION_COLUMNS: Final[tuple[Column[FusionRow], ...]] = (
    Column("week", "word", "ISO week of the meeting.", lambda r: r.week),
    Column("sample", "text", "Pseudonym.", lambda r: r.entry.sample),
    Column("centre", "text", "Laboratory's code; empty: not given.", lambda r: r.entry.centre),
    Column("folder", "text", "Folder below dossiers/.", lambda r: r.entry.folder),
    Column("fusion_id", "text", "The dossier's.", lambda r: r.fusion.fusion_id),
    Column("name", "text", "As it holds.", lambda r: r.fusion.name),
    Column("state", "word", "As it holds.", lambda r: r.fusion.state),
    Column("partner_class", "word", "As it holds.", lambda r: r.fusion.partner_class),
    Column("five_prime_gene", "text", "Empty: unidentified.", lambda r: r.fusion.five_prime_gene),
    Column("three_prime_gene", "text", "Empty: unidentified.", lambda r: r.fusion.three_prime_gene),
    Column(
        "five_prime_position",
        "text",
        "GRCh38, 1-based; empty: not placed.",
        lambda r: r.fusion.five_prime_position,
    ),
    Column(
        "three_prime_position",
        "text",
        "GRCh38, 1-based; empty: not placed.",
        lambda r: r.fusion.three_prime_position,
    ),
    Column("five_prime_exon", "text", "Transcript:exon.", lambda r: r.fusion.five_prime_exon),
    Column("three_prime_exon", "text", "Transcript:exon.", lambda r: r.fusion.three_prime_exon),
    Column("reading_frame", "word", "As it holds.", lambda r: r.fusion.reading_frame),
    Column("split_reads", "whole", "Fragments; empty: unknown.", lambda r: r.fusion.split_reads),
    Column(
        "discordant_pairs",
        "whole",
        "Fragments; empty: unknown.",
        lambda r: r.fusion.discordant_pairs,
    ),
    Column("verdict", "word", "The biologist's; empty: unsigned.", lambda r: r.fusion.verdict),
    Column("assay", "text", "Profile and version.", lambda r: r.entry.assay),
)
"""One row per fusion that stands."""

DECISION_COLUMNS: Final[tuple[Column[DecisionRow], ...]] = (
    Column("week", "word", "ISO week of the meeting.", lambda r: r.week),
    Column("sample", "text", "Pseudonym.", lambda r: r.entry.sample),
    Column("centre", "text", "Laboratory's code; empty: not given.", lambda r: r.entry.centre),
    Column("number", "whole", "1 for the first on this dossier.", lambda r: r.decision.number),
    Column("decision", "text", "The board's code.", lambda r: r.decision.code),
    Column("comment", "text", "Free words; empty: none.", lambda r: r.decision.comment),
    Column("by", "text", "Code of who recorded it.", lambda r: r.decision.by),
    Column("date", "text", "Day.", lambda r: r.decision.date),
    Column("dossier_sha256", "text", "What was decided on.", lambda r: r.decision.dossier_sha256),
    Column("review_sha256", "text", "Empty: no review.", lambda r: r.decision.review_sha256),
    Column("state", "word", "As it holds now.", lambda r: r.entry.state),
    Column("fusions", "texts", "Names of those that stand.", lambda r: _names(r.entry)),
    Column("five_prime_genes", "texts", "Of those that stand.", lambda r: _five_prime(r.entry)),
    Column("joints", "texts", "GRCh38 positions, 1-based.", lambda r: _joints(r.entry)),
    Column("assay", "text", "Profile and version.", lambda r: r.entry.assay),
)
"""One row per decision, replaced ones included: for the protocol's collection of data."""


def meeting_tables(
    week: str,
    entries: Sequence[Entry],
    decisions: Sequence[tuple[Entry, BoardDecision]],
    dossiers: Sequence[Dossier],
) -> dict[str, bytes]:
    """All tables of a meeting, by path below ``tables/``.

    Args:
        week: ISO week.
        entries: Of the meeting.
        decisions: Every decision with its dossier.
        dossiers: Those that hold, of a version that the exports can lay out; automatic statements.
    """
    rows = [EntryRow(week, one) for one in entries]
    fusions = [FusionRow(week, one, fusion) for one in entries for fusion in one.fusions]
    decided = [DecisionRow(week, one, decision) for one, decision in decisions]
    return {
        "meeting.tsv": tsv(ENTRY_COLUMNS, rows),
        "meeting.parquet": parquet(ENTRY_COLUMNS, rows),
        "fusions.tsv": tsv(FUSION_COLUMNS, fusions),
        "fusions.parquet": parquet(FUSION_COLUMNS, fusions),
        "decisions.tsv": tsv(DECISION_COLUMNS, decided),
        "decisions.parquet": parquet(DECISION_COLUMNS, decided),
        **{f"automatic/{name}": data for name, data in tables(dossiers).items()},
    }


def _codes(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(code) for code in codes)


def _names(entry: Entry) -> tuple[str, ...]:
    return tuple(fusion.name for fusion in entry.fusions)


def _five_prime(entry: Entry) -> tuple[str, ...]:
    return tuple(fusion.five_prime_gene or "?" for fusion in entry.fusions)


def _joints(entry: Entry) -> tuple[str, ...]:
    return tuple(joint_of(fusion) for fusion in entry.fusions)


def joint_of(fusion: StandingRow) -> str:
    """Both positions, ``?`` for one that is not placed."""
    return f"{fusion.five_prime_position or '?'} :: {fusion.three_prime_position or '?'}"


def _code(entry: Entry) -> str | None:
    return None if entry.decision is None else entry.decision.code


def _decided(entry: Entry) -> str | None:
    return None if entry.decision is None else entry.decision.date
