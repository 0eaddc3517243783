"""What a release consists of: the wheel, the container definition, the conda recipe."""
