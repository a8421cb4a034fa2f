"""Reusable parts of the windows that know nothing of reports, bundles or people."""
