"""Makes ``test-data/``: reads of invented samples whose truth is known, and a synthetic panel.

Run it as ``.venv/bin/python scripts/make_test_data.py [FOLDER]``. The same script gives the same
bytes. NUTM1 and BRD4 are the packaged starter's sequences; every other sequence is invented:
random bases, laid on the real exon structure where a partner has one.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from nutfusion.model.panel import Block, Panel, Transcript  # noqa: E402
from nutfusion.model.terms import Strand  # noqa: E402
from nutfusion.reference import load_panel  # noqa: E402
from nutfusion.reference.digest import refget  # noqa: E402
from nutfusion.reference.write import render_panel, write_files  # noqa: E402
from nutfusion.simulation.fragments import FragmentLengths  # noqa: E402
from nutfusion.simulation.fusions import FusionSpec  # noqa: E402
from nutfusion.simulation.qualities import QualityModel  # noqa: E402
from nutfusion.simulation.reads import ReadProfile  # noqa: E402
from nutfusion.simulation.sample import SampleSpec, simulate  # noqa: E402
from nutfusion.simulation.templates import random_sequences, relative  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED: Final = 20261123
PAIRS: Final = 2500
"""Background pairs of a sample, wild-type BRD4 included."""

SYNTHETIC_GENES: Final = ("NUTM1", "BRD4", "NSD3", "CIC", "SLC12A6")
"""Genes of the synthetic panel; all but the first two get invented sequences."""

STOPS: Final = frozenset({"TAA", "TAG", "TGA"})
POOR: Final = ReadProfile(
    length=36, error_rate=0.03, n_rate=0.05, qualities=QualityModel((11, 5, 2), 0.3, 0.9, 0.2)
)
"""A run that failed."""


def main(target: Path) -> None:
    """Write everything."""
    starter = load_panel()
    rng = np.random.default_rng(SEED)
    background = random_sequences(60, rng, mean=1500)
    invented = random_sequences(1, rng, mean=2000)["random_00000"]
    panel = synthetic_panel(starter, rng)
    write_files(panel, target / "panel", force=True)
    wide = load_panel(target / "panel")
    for name, spec in starter_samples(starter, invented).items():
        write(target, name, spec, {**background, **sequences(starter)}, lanes=1 + (name == "bet"))
    for name, spec in synthetic_samples(wide).items():
        write(target, name, spec, {**background, **sequences(wide)})
    for name, text in other_programs(starter).items():
        (target / "callers").mkdir(parents=True, exist_ok=True)
        (target / "callers" / name).write_text(text, encoding="utf-8")


def other_programs(panel: Panel) -> dict[str, str]:
    """What three programs would write of one tumour with BRD4 exon 11 joined to NUTM1 exon 3.

    Arriba on GRCh38, STAR-Fusion on GRCh37, and the report of a panel whose list lacks NUTM1.
    """
    brd4, nutm1 = panel.mane("BRD4"), panel.mane("NUTM1")
    assert brd4 is not None
    assert nutm1 is not None
    five, three = brd4.exons[10], nutm1.exons[2]
    arriba = {
        "#gene1": "BRD4", "gene2": "NUTM1",
        "strand1(gene/fusion)": "-/-", "strand2(gene/fusion)": "+/+",
        "breakpoint1": f"19:{five.start}", "breakpoint2": f"15:{three.start}",
        "site1": "CDS/splice-site", "site2": "CDS/splice-site", "type": "translocation",
        "split_reads1": "7", "split_reads2": "5", "discordant_mates": "3", "coverage1": "52",
        "coverage2": "38", "confidence": "high", "reading_frame": "in-frame", "tags": ".",
        "retained_protein_domains": ".", "closest_genomic_breakpoint1": ".",
        "closest_genomic_breakpoint2": ".", "gene_id1": ".", "gene_id2": ".",
        "transcript_id1": ".", "transcript_id2": ".", "direction1": "upstream",
        "direction2": "upstream", "filters": ".", "fusion_transcript": ".",
        "peptide_sequence": ".", "read_identifiers": ".",
    }  # fmt: skip
    star_fusion = {
        "#FusionName": "BRD4--NUTM1", "JunctionReadCount": "10", "SpanningFragCount": "4",
        "est_J": "10", "est_S": "4", "SpliceType": "ONLY_REF_SPLICE", "LeftGene": "BRD4^.",
        "LeftBreakpoint": f"chr19:{five.start_grch37}:-", "RightGene": "NUTM1^.",
        "RightBreakpoint": f"chr15:{three.start_grch37}:+", "LargeAnchorSupport": "YES_LDAS",
        "FFPM": "0.41", "annots": ".",
    }  # fmt: skip
    combined = """TruSight Oncology 500 - Combined Variant Output
