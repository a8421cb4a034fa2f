"""Throw altered input at every reader of what comes from outside: `make fuzz`."""
