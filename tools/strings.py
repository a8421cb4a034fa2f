"""Keep the catalogue of texts: extract, update each language, build. `make strings`.

python -m tools.strings                   extract, update every language, build
python -m tools.strings new TAG NAME      start a language; NAME is its own name for itself
python -m tools.strings todo TAG FILE     the program's texts not yet translated, as a .po file
python -m tools.strings merge TAG FILE    take the translations of such a file in
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tools import catalogues
from tools.compile_strings import compile_all


def update() -> None:
    """Write the template anew and bring every language up to it; nothing is guessed."""
    template = catalogues.extract()
    catalogues.write(catalogues.TEMPLATE, template)
    for path in catalogues.sources():
        catalogue = catalogues.read(path, catalogues.tag_of(path))
        # a near match filled in by machine could turn "refused" into "agreed"
        catalogue.update(template, no_fuzzy_matching=True)
        catalogues.write(path, catalogue)
    compile_all()


def differences() -> list[str]:
    """What the template has too few (`+`) or too many (`-`) of, one text a line."""
    now = catalogues.identities(catalogues.extract())
    template = catalogues.identities(catalogues.read(catalogues.TEMPLATE))
    return sorted(
        [f"+ {' | '.join(text)}" for text in now - template]
        + [f"- {' | '.join(text)}" for text in template - now]
    )


def start(tag: str, native_name: str) -> Path:
    """A new language, untranslated and not checked; the folder made.

    Raises FileExistsError if there is one.
    """
    folder = catalogues.LOCALE / tag
    folder.mkdir(parents=True)
    (folder / "language.toml").write_text(
        "# What the list of languages shows. `checked`: a native speaker has read all of it.\n"
        f"native_name = {json.dumps(native_name, ensure_ascii=False)}\nchecked = false\n",
        encoding="utf-8",
    )
    catalogue = catalogues.empty(tag)
    catalogue.update(catalogues.extract(), no_fuzzy_matching=True)
    catalogues.write(folder / "LC_MESSAGES" / "messages.po", catalogue)
    return folder


def todo(tag: str, to: Path) -> int:
    """Write the untranslated texts of the program, vocabularies left out; how many."""
    source = catalogues.read(_source(tag), tag)
    rest = catalogues.empty(tag)
    for message in catalogues.messages(source):
        if not catalogues.is_vocabulary(message) and not all(catalogues.forms(message.string)):
            rest.add(
                message.id,
                locations=message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    catalogues.write(to, rest)
    return len(catalogues.messages(rest))


def merge(tag: str, done: Path) -> int:
    """Take in the translations of a file that `todo` wrote; how many fitted a text we have."""
    catalogue = catalogues.read(_source(tag), tag)
    taken = 0
    for message in catalogues.messages(catalogues.read(done, tag)):
        ours = catalogue.get(
            message.id if isinstance(message.id, str) else message.id[0], message.context
        )
        if ours is not None and ours.id == message.id and all(catalogues.forms(message.string)):
            ours.string = message.string
            taken += 1
    catalogues.write(_source(tag), catalogue)
    compile_all()
    return taken


def _source(tag: str) -> Path:
    return catalogues.LOCALE / tag / "LC_MESSAGES" / "messages.po"


def main(words: list[str]) -> int:
    """Do what the command line says; 0 if done, 1 if texts are behind, 2 if it made no sense."""
    match words:
        case [] | ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            behind = differences()
            sys.stderr.writelines(f"{line}\n" for line in behind)
            return 1 if behind else 0
        case ["new", tag, native_name]:
            sys.stdout.write(f"{start(tag, native_name)}\n")
        case ["todo", tag, name]:
            sys.stdout.write(f"{todo(tag, Path(name))} texts\n")
        case ["merge", tag, name]:
            sys.stdout.write(f"{merge(tag, Path(name))} translations\n")
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