[Analysis Details]
RNA Sample ID\tother_programs

[Fusions]
Gene Pair\tBreakpoint 1\tBreakpoint 2\tFusion Supporting Reads
NA

[Small Variants]
NA
"""
    return {
        "arriba.fusions.tsv": table(arriba),
        "star-fusion.fusion_predictions.abridged.tsv": table(star_fusion),
        "CombinedVariantOutput.tsv": combined,
    }


def table(row: Mapping[str, str]) -> str:
    """One row under its header."""
    return "\t".join(row) + "\n" + "\t".join(row.values()) + "\n"


def write(
    target: Path, name: str, spec: SampleSpec, pool: Mapping[str, str], *, lanes: int = 1
) -> None:
    """Write one sample's FASTQ files; every random sequence gets the same share."""
    names = [key for key in pool if key.startswith("random_")]
    rest = PAIRS - sum(spec.background.values()) if spec.profile is not POOR else 120
    shares = dict.fromkeys(names, rest // len(names))
    full = dataclasses.replace(spec, background={**shares, **spec.background})
    simulate(full, pool).write(target / "reads", lanes=lanes, prefix=name)


def sequences(panel: Panel) -> dict[str, str]:
    """MANE sequences by gene."""
    found = {}
    for symbol in panel.genes:
        transcript = panel.mane(symbol)
        if transcript is not None and transcript.sequence is not None:
            found[symbol] = transcript.sequence
    return found


def before(panel: Panel, symbol: str, exon: int) -> str:
    """The transcript up to and with the last base of an exon."""
    transcript = panel.mane(symbol)
    assert transcript is not None
    assert transcript.sequence is not None
    return transcript.sequence[: sum(e.length for e in transcript.exons[:exon])]


def after(panel: Panel, symbol: str, exon: int) -> str:
    """The transcript from the first base of an exon on."""
    return sequences(panel)[symbol][len(before(panel, symbol, exon - 1)) :]


def starter_samples(panel: Panel, invented: str) -> dict[str, SampleSpec]:
    """Samples that the packaged starter can explain."""
    nutm1 = after(panel, "NUTM1", 3)
    brd4 = before(panel, "BRD4", 11)

    def fusion(five_prime: str, three_prime: str, supporting: int, split: int) -> FusionSpec:
        return FusionSpec(
            "fusion", five_prime, three_prime, supporting=supporting, split=split,
            copies=1 + (supporting > 10), passing=10 * supporting,
        )  # fmt: skip

    def sample(
        number: int, *fusions: FusionSpec, brd4_pairs: int = 300, mean: float = 240.0
    ) -> SampleSpec:
        return SampleSpec(
            seed=SEED + number,
            background={"BRD4": brd4_pairs},
            fusions=fusions,
            fragment_lengths=FragmentLengths(mean=mean),
        )

    return {
        # Short fragments: both mates of many cross the joint, and still count once.
        "bet": sample(1, fusion(brd4, nutm1, 16, 14), mean=170.0),
        "unknown_partner": sample(2, fusion(invented[:900], nutm1, 14, 10)),
        "low_support": sample(3, fusion(brd4, nutm1, 2, 1)),
        "negative": sample(4, brd4_pairs=2000),
        "failed": dataclasses.replace(sample(5, brd4_pairs=10), profile=POOR),
        "reciprocal": sample(6, fusion(before(panel, "NUTM1", 2), after(panel, "BRD4", 12), 12, 8)),
        "out_of_frame": sample(7, fusion(before(panel, "BRD4", 12), nutm1, 12, 8)),
        "paralogue": sample(
            8,
            FusionSpec(
                "fusion",
                invented[900:],
                relative(nutm1, 0.12, np.random.default_rng(SEED)),
                supporting=14,
                split=10,
            ),
            brd4_pairs=1500,
        ),
    }


def synthetic_samples(panel: Panel) -> dict[str, SampleSpec]:
    """Samples for the partner classes whose sequences the starter lacks."""
    nutm1 = after(panel, "NUTM1", 3)
    partners = {
        "bet_complex": ("NSD3", 7),
        "other_partner": ("CIC", 20),
        "neighbour": ("SLC12A6", 2),
    }
    return {
        name: SampleSpec(
            seed=SEED + 100 + number,
            background={"BRD4": 300, symbol: 100},
            fusions=(
                FusionSpec(
                    "fusion", before(panel, symbol, exon), nutm1, supporting=14, split=10,
                    passing=140,
                ),
            ),
            fragment_lengths=FragmentLengths(mean=240.0),
        )
        for number, (name, (symbol, exon)) in enumerate(partners.items())
    }  # fmt: skip


def synthetic_panel(starter: Panel, rng: np.random.Generator) -> dict[str, bytes]:
    """The starter, cut to a few genes, with invented sequences on the partners' real exons."""
    transcripts = [
        invent(transcript, rng) if transcript.sequence is None else transcript
        for symbol in SYNTHETIC_GENES
        for transcript in starter.of_gene(symbol)
    ]
    return render_panel(
        name="synthetic",
        source={
            "made_by": "scripts/make_test_data.py",
            "sequences": "NUTM1 and BRD4 as in the starter; all others are INVENTED: random bases"
            " on the real exon structure, for tests only",
        },
        genes=[starter.genes[symbol] for symbol in SYNTHETIC_GENES],
        transcripts=transcripts,
        decoys=(),
        domains=[domain for domain in starter.domains if domain.gene in SYNTHETIC_GENES],
    )


def invent(transcript: Transcript, rng: np.random.Generator) -> Transcript:
    """Random bases with an open reading frame where the real one is."""
    length = sum(exon.length for exon in transcript.exons)
    blocks, done = [], 0
    coding: list[int] = []
    for exon in transcript.exons:
        blocks.append(Block(done + 1, done + exon.length, exon.start, exon.end))
        if exon.cds_start is not None and exon.cds_end is not None:
            minus = transcript.strand is Strand.MINUS
            skipped = exon.end - exon.cds_end if minus else exon.cds_start - exon.start
            first = done + skipped + 1
            coding += [first, first + exon.cds_end - exon.cds_start]
        done += exon.length
    bases = "".join(rng.choice(list("ACGT"), length))
    start, end = coding[0], coding[-1]
    codons = [bases[place : place + 3] for place in range(start - 1, end, 3)]
    codons = ["ATG", *("GCA" if codon in STOPS else codon for codon in codons[1:-1]), "TAA"]
    sequence = bases[: start - 1] + "".join(codons) + bases[end:]
    return dataclasses.replace(
        transcript,
        sequence=sequence,
        cds_start=start,
        cds_end=end,
        blocks=tuple(blocks),
        refget=refget(sequence),
        is_prefix=False,
        is_cds=False,
        cds_checked=True,
        protein_length=(end - start + 1) // 3 - 1,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "test-data")
