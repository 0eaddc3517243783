"""What a sample sheet may say, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutfusion.errors import SampleSheetError
from nutfusion.model.dossier import Declared, OrthogonalTest
from nutfusion.model.stagefile import read_stage, write_stage
from nutfusion.sheet import SampleRow, load_sheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with FASTQ files named a to f."""
    for name in "abcdef":
        (tmp_path / f"{name}.fq").write_text("@r\nA\n+\nI\n")
    return tmp_path


def sheet(folder: Path, text: str | bytes) -> Path:
    path = folder / "samples.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(folder: Path, text: str | bytes) -> SampleSheetError:
    with pytest.raises(SampleSheetError) as caught:
        load_sheet(sheet(folder, text))
    return caught.value


def test_lanes_of_one_sample_come_together_in_order(folder: Path) -> None:
    rows = load_sheet(
        sheet(folder, "sample,fastq_1,fastq_2\nS2,a.fq,b.fq\nS1,c.fq,d.fq\nS2,e.fq,f.fq\n")
    )
    assert [row.sample.id for row in rows] == ["S2", "S1"]
    assert [[Path(str(f)).name for f in lane.files] for lane in rows[0].lanes] == [
        ["a.fq", "b.fq"],
        ["e.fq", "f.fq"],
    ]


def test_single_reads_and_umi_reads(folder: Path) -> None:
    single, umi = load_sheet(
        sheet(folder, "sample,fastq_1,fastq_2,fastq_umi\nS1,a.fq,,\nS2,b.fq,c.fq,d.fq\n")
    )
    assert single.lanes[0].fastq_2 is None
    assert umi.lanes[0].fastq_umi == folder / "d.fq"


def test_declared_facts_and_orthogonal_tests(folder: Path) -> None:
    (row,) = load_sheet(
        sheet(
            folder,
            "sample,fastq_1,run,assay,disease,pretreated,relapse,ihc,fish,rt_pcr,sanger\n"
            "S1,a.fq,R7,targeted-rna,carcinome NUT,oui,no,Positive; C52B1 80 %,négatif,,ND\n",
        )
    )
    assert row.assay == "targeted-rna"
    assert row.sample.run == "R7"
    assert row.sample.declared == Declared(disease="carcinome NUT", pretreated=True, relapse=False)
    assert row.sample.orthogonal == (
        OrthogonalTest(kind="ihc", result="positive", detail="C52B1 80 %"),
        OrthogonalTest(kind="fish", result="negative", detail=None),
    )


def test_what_tests_say_in_figures_and_names(folder: Path) -> None:
    (row,) = load_sheet(
        sheet(
            folder,
            "sample,fastq_1,ihc,ihc_clone,ihc_nuclei,fish,fish_kind,fish_split_cells,fish_dual,"
            "fish_dual_partner,rt_pcr,rt_pcr_joint,sanger,sanger_joint\n"
            'S1,a.fq,positive,C52B1,"62,5 %",positif,Break-apart,34%,positive; Vysis,BRD4,positive,'
            "BRD4 exon 11::NUTM1 exon 2,échec,NA\n",
        )
    )
    ihc, fish, dual, rt_pcr, sanger = row.sample.orthogonal
    assert (ihc.clone, ihc.positive_nuclei) == ("C52B1", 62.5)
    assert (fish.probe, fish.split_cells) == ("break_apart", 34)
    assert dual == OrthogonalTest(
        kind="fish",
        result="positive",
        detail="Vysis",
        probe="dual_fusion",
        probe_partner="BRD4",
    )
    assert rt_pcr.joint == "BRD4 exon 11::NUTM1 exon 2"
    assert (sanger.result, sanger.joint) == ("failed", None)


def test_a_figure_nobody_gave_is_unknown_not_zero(folder: Path) -> None:
    text = "sample,fastq_1,ihc,ihc_nuclei,fish,fish_split_cells\nS1,a.fq,positive,,negative,0\n"
    (row,) = load_sheet(sheet(folder, text))
    assert row.sample.orthogonal[0].positive_nuclei is None
    assert row.sample.orthogonal[1].split_cells == 0


