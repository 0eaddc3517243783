"""The header of our VCF: what every key is, and what of a dossier is not in the records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from nutfusion.exports.patients import why_no_patient

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutfusion.exports.breakends import NotExpressed
    from nutfusion.model.dossier import Dossier, DossierFusion


class Key(NamedTuple):
    """A key of INFO or FORMAT.

    Attributes:
        name: ID.
        number: How many values.
        type: Of the values.
        description: What it is.
    """

    name: str
    number: str
    type: str
    description: str


INFO: Final[tuple[Key, ...]] = (
    Key("SVTYPE", "1", "String", "Type of structural variant"),
    Key("MATEID", "A", "String", "ID of mate breakend"),
    Key("EVENT", "A", "String", "ID of associated event"),
    Key("IMPRECISE", "0", "Flag", "Imprecise structural variation"),
    Key("CIPOS", ".", "Integer", "Confidence interval around POS for symbolic structural variants"),
    Key("HOMLEN", "A", "Integer", "Length of base pair identical micro-homology at breakpoints"),
    Key("NF_KIND", "1", "String", "rna_junction: joint of the transcript as RNA has it, not where"
        " DNA broke; dna_break: where DNA broke"),
    Key("NF_SIDE", "1", "String", "Part of the transcript: five_prime or three_prime"),
    Key("NF_GENE", "1", "String", "HGNC symbol of the gene at this breakend"),
    Key("NF_HGNC", "1", "String", "HGNC identifier of that gene"),
    Key("NF_STRAND", "1", "String", "Strand of the transcript at this breakend"),
    Key("NF_TRANSCRIPT", "1", "String", "MANE transcript at this breakend"),
    Key("NF_EXON", "1", "Integer", "Exon of that transcript, from 1"),
    Key("NF_NAME", "1", "String", "Name of the fusion"),
    Key("NF_DETECTION", "1", "String", "observed in RNA, or inferred"),
    Key("NF_STATE", "1", "String", "State of this fusion; no fusion is filtered by it"),
    Key("NF_CLASS", "1", "String", "Class of the gene joined to NUTM1"),
    Key("NF_FRAME", "1", "String", "Frame of NUTM1 after the joint"),
)  # fmt: skip
"""Keys of INFO. Those of the specification have its number, type and description (VCF 4.4,
section 3); ours start with ``NF_``."""

FORMAT: Final[tuple[Key, ...]] = (
    Key("NF_SPLIT", "1", "Integer", "Distinct fragments with a read across the adjacency"),
    Key("NF_PAIRS", "1", "Integer", "Distinct fragments with a mate on either side of it, others"
        " than NF_SPLIT"),
)  # fmt: skip
"""Keys of FORMAT, in order."""

_RESERVED: Final = re.compile(r"[%;=,\s\x00-\x1f]")


def encoded(text: str, reserved: re.Pattern[str] = _RESERVED) -> str:
    """Text as a value of INFO: characters that mean something are percent-encoded.

    Source:
        VCF 4.4, section 1.2; blanks are encoded too, since many readers split at them.
    """
    return reserved.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), text)


def header(
    dossier: Dossier,
    contigs: Iterable[str],
    missing: Mapping[str, tuple[DossierFusion, NotExpressed]],
) -> list[str]:
    """All header lines of a dossier's VCF, the line of columns included.

    Args:
        dossier: The dossier.
        contigs: In the order of the records.
        missing: Fusions without a record by identifier, and why.
    """
    lines = [
        "##fileformat=VCFv4.4",
        f"##source={_line(f'nutfusion {dossier.provenance.nutfusion}')}",
    ]
    lines += [f"##contig=<ID={contig},assembly=GRCh38>" for contig in contigs]
    for kind, keys in (("INFO", INFO), ("FORMAT", FORMAT)):
        lines += [
            f"##{kind}=<ID={key.name},Number={key.number},Type={key.type},"
            f"Description={_quoted(key.description)}>"
            for key in keys
        ]
    lines.append(f"##nutfusion_molecular_state={dossier.molecular_state.value}")
    nobody = why_no_patient(dossier)
    if nobody is not None:
        lines.append(f"##nutfusion_no_patient={nobody}")
    lines += [f"##nutfusion_state_reason={_line(reason)}" for reason in dossier.state_reasons]
    lines += [
        f"##nutfusion_not_expressed=<ID={name},Name={_quoted(fusion.name)},"
        f"State={_quoted(fusion.state.value)},Reason={_quoted(reason.value)}>"
        for name, (fusion, reason) in missing.items()
    ]
    columns = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT")
    lines.append("\t".join((*columns, dossier.sample.id)))
    return lines


def _line(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Text in quotes, as header lines want it."""
    escaped = _line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
