"""Columns of the table with one row per end of an exon at which a fusion could be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.exports.columns import Column
from nutfusion.exports.sample_columns import sample_columns, state_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutfusion.exports.columns import Kind, Value
    from nutfusion.model.dossier import Dossier
    from nutfusion.model.scored import ExonEndDetectability, PartnerDetectability


class ExonEndRow(NamedTuple):
    """An end of an exon, its gene and the dossier that both stand in.

    Attributes:
        dossier: The sample.
        partner: BET or BET-complex gene.
        end: ``None`` for a gene of which the panel has no exons: it is not missing for that.
    """

    dossier: Dossier
    partner: PartnerDetectability
    end: ExonEndDetectability | None


def exon_end_rows(dossier: Dossier) -> list[ExonEndRow]:
    """One row per end of an exon, in the order of the dossier; one for a gene without any."""
    return [
        ExonEndRow(dossier, partner, end)
        for partner in dossier.detectability
        for end in partner.exon_ends or (None,)
    ]


def _dossier(row: ExonEndRow) -> Dossier:
    return row.dossier


def _of_gene(
    name: str, kind: Kind, meaning: str, value: Callable[[PartnerDetectability], Value]
) -> Column[ExonEndRow]:
    return Column(name, kind, meaning, lambda row: value(row.partner))


def _of_end(
    name: str, kind: Kind, meaning: str, value: Callable[[ExonEndDetectability], Value]
) -> Column[ExonEndRow]:
    return Column(name, kind, meaning, lambda row: None if row.end is None else value(row.end))


_NO_EXONS: Final = "; empty: the panel has no exons of the gene."

EXON_END_COLUMNS: Final[tuple[Column[ExonEndRow], ...]] = (
    *sample_columns(_dossier),
    *state_columns(_dossier),
    _of_gene("gene", "text", "HGNC symbol of the BET or BET-complex gene.", lambda p: p.gene),
    _of_gene("hgnc_id", "text", "HGNC identifier.", lambda p: p.hgnc_id),
    _of_gene("gene_fragments", "whole", "Distinct fragments of the gene, those of a fusion with it"
             " included; empty: not counted.", lambda p: p.gene_fragments),
    _of_gene("gene_detection_limit", "real", "Lowest share of fused transcripts, 0 to 1, that would"
             " have been seen with 95 % probability at any of the gene's catalogued joints, or at"
             " any of its ends when none is catalogued; empty: see gene_reason.",
             lambda p: p.detection_limit),
    _of_gene("gene_reason", "text", "Why the gene has no limit; empty: it has one.",
             lambda p: p.reason),
    _of_end("transcript", "text", f"MANE Select transcript, accession.version{_NO_EXONS}",
            lambda e: e.transcript),
    _of_end("exon", "whole", "Number in it of the last exon that the fusion would have of the gene,"
            f" from 1{_NO_EXONS}", lambda e: e.exon),
    _of_end("position", "whole", f"GRCh38 residue of the exon's last base, 1-based{_NO_EXONS}",
            lambda e: e.position),
    _of_end("acceptor_exon", "whole", "First exon of NUTM1 behind the joint, MANE Select number"
            f"{_NO_EXONS}", lambda e: e.acceptor_exon),
    _of_end("catalogued", "word", "How far the catalogue of joints is to be trusted: verified,"
            " inferred, unverified; empty: such a joint is not catalogued.",
            lambda e: None if e.tag is None else e.tag.value),
    _of_end("wild_type_split_reads", "whole", "Distinct wild-type fragments with a read across the"
            " end; empty: not counted.", lambda e: e.split_reads),
    _of_end("wild_type_discordant_pairs", "whole", "Distinct wild-type fragments with a mate on"
            " either side, others than wild_type_split_reads; empty: not counted.",
            lambda e: e.discordant_pairs),
    _of_end("detection_limit", "real", "Lowest share of fused transcripts, 0 to 1, among all of the"
            " gene that have this end, at which the profile's minimum support would have been"
            " reached with 95 % probability; empty: see reason.", lambda e: e.detection_limit),
    _of_end("reason", "text", "Why there is no limit; empty: there is one.", lambda e: e.reason),
)  # fmt: skip
"""In order."""
