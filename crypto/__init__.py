"""Cryptography on bytes: no files by path, no records, no people, no clock, no network.

Each module answers one kind of attack. docs/formats/ is the specification; the words are its words.

- `secret`: keys and passphrases that no log, traceback, set or pickle shows. Comparison in
  constant time. Wiped on close, as far as Python can; the end of the process does the rest.
- `kdf`: Argon2id (RFC 9106) makes each guess of a passphrase dear. A floor stops cheap vaults from
  being made, a ceiling stops a hostile file from asking for all memory. HKDF (RFC 5869) gives every
  use a key of its own.
- `aead`: XChaCha20-Poly1305 with random nonces, and an HMAC that commits to the key: no sealed
  value opens under two keys, so one try never tests many passphrases.
- `slots`, `slotfile` (docs/formats/vault.md): a random vault key behind sixteen slots that look
  alike, used or not; the same work for every answer; two copies against a torn write; salt,
  version and cost bound to each slot, so that none can be lowered.
- `recovery` (BIP-39), `shares` (SLIP-39): secrets on paper, checked while typed.
- `digest`: SHA-256; the safety code people read to each other, slow so that a look-alike is dear;
  commitments that let a receiver, and nobody else, find itself in a bundle's list.
- `minisign`, `signing`: Ed25519 (RFC 8032) in the format of minisign, so that a bundle is checked
  without this program. One spelling for each signature, no key of small order, and a purpose in
  every signature, so that a signed card never passes for a signed bundle.
- `padding`: Padmé (PETS 2019): lengths that say little about what is inside.
- `age` (age-encryption.org/v1): files for several recipients, read and written by stock age.
- `selftest`, `known_answers`: published answers for every primitive, computed at start-up before
  anything is opened: a replaced or broken library is found first.
- `errors`: one root, typed leaves with facts. What an attacker may not tell apart is one leaf.

Rules in all of them. Keys travel as `Secret`; a key has one use. Every sealed value binds its
context, every signature its purpose. What is not canonical is refused. Numbers from outside have a
ceiling. There is no choice of algorithm at run time: a version has one suite. Functions raise, and
never answer yes or no about authenticity. Nothing is printed or logged.
"""
