"""Lists and tables as Qt wants them, over frozen rows of ours."""
