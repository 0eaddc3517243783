"""The workflow, run as a user runs it."""
