"""Speed and memory of the whole line, measured against the cost of decompression alone."""
