"""Makes the age vectors: `python -m tests.vectors.age.generate`. What each is for: README.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.vectors.age.parts import (
    CHUNK,
    CONTENT,
    FILE_KEY,
    FILES,
    H_KEY,
    NONCE,
    OTHER,
    PAYLOAD,
    S_KEY,
    X_KEY,
    Vector,
    b64,
    chunk,
    closed,
    hybrid,
    hybrid_parts,
    pem,
    scrypt,
    scrypt_parts,
    stanza,
    x25519,
    x25519_parts,
)

# The X25519 points that give zeros with every key, and one spelling of each (RFC 7748 section 7).
LOW_ORDER = {
    "zero": "00" * 32,
    "one": "01" + "00" * 31,
    "eight_a": "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "eight_b": "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "minus_one": "ec" + "ff" * 30 + "7f",
}


def good(name: str, comment: str, header: bytes, keys: tuple[str, ...] = X_KEY) -> Vector:
    body = header + PAYLOAD
    return Vector(
        name=name, expect="success", comment=comment, body=body, keys=keys, content=CONTENT
    )


def bad(
    name: str, comment: str, header: bytes, keys: tuple[str, ...] = X_KEY, expect: str = "header"
) -> Vector:
    expected = expect if expect == "no match" else expect + " failure"
    return Vector(name=name, expect=expected, comment=comment, body=header + PAYLOAD, keys=keys)


def accepted() -> Iterator[Vector]:
    strange = stanza([b"example.com/strange", b"word", b"!~"], b"\xa5" * 96)
    yield good("x25519", "one recipient", closed(x25519()))
    yield good("x25519_second", "ours is the second stanza", closed(x25519(OTHER), x25519()))
    yield good("stanza_unknown", "a type nobody knows, a full last line", closed(strange, x25519()))
    yield good("stanza_empty_body", "an empty body", closed(stanza([b"x"], b""), x25519()))
    yield good("hybrid", "one recipient", closed(hybrid()), H_KEY)
    many = closed(hybrid(OTHER), hybrid(b"\x05" * 32), hybrid(), hybrid(b"\x06" * 32))
    yield good("hybrid_third", "ours is the third of four", many, H_KEY)
    mixed = closed(x25519(OTHER), hybrid())
    yield good("hybrid_and_x25519", "should not be written, but can be read", mixed, H_KEY)
    yield good("scrypt", "a passphrase", closed(scrypt()), S_KEY)
    empty = closed(x25519()) + NONCE + chunk(b"", 0, 1)
    yield Vector(
        name="empty_content",
        expect="success",
        comment="no content",
        body=empty,
        keys=X_KEY,
        content=b"",
    )
    limit = closed(*[stanza([b"x"], b"")] * 63, x25519())
    yield good("limit_stanzas", "64 stanzas", limit)
    words = closed(stanza([b"w"] * 32, b""), x25519())
    yield good("limit_arguments", "32 arguments", words)


def unmatched() -> Iterator[Vector]:
    share, body = x25519_parts()
    enc, hybrid_body = hybrid_parts()
    flip = bytes([1]) + bytes(31)
    xor = bytes(a ^ b for a, b in zip(body, flip, strict=True))
    yield bad("x25519_other", "another recipient", closed(x25519(OTHER)), expect="no match")
    header = closed(stanza([b"X25519", b64(share)], xor))
    yield bad("x25519_bad_tag", "the body is altered", header, expect="no match")
    header = closed(stanza([b"x25519", b64(share)], body))
    yield bad("x25519_lower_case", "another type", header, expect="no match")
    yield bad("hybrid_other", "another recipient", closed(hybrid(OTHER)), H_KEY, "no match")
    xor = bytes(a ^ b for a, b in zip(hybrid_body, flip, strict=True))
    header = closed(stanza([b"mlkem768x25519", b64(enc)], xor))
    yield bad("hybrid_bad_tag", "the body is altered", header, H_KEY, "no match")
    altered = bytes([enc[0] ^ 1]) + enc[1:]
    header = closed(stanza([b"mlkem768x25519", b64(altered)], hybrid_body))
    yield bad("hybrid_bad_mlkem", "the ML-KEM part is altered", header, H_KEY, "no match")
    altered = enc[:-1] + bytes([enc[-1] ^ 1])
    header = closed(stanza([b"mlkem768x25519", b64(altered)], hybrid_body))
    yield bad("hybrid_bad_share", "the X25519 part is altered", header, H_KEY, "no match")
    yield bad(
        "hybrid_for_x25519", "a hybrid file, a classic key", closed(hybrid()), X_KEY, "no match"
    )
    yield bad(
        "scrypt_other",
        "another passphrase",
        closed(scrypt()),
        ("passphrase: Pass phrase",),
        "no match",
    )
    yield bad("scrypt_wrong_work", "another work factor", closed(scrypt(b"9")), S_KEY, "no match")
    yield bad("scrypt_for_x25519", "a passphrase file, a key", closed(scrypt()), X_KEY, "no match")


def unauthentic() -> Iterator[Vector]:
    header = closed(x25519())
    at = header.index(b"--- ") + 4
    swapped = b"A" if header[at : at + 1] != b"A" else b"B"
    yield bad("mac_altered", "another MAC", header[:at] + swapped + header[at + 1 :], expect="HMAC")
    added = header.replace(b"-> X25519", stanza([b"x"], b"") + b"-> X25519")
    yield bad("stanza_added", "a stanza was put in", added, expect="HMAC")
    both = closed(x25519(), x25519(OTHER))
    turned = both.replace(x25519() + x25519(OTHER), x25519(OTHER) + x25519())
    yield bad("stanzas_swapped", "two stanzas changed places", turned, expect="HMAC")


def headers() -> Iterator[Vector]:
    header = closed(x25519())
    body = x25519_parts()[1]
    lines = header.split(b"\n")
    mac = lines[3][4:]

    def with_mac(line: bytes) -> bytes:
        return b"\n".join([*lines[:3], line, b""])

    def with_body(text: bytes) -> bytes:
        return closed(lines[1] + b"\n" + text)

    yield bad("version_two", "a later version", header.replace(b"/v1\n", b"/v2\n"))
    yield bad("version_cr", "CR LF after the version", header.replace(b"/v1\n", b"/v1\r\n"))
    yield bad("line_endings", "CR LF everywhere", header.replace(b"\n", b"\r\n"))
    yield bad("no_stanza", "no stanza at all", closed())
    yield bad("mac_none", "no MAC line", b"\n".join([*lines[:3], b""]))
    yield bad("mac_empty", "nothing after the mark", with_mac(b"---"))
    yield bad("mac_no_space", "no space after the mark", with_mac(b"---" + mac))
    yield bad("mac_two_spaces", "two spaces after the mark", with_mac(b"---  " + mac))
    yield bad("mac_space_behind", "a space at the end", with_mac(b"--- " + mac + b" "))
    yield bad("mac_padded", "base64 padding", with_mac(b"--- " + mac + b"="))
    yield bad("mac_short", "31 bytes", with_mac(b"--- " + b64(bytes(31))))
    yield bad("mac_long", "33 bytes", with_mac(b"--- " + b64(bytes(33))))
    yield bad(
        "mac_spelling",
        "another spelling of the last character",
        with_mac(b"--- " + b"A" * 42 + b"B"),
    )
    yield bad("mac_foreign", "not base64", with_mac(b"--- " + mac[:-1] + b"-"))
    yield bad("mac_not_ascii", "not ASCII", with_mac(b"--- " + mac[:-1] + b"\xe9"))
    yield bad("stanza_mark", "another mark", header.replace(b"-> X", b"~> X"))
    yield bad("stanza_no_space", "no space after the mark", header.replace(b"-> X", b"->X"))
    yield bad("argument_none", "no argument", closed(b"-> \n\n", x25519()))
    yield bad("argument_empty", "two spaces between arguments", closed(b"-> a  b\n\n", x25519()))
    yield bad("argument_behind", "a space at the end", closed(b"-> a \n\n", x25519()))
    yield bad("argument_tab", "a tab in an argument", closed(b"-> a\tb\n\n", x25519()))
    yield bad("argument_not_ascii", "not ASCII", closed("-> é\n\n".encode(), x25519()))
    yield bad("argument_nul", "a zero byte", closed(b"-> a\0b\n\n", x25519()))
    text = b64(body)
    yield bad("body_padded", "base64 padding", with_body(text + b"=\n"))
    yield bad(
        "body_spelling", "another spelling of the last character", with_body(b"A" * 42 + b"B\n")
    )
    yield bad("body_foreign", "not base64", with_body(text[:-1] + b"_\n"))
    yield bad("body_not_ascii", "not ASCII", with_body(text[:-1] + b"\xe9\n"))
    yield bad("body_missing", "no body line", with_body(b""))
    yield bad("body_two_short", "two short lines", with_body(text[:20] + b"\n" + text[20:] + b"\n"))
    yield bad("body_no_end", "no short line at the end", closed(b"-> x\n" + b"A" * 64 + b"\n"))
    yield bad("body_long", "65 columns", closed(b"-> x\n" + b"A" * 65 + b"\n\n", x25519()))
    yield bad("body_length", "base64 of an impossible length", closed(b"-> x\nA\n", x25519()))
    long = b"-> x " + b"w" * 4100 + b"\n\n"
    yield bad("limit_line", "a line over 4,096 bytes", closed(long, x25519()))
    yield bad("limit_stanzas_65", "65 stanzas", closed(*[stanza([b"x"], b"")] * 64, x25519()))
    yield bad("limit_arguments_33", "33 arguments", closed(stanza([b"w"] * 33, b""), x25519()))
    yield bad("limit_header", "over 64 KiB", closed(stanza([b"x"], bytes(50_000)), x25519()))
    for name, cut in (
        ("cut_in_version", 10),
        ("cut_in_stanza", 40),
        ("cut_in_mac", len(header) - 5),
    ):
        yield replace(bad(name, "cut", header), body=header[:cut])
    yield replace(bad("nothing", "an empty file", b""), body=b"")
    yield replace(bad("nonce_none", "ends before the nonce", b""), body=header)
    yield replace(bad("nonce_short", "ends in the nonce", b""), body=header + NONCE[:15])


def types() -> Iterator[Vector]:
    share, body = x25519_parts()
    x = b"X25519"
    yield bad("x25519_no_share", "one argument", closed(stanza([x], body)))
    yield bad("x25519_three", "three arguments", closed(stanza([x, b64(share), b"a"], body)))
    yield bad("x25519_short", "a share of 31 bytes", closed(stanza([x, b64(share[:31])], body)))
    yield bad("x25519_long", "a share of 33 bytes", closed(stanza([x, b64(share + b"\0")], body)))
    spelled = b"A" * 42 + b"B"
    yield bad("x25519_spelling", "another spelling of a share", closed(stanza([x, spelled], body)))
    longer = x25519_parts(file_key=FILE_KEY + b"\0")[1]
    yield bad("x25519_long_key", "a file key of 17 bytes", closed(stanza([x, b64(share)], longer)))
    shorter = x25519_parts(file_key=FILE_KEY[:15])[1]
    yield bad(
        "x25519_short_key", "a file key of 15 bytes", closed(stanza([x, b64(share)], shorter))
    )
    later = closed(x25519(), stanza([x, b64(share[:31])], body))
    yield bad("x25519_later_short", "ours is right, one behind it is not", later)
    enc, hybrid_body = hybrid_parts()
    h = b"mlkem768x25519"
    for name, point in LOW_ORDER.items():
        low = bytes.fromhex(point)
        header = closed(stanza([x, b64(low)], body))
        yield bad(f"x25519_low_{name}", "a share of low order", header)
        header = closed(stanza([h, b64(enc[:1088] + low)], hybrid_body))
        yield bad(f"hybrid_low_{name}", "a share of low order", header, H_KEY)
    yield bad("hybrid_no_enc", "one argument", closed(stanza([h], hybrid_body)), H_KEY)
    header = closed(stanza([h, b64(enc), b"a"], hybrid_body))
    yield bad("hybrid_three", "three arguments", header, H_KEY)
    header = closed(stanza([h, b64(enc[:-1])], hybrid_body))
    yield bad("hybrid_short", "1,119 bytes", header, H_KEY)
    header = closed(stanza([h, b64(enc + b"\0")], hybrid_body))
    yield bad("hybrid_long", "1,121 bytes", header, H_KEY)
    enc17, body17 = hybrid_parts(file_key=FILE_KEY + b"\0")
    header = closed(stanza([h, b64(enc17)], body17))
    yield bad("hybrid_long_key", "a file key of 17 bytes", header, H_KEY)
    salt, scrypt_body = scrypt_parts()
    s = b"scrypt"
    yield bad("scrypt_two", "no work factor", closed(stanza([s, b64(salt)], scrypt_body)), S_KEY)
    four = closed(stanza([s, b64(salt), b"10", b"a"], scrypt_body))
    yield bad("scrypt_four", "four arguments", four, S_KEY)
    for name, other in (("short", salt[:15]), ("long", salt + b"\0")):
        header = closed(stanza([s, b64(other), b"10"], scrypt_body))
        yield bad(f"scrypt_salt_{name}", "a salt of another length", header, S_KEY)
    for name, work in (
        ("zero", b"0"), ("leading_zero", b"010"), ("plus", b"+10"), ("minus", b"-10"),
        ("hex", b"0xa"), ("behind", b"10a"), ("over", b"23"), ("huge", b"18446744073709551626"),
        ("float", b"1e1"),
    ):  # fmt: skip
        yield bad(f"scrypt_work_{name}", "no work factor we take", closed(scrypt(work)), S_KEY)
    longer = closed(stanza([s, b64(salt), b"10"], scrypt_parts(file_key=FILE_KEY + b"\0")[1]))
    yield bad("scrypt_long_key", "a file key of 17 bytes", longer, S_KEY)
    yield bad("scrypt_and_key", "beside another stanza", closed(scrypt(), x25519()), S_KEY)
    yield bad("scrypt_and_key_by_key", "the same, by the key", closed(scrypt(), x25519()), X_KEY)
    yield bad("scrypt_twice", "two passphrases", closed(scrypt(), scrypt()), S_KEY)


def payloads() -> Iterator[Vector]:
    def vector(name: str, comment: str, payload: bytes, given: bytes = b"") -> Vector:
        body = closed(x25519()) + NONCE + payload
        return Vector(
            name=name,
            expect="payload failure",
            comment=comment,
            body=body,
            keys=X_KEY,
            content=given,
        )

    final = chunk(CONTENT, 0, 1)
    yield vector("payload_none", "no chunk", b"")
    yield vector("payload_altered", "an altered tag", final[:-1] + bytes([final[-1] ^ 1]))
    yield vector("payload_cut", "a cut tag", final[:-1])
    yield vector("payload_tiny", "less than a tag", final[:15])
    yield vector("payload_behind", "a byte behind", final + b"\0")
    yield vector("payload_not_final", "the chunk is not the final one", chunk(CONTENT, 0, 0))
    yield vector("payload_number", "the chunk is the second", chunk(CONTENT, 1, 1))
    full = bytes(CHUNK)
    unended = chunk(full, 0, 0)
    yield vector("payload_unended", "a full chunk, and no final one", unended, full)
    empty = unended + chunk(b"", 1, 1)
    yield vector("payload_empty_final", "an empty final chunk behind a full one", empty, full)
    two = chunk(full, 0, 1) + chunk(CONTENT, 1, 1)
    yield vector("payload_two_finals", "a chunk behind the final one", two, full)


def armors() -> Iterator[Vector]:
    text = pem(closed(x25519()) + PAYLOAD)
    lines = text.split(b"\n")
    # One byte is left over at the end of this one, so its last line has all the padding there is.
    size = next(n for n in (1, 2, 3) if (len(closed(x25519())) + 32 + n) % 3 == 1)
    padded = pem(closed(x25519()) + NONCE + chunk(CONTENT[:size], 0, 1))
    last = padded.split(b"\n")[-3]

    def fine(name: str, comment: str, body: bytes) -> Vector:
        return replace(good(name, comment, b""), body=body, armored=True)

    def broken(name: str, comment: str, body: bytes) -> Vector:
        return replace(bad(name, comment, b"", expect="armor"), body=body, armored=True)

    yield fine("armor", "as it is written", text)
    yield fine("armor_crlf", "CR LF", text.replace(b"\n", b"\r\n"))
    yield fine("armor_unended", "no line ending at the end", text[:-1])
    yield fine(
        "armor_space_around", "white space before and after", b"\n \t\r\n" + text + b"\n \r\n"
    )
    filled = bytes(48 - (len(closed(x25519())) + 32) % 48)
    fitting = closed(x25519()) + NONCE + chunk(filled, 0, 1)
    yield replace(fine("armor_full_line", "a full last line", pem(fitting)), content=filled)
    yield replace(
        bad("armor_header", "what is inside is not of the grammar", b""),
        body=pem(closed(x25519()).replace(b"\n", b"\r\n") + PAYLOAD),
        armored=True,
    )
    yield replace(bad("armor_hollow", "nothing inside", b""), body=pem(b""), armored=True)
    yield broken("armor_lower", "a label in lower case", text.replace(b"AGE E", b"age e"))
    yield broken("armor_label", "another label", text.replace(b"AGE E", b"PGP E"))
    yield broken("armor_no_begin", "no first line", b"\n".join(lines[1:]))
    yield broken("armor_no_end", "no last line", b"\n".join([*lines[:-2], b""]))
    yield broken("armor_end_cut", "a last line that is cut", text[:-3])
    yield broken("armor_before", "text before", b"text\n" + text)
    yield broken("armor_behind", "text behind", text + b"text\n")
    yield broken("armor_space_flood", "2,000 spaces behind", text + b" " * 2000)
    yield broken("armor_line_flood", "2,000 empty lines before", b"\n" * 2000 + text)
    yield broken("armor_indented", "a space before the first line", b" " + text)
    yield broken("armor_end_space", "a space after the last line", text[:-1] + b" \n")
    yield broken(
        "armor_empty_line", "an empty line inside", b"\n".join([lines[0], b"", *lines[1:]])
    )
    short = lines[1] + lines[2]
    rest = b"\n".join([short[:60], short[60:124], short[124:] + lines[3], *lines[4:]])
    yield broken("armor_short_line", "a short line inside", lines[0] + b"\n" + rest)
    yield broken(
        "armor_long_line", "a line of 128 columns", text.replace(lines[1] + b"\n", lines[1])
    )
    yield broken("armor_endless", "a line without end", lines[0] + b"\n" + b"A" * 70_000)
    yield broken("armor_headers", "PEM headers", text.replace(b"\n", b"\nComment: x\n\n", 1))
    yield broken("armor_foreign", "not base64", text.replace(lines[1], lines[1][:-1] + b"*"))
    yield broken("armor_not_padded", "padding left out", padded.replace(last, last[:-2]))
    yield broken(
        "armor_space_inside", "a space at the end of a line", padded.replace(last, last + b" ")
    )
    yield broken(
        "armor_mixed_endings",
        "one CR LF among LF",
        text.replace(lines[2] + b"\n", lines[2] + b"\r\n"),
    )
    spelled = padded.replace(last, last[:-3] + b"B==")
    yield broken("armor_spelling", "another spelling of the last byte", spelled)


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for old in FILES.iterdir():
        old.unlink()
    for group in (accepted, unmatched, unauthentic, headers, types, payloads, armors):
        for vector in group():
            vector.write()


if __name__ == "__main__":
    main()
