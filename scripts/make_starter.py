"""Make the packaged starter panel from a folder of facts.

    python scripts/make_starter.py FOLDER [--out DIR]

FOLDER holds ``genes.tsv`` (HGNC symbols and ids), ``exons.tsv`` (MANE Select exons on GRCh38 and
GRCh37 with coding parts and phases) and ``starter_transcripts.fa`` (NUTM1 and BRD4). The result
is an ordinary panel directory; the same folder gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

from nutfusion.model.panel import Domain, Exon, Gene, Transcript
from nutfusion.model.terms import Strand
from nutfusion.reference import STARTER, load_panel
from nutfusion.reference.digest import refget
from nutfusion.reference.lay import blocks_of_exons, coding_start
from nutfusion.reference.place import place_by_sequence
from nutfusion.reference.sequence import frame_at
from nutfusion.reference.write import render_panel, write_files

SOURCE: Final = {
    "made_by": "scripts/make_starter.py",
    "genes": "HGNC approved, previous and alias symbols (HGNC data are CC0)",
    "exons_grch38": "MANE Select exons of GENCODE v44; coding parts include the stop codon",
    "exons_grch37": "constant offset of each gene; grch37_check says which ends an independent "
    "GRCh37 exon table confirms",
    "sequences": "spliced from GRCh38; reading frames of 1160 (NUTM1) and 1362 (BRD4) residues; "
    "ENST00000537011.6 is NM_001284292.2",
}

SYNONYMS: Final = {
    "ENST00000537011.6": ("NM_001284292.2",),
    "ENST00000679869.1": ("NM_001379291.1",),
    "ENST00000263377.6": ("NM_058243.3",),
}
"""RefSeq names of the same transcripts (NM_058243.3: same length and ends)."""

CODING_PARTS: Final = {"CHRM5": (34062718, 34064316, 532)}
"""GRCh38 coding part (one exon, with the stop codon) and protein length where ``exons.tsv`` has
none; 1599 bases are 532 residues and a stop."""

ET_SOURCE: Final = "UniProt {accession} residue numbers from memory, not verified; {check}"
WPF: Final = (
    "sequence check: W81 P82 F83, Y139, N140, D145, I146 and W374 P375 F376, N433, H437, V439 "
    "match; ET ends where exon 10 ends"
)

DOMAINS: Final = (
    *(
        Domain("BRD4", name, start, end, False, ET_SOURCE.format(accession="O60885-1", check=WPF))
        for name, start, end in (("BD1", 75, 147), ("BD2", 368, 440), ("ET", 600, 682))
    ),
    *(
        Domain(
            "BRD3",
            name,
            start,
            end,
            False,
            ET_SOURCE.format(
                accession="Q15059", check="sequence check: W P F at residues 57 and 332 match"
            ),
        )
        for name, start, end in (("BD1", 51, 123), ("BD2", 326, 398), ("ET", 562, 644))
    ),
    *(
        Domain(
            "BRD2",
            name,
            start,
            end,
            False,
            ET_SOURCE.format(accession="P25440", check="no sequence check"),
        )
        for name, start, end in (("BD1", 91, 163), ("BD2", 364, 436), ("ET", 632, 714))
    ),
    Domain(
        "NSD3",
        "ET-binding",
        148,
        184,
        True,
        "Binds the ET domain of BRD2, BRD3 and BRD4: residues 148-184 of Q9BZ95, PMID 33592170; "
        "see PMID 21555454 and PMID 27291650",
    ),
    Domain(
        "NSD3",
        "PWWP1",
        270,
        333,
        False,
        "UniProt Q9BZ95 residue numbers from memory, not verified",
    ),
    Domain(
        "NUTM1",
        "AD1/F1c",
        374,
        621,
        False,
        "Acidic activation domain that binds p300: residues 346-593 of the 1132-residue isoform "
        "from memory, not verified, +28 for the 1160 residues of the MANE transcript; binding of "
        "p300 TAZ2: PMID 36690674, PMC9755262; recruitment of p300: EMBO J 2010;29:2943",
    ),
)
"""Residues of the MANE protein; verified only where the cited paper gives the numbers."""


def main() -> None:
    """Read the folder, check what can be checked, write the panel."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with the three files of facts")
    parser.add_argument("--out", type=Path, default=STARTER, help="default: the packaged starter")
    arguments = parser.parse_args()
    genes = read_genes(arguments.folder / "genes.tsv")
    transcripts = read_exons(arguments.folder / "exons.tsv")
    add_sequences(transcripts, arguments.folder / "starter_transcripts.fa")
    order = [gene.symbol for gene in genes]
    files = render_panel(
        name="starter",
        source=SOURCE,
        genes=genes,
        transcripts=sorted(
            transcripts.values(), key=lambda t: (order.index(t.gene), not t.is_mane)
        ),
        decoys=(),
        domains=DOMAINS,
    )
    if arguments.out.is_dir() and not any(arguments.out.iterdir()):
        arguments.out.rmdir()
    write_files(files, arguments.out, force=True)
    panel = load_panel(arguments.out)
    print(f"{arguments.out}: {len(panel.genes)} genes, {len(panel.transcripts)} transcripts")


