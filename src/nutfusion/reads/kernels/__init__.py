"""Compiled loops; everything here works on arrays and knows nothing of genes or files."""
