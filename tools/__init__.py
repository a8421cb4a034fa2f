"""Programs for people who work on Hoopoe; never part of it."""
