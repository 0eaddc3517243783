"""Writes ``schemas/assay.schema.json`` from the model of assay profiles."""

from pathlib import Path

from nutfusion.scoring.assay import assay_schema_text

TARGET = Path(__file__).resolve().parent.parent / "schemas" / "assay.schema.json"

if __name__ == "__main__":
    TARGET.write_text(assay_schema_text(), encoding="utf-8")
