"""`python -m tools.torture [WHAT]...`: every harness at full length, or those that are named."""

from __future__ import annotations

import sys

from tools.torture.running import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