@pytest.mark.parametrize(
    ("columns", "cells", "says"),
    [
        ("ihc,ihc_nuclei", "positive,101", "from 0 to 100"),
        ("ihc,ihc_nuclei", "positive,-1", "from 0 to 100"),
        ("ihc,ihc_nuclei", "positive,>50", "words belong behind the result's ';'"),
        ("ihc,ihc_nuclei", "positive,nan", "from 0 to 100"),
        ("ihc,ihc_nuclei", ",80", "expected a result in column 'ihc'"),
        ("rt_pcr,rt_pcr_joint", ",BRD4 exon 11", "expected a result in column 'rt_pcr'"),
        ("fish,fish_kind", "positive,dual-fusion", "in column 'fish_dual' and its gene"),
        ("fish,fish_kind", "positive,maybe", "expected break_apart or nothing"),
        ("fish_dual,fish_dual_partner", "positive,", "expected the gene"),
        # a word for "not known" is no gene that a probe could be made for
        ("fish_dual,fish_dual_partner", "positive,unknown", "expected the gene"),
        ("fish_dual,fish_dual_partner", "positive,NA", "expected the gene"),
        ("fish_dual,fish_dual_partner", "positive,NUTM1", "other than NUTM1"),
        ("fish_dual,fish_dual_partner", "positive,BRD4 or BRD3", "expected one gene"),
        ("fish_dual", "perhaps", "expected positive, negative, equivocal or failed"),
    ],
)
def test_what_a_test_cannot_say_is_refused_with_its_line(
    columns: str, cells: str, says: str, folder: Path
) -> None:
    error = refusal(
        folder, f"sample,fastq_1,{columns}\nS0,b.fq{',' * cells.count(',')},\nS1,a.fq,{cells}\n"
    )
    assert says in str(error)
    assert error.line == 3


def test_an_assay_profile_of_ones_own_is_found_beside_the_sheet(folder: Path) -> None:
    (folder / "mine.yaml").write_text("id: mine\n")
    (row,) = load_sheet(sheet(folder, "sample,fastq_1,assay\nS1,a.fq,mine.yaml\n"))
    assert row.assay == str(folder / "mine.yaml")


def test_what_is_not_declared_is_null(folder: Path) -> None:
    (row,) = load_sheet(sheet(folder, "sample,fastq_1,pretreated\nS1,a.fq,\n"))
    assert row.sample.declared == Declared(disease=None, pretreated=None, relapse=None)
    assert row.sample.run is None
    assert row.sample.orthogonal == ()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffsample,fastq_1,fastq_2\r\nS1,a.fq,b.fq\r\n",
        '"sample","fastq_1","fastq_2"\n"S1","a.fq","b.fq"',
        "sample\tfastq_1\tfastq_2\nS1\ta.fq\tb.fq\n",
        "sample;fastq_1;fastq_2\nS1;a.fq;b.fq\n",
        "\n\nsample,fastq_1,fastq_2\nS1,a.fq,b.fq\n",
        "Sample , FASTQ_1,Fastq_2,,\n\n  S1 ,a.fq, b.fq,,\n,,,,\n",
        "sample,fastq_1,fastq_2,strandedness\nS1,a.fq,b.fq,reverse\n",
        "sample,fastq_1,fastq_2,bam,cram,strandedness,seq_platform\nS1,a.fq,b.fq,,,forward,I\n",
    ],
)
def test_the_same_sheet_in_many_spellings(text: str, folder: Path) -> None:
    (row,) = load_sheet(sheet(folder, text))
    assert row.sample.id == "S1"
    assert row.files == (folder / "a.fq", folder / "b.fq")


def test_a_row_survives_the_way_through_a_file(folder: Path) -> None:
    (row,) = load_sheet(sheet(folder, "sample,fastq_1,ihc\nS1,a.fq,positive\n"))
    write_stage(row, folder / "row.json")
    assert read_stage(SampleRow, folder / "row.json") == row


def test_names_are_relative_to_the_sheet_or_else_to_the_working_directory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sheets").mkdir()
    monkeypatch.chdir(folder)
    (row,) = load_sheet(sheet(folder / "sheets", "sample,fastq_1\nS1,a.fq\n"))
    assert row.files == (folder / "a.fq",)


