"""Archer Analysis REST interface, JSON of a sample's isoforms.

Source: public scripts that ask the interface (a laboratory's conversion of ``fusions`` and
``oncogenic_isoforms`` to its table of variants); no documentation of the vendor's was at hand.

==================================  ============================================================
JSON                                nutfusion
==================================  ============================================================
fusions, oncogenic_isoforms         lists of records
gene_arms                           genes, first and last
breakpoint_signature                joints ``chrA:1,chrB:2``, several with ``|``: the joint when
                                    there is one, 1-based, hg19 by default
num_reads, total_gsp2_reads,        kept; reads of all kinds, so neither count is known
unique_start_sites,
percent_gsp2_reads
strong_evidence_aberration          kept; weak evidence is a finding as well
novel_type                          kept
==================================  ============================================================

Order: not documented, so exon edges tell. NUTM1 often carries the primer, so an arm may be missing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.reports import (
    NOT_SHOWN,
    genes,
    kept,
    number,
    record_statements,
    site,
    word,
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
from nutfusion.callers.structured import as_dict, as_list, as_text, json_value
from nutfusion.errors import CallerFormatError
from nutfusion.model.remarks import remark

if TYPE_CHECKING:
    from nutfusion.callers.text import CallerText, Head

_LISTS: Final = ("fusions", "oncogenic_isoforms")
_KEY: Final = re.compile(r'"(?:strong_evidence_aberration|breakpoint_signature)"\s*:')
_EMPTY: Final = re.compile(r'\{[^{]*"oncogenic_isoforms"\s*:')
_NUMBERS: Final = ("num_reads", "total_gsp2_reads", "unique_start_sites", "percent_gsp2_reads")


def recognise(head: Head) -> Recognised | None:
    """By the keys."""
    if not head.text.lstrip().startswith("{"):
        return None
    if _KEY.search(head.text) or _EMPTY.match(head.text.lstrip()):
        return Recognised("REST", "JSON with strong_evidence_aberration or oncogenic_isoforms")
    return None


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every record of both lists."""
    try:
        top = as_dict(json_value(text), "the file")
        records = [record for name in _LISTS for record in as_list(top.get(name), name)]
    except RowError as error:
        raise CallerFormatError(str(error), path=text.path, code="json") from error
    if "fusions" not in top:
        raise CallerFormatError(
            "expected the list fusions, found none",
            path=text.path,
            code="json",
        )
    note = remark("silence_depends_on_captured_genes")
    return record_statements(records, _statement, notes=(note,))


def _statement(line: int, record: object) -> Statement:
    values = as_dict(record, "a record")
    arms = [genes(as_text(arm, "gene_arms"), "gene_arms") for arm in _arms(values)]
    joints = (as_text(values.get("breakpoint_signature"), "breakpoint_signature") or "").split("|")
    places = joints[0].split(",") if len(joints) == 1 and joints[0] else []
    if places and len(places) != 2:
        raise RowError(f"expected breakpoint_signature as two places, found {NOT_SHOWN}")
    sides = []
    for index, arm in enumerate((arms[0], arms[-1] if len(arms) > 1 else None)):
        where = places[index].strip() if places else None
        contig, position, strand = site(where, "breakpoint_signature")
        sides.append(SideStatement(gene=arm, contig=contig, position=position, strand=strand))
    several = len(joints) > 1 or len(arms) > 2
    return Statement(
        line=line,
        first=sides[0],
        second=sides[1],
        ordered=False,
        fields=kept(
            ("strong_evidence_aberration", _flag(values.get("strong_evidence_aberration"))),
            ("novel_type", word(as_text(values.get("novel_type"), "novel_type"))),
            *((name, number(as_text(values.get(name), name), name)) for name in _NUMBERS),
        ),
        problems=(remark("several_breakpoints_stated"),) if several else (),
    )


def _arms(values: dict[str, object]) -> list[object]:
    arms = as_list(values.get("gene_arms"), "gene_arms")
    if not arms:
        raise RowError("expected gene_arms with a gene, found none")
    return arms


def _flag(value: object) -> str | None:
    return str(value).lower() if isinstance(value, bool) else None


FORMAT: Final = CallerFormat(
    name="archer_json",
    title="Archer Analysis, REST interface",
    versions="JSON of a sample's isoforms",
    files=("*archer*.json",),
    tells=Tells(
        order="never",
        position="junction",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=False,
    expects="JSON with fusions and oncogenic_isoforms, or strong_evidence_aberration",
    recognise=recognise,
    read=read,
)
"""Archer Analysis, JSON."""
