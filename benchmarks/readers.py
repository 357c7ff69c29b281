"""Speed of the readers on documents of the size that people have, made here: seconds to read, without parsing.

python -m benchmarks.readers              ours alone
python -m benchmarks.readers --compare    beside other readers that are installed (see benchmarks.compare)
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks import compare
from refaudit.readers import read
from refaudit.readers.project_files import Files


def main(arguments: list[str]) -> None:
    """Print the best of three runs for each document."""
    if arguments[:1] == ["--compare"]:
        compare.main(arguments[1:])
        return
    with tempfile.TemporaryDirectory() as name:
        paths = compare.make(Path(name))
        for form, (title, _) in compare.ROWS.items():
            path = paths[form]
            seconds = []
            for _ in range(3):
                begin = time.perf_counter()
                read(str(path), path.read_bytes(), files=Files.beside(path))
                seconds.append(time.perf_counter() - begin)
            print(f"{title:<34}{min(seconds):.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
