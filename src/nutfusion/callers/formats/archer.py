"""Archer Analysis ``full_results.txt``: keys and values.

Source: public converters of such files to cBioPortal's table (archer_fusions_to_cbio_sv.py, v2
and v3); no documentation of the vendor's, and no real file was at hand.

==================================  ============================================================
full_results.txt (key TAB value)    nutfusion
==================================  ============================================================
FCA_i_GENES_UNIQUE ``A:B``          genes
FCA_i_ANNOTATION_1-k, _2-k          one transcript of side 1 or 2: ``GENE(strand)NM_1.2/NM_3|
                                    exon:11|chr19:first,chr19:second``; the first one with a
                                    RefSeq transcript is read, else the first
strand in brackets                  strand of the transcript
exon or intron number               exon; none for an intron
first, second                       ends of the stretch that was read, 1-based, hg19 by default;
                                    the joint is the end that is last in the transcript on side 1
                                    and first on side 2; a single place is the joint
FCA_i_SUPPORTING_ISOFORM_ID_n       isoforms ``FC_m``
FC_m_EITHER_R1_OR_R2                split_reads when one isoform supports (of several the reads
                                    may be the same, so their sum is not known)
FC_m_BOTH_R1_AND_R2                 kept
FCA_i_HAS_INFRAME_TRANSLATION       ``TRUE``: in-frame; ``FALSE`` does not say why: not stated
FCA_i_STRONG_EVIDENCE_ABERRATION    kept; weak evidence is a finding that did not pass
==================================  ============================================================

Order: not documented, so exon edges tell. Which of two places is the joint is documented for side 1
(the second one); for side 2 it is the first in the transcript. When the places do not stand in the
transcript's order the positions are not exact and a reason says so. SAMPLE_NAME is not kept.

NUTM1 often carries the primer, so the partner may be a gene that nobody has annotated: a side
without annotation is a finding with one gene.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import (
    NOT_SHOWN,
    contig,
    exon_label,
    genes,
    number,
    report_statements,
    transcript_name,
    yes_or_no,
)
from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
)
from nutfusion.callers.table import Row, not_passed, position_of
from nutfusion.model.remarks import remark
from nutfusion.model.terms import ReadingFrame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutfusion.callers.text import CallerText, Head

_ENTRY: Final = re.compile(r"FCA_(?P<number>\d{1,6})_(?P<key>[A-Z0-9_-]+)")
_ISOFORM: Final = re.compile(r"(?P<isoform>FC_\d{1,6})_(?P<key>[A-Z0-9_]+)")
_ANNOTATION: Final = re.compile(
    r"(?P<gene>[A-Za-z0-9._@-]{1,40})\((?P<strand>[+-])\)(?P<transcripts>[A-Za-z0-9_./]*)"
    r"\|(?P<region>exon|intron):(?P<number>\d{1,4})\|(?P<places>[A-Za-z0-9_.:,]+)"
)


def recognise(head: Head) -> Recognised | None:
    """By the keys."""
    if re.search(r"^(?:FCA_\d+_GENES_UNIQUE|FC_\d+_EITHER_R1_OR_R2)\t", head.text, re.MULTILINE):
        return Recognised("full_results", "keys FCA_1_GENES_UNIQUE or FC_1_EITHER_R1_OR_R2")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every fusion (FCA)."""
    note = remark("silence_depends_on_captured_genes")
    return report_statements(_entries(text), _statement, notes=(note,))


def _entries(text: CallerText) -> Iterator[Row]:
    """Every FCA with its keys and those of its isoforms, at the line of its genes."""
    entries: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    isoforms: dict[str, dict[str, str]] = {}
    for line_number, line in text.numbered():
        key, _, value = line.partition("\t")
        entry, isoform = _ENTRY.fullmatch(key.strip()), _ISOFORM.fullmatch(key.strip())
        if entry is not None:
            entries.setdefault(entry["number"], {})[entry["key"]] = value.strip()
            if entry["key"] == "GENES_UNIQUE" or entry["number"] not in lines:
                lines[entry["number"]] = line_number
        elif isoform is not None:
            isoforms.setdefault(isoform["isoform"], {})[isoform["key"]] = value.strip()
    for name, cells in entries.items():
        supporting = [v for k, v in cells.items() if k.startswith("SUPPORTING_ISOFORM_ID")]
        for key in ("EITHER_R1_OR_R2", "BOTH_R1_AND_R2"):
            counts = [isoforms.get(isoform, {}).get(key) for isoform in supporting]
            cells[key] = ";".join(count or "NA" for count in counts)
        yield Row(lines[name], cells, "\t".join(cells.values()))


