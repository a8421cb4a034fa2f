"""`python -m app`: the command line in a process of its own."""

from app.cli import main

raise SystemExit(main())
