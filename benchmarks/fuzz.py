"""Hostile files by the thousand: each reader, and the audit behind it, on changed copies of good files.

    python -m benchmarks fuzz [--seconds 120] [--seed 1] [--keep FOLDER] [--guided] [READER...]

Without names every reader has its time. Each works in a process of its own, which keeps the file at work on disk: what
kills or hangs the process is found all the same. A crasher is a file that gives anything but a document or one line of
refusal, that takes more processor time or memory than its bound, whose places lie outside the text, or whose report
cannot be written. Each kind is kept once, made smaller where that works, and the program ends with 1 if there is any.
``--guided`` lets coverage choose what is changed further; it needs ``pip install atheris``.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import io
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.fuzz_mutate import mutate, pages
from benchmarks.fuzz_other import OTHERS
from benchmarks.fuzz_seeds import TARGETS as READERS
from benchmarks.fuzz_target import Target

TARGETS = READERS | {name: target for name, (target, _) in OTHERS.items()}

SECONDS, SECONDS_A_MEGABYTE = 3.0, 150.0
"""Processor time that a file may take: an audit takes some 1.5 ms an entry, and an entry may be ten bytes."""
PDF_SECONDS = 60.0
"""A PDF is read by another process, a page at a time with 10 s each; the bound is for a few pages on the clock."""
MEMORY = 700 * 1024 * 1024
"""Bytes of address space that reading may add: the bound on unpacked containers is 256 MB, and their text comes on top."""
STUCK = 120.0
"""Seconds on the clock after which a process that does not come back to Python is ended."""


class TooSlow(BaseException):
    """The bound on processor time is passed; no reader catches it."""


def examine(target: Target, data: bytes, *, turn: int = 0) -> str:
    """Read one file, audit every third and report every twelfth: "read" or "refused". Raises whatever makes it a crasher."""
    from refaudit.audit import audit_file, report
    from refaudit.config import Config
    from refaudit.errors import InputError
    from refaudit.readers import read
    from refaudit.report import renderer

    config = Config(today=datetime.date(2026, 1, 15), offline=True)
    if target.format == "pages":
        return _examine_pages(data)
    if target.format in OTHERS:
        return _examine_other(target, data)
    if turn % 3:
        try:
            _places(read(target.file, data, input_format=target.format))
        except InputError as error:
            return _refused(target, str(error))
        return "read"
    file = audit_file(target.file, data, config, input_format=target.format)
    if file.error is not None:
        _refused(target, file.error)
    elif file.document is not None:
        _places(file.document)
    if turn % 12 == 0:
        for name in ("full", "concise", "json", "csv", "html", "sarif", "github", "gitlab", "junit", "markdown"):
            content = renderer(name)(report([file], config))
            if isinstance(content, str):
                content.encode("utf-8", "backslashreplace")
    return "refused" if file.error is not None else "read"


def _refused(target: Target, message: str) -> str:
    if "\n" in message or not message.startswith(target.file):
        raise AssertionError(f"a refusal is one line that begins with the file: {message!r}")
    return "refused"


def _examine_other(target: Target, data: bytes) -> str:
    from refaudit.errors import ConfigError

    try:
        OTHERS[target.format or ""][1](data)
    except ConfigError as error:
        if "\n" in str(error):
            raise AssertionError(f"a refusal is one line: {str(error)!r}") from None
        return "refused"
    return "read"


def _examine_pages(data: bytes) -> str:
    from refaudit.parse import parse
    from refaudit.readers.pdf import layout as layout_
    from refaudit.readers.pdf import reader

    given = [reader.page({"size": [width, height], "runs": runs}) for width, height, runs in pages(Random(data))]
    document = layout_.document("f.pdf", given, ())
    _places(document)
    parse(document)
    return "read"


def _places(document: Any) -> None:
    """Every place inside the text, every piece in order, every place found in the source."""
    size = len(document.text)
    spans = [one.span for group in (document.blocks, document.marks, document.citations, document.references) for one in group]
    spans += [item.span for one in document.citations for item in one.items]
    spans += [part for one in document.references for _, part in one.parts]
    for span in spans:
        if not 0 <= span.start <= span.end <= size:
            raise AssertionError(f"{span} lies outside a text of {size}")
    for span in spans[:300]:
        place = document.locate(span)
        source = next(one for one in document.sources if one.path == place.path)
        if not 0 <= place.start <= place.end <= len(source.text):
            raise AssertionError(f"{place} lies outside {source.path} of {len(source.text)}")
    ats = [piece.at for piece in document.pieces]
    if ats != sorted(ats):
        raise AssertionError("the pieces are not in order")


class Run:
    """The state of one reader's process: what it has seen, written to its folder so that the parent can tell."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.target, self.folder = name, TARGETS[name], folder
        self.counts: Counter[str] = Counter()
        self.kinds: dict[str, str] = {}
        self.slowest, self.turn = 0.0, -1
        self.current = folder / "current"
        self._told = 0.0

    def one(self, data: bytes) -> None:
        """Try one file; a crasher of a new kind is kept."""
        self.current.write_bytes(data)
        self.turn += 1
        kind = self.kind(data)
        if kind and kind not in self.kinds:
            number = len(self.kinds) + 1
            path = self.folder / f"{self.name}-{number}-{self.target.file.replace('f', 'crasher', 1)}"
            path.write_bytes(self.smaller(data, kind))
            self.kinds[kind] = str(path)
            self.tell()
        elif time.monotonic() - self._told > 1:
            self.tell()

    def kind(self, data: bytes) -> str:
        """What makes the file a crasher, in words that are the same for the same defect; "" when it is none."""
        clock = self.target.shape == "pdf"
        bound = PDF_SECONDS if clock else SECONDS + SECONDS_A_MEGABYTE * _size(data) / 1e6
        begin = time.monotonic() if clock else time.process_time()
        signal.setitimer(signal.ITIMER_REAL if clock else signal.ITIMER_PROF, bound)
        try:
            self.counts[examine(self.target, data, turn=self.turn)] += 1
        except TooSlow as error:
            return f"over {SECONDS:.0f} s and {SECONDS_A_MEGABYTE:.0f} s a MB in {_place(error)}"
        except BaseException as error:  # noqa: BLE001 (whatever it is, it is what we look for)
            self.counts["crashed"] += 1
            return f"{type(error).__name__} in {_place(error)}: {str(error)[:100]!r}"
        finally:
            signal.setitimer(signal.ITIMER_REAL if clock else signal.ITIMER_PROF, 0)
            self.slowest = max(self.slowest, (time.monotonic() if clock else time.process_time()) - begin)
        return ""

    def smaller(self, data: bytes, kind: str) -> bytes:
        """A smaller file that crashes in the same place, as far as half a minute of leaving out stretches leads."""
        end = time.monotonic() + 30
        step = max(1, len(data) // 2)
        where = kind.split(":", maxsplit=1)[0]
        while step and time.monotonic() < end:
            at = 0
            while at < len(data) and time.monotonic() < end:
                shorter = data[:at] + data[at + step :]
                if shorter and self.kind(shorter).split(":")[0] == where:
                    data = shorter
                else:
                    at += step
            step //= 2
        return data

    def tell(self) -> None:
        """Write down what was seen so far."""
        self._told = time.monotonic()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told = {"counts": self.counts, "kinds": self.kinds, "slowest": self.slowest, "peak": peak}
        (self.folder / "told.part").write_text(json.dumps(told))
        (self.folder / "told.part").replace(self.folder / "told.json")


def _size(data: bytes) -> int:
    """The bytes that a reader has to read: of a container or an archive what it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return min(100_000_000, sum(one.file_size for one in archive.infolist()))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        pass
    try:
        return len(gzip.decompress(data))
    except (EOFError, OSError, zlib.error):
        return len(data)


def _place(error: BaseException) -> str:
    """The innermost place of ours in a trace."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "refaudit" in one.filename]
    found = frames or traceback.extract_tb(error.__traceback__)
    return f"{Path(found[-1].filename).name}:{found[-1].lineno}" if found else "?"


def _slow(*_: object) -> None:
    raise TooSlow


def work(name: str, folder: Path, seconds: float, seed: int, *, guided: bool) -> None:
    """The life of one reader's process."""
    signal.signal(signal.SIGPROF, _slow)
    signal.signal(signal.SIGALRM, _slow)
    sys.setrecursionlimit(1000)
    end = time.monotonic() + seconds
    run = Run(name, folder)
    if guided:
        _guided(run, seconds, seed)
    target, rng = TARGETS[name], Random(f"{name} {seed}")
    if target.seeds:
        examine(target, target.seeds[0])  # everything is loaded before memory counts
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, resource.RLIM_INFINITY))
    for data in target.seeds:
        run.one(data)
    while time.monotonic() < end:
        run.one(mutate(rng.choice(target.seeds), target, rng) if target.seeds else rng.randbytes(8))
    run.tell()


