"""The ledger of orthogonal tests: what each says, where it disagrees, what would help next."""

from nutfusion.scoring.ledger.build import build_ledger
from nutfusion.scoring.ledger.codes import LEDGER_CODES
from nutfusion.scoring.ledger.entries import entries
from nutfusion.scoring.ledger.settings import OrthogonalSettings, load_orthogonal

__all__ = [
    "LEDGER_CODES",
    "OrthogonalSettings",
    "build_ledger",
    "entries",
    "load_orthogonal",
]
