"""How long a plaintext is made, so that its size says little: Padmé.

Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and Communication with
PURBs", PETS 2019, section 4.3) rounds a length up so that it leaks O(log log length) bits, for at
most 12 % more bytes. The floor makes one class of everything small: most reports without media.
"""

from __future__ import annotations

from typing import Final

FLOOR: Final = 256 * 1024


def padme(length: int) -> int:
    """Return the Padmé length for `length` bytes; raise ValueError when it is negative."""
    if length < 0:
        raise ValueError(length)
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    kept = exponent.bit_length()
    low_bits = (1 << (exponent - kept)) - 1
    return (length + low_bits) & ~low_bits


def padded(length: int, floor: int = FLOOR) -> int:
    """Return max(`floor`, Padmé(`length`)), in bytes; raise ValueError for negative lengths."""
    return max(floor, padme(length))