def _guided(run: Run, seconds: float, seed: int) -> None:
    """Let libFuzzer choose by coverage; it never returns."""
    import atheris

    with atheris.instrument_imports(include=["refaudit"]):
        from refaudit.readers import READERS
    for module in {one.split(":")[0] for one in READERS.values()} | {"pandoc", "extracted", "crossrefs"}:
        with atheris.instrument_imports(include=["refaudit"]):
            __import__(f"refaudit.readers.{module}")
    corpus = run.folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(run.target.seeds):
        (corpus / f"seed{number}").write_bytes(data)

    def mutator(data: bytes, size: int, number: int) -> bytes:
        return mutate(data or b"x", run.target, Random(number))[:size]

    options = [
        f"-max_total_time={int(seconds)}",
        f"-seed={seed}",
        "-max_len=60000",
        "-rss_limit_mb=3000",
        "-timeout=120",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, "-handle_alrm=0", str(corpus)], run.one, custom_mutator=mutator)
    atheris.Fuzz()


def fuzz(name: str, folder: Path, seconds: float, seed: int, *, guided: bool = False) -> dict[str, Any]:
    """Fuzz one reader in processes of its own; what kills one is kept, and the next goes on. What was seen, as ``Run.tell`` has it."""
    folder.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + seconds
    (folder / "current").unlink(missing_ok=True)
    told: dict[str, Any] = {"counts": Counter(), "kinds": {}, "slowest": 0.0, "peak": 0}
    for turn in range(20):
        (folder / "told.json").unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            code = 9
            try:
                with open(os.devnull, "w") as nothing:  # noqa: PTH123
                    os.dup2(nothing.fileno(), 1)
                    if guided:
                        os.dup2(nothing.fileno(), 2)
                work(name, folder, end - time.monotonic(), seed + 1000 * turn, guided=guided)
                code = 0
            except BaseException:  # noqa: BLE001
                traceback.print_exc()
            finally:
                os._exit(code)
        code = _wait(child, folder / "current")
        part = json.loads((folder / "told.json").read_text()) if (folder / "told.json").exists() else {}
        told["counts"].update(part.get("counts", {}))
        told["kinds"] |= {kind: path for kind, path in part.get("kinds", {}).items() if kind not in told["kinds"]}
        told["slowest"], told["peak"] = max(told["slowest"], part.get("slowest", 0.0)), max(told["peak"], part.get("peak", 0))
        if code == 0 or (guided and time.monotonic() > end - 5):
            break
        if code == 9:
            raise SystemExit(f"{name}: the fuzzer itself failed")
        kept = folder / f"{name}-killed{turn}-{TARGETS[name].file}"
        kept.write_bytes((folder / "current").read_bytes())
        told["kinds"][f"the process ended with {code} (turn {turn})"] = str(kept)
        if time.monotonic() > end:
            break
    return told


