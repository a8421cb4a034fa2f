"""python -m ui.window_process: the window itself, as the supervisor starts it."""

from ui.main import main

raise SystemExit(main())
