"""python -m ui: the desktop program, or the command line when there are arguments."""

import sys

from ui.entry import main

raise SystemExit(main(sys.argv[1:]))
