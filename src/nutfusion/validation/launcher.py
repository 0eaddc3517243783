"""Run one command and print what it cost, as JSON.

A process of its own (``python -I -S``), because the peak memory that the kernel reports for a
command starts from that of the process that launched it: this one is small.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command given on the command line with its output thrown away."""
    null = os.open(os.devnull, os.O_WRONLY)
    started = time.perf_counter()
    child = os.posix_spawnp(
        sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)]
    )
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    figures = {"wall": wall, "cpu": cpu, "peak": usage.ru_maxrss / 1024, "code": code}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
