"""Makes the other forms of ``paper.md`` with pandoc and LibreOffice; run after a change of the text and commit the results.

python tests/readers/forms/make.py
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Write the forms beside this file."""
    source = HERE / "paper.md"
    for suffix, options in {
        ".docx": [],
        ".odt": [],
        ".html": ["--standalone", "--metadata", "title=Crusts and rain on bare ground"],
        ".tex": ["--standalone"],
        ".epub": ["--metadata", "title=Crusts and rain on bare ground"],
        ".txt": ["--to", "plain", "--wrap", "none"],
    }.items():
        subprocess.run(["pandoc", str(source), *options, "-o", str(source.with_suffix(suffix))], check=True)
    with tempfile.TemporaryDirectory() as profile:
        office = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(HERE),
        ]
        subprocess.run([*office, str(source.with_suffix(".docx"))], check=True)


if __name__ == "__main__":
    main()