def test_a_full_message_says_where_what_and_what_to_do(folder: Path) -> None:
    error = refusal(folder, "sample,fastq_1\nS1,a.fq\nS2,missing.fq\n")
    assert str(error) == (
        f"{folder}/samples.csv:3: expected a FASTQ file in column 'fastq_1', found no such file:"
        " 'missing.fq'; names are relative to the sheet's folder or to the working directory"
    )
    assert (error.path, error.line, error.exit_code) == (str(folder / "samples.csv"), 3, 2)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "found an empty file"),
        ("\n,,\n", 1, "found an empty file"),
        ("sample,fastq_1\n", None, "found only a header"),
        ("sample,fastq_2\nS1,a.fq\n", 1, "expected one of the columns fastq_1, bam"),
        ("sample,fastq1\nS1,a.fq\n", 1, "did you mean 'fastq_1'"),
        ("sample,fastq_1,pre_treated\nS1,a.fq,\n", 1, "did you mean 'pretreated'"),
        ("sample,fastq_1,colour\nS1,a.fq,\n", 1, "unknown column 'colour'"),
        ("sample,fastq_1,Sample\nS1,a.fq,S1\n", 1, "found 'sample' twice"),
        ("sample,fastq_1,\nS1,a.fq,x\n", 1, "unknown column ''"),
        ("sample,fastq_1\nS1,a.fq,b.fq\n", 2, "expected 2 cells as in the header, found 3"),
        ("sample,fastq_1\nS1\n", 2, "expected 2 cells as in the header, found 1"),
        ("sample,fastq_1\n,a.fq\n", 2, "expected a sample of 1 to 64"),
        ("sample,fastq_1\n../S1,a.fq\n", 2, "expected a sample of 1 to 64"),
        ("sample,fastq_1\nS 1,a.fq\n", 2, "expected a sample of 1 to 64"),
        ("sample,fastq_1\n-rf,a.fq\n", 2, "expected a sample of 1 to 64"),
        ("sample,fastq_1\nS1$(id),a.fq\n", 2, "expected a sample of 1 to 64"),
        (f"sample,fastq_1\n{'S' * 65},a.fq\n", 2, "expected a sample of 1 to 64"),
        ("sample,fastq_1\nS1,\n", 2, "found empty cells"),
        ("sample,fastq_1\nS1,.\n", 2, "found a folder"),
        ("sample,fastq_1,fastq_2\nS1,a.fq,a.fq\n", 2, "every file once"),
        ("sample,fastq_1\nS1,a.fq\n\nS2,./a.fq\n", 4, "here and in line 2"),
        ("sample,fastq_1,fastq_2\nS1,a.fq,b.fq\nS1,c.fq,\n", 3, "paired or all single"),
        ("sample,fastq_1\nS1,a.fq\ns1,b.fq\n", 3, "differ only in case"),
        # samples of one run that would not be compared
        ("sample,fastq_1,run\nS1,a.fq,R 1\nS2,b.fq,r1\n", 3, "run 'r1' and 'R 1' differ only"),
        ("sample,fastq_1,run\nS1,a.fq,R1\nS1,b.fq,R2\n", 3, "'R1' in line 2, 'R2' here"),
        ("sample,fastq_1,relapse\nS1,a.fq,yes\nS1,b.fq,no\n", 3, "contradict each other"),
        ("sample,fastq_1,relapse\nS1,a.fq,\nS1,b.fq,maybe\n", 3, "expected yes, no or nothing"),
        ("sample,fastq_1,fish\nS1,a.fq,broken\n", 2, "expected positive, negative, equivocal"),
        ("sample,fastq_1,assay\nS1,a.fq,../../x\n", 2, "expected the name of an assay profile"),
        ("sample,fastq_1,assay\nS1,a.fq,\nS2,b.fq,rnasek\n", 3, "(amplicon, archer"),
        ("sample,fastq_1,assay\nS1,a.fq,missing.yaml\n", 2, "or the path of a .yaml file"),
        ("sample,fastq_1,bam\nS1,a.fq,a.bam\n", 2, "expected a file in column 'bam'"),
        ("sample,fastq_1,bam\nS1,a.fq,b.fq\n", 2, "expected FASTQ files or alignments"),
        ("sample,fastq_1,bam\nS1,a.fq,\nS1,,b.fq\n", 3, "expected FASTQ files or alignments"),
        ("sample,callers\nS1,arriba=missing.tsv\n", 2, "expected a file in column 'callers'"),
        ("sample,callers\nS1,=a.fq\n", 2, "expected NAME=FILE or FILE in column 'callers'"),
        ("sample,callers\nS1,a.fq;a.fq\n", 2, "expected every file once"),
        ("sample,run\nS1,R1\n", 1, "expected one of the columns fastq_1, bam, cram"),
        ('sample,fastq_1,disease\nS1,a.fq,"a\nb"\n', 2, "printable characters"),
        ("sample,fastq_1\nS1,a.fq\x00\n", None, "found a binary file"),
        ('sample,fastq_1\nS1,"a.fq\n', 2, "found unexpected end of data"),
        (b"sample,fastq_1,disease\nS1,a.fq,\xe9\n", 2, "expected UTF-8 text"),
        ("sample,fastq_1\n".encode("utf-16"), None, "found UTF-16"),
        (b"PK\x03\x04", None, "export the sheet as CSV"),
    ],
)
def test_refusals(text: str | bytes, line: int | None, says: str, folder: Path) -> None:
    error = refusal(folder, text)
    assert says in str(error)
    assert line is None or error.line == line


