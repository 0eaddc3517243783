"""Dossier: what leaves for the board, as JSON, and the page made from it.

``build_dossier`` lays a scored sample out as a ``Dossier``; ``dossier_json`` and
``read_dossier`` write and read it; ``dossier_html`` renders the page, ``dossier_pdf`` its two
pages of paper. The page is made from the
same ``Dossier`` object and holds nothing the JSON lacks.
"""

from nutfusion.dossier.build import build_dossier
from nutfusion.dossier.document import dossier_json, read_dossier
from nutfusion.dossier.page import dossier_html
from nutfusion.dossier.pdf import dossier_pdf

__all__ = ["build_dossier", "dossier_html", "dossier_json", "dossier_pdf", "read_dossier"]
