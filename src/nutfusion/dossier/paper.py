"""What stands on every printed page, and whether the dossier is about anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nutfusion.model.dossier import Dossier

TEST_PANEL: Final = "synthetic"
"""How the name of a panel of invented sequences starts."""
TEST_ASSAY: Final = "test-data"
"""Assay profile of the packaged invented samples."""

_NOT_PLAIN: Final = re.compile(r"[^A-Za-z0-9 ]")


def is_test_data(dossier: Dossier) -> bool:
    """Whether the panel or the profile is for tests only: the sample is then of no patient."""
    provenance = dossier.provenance
    is_test_assay = provenance.assay.partition("@")[0] == TEST_ASSAY
    return is_test_assay or provenance.panel.startswith(TEST_PANEL)


def page_footer(dossier: Dossier) -> str:
    """The style rule that prints the sample and the page's number at the foot of every page."""
    name = f"NUTM1   {dossier.sample.id}" + ("   TEST" if is_test_data(dossier) else "")
    return (
        f'@page {{ @bottom-left {{ content: "{css_text(name)}"; }} '
        '@bottom-right { content: counter(page) " / " counter(pages); } }'
    )


def css_text(text: str) -> str:
    """Text for the inside of a CSS string: everything but letters, digits and blanks as a code."""
    return _NOT_PLAIN.sub(lambda match: f"\\{ord(match[0]):x} ", text)
