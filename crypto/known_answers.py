"""Published known answers for the start-up self-test: bytes from the documents named, no code."""

from __future__ import annotations

from base64 import b64decode
from typing import Final

# RFC 8439 section 2.8.2, and draft-irtf-cfrg-xchacha-03 appendix A.3.1: the same text, key, data.
SUNSCREEN: Final = (
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    b"sunscreen would be it."
)
SUNSCREEN_KEY: Final = bytes(range(0x80, 0xA0))
SUNSCREEN_DATA: Final = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
SUNSCREEN_NONCE: Final = bytes.fromhex("070000004041424344454647")
SUNSCREEN_LONG_NONCE: Final = bytes(range(0x40, 0x58))
SUNSCREEN_TAG: Final = "1ae10b594f09e26a7e902ecbd0600691"
SUNSCREEN_LONG_TAG: Final = "c0875924c1c7987947deafd8780acf49"

# RFC 8032 section 7.1, tests 2 and 3.
ED25519_SEED: Final = bytes.fromhex(
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
)
ED25519_MESSAGE: Final = b"\x72"
ED25519_SIGNATURE: Final = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)

# C2SP CCTV, age test vector "hybrid": the seed of its identity, and the share and body of its
# stanza, which hold the file key "YELLOW SUBMARINE".
HYBRID_SEED: Final = bytes.fromhex(
    "b8be81702bae561b372c3de084b70415734529cfef83c57eeb3e6e57689f9e23"
)
HYBRID_INFO: Final = b"age-encryption.org/mlkem768x25519"
HYBRID_FILE_KEY: Final = b"YELLOW SUBMARINE".hex()
HYBRID_SEALED: Final = b64decode(
    "NfLcgAbzvNgf0aRb4PANBvyDtIDDQKf84JhhFlnvT1NUAcbGNrArRZ/T+bc9l4xmK1DSl+PXk6nqqGBhaM1dUiT7X17T"
    "U1/b9haZZPzEalvZHFDMSevfiZshlnSgcpWh0qnpgTyboWTU+zbrH6YD2uhshbJoiuqh+PpXtDMstXx4CgxASrNVlfSl"
    "/caRTi24QjIXpCNwEE4FwHrmAwUqSHLUzGOHfiW/chOCTtDX591x41o6eZ4/Dt92VhoYKFcpiaWbRhbenZXUJxPS1C1s"
    "K84CVwkDH7LJjbYCnkxt3meul8kKWihZsStZYd/6bozqczOX7zN5PbaYD1XpYwMwedzWmPmQzxBybD8ZodcR7hF7WUxS"
    "mFVH7ExiYH3ZNbDAVcgGwlkTFmUmaTCbjGZTv8M+ejmvStQHgCtPi4GGRdJFr3HzvRzm6bvrdF/rdSPRFtRVM7D9o7ZA"
    "AquD1PByE0Y5YCR4/vmTlIlRwFXk4be+TsAI+Gotujou6nrigwnfqoGiNSvi/ZVvSKnDoZPIE5qwONCeeJB8CeRhqXEj"
    "vgtwc2zcWUBtjSJgNL+j887k2h0xlXpQqlmDDHsBOCP3/VoM+NZURqI+RoTudcwTl8TgmhGrQytnovuWFDvE9HgPAs67"
    "dPRC64/3RES3hF2C6/R1pQAnC7S2iSijJnyFlaDJWfcZvvNoamphDv63kUNb7b9V8E+xwqF8GkuXJnBFDo0PuJz8qWH7"
    "sDMEOhIInmanDiu6K/9jOCubYNdNcXrjQknlvk1kFdjZ2xYnC6QuqA5+qHMBpgrg301PX154X4KUcxA3PoFyYNexaBK3"
    "njks7PNxl7HyZIWjjDlz50WrQnEqBjl8RVVuneL3vgVyU45GSVWQVOH4K6aepWP0+p7WUD52rhdVH5HPZWQL3v8TjEz8"
    "0Aeb87+1s1wgM+5skNX4LpOyuhRxQ/ChXsVZrVJ8SRsBlO4K+CJ271rHj8l8NEhRE2O/ZKHst8Be/6j5c9SUmRRqvI+6"
    "bcg0Bcq7Wi7d08vDQqjC2cOi112CGra5mazd/NCICC81oYkMmTxtM9ficfIhvt9nHaZSQh27tzJ3xRWOegwzDOaNjrtJ"
    "7yvCXbV9iQ6boiCl6wdmIn7k9sI30wIuHcVU1Cr+ENWhqVyRiAKktgvxegDnqvRB2n1aHKovp60Fs7YIDrclscRFikV4"
    "5x0RNBdVtUkWD430vZgekkZdnwpeHxGV9TIe2FCNooQzUzx6v4ft0sZ5SYI490F2sYZu/sig4IB/KOzVfPXBX9dkftLg"
    "ZTWtfP7GI9NjEitLn/lYTh2jfSKTYZSM+BQt16m2yg/4X7xftA2P3fSyU1zWineocz4DKyilWmVhPRjy9LrTPtQWVVNG"
    "rVfUsNYwWHJX6FwkF7JNbCqLEQueMjPhc9cnr66uF+Wt1IsuTj278MgyZqYlr7mkW91zyWJMSIXTKmqv5um9ypc3IJUm"
    "kvs67A91XA8vspARsUM4J42D34pTQDIxdMxkWDGCakf3E0824hsUDIRvvM2WorYn"
)