def read_genes(path: Path) -> list[Gene]:
    """Read genes in the order of the file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            Gene(
                symbol=row["symbol"],
                hgnc_id=row["hgnc_id"],
                name=row["name"],
                previous_symbols=tuple(filter(None, row["previous_symbols"].split(","))),
                alias_symbols=tuple(filter(None, row["alias_symbols"].split(","))),
            )
            for row in csv.DictReader(handle, delimiter="\t")
        ]


def read_exons(path: Path) -> dict[str, Transcript]:
    """Read the MANE transcripts, without sequences, by accession.version."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    transcripts = {}
    for accession, group in groupby(rows, key=lambda row: row["transcript"]):
        transcript = transcript_of(accession, list(group))
        check_coding_part(transcript)
        transcripts[accession] = transcript
    return transcripts


def transcript_of(accession: str, rows: list[dict[str, str]]) -> Transcript:
    """Build one transcript from its rows; coding part and phases as in the file."""
    first = rows[0]
    exons = tuple(exon_of(row) for row in rows)
    protein_length = number(first["protein_aa"])
    checked = first["protein_aa_check"] == "published length"
    if first["gene"] in CODING_PARTS:
        start, end, protein_length = CODING_PARTS[first["gene"]]
        checked = True
        exons = tuple(
            replace(exon, cds_start=start, cds_end=end, start_phase=0, end_phase=0)
            if exon.start <= start and end <= exon.end
            else exon
            for exon in exons
        )
    return Transcript(
        accession=accession,
        gene=first["gene"],
        is_mane=True,
        synonyms=SYNONYMS.get(accession, ()),
        contig=first["contig"],
        strand=Strand(first["strand"]),
        exons=exons,
        sequence=None,
        is_prefix=False,
        is_cds=False,
        cds_start=None,
        cds_end=None,
        blocks=(),
        refget=None,
        protein_length=protein_length,
        cds_checked=checked,
    )


def exon_of(row: dict[str, str]) -> Exon:
    """Build one exon; the length given must be the one of both assemblies."""
    exon = Exon(
        number=int(row["exon"]),
        start=int(row["start_GRCh38"]),
        end=int(row["end_GRCh38"]),
        start_grch37=number(row["start_GRCh37"]),
        end_grch37=number(row["end_GRCh37"]),
        cds_start=number(row["cds_start_GRCh38"]),
        cds_end=number(row["cds_end_GRCh38"]),
        start_phase=number(row["start_phase"]),
        end_phase=number(row["end_phase"]),
        grch37_check=row["GRCh37_check"] or None,
    )
    expect(f"{row['transcript']} exon {exon.number} length", int(row["length_nt"]), exon.length)
    if exon.start_grch37 is not None and exon.end_grch37 is not None:
        length = exon.end_grch37 - exon.start_grch37 + 1
        expect(f"{row['transcript']} exon {exon.number} length on GRCh37", exon.length, length)
    return exon


def check_coding_part(transcript: Transcript) -> None:
    """Stop when phases or the protein length do not follow from the coding parts."""
    bases = 0
    for exon in transcript.exons:
        if exon.cds_start is None or exon.cds_end is None:
            continue
        where = f"{transcript.accession} exon {exon.number}"
        expect(f"{where} start phase", bases % 3, exon.start_phase)
        bases += exon.cds_end - exon.cds_start + 1
        expect(f"{where} end phase", bases % 3, exon.end_phase)
    expect(f"{transcript.accession} residues", transcript.protein_length, bases // 3 - 1)


def add_sequences(transcripts: dict[str, Transcript], path: Path) -> None:
    """Attach the sequences; a transcript without exons is placed by its MANE transcript."""
    for header, sequence in fasta(path):
        accession, *words = header.split()
        fields = dict(word.split("=", 1) for word in words)
        expect(f"{accession} refget", fields["refget"], refget(sequence))
        start, _, end = fields["cds"].partition("..")
        frame = frame_at(sequence, int(start))
        expect(f"{accession} coding part", int(end), None if frame is None else frame.end)
        mane = next(t for t in transcripts.values() if t.gene == fields["gene"] and t.is_mane)
        expect(f"{accession} residues", mane.protein_length, (int(end) - int(start) + 1) // 3 - 1)
        if accession == mane.accession:
            blocks = blocks_of_exons(mane.exons)
            expect(f"{accession} length", blocks[-1].transcript_end, len(sequence))
            if mane.strand is not None:
                expect(f"{accession} CDS", int(start), coding_start(mane.exons, mane.strand))
        else:
            blocks = place_by_sequence(sequence, [mane])
        transcripts[accession] = replace(
            mane,
            accession=accession,
            is_mane=accession == mane.accession,
            synonyms=SYNONYMS[accession],
            exons=mane.exons if accession == mane.accession else (),
            sequence=sequence,
            cds_start=int(start),
            cds_end=int(end),
            blocks=blocks,
            refget=refget(sequence),
        )


def fasta(path: Path) -> list[tuple[str, str]]:
    """Read (header, sequence) pairs."""
    chunks = path.read_text(encoding="ascii").split(">")[1:]
    pairs = (chunk.split("\n", 1) for chunk in chunks)
    return [(header, "".join(bases.split())) for header, bases in pairs]


def number(text: str) -> int | None:
    """Return a whole number, ``None`` for an empty text."""
    return int(text) if text else None


def expect(what: str, expected: object, found: object) -> None:
    """Stop with a message when two things that must be equal are not."""
    if expected != found:
        raise SystemExit(f"{what}: expected {expected}, found {found}")


if __name__ == "__main__":
    main()
