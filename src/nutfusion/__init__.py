"""nutfusion: NUTM1 fusion evidence for a molecular tumour board."""

__version__ = "0.1.0"
"""Version of the package; ``pyproject.toml`` reads it from here."""
