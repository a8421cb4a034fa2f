"""Torture: what a vault goes through on bad days, each with a control that has to fail."""
