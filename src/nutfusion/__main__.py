"""``python -m nutfusion`` is the ``nutfusion`` command."""

from nutfusion.cli import main

if __name__ == "__main__":
    main(prog_name="nutfusion")
