"""JSON as Hoopoe reads and writes it: one meaning for one text, and a cost known beforehand.

The standard parser alone would take the last of two equal keys (one program shows X, another signs
Y), recurse once a level (ten thousand brackets overflow the stack) and build whatever fits in
memory. Here the shape is counted in one pass over the text before anything is built.

Limits (docs/formats, bundle): the caller's ceiling of bytes, depth 32, 200,000 nodes, 1 MiB of
UTF-8 in one text, integers of 64 bits. There are no fractions in Hoopoe's formats: a number with a
point or an exponent is refused, as are NaN and Infinity.
"""

from __future__ import annotations

import json
import re
from typing import Final, NoReturn

from app.errors import MalformedJson

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

MAX_DEPTH: Final = 32
MAX_NODES: Final = 200_000
MAX_TEXT: Final = 1 << 20
MIN_INTEGER: Final = -(1 << 63)
MAX_INTEGER: Final = (1 << 63) - 1

# A 64-bit integer has at most 19 digits and a sign; more is refused unconverted, because turning
# digits into a number takes quadratic time.
_INTEGER_CHARACTERS: Final = 20

# A string (closed or not, so that an open one is never scanned twice), a bracket or a comma.
# Possessive: no way back, so the pass is linear in the text.
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)


def parse(data: bytes, ceiling: int) -> Json:
    """The value of one JSON text in UTF-8, at most `ceiling` bytes.

    Raises MalformedJson with one of the reasons: too_big, not_utf8, too_deep, too_many_nodes,
    text_too_long, duplicate_key, not_an_integer, integer_too_big, lone_surrogate, syntax.
    """
    if len(data) > ceiling:
        raise MalformedJson("too_big")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedJson("not_utf8") from error
    _measure(text)
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_not_an_integer,
            parse_constant=_not_an_integer,
        )
    except json.JSONDecodeError as error:
        raise MalformedJson("syntax") from error
    _check_texts(value)
    return value


def canonical(value: Json) -> bytes:
    """The one way to write a value: members sorted by code point, no white space, UTF-8.

    Texts are written as they are; no normalisation is applied. Raises MalformedJson
    (lone_surrogate) for a text that UTF-8 cannot carry.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedJson("lone_surrogate") from error


def _measure(text: str) -> None:
    """Refuse a shape that is too deep or too wide before anything of it is built."""
    depth = 0
    nodes = 1
    strings = 0
    for token in _TOKEN.finditer(text):
        first = text[token.start()]
        if first == '"':
            # each node brings at most a key and a text; without this, strings side by side
            # (wrong, but only the parser knows) would keep this loop busy
            strings += 1
            if strings > 2 * MAX_NODES:
                raise MalformedJson("too_many_nodes")
        elif first in "[{":
            depth += 1
            nodes += 1
            if depth > MAX_DEPTH:
                raise MalformedJson("too_deep")
        elif first == ",":
            nodes += 1
        else:
            depth -= 1
        if nodes > MAX_NODES:
            raise MalformedJson("too_many_nodes")


def _members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedJson("duplicate_key")
    return members


def _integer(digits: str) -> int:
    if len(digits) > _INTEGER_CHARACTERS:
        raise MalformedJson("integer_too_big")
    value = int(digits)
    if not MIN_INTEGER <= value <= MAX_INTEGER:
        raise MalformedJson("integer_too_big")
    return value


def _not_an_integer(text: str) -> NoReturn:  # noqa: ARG001 - the shape of a hook
    raise MalformedJson("not_an_integer")


def _check_texts(value: Json) -> None:
    """Refuse texts that are too long or cannot be written as UTF-8. Recursion is within depth."""
    match value:
        case str():
            _check_text(value)
        case list():
            for item in value:
                _check_texts(item)
        case dict():
            for name, item in value.items():
                _check_text(name)
                _check_texts(item)
        case _:
            pass


def _check_text(text: str) -> None:
    try:
        length = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise MalformedJson("lone_surrogate") from error
    if length > MAX_TEXT:
        raise MalformedJson("text_too_long")
