"""Writes ``workflow/schemas/config.schema.yaml`` from the configuration's model."""

from pathlib import Path

from nutfusion.sheet.config import config_schema_text

TARGET = Path(__file__).resolve().parent.parent / "workflow" / "schemas" / "config.schema.yaml"

if __name__ == "__main__":
    TARGET.write_text(config_schema_text(), encoding="utf-8")
