# One run at a time in a folder, and what is said at the end of a run that failed.
import fcntl
import time


class Run:
    """The run of this process."""

    started = time.time()
    lock = (
        None  # open as long as the process lives; the kernel lets go of a killed one's
    )


def hold_folder():
    """Refuse to start beside another run in the same folder."""
    Run.lock = open(".snakemake/nutfusion.lock", "w")
    try:
        fcntl.flock(Run.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise WorkflowError(
            f"another run is at work in {Path.cwd()}; wait until it has ended, or use another"
            " folder with --directory"
        ) from None
    except OSError:
        pass  # a file system without locks


def failures():
    """What each failed job of this run said last."""
    made = {
        "evidence": "evidence.parquet",
        "calls": "calls.parquet",
        "annotation": "annotated.parquet",
        "scoring": "scored.json",
        "dossier": "dossier.json",
    }
    jobs = [
        (sample, f"logs/{sample}/{stage}.log", f"results/{sample}/{file}")
        for sample in SAMPLES
        for stage, file in made.items()
    ]
    jobs.append(
        ("sheet", "logs/_sheet.log", f"results/{[*SAMPLES][-1]}/sheet-row.json")
    )
    jobs.append(("panel", "logs/_reference.log", f"{BUILT_PANEL}/manifest.json"))
    jobs.append(("exports", "logs/_exports.log", EXPORTS))
    jobs.append(("crate", "logs/_crate.log", CRATE))
    for name, log_file, result in jobs:
        written = Path(log_file)
        # NB: Snakemake removes the result of a job that failed.
        if Path(result).exists() or not written.exists():
            continue
        if written.stat().st_mtime < Run.started - 1:
            continue
        lines = written.read_text(errors="replace").split("\n")
        said = [line for line in lines if line.strip()]
        yield name, said[-1] if said else "killed, perhaps for want of memory", log_file


def say_failures():
    """One line per failed sample, on standard error."""
    if IN_STORE:
        store = workflow.storage_settings.default_storage_prefix
        print(
            f"nutfusion: what a failed job said is in {store}/logs/ and in the log of its pod",
            file=sys.stderr,
        )
    found = list(failures())
    for name, said, log_file in found:
        said = said.removeprefix("nutfusion: error: ")
        print(f"nutfusion: {name} failed: {said} (see {log_file})", file=sys.stderr)
        if Path(f"results/{name}/dossier.json").exists():
            print(
                f"nutfusion: {name} still has the dossier of an EARLIER run, made from other"
                " files or settings: do not use it",
                file=sys.stderr,
            )
    if found and Path(EXPORTS).exists():
        print(
            f"nutfusion: {EXPORTS} is of an EARLIER run: do not use it", file=sys.stderr
        )
    whole = len(SAMPLES) - len({name for name, _, _ in found} & set(SAMPLES))
    if found:
        print(
            f"nutfusion: {whole} of {len(SAMPLES)} samples did not fail; mend the others and"
            " start again with the same command",
            file=sys.stderr,
        )


onstart:
    hold_folder()


onerror:
    say_failures()