@pytest.mark.parametrize(
    "column",
    [
        "nom", "NOM", "Prénom", "Nom de naissance", "nom_usuel", "date_naissance", "Née le",
        "Date de naiss.", "DDN", "dob", "Date of birth", "birth", "first_name", "Surname", "Name",
        "patient name", "Nom du patient", "patient_id", "NIR", "INS", "ipp", "N° sécurité sociale",
        "n° sécu", "INS-C", "PatientName", "num_dossier", "N° dossier", "numSecu",
        "ssn", "MRN", "e-mail", "Téléphone", "phone number", "adresse",
    ],
)  # fmt: skip
def test_identifying_columns_are_refused_even_when_empty(column: str, folder: Path) -> None:
    error = refusal(folder, f"sample,fastq_1,{column}\nS1,a.fq,\n")
    assert f"column {column!r} identifies a person" in str(error)
    assert error.line == 1


@pytest.mark.parametrize("column", ["sample_name", "fastq_3", "tumour"])
def test_other_unknown_columns_are_not_called_identifying(column: str, folder: Path) -> None:
    assert "unknown column" in str(refusal(folder, f"sample,fastq_1,{column}\nS1,a.fq,\n"))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("disease", "1 84 12 76 451 089 46"),
        ("disease", "2840676451089"),
        ("run", "184127645108946"),
        ("disease", "184122A451089 46"),
        ("disease", "patient born 1984"),
        ("disease", "né le 3 mars"),
        ("disease", "12/03/1984"),
        ("disease", "1984-03-12"),
        ("run", "12.03.1984"),
        ("ihc", "positive; a.b@hospital.example"),
        ("disease", "12/03/70"),
        ("run", "12/03/70"),
        ("disease", "12.03.70"),
        ("disease", "12 mars 1970"),
        ("disease", "1er février 1970"),
        ("disease", "12 août 70"),
        ("disease", "March 12, 1970"),
        ("run", "12-Mar-1970"),
        ("disease", "19700312"),
        ("run", "19700312"),
        ("sample", "S19700312"),
        ("sample", "12031970"),
        ("sample", "S-1970-03-12"),
        ("disease", "NIR1850175123456"),
        ("sample", "NIR1850175123456"),
        ("disease", "１８５０１７５１２３４５６"),
        ("disease", "1\u00a085\u202f01 75 123 456"),
        ("disease", "06 12 34 56 78"),
        ("disease", "tel 0612345678"),
        ("disease", "+33 6 12 34 56 78"),
        ("disease", "IPP 800123456"),
        ("sample", "IPP800123456"),
        ("disease", "IPP n° 800123456"),
        ("disease", "Mme DUPONT"),
        ("disease", "Mme Dupont"),
        ("sample", "M.DUPONT"),
        ("disease", "M. Dupont"),
        ("ihc", "positive; lu par Dr Martin"),
    ],
)
def test_identifying_cells_are_refused_and_not_repeated(
    column: str, value: str, folder: Path
) -> None:
    cell = f'"{value}"'
    head, row = ("", f"{cell},a.fq") if column == "sample" else (f",{column}", f"S1,a.fq,{cell}")
    error = refusal(folder, f"sample,fastq_1{head}\n{row}\n")
    assert error.line == 2
    assert "only pseudonyms may enter" in str(error)
    assert value not in str(error)


