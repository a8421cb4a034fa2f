"""Data files: vocabularies, texts, style, icons, fonts. No code but this line."""
