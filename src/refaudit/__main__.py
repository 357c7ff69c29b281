"""``python -m refaudit``."""

import os
import sys

# ``python -m`` looks for modules in the working folder first, which may be a stranger's; unless this program lives there
if not sys.flags.safe_path and os.path.realpath(sys.path[0]) != os.path.dirname(os.path.dirname(os.path.realpath(__file__))):  # noqa: PTH120
    del sys.path[0]

from refaudit.cli import main

main()
