"""Safe copies of a vault: made while it is open, restored to a new folder, tried by a drill.

One file: an age file around a tar (docs/formats/backup.md). What is inside is encrypted once more,
the database under a key that travels with the copy and the evidence under keys in the database,
so that no step of making or restoring writes plain text to a disk.

    making      the copy, sealed to a passphrase or to the vault's copy key
    restoring   a new vault of it, with a new vault key and the passphrase that is typed
    drilling    restored to a passing place and compared with the open vault
    recovery    the key that can be printed
    notes       what the vault remembers of its copies and drills
    reminding   when it is time for either
"""
