"""The command line: one subcommand per stage, and one place where errors become messages."""

from nutfusion.cli.group import main

__all__ = ["main"]