def _statement(row: Row) -> Statement:
    names = (genes(row.need("GENES_UNIQUE"), "GENES_UNIQUE") or "").split(":")
    first, first_fits = _side(row, 1)
    second, second_fits = _side(row, 2)
    if first.gene is None and second.gene is None:
        first = SideStatement(gene=names[0])
        second = SideStatement(gene=names[-1] if len(names) > 1 else None)
    elif first.gene is None or second.gene is None:
        known = first.gene or second.gene
        other = next((name for name in names if name != known), None)
        first = first if first.gene is not None else SideStatement(gene=other)
        second = second if second.gene is not None else SideStatement(gene=other)
    problems = [] if first_fits and second_fits else [remark("segment_order_odd")]
    if len(names) > 2:
        problems.append(remark("several_breakpoints_stated"))
    in_frame = yes_or_no(row.get("HAS_INFRAME_TRANSLATION"), "HAS_INFRAME_TRANSLATION")
    strong = yes_or_no(row.get("STRONG_EVIDENCE_ABERRATION"), "STRONG_EVIDENCE_ABERRATION")
    fields = [
        (key, ";".join(number(n, key) or "NA" for n in row.cells[key].split(";")))
        for key in ("EITHER_R1_OR_R2", "BOTH_R1_AND_R2")
        if row.cells[key]
    ]
    if strong is not None:
        fields.insert(0, ("STRONG_EVIDENCE_ABERRATION", str(strong).upper()))
    problems += not_passed(strong is False)
    one = ";" not in row.cells["EITHER_R1_OR_R2"]
    return Statement(
        line=row.line,
        first=first,
        second=second,
        ordered=False,
        precise=first_fits and second_fits,
        split_reads=row.count("EITHER_R1_OR_R2") if one else None,
        reading_frame=ReadingFrame.IN_FRAME if in_frame else None,
        fields=tuple(fields),
        problems=tuple(problems),
    )


def _side(row: Row, end: int) -> tuple[SideStatement, bool]:
    """A side, and whether its places stand in the transcript's order."""
    texts = [row.cells[key] for key in sorted(row.cells) if key.startswith(f"ANNOTATION_{end}-")]
    if not texts:
        return SideStatement(), True
    text = next((text for text in texts if ")NM_" in text), texts[0])
    match = _ANNOTATION.fullmatch(text)
    if match is None:
        raise RowError(f"expected ANNOTATION_{end} as gene, exon and place, found {NOT_SHOWN}")
    where, position, fits = _joint(match["places"], match["strand"], end)
    return (
        SideStatement(
            gene=match["gene"],
            contig=where,
            position=position,
            strand=match["strand"],
            transcript=transcript_name(match["transcripts"].split("/")[0]),
            exon=exon_label(match["number"]) if match["region"] == "exon" else None,
        ),
        fits,
    )


def _joint(places: str, strand: str, end: int) -> tuple[str, int | None, bool]:
    """Contig and residue of the joint, and whether the places stand in the transcript's order."""
    name = f"ANNOTATION_{end}"
    found: list[tuple[str, int | None]] = []
    for place in places.split(","):
        where, _, residue = place.partition(":")
        found.append((contig(where, name), position_of(residue, name)))
    if len(found) > 2 or len({where for where, _ in found}) > 1:
        raise RowError(f"expected {name} with one or two places of one contig, found {NOT_SHOWN}")
    residues = [residue for _, residue in found if residue is not None]
    if not residues:
        return found[0][0], None, True
    in_transcript = sorted(residues, reverse=strand == "-")
    return found[0][0], in_transcript[-1 if end == 1 else 0], residues == in_transcript


FORMAT: Final = CallerFormat(
    name="archer",
    title="Archer Analysis, full results",
    versions="full_results.txt of version 6 and 7",
    files=("*.full_results.txt", "*full_results*.txt"),
    tells=Tells(
        order="never",
        position="junction",
        strand=True,
        split_reads=True,
        discordant_pairs=False,
        reading_frame=True,
    ),
    seen_on_real_file=False,
    expects="lines of a key and a value, among them FCA_1_GENES_UNIQUE",
    recognise=recognise,
    read=read,
)
"""Archer Analysis, text."""
