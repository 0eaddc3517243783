"""Faults of what people write: profiles, policies, sample sheets, paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.faults.place import Fault, Place

from nutfusion.shipped import shipped_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HEADER: Final = "sample,fastq_1,fastq_2,run,disease\n"
_ROW: Final = "S1,R1.fastq.gz,R2.fastq.gz,RUN1,NC\n"


def _profile(change: Callable[[str], str]) -> Callable[[Place], list[str]]:
    def do(place: Place) -> list[str]:
        text = shipped_path("assays/rnaseq.yaml").read_text()
        changed = change(text)
        assert changed != text
        return [*place.good(), "--assay", str(place.file("mine.yaml", changed))]

    return do


def _first_value(value: str) -> Callable[[str], str]:
    return lambda text: text.replace("value: 3", f"value: {value}", 1)


def _sheet(content: str | bytes) -> Callable[[Place], list[str]]:
    def do(place: Place) -> list[str]:
        place.reads()
        sheet = place.file("samples.csv", content)
        return ["sheet", "rows", str(sheet), "--outdir", str(place.out.parent / "rows")]

    return do


def _laughs() -> str:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    return "\n".join(lines) + "\n"


def _of_another_sample(place: Place) -> list[str]:
    return [*place.good()[:2], "S2", *place.good()[3:]]


def _outdir(name: str) -> Callable[[Place], list[str]]:
    def do(place: Place) -> list[str]:
        good = place.good()
        good[good.index("--outdir") + 1] = str(place.root / name)
        return good

    return do


FAULTS: Final[Mapping[str, Fault]] = {
    "profile_runs_a_command": Fault(
        "A YAML tag that would call a program.",
        _profile(lambda text: text + "x: !!python/object/apply:os.system ['touch pwned']\n"),
        ("mine.yaml:", "not YAML", "python/object/apply"),
    ),
    "profile_nested_without_end": Fault(
        "YAML of fifty thousand brackets.",
        _profile(lambda text: text + "x: " + "[" * 50_000),
        ("mine.yaml", "nested too deeply"),
    ),
    "profile_billion_laughs": Fault(
        "YAML aliases that grow ten times, nine times over.",
        _profile(lambda text: text + _laughs()),
        ("mine.yaml", "a9: is not known"),
    ),
    "profile_without_end": Fault(
        "A device that never ends was given for a profile.",
        lambda place: [*place.good(), "--assay", "/dev/zero"],
        ("/dev/zero", "at most 1048576 bytes"),
    ),
    "profile_key_twice": Fault(
        "A threshold was pasted, and the old one left.",
        _profile(lambda text: text + "molecule: dna\n"),
        ("mine.yaml:", "molecule stands twice"),
    ),
    "profile_impossible_date": Fault(
        "A date that no calendar has.",
        _profile(lambda text: text.replace("date: 2026-11-23", "date: 2026-13-23", 1)),
        ("mine.yaml", "not a value"),
    ),
    "profile_threshold_is_not_a_number": Fault(
        "A threshold of .nan would be met by everything, or by nothing.",
        _profile(_first_value(".nan")),
        ("mine.yaml", "min_supporting_fragments"),
    ),
    "profile_threshold_is_infinite": Fault(
        "A threshold of .inf.",
        _profile(_first_value(".inf")),
        ("mine.yaml", "min_supporting_fragments"),
    ),
    "profile_threshold_of_many_digits": Fault(
        "A key fell asleep on the keyboard.",
        _profile(_first_value("9" * 5000)),
        ("mine.yaml", "not a value"),
    ),
    "profile_is_not_there": Fault(
        "The profile's file was moved.",
        lambda place: [*place.good(), "--assay", str(place.root / "mine.yaml")],
        ("mine.yaml",),
    ),
    "sheet_row_of_another_sample": Fault(
        "The row of another sample was given.",
        lambda place: [
            *place.good(),
            "--sheet-row",
            str(place.file("row.json", '{"nutfusion": "SampleRow", "layout": 3, "record": {}}')),
        ],
        ("row.json", "SampleRow"),
    ),
    "sheet_sample_twice_in_two_spellings": Fault(
        "Two samples whose names differ in case: one folder on many disks.",
        _sheet(_HEADER + _ROW + "s1,a.fq,b.fq,RUN1,NC\n"),
        ("samples.csv:3", "differ only in case"),
    ),
    "sheet_sample_twice_with_other_facts": Fault(
        "One name was given to two patients.",
        _sheet(_HEADER + _ROW + "S1,R2.fastq.gz,,RUN2,NC\n"),
        ("samples.csv:3", "expected every file once"),
    ),
    "sheet_names_a_person": Fault(
        "A column of names was left in.",
        _sheet("sample,nom,fastq_1\nS1,Durand,R1.fastq.gz\n"),
        ("samples.csv:1", "identifies a person"),
    ),
    "sheet_holds_a_birth_date": Fault(
        "A birth date stands in a free cell.",
        _sheet(_HEADER + _ROW.replace("NC", "NC nee le 03/05/1971")),
        ("samples.csv:2", "birth date"),
    ),
    "sheet_is_a_spreadsheet": Fault(
        "The workbook itself was given.",
        _sheet(b"PK\x03\x04rest"),
        ("samples.csv", "export the sheet as CSV"),
    ),
    "sheet_is_in_another_encoding": Fault(
        "A spreadsheet wrote Windows-1252.",
        _sheet((_HEADER + _ROW.replace("NC", "carcinome à")).encode("cp1252")),
        ("samples.csv:2", "UTF-8"),
    ),
    "sheet_cell_with_line_ends": Fault(
        "A cell holds a line end, which would be a second row for a shell.",
        _sheet(_HEADER + _ROW.replace("NC", '"NC\nrm -rf"')),
        ("samples.csv:2", "printable"),
    ),
    "sheet_sample_is_a_path": Fault(
        "A sample's name that leads out of the results folder.",
        _sheet(_HEADER + _ROW.replace("S1", "../../etc/cron.d/x")),
        ("samples.csv:2", "expected a sample of"),
    ),
    "sheet_sample_is_an_option": Fault(
        "A sample's name that a command would take for an option.",
        _sheet(_HEADER + _ROW.replace("S1", "--outdir=.")),
        ("samples.csv:2", "expected a sample of"),
    ),
    "sheet_file_is_an_address": Fault(
        "An address was given for a file.",
        _sheet(_HEADER + _ROW.replace("R1.fastq.gz", "https://example.org/R1.fastq.gz")),
        ("samples.csv:2", "found another address"),
    ),
    "sheet_file_name_is_too_long": Fault(
        "A cell was filled by a formula.",
        _sheet(_HEADER + _ROW.replace("R1.fastq.gz", "R" * 3000)),
        ("samples.csv:2", "fastq_1"),
    ),
    "sheet_is_not_there": Fault(
        "The sheet was moved.",
        lambda place: ["sheet", "rows", str(place.root / "samples.csv"), "--outdir", "rows"],
        ("samples.csv", "found no such file"),
    ),
    "outdir_holds_another_sample": Fault(
        "The command was copied, the sample changed, the folder not: the other dossier stays.",
        _of_another_sample,
        ("dossier.json", "expected the dossier of sample 'S2' or none, found that of 'S1'"),
    ),
    "outdir_is_a_file": Fault(
        "A file has the folder's name.",
        _outdir("R1.fastq.gz"),
        ("R1.fastq.gz", "give another --outdir"),
    ),
    "outdir_name_is_too_long": Fault(
        "A name longer than a disk can keep.", _outdir("x" * 300), ("file name too long",)
    ),
}
