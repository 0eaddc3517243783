"""C-CAT CATS, the JSON of cancer gene panel tests in Japan: its rearrangements.

Source: ccatg-pub/catstools@d3d5e65, catstools/reference/schema.json, definitions Rearrangement,
Breakend, RearrangementTranscript, ReferenceGenome, SequencingSample.

==============================  ================================================================
CATS                            nutfusion
==============================  ================================================================
metaData.referenceGenome        the assembly (``GRCh37``, ``GRCh38``, also with a patch)
breakends[2].chromosome,        where DNA broke, 1-based; a range when the two differ, and then
startPosition, endPosition      the position is not stated
matePieceLocation               ``upstream``: the partner joins at lower coordinates, so the
                                higher ones stay; ``downstream``: the lower ones
transcripts[].geneSymbol        the gene; several symbols as ``A;B``
orderedGenePairs                the order of the transcript, when it names the two genes
sampleItemId, nucleicAcid       what was sequenced
supportingReadCount             reads in all: kept as stated, neither count is known
rearrangementType,              kept as stated
variantOrigin, reported
==============================  ================================================================

Order: of orderedGenePairs, else from matePieceLocation and the genes; breakends are in no order.
Names, comments and sequences are free and not read.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from nutfusion.callers.statement import (
    CallerFormat,
    CallerReport,
    Recognised,
    RowError,
    SideStatement,
    Statement,
    Tells,
    Unreadable,
)
from nutfusion.callers.structured import as_count, as_dict, as_list, as_text, json_value
from nutfusion.callers.table import one_of, position_of, shown, word
from nutfusion.errors import CallerFormatError
from nutfusion.model.terms import Assembly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutfusion.callers.text import CallerText, Head
    from nutfusion.model.terms import Kept

_KEPT: Final[Mapping[str, Kept]] = {"upstream": "higher", "downstream": "lower"}
_TYPES: Final = (
    *("gene fusion", "gene fusion and frameshift variant", "bidirectional gene fusion"),
    *("duplication", "tandem duplication", "deletion", "inversion", "truncation"),
    *("splice variant", "exon skipping", "other"),
)


def recognise(head: Head) -> Recognised | None:
    """By the names of its first objects; the schema itself is none."""
    text = head.text
    begins = text.lstrip()[:1] == "{" and '"$schema"' not in text
    if not begins or not all(f'"{key}"' in text for key in ("metaData", "schemaVersion")):
        return None
    version = re.search(r'"schemaVersion"\s*:\s*"([0-9.]{1,12})"', text)
    if version is None:
        return None
    return Recognised(version[1], "metaData with schemaVersion")


def read(text: CallerText, recognised: Recognised) -> CallerReport:  # noqa: ARG001
    """Read every rearrangement."""
    try:
        whole = as_dict(json_value(text), "the file")
        assembly = _assembly(as_dict(whole.get("metaData"), "metaData"))
        molecules = _molecules(whole)
        variants = as_dict(whole.get("variants") or {}, "variants")
        items = as_list(variants.get("rearrangements"), "rearrangements")
    except RowError as error:
        raise CallerFormatError(f"not C-CAT output: {error}", path=text.path) from error
    found: list[Statement] = []
    unreadable: list[Unreadable] = []
    for number, item in enumerate(items, start=1):
        try:
            found.append(_statement(number, as_dict(item, "a rearrangement"), molecules))
        except RowError as error:
            unreadable.append(Unreadable(number, json.dumps(item), str(error)))
    return CallerReport(len(items), tuple(found), tuple(unreadable), assembly=assembly)


def _assembly(meta: dict[str, object]) -> Assembly:
    reference = as_dict(meta.get("referenceGenome"), "referenceGenome")
    release = as_text(reference.get("grcRelease"), "grcRelease") or ""
    for assembly in Assembly:
        if re.fullmatch(rf"{assembly.value}(?:\.p\d+)?", release):
            return assembly
    raise RowError(f"expected grcRelease as GRCh37 or GRCh38, found {shown(release)}")


def _molecules(whole: dict[str, object]) -> dict[str, str]:
    """DNA or RNA of every sample, by its item ID."""
    found: dict[str, str] = {}
    for item in as_list(whole.get("sequencingSamples"), "sequencingSamples"):
        sample = as_dict(item, "a sample")
        kind = as_text(sample.get("nucleicAcid"), "nucleicAcid") or ""
        found[as_text(sample.get("itemId"), "itemId") or ""] = one_of(
            kind, "nucleicAcid", ("DNA", "RNA")
        )
    return found


def _statement(number: int, item: dict[str, object], molecules: dict[str, str]) -> Statement:
    ends = as_list(item.get("breakends"), "breakends")
    if len(ends) != 2:
        raise RowError(f"expected two breakends, found {len(ends)}")
    first, second = (_side(as_dict(end, "a breakend")) for end in ends)
    kind = one_of(
        as_text(item.get("rearrangementType"), "rearrangementType") or "",
        "rearrangementType",
        _TYPES,
    )
    pairs = [as_list(p, "a gene pair") for p in as_list(item.get("orderedGenePairs"), "gene pairs")]
    forward = any(_is_pair(pair, first, second) for pair in pairs)
    backward = any(_is_pair(pair, second, first) for pair in pairs)
    if backward and not forward:
        first, second = second, first
    sample = as_text(item.get("sampleItemId"), "sampleItemId") or ""
    return Statement(
        line=number,
        first=first,
        second=second,
        ordered=forward is not backward,
        molecule="rna" if molecules.get(sample) == "RNA" else "dna",
        precise=first.position_range is None and second.position_range is None,
        fields=(("rearrangementType", kind), *_fields(item)),
    )


def _is_pair(pair: list[object], five: SideStatement, three: SideStatement) -> bool:
    left, right = (set((side.gene or "").split(";")) for side in (five, three))
    return len(pair) == 2 and str(pair[0]) in left and str(pair[1]) in right


def _side(end: dict[str, object]) -> SideStatement:
    low, high = (
        position_of(as_text(end.get(name), name), name) for name in ("startPosition", "endPosition")
    )
    if low is None or high is None or low > high:
        raise RowError("expected startPosition and endPosition, the lower one first")
    transcripts = [
        as_dict(t, "a transcript") for t in as_list(end.get("transcripts"), "transcripts")
    ]
    symbols = [as_text(t.get("geneSymbol"), "geneSymbol") for t in transcripts]
    names = [as_text(t.get("transcriptId"), "transcriptId") for t in transcripts]
    mate = as_text(end.get("matePieceLocation"), "matePieceLocation")
    return SideStatement(
        gene=";".join(dict.fromkeys(s for s in symbols if s is not None)) or None,
        contig=as_text(end.get("chromosome"), "chromosome"),
        position=low if low == high else None,
        position_range=None if low == high else (low, high),
        kept=None if mate is None else _KEPT[one_of(mate, "matePieceLocation", tuple(_KEPT))],
        transcript=names[0] if len(names) == 1 else None,
    )


def _fields(item: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    reads = as_count(item.get("supportingReadCount"), "supportingReadCount")
    if reads is not None:
        found.append(("supportingReadCount", str(reads)))
    origin = word(as_text(item.get("variantOrigin"), "variantOrigin"))
    if origin is not None:
        found.append(("variantOrigin", origin))
    if isinstance(item.get("reported"), bool):
        found.append(("reported", "true" if item["reported"] else "false"))
    return found


FORMAT: Final = CallerFormat(
    name="ccat_json",
    title="C-CAT CATS",
    versions="schema 1.x",
    files=("*.cats", "cats*.json"),
    tells=Tells(
        order="sometimes",
        position="genomic",
        strand=False,
        split_reads=False,
        discordant_pairs=False,
        reading_frame=False,
    ),
    seen_on_real_file=True,
    expects="JSON with metaData.schemaVersion, which is not the schema itself",
    recognise=recognise,
    read=read,
)
"""C-CAT CATS."""