def test_a_pseudonym_that_is_a_social_security_number_is_refused(folder: Path) -> None:
    assert "NIR" in str(refusal(folder, "sample,fastq_1\n2840676451089,a.fq\n"))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("run", "2026-11-20"),
        ("run", "241120_A00123_0456_BHXYZ"),
        ("run", "20/11/2026"),
        ("disease", "carcinome NUT pT4 N2"),
        ("disease", "C34.1"),
        ("ihc", "positive; clone C52B1, 80 %"),
        ("ihc", "positive\u00a0; clone C52B1, 80\u202f%"),
        ("ihc", "negative; MME positif, PR Negative, M0 N2"),
        ("run", "20261120"),
        ("run", "12-11-26"),
        ("run", "241120_A00123_0456_BHXYZ_1203"),
        ("disease", "NUT carcinoma, 10 of 12 nodes, 2 cm"),
        ("disease", "chr15 34347969"),
    ],
)
def test_run_dates_and_clinical_words_are_not_refused(
    column: str, value: str, folder: Path
) -> None:
    assert load_sheet(sheet(folder, f'sample,fastq_1,{column}\nS1,a.fq,"{value}"\n'))


def test_a_public_accession_is_no_birth_date(folder: Path) -> None:
    (folder / "SRR19700312_1.fq").write_text("@r\nA\n+\nI\n")
    (row,) = load_sheet(sheet(folder, "sample,fastq_1\nSRR19700312,SRR19700312_1.fq\n"))
    assert row.sample.id == "SRR19700312"


def test_a_blank_that_does_not_break_is_a_blank(folder: Path) -> None:
    (row,) = load_sheet(sheet(folder, "sample,fastq_1,ihc\nS1,a.fq,positif\u00a0; 80\u202f%\n"))
    assert row.sample.orthogonal[0].detail == "80 %"


def test_a_sheet_without_a_header_repeats_nothing_of_its_first_line(folder: Path) -> None:
    said = str(refusal(folder, "Jeanne Dupont,a.fq\nS2,b.fq\n"))
    assert "found a first line that names no known column" in said
    assert "Dupont" not in said
    assert "a.fq" not in said


def test_a_sample_called_like_a_person_is_not_repeated(folder: Path) -> None:
    assert "Dupont" not in str(refusal(folder, "sample,fastq_1\nJeanne Dupont,a.fq\n"))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60),
        st.lists(st.sampled_from(["sample", "fastq_1", ",", "\n", '"', "a.fq", "S1", "\t"])).map(
            "".join
        ),
    )
)
def test_any_bytes_give_samples_or_a_refusal(folder: Path, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        rows = load_sheet(sheet(folder, data))
    except SampleSheetError:
        return
    assert rows


def test_any_mix_of_inputs_makes_a_sample(folder: Path) -> None:
    for name in ("x.bam", "g.fa", "f.tsv", "Chimeric.out.junction"):
        (folder / name).write_text("x")
    (folder / "arriba").mkdir()
    first, second = load_sheet(
        sheet(
            folder,
            "sample,fastq_1,bam,reference_fasta,callers,junctions\n"
            "S1,a.fq,,,arriba=arriba; f.tsv,Chimeric.out.junction\n"
            "S2,,x.bam,g.fa,,\n",
        )
    )
    assert [(c.name, Path(str(c.path)).name) for c in first.callers] == [
        ("arriba", "arriba"),
        (None, "f.tsv"),
        ("star_chimeric", "Chimeric.out.junction"),
    ]
    assert first.read_options == (
        "--fastq-single",
        str(folder / "a.fq"),
        "--caller",
        f"arriba={folder}/arriba",
        "--caller",
        f"star_chimeric={folder}/Chimeric.out.junction",
        str(folder / "f.tsv"),
    )
    assert second.read_options == (
        "--bam",
        str(folder / "x.bam"),
        "--reference-fasta",
        str(folder / "g.fa"),
    )
