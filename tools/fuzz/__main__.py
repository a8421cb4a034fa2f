"""`python -m tools.fuzz [--runs N] [--seed N] [TARGET]...`: every reader, or those named."""

from __future__ import annotations

import sys

from tools.fuzz.running import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
