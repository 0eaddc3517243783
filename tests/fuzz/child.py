"""One target in one process: ``python -m tests.fuzz.child TARGET CPU_SECONDS SEEDS FINDINGS``."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from types import ModuleType

KERNELS: Final = "nutfusion.reads.kernels"

WITHOUT_COMPILER: Final = ("fastq",)
"""Targets whose compiled loops run as Python: every branch is seen, every index checked."""


def all_kernels() -> list[ModuleType]:
    """Import every module of compiled loops."""
    path = importlib.import_module(KERNELS).__path__
    return [importlib.import_module(f"{KERNELS}.{m.name}") for m in pkgutil.iter_modules(path)]


def main(arguments: list[str]) -> None:
    """Fuzz until the processor time is used up; libFuzzer ends the process at a finding."""
    name, seconds, corpus, findings = arguments
    if name in WITHOUT_COMPILER:
        os.environ["NUMBA_DISABLE_JIT"] = "1"
    import atheris

    if name not in WITHOUT_COMPILER:
        all_kernels()  # compiled as they are
    with atheris.instrument_imports(include=["nutfusion"]):
        from tests.fuzz.targets import TARGETS, seeds

        if name in WITHOUT_COMPILER:
            from tests.fuzz.plain_kernels import put_in_place

            put_in_place(all_kernels())
        target = TARGETS[name]
        for seed in seeds(name):
            target(seed)  # what is imported when it is first used is instrumented too
    budget, runs = float(seconds), 0
    begun = time.process_time()

    def done() -> NoReturn:
        print(f"fuzzed {runs} {time.process_time() - begun:.0f}", flush=True)
        os._exit(0)

    def one(data: bytes) -> None:
        nonlocal runs
        runs += 1
        target(data)
        if not runs % 16 and time.process_time() - begun >= budget:
            done()

    options = ["-max_len=4096", "-timeout=30", "-rss_limit_mb=2048", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={findings}/{name}-", corpus], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
