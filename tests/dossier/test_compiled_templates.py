"""Templates are compiled once and kept; what is kept is never believed over its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from nutfusion.dossier.compiled_templates import CompiledTemplates, compiled_templates

if TYPE_CHECKING:
    from pathlib import Path


def rendered(folder: Path, source: str) -> tuple[str, int]:
    """The text, and how many templates had to be compiled for it."""
    compiled: list[object] = []

    class Counting(Environment):
        def _generate(self, *args: object, **kwargs: object) -> str:
            compiled.append(args)
            return super()._generate(*args, **kwargs)  # type: ignore[arg-type]

    environment = Counting(
        loader=DictLoader({"a": source}), bytecode_cache=CompiledTemplates(folder), autoescape=True
    )
    return environment.get_template("a").render(gene="<NUTM1>"), len(compiled)


def test_the_second_process_compiles_nothing(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ gene }}") == ("&lt;NUTM1&gt;", 1)
    assert rendered(tmp_path, "{{ gene }}") == ("&lt;NUTM1&gt;", 0)


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    rendered(tmp_path, "{{ gene }}")
    assert rendered(tmp_path, "{{ gene }}!") == ("&lt;NUTM1&gt;!", 1)


@pytest.mark.parametrize("left", [b"", b"rubbish", b"j2"])
def test_a_damaged_one_is_made_again(tmp_path: Path, left: bytes) -> None:
    rendered(tmp_path, "{{ gene }}")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(left)
    assert rendered(tmp_path, "{{ gene }}") == ("&lt;NUTM1&gt;", 1)
    assert rendered(tmp_path, "{{ gene }}") == ("&lt;NUTM1&gt;", 0)


def test_one_cut_short_is_made_again(tmp_path: Path) -> None:
    rendered(tmp_path, "{{ gene }}")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    assert rendered(tmp_path, "{{ gene }}")[0] == "&lt;NUTM1&gt;"


def test_where_nothing_can_be_written_every_process_compiles(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert rendered(gone, "{{ gene }}") == ("&lt;NUTM1&gt;", 1)
    assert not gone.exists()


def test_the_packages_templates_have_a_folder() -> None:
    kept = compiled_templates("nutfusion.dossier")
    assert kept is not None
    assert kept.directory.endswith("__pycache__")
