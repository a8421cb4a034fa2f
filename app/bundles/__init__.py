"""Sealed bundles: what goes in, sealing, and opening (docs/formats/bundle.md)."""
