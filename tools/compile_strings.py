"""Build every translation: resources/locale/*/LC_MESSAGES/messages.po -> messages.mo.

python -m tools.compile_strings
"""

from __future__ import annotations

from tools import catalogues


def compile_all() -> int:
    """Build the .mo beside each .po, if older; how many languages there are."""
    found = catalogues.sources()
    for source in found:
        built = source.with_suffix(".mo")
        if built.exists() and built.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        catalogues.build(catalogues.read(source, catalogues.tag_of(source)), built)
    return len(found)


if __name__ == "__main__":
    compile_all()
