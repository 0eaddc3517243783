"""A panel that loads can be trusted; one that cannot says where it is broken."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from nutfusion.errors import ReferenceDataError
from nutfusion.reference import STARTER, load_panel
from nutfusion.reference.digest import file_digest, refget

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the starter that a test may damage."""
    return shutil.copytree(STARTER, tmp_path / "panel")


def edit(panel: Path, name: str, old: str, new: str) -> None:
    """Change one place of a file; the place must be there."""
    path = panel / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_starter_loads_within_fifty_milliseconds() -> None:
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        load_panel()
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.05


def test_loading_a_panel_imports_no_heavy_library() -> None:
    code = (
        "import sys; from nutfusion.reference import load_panel; load_panel(); "
        "print([m for m in ('pandas', 'pyarrow', 'numpy', 'pysam', 'numba') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_refget_is_the_ga4gh_digest() -> None:
    # GA4GH refget specification, "Sequence digest": the sequence ACGT
    assert refget("ACGT") == "SQ.aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2"


def test_digest_does_not_depend_on_the_panels_name(copy: Path) -> None:
    edit(copy, "manifest.json", '"name": "starter"', '"name": "other"')
    panel = load_panel(copy)
    assert panel.name == "other"
    assert panel.digest == load_panel().digest


# file, text, damaged text, line, part of the message
DAMAGE = [
    # a tab went missing on the way through a spreadsheet
    ("exons.tsv", "ENST00000537011.6\t1\t", "ENST00000537011.6 1\t", 2, "11 tab-separated cells"),
    # NUTM1's exon 1 begins behind its end
    ("exons.tsv", "34343315\t34343702", "34343715\t34343702", 2, "expected start <= end"),
    # NUTM1's coding part leaves the exon
    ("exons.tsv", "34343697\t34343702\t0", "34343600\t34343802\t0", 2, "expected the coding part"),
    # BRD4 lies on the minus strand: exon 1 cannot come below exon 2
    ("exons.tsv", "15332290\t15332539", "15000000\t15000001", 11, "in the sense of the transcript"),
    # an exon is missing
    ("exons.tsv", "ENST00000537011.6\t2\t", "ENST00000537011.6\t3\t", 3, "expected exon 2"),
    ("exons.tsv", "transcript\texon", "transcript\tnumber", 1, "expected the columns transcript"),
    ("exons.tsv", "ENST00000537011.6\t1", "ENST00000000000.1\t1", 2, "expected a transcript of"),
    ("blocks.tsv", "\t389\t482\t", "\t389\t483\t", 3, "expected a gapless block"),
    ("blocks.tsv", "\t389\t482\t", "\t388\t481\t", 3, "without overlap"),
    ("genes.tsv", "BRD4\tHGNC", "NUTM1\tHGNC", 3, "found NUTM1 again"),
    ("genes.tsv", "HGNC:29919", "", 2, "expected a value in column hgnc_id"),
    ("transcripts.tsv", "\tNUTM1\tyes", "\tNUTM1\tmaybe", 2, "expected yes or no in column mane"),
    ("transcripts.tsv", "\tNUTM1\tyes", "\tNUTM9\tyes", 2, "found NUTM9"),
    ("transcripts.tsv", "\tBRD4\tno", "\tBRD4\tyes", 4, "expected one MANE transcript of BRD4"),
    ("transcripts.tsv", "chr15\t+\t4109", "chr15\t+\t4108", 2, "expected 4108 bases"),
    ("transcripts.tsv", "\t383\t3865", "\t383\t5000", 2, "expected cds_end inside the sequence"),
    ("transcripts.tsv", "SQ.LEcX", "SQ.XXXX", 2, "expected refget SQ.XXXX"),
    ("transcripts.fa", "CTACTGTGTG", "CTACTGTgTG", 2, "expected upper-case A, C, G, T or N, found"),
    ("transcripts.fa", ">ENST00000679869.1", ">ENST00000537011.6", 71, "expected each name once"),
    ("domains.tsv", "BRD4\tBD1\t75\t147", "BRD4\tBD1\t175\t147", 2, "expected 1 <= aa_start"),
    ("domains.tsv", "BRD4\tBD1\t75", "BRD4\tBD1\t7 5", 2, "expected a whole number in column"),
    ("manifest.json", '"name": "starter",', '"name": "starter"', 8, "expected JSON"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "message"), DAMAGE)
def test_a_damaged_line_is_named(
    copy: Path, name: str, old: str, new: str, line: int, message: str
) -> None:
    edit(copy, name, old, new)
    with pytest.raises(ReferenceDataError) as caught:
        load_panel(copy)
    assert caught.value.path == str(copy / name)
    assert caught.value.line == line
    assert message in caught.value.message
    assert caught.value.exit_code == 3


def test_a_changed_file_is_refused_even_when_it_parses(copy: Path) -> None:
    edit(copy, "domains.tsv", "BRD4\tBD1\t75\t147", "BRD4\tBD1\t75\t148")
    before = file_digest((STARTER / "domains.tsv").read_bytes())
    after = file_digest((copy / "domains.tsv").read_bytes())
    with pytest.raises(ReferenceDataError) as caught:
        load_panel(copy)
    assert str(caught.value) == (
        f"{copy}/domains.tsv: expected sha256 {before}, found {after}: the file is not the one "
        "manifest.json describes; make the panel again rather than editing it"
    )


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "decoys.fa").unlink()
    with pytest.raises(ReferenceDataError, match=r"decoys\.fa: cannot be read \(No such file"):
        load_panel(copy)


def test_a_folder_that_is_no_panel_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError) as caught:
        load_panel(tmp_path)
    assert str(caught.value) == (
        f'{tmp_path}: not a panel: there is no manifest.json; make one with "nutfusion reference '
        'build" or leave --panel out to use the packaged starter'
    )


def test_a_panel_of_a_later_format_is_refused(copy: Path) -> None:
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["format_version"] = [2, 0]
    path.write_text(json.dumps(manifest))
    with pytest.raises(ReferenceDataError, match=r"expected format version 1\.x, found \[2, 0\]"):
        load_panel(copy)