def _wait(child: int, current: Path) -> int:
    """The exit code of a child, negative for a signal; it is killed when the same file is at work for too long."""
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        began = current.stat().st_mtime if current.exists() else time.time()
        if time.time() - began > STUCK:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.05)


def main(arguments: list[str]) -> None:
    """Fuzz the named readers and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks fuzz")
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=120, help="for each reader (120)")
    parser.add_argument("--all", action="store_true", help="everything, as without names: readers, settings, answers")
    parser.add_argument("--minutes", type=float, help="for all of them together, in place of --seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="the folder for crashers (a new one in the folder for temporary files)")
    parser.add_argument("--guided", action="store_true", help="choose by coverage, with atheris")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.readers if name not in TARGETS]
    if unknown:
        parser.error(f"no reader '{unknown[0]}'; known: {', '.join(TARGETS)}")
    names = list(TARGETS) if options.all or not options.readers else options.readers
    seconds = options.minutes * 60 / len(names) if options.minutes else options.seconds
    keep = options.keep or Path(tempfile.mkdtemp(prefix="refaudit-fuzz-"))
    if not options.guided:  # loaded once, before the processes part
        for name in ("markdown", "docx"):
            examine(TARGETS[name], TARGETS[name].seeds[0])
    failed = 0
    print(f"{'reader':<12}{'files':>8}{'refused':>9}{'slowest':>10}{'memory':>9}  crashers")
    for name in names:
        told = fuzz(name, keep / name, seconds, options.seed, guided=options.guided)
        counts = told["counts"]
        print(
            f"{name:<12}{counts.total():>8,}{counts['refused']:>9,}{told['slowest']:>8.1f} s{told['peak'] // 1024:>6} MB  {len(told['kinds'])}",
            flush=True,
        )
        for kind, path in told["kinds"].items():
            print(f"    {kind}\n        {path}", flush=True)
        failed += len(told["kinds"])
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
