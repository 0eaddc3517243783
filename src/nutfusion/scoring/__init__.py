"""See the package page of the documentation."""
