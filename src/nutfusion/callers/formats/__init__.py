"""One module per format; the docstring of each is its mapping table."""
