"""If Hoopoe disappeared tomorrow: the two bundles opened with other programs alone."""

from __future__ import annotations

from pathlib import Path

from app import files
from app.demo import witnesses
from app.demo.journey import Ending
from app.demo.places import Places
from app.demo.telling import Telling
from app.demo.witnesses import Opinion, Testimony
from app.storage import contacts as own
from app.vault import Vault
from crypto.secret import Passphrase


def play(places: Places, ending: Ending, telling: Telling) -> None:
    """Ask every witness about the bundle of its kind of key. Raises what writing files raises."""
    keys = {made.folder: made.passphrase for made in ending.vaults}
    partner_key = _written_key(places, places.partner, keys[places.partner])
    desk_key = _written_key(places, places.desk, keys[places.desk])

    archive = places.rescued / "small.tar"
    said = witnesses.age_decrypts(ending.small.path, partner_key, archive)
    if _heard(telling, said, "decrypts the bundle to the older card"):
        _unpack(telling, archive, places.rescued / "small", ending.small_key)

    archive = places.rescued / "large.tar"
    said = witnesses.rescue_tool_decrypts(ending.bundle.path, desk_key, archive)
    if _heard(telling, said, "decrypts the post-quantum bundle"):
        _unpack(telling, archive, places.rescued / "large", ending.bundle_key)


def _unpack(telling: Telling, archive: Path, folder: Path, key: str) -> None:
    files.make_private_folder(folder)
    unpacked = witnesses.tar_unpacks(archive, folder)
    if not _heard(telling, unpacked, f"unpacks {archive.name}"):
        return
    files.remove(archive)
    bag = folder / "bundle"
    _heard(telling, witnesses.bagit_validates(bag), "finds the bag complete and valid")
    message = bag / "tagmanifest-sha256.txt"
    _heard(telling, witnesses.minisign_verifies(message, key), "finds the signature right")


def _heard(telling: Telling, said: Testimony, words: str) -> bool:
    """Tell what a witness said; whether it agreed."""
    answer = f" ({said.said})" if said.said else ""
    match said.opinion:
        case Opinion.AGREES:
            telling.tell(f"{said.witness} {words}{answer}")
        case Opinion.DISAGREES:
            telling.fail(f"{said.witness} {words}{answer}")
        case Opinion.ABSENT:
            telling.miss(f"{said.witness}, which {words}")
    return said.opinion is Opinion.AGREES


def _written_key(places: Places, folder: Path, words: str) -> Path:
    """The identity of a vault as a key file for other programs: only here, only fictional."""
    with Vault.open(folder, Passphrase.of(words)) as vault:
        identity = own.own_identities(vault.database)[0]
    path = places.rescued / f"{folder.name}-key.txt"
    with files.atomic(path) as file:
        file.write(identity.identity.expose() + b"\n")
    return path
