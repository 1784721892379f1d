"""Coordinates as short text: the one codec of basemap, layers and page.

A line is a sequence of (lon, lat) points. Each is rounded to 1e-4 degrees (about 10 m), written as
the difference to the point before, zigzag-coded (0, -1, 1, -2, ... become 0, 1, 2, 3, ...) and cut
into groups of five bits, low bits first; a group that another follows has 32 added. Each group is
one letter of the URL-safe base64 alphabet, so the text needs no escaping in JSON, HTML, JavaScript
or a template. `decodeLine` in ``page/assets/decode.js`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["ALPHABET", "SCALE", "decode_line", "encode_line"]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SCALE = 10_000
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def _encode_number(number: int) -> str:
    rest = number << 1 if number >= 0 else (~number << 1) | 1
    letters = []
    while rest >= 32:
        letters.append(ALPHABET[rest & 31 | 32])
        rest >>= 5
    letters.append(ALPHABET[rest])
    return "".join(letters)


def encode_line(points: Iterable[Sequence[float]], *, keep_repeated: bool = False) -> str:
    """Write points as text.

    Parameters
    ----------
    points : iterable of (lon, lat)
        Degrees, WGS 84.
    keep_repeated : bool
        Whether successive points that round to the same one are all written; a line needs one.

    Returns
    -------
    str

    Examples
    --------
    >>> encode_line([(37.18, 48.28), (37.1812, 48.2793)])
    'wl2Wg_udYN'
    """
    parts: list[str] = []
    last_x = last_y = 0
    for point in points:
        x, y = round(point[0] * SCALE), round(point[1] * SCALE)
        if parts and not keep_repeated and x == last_x and y == last_y:
            continue
        parts.append(_encode_number(x - last_x))
        parts.append(_encode_number(y - last_y))
        last_x, last_y = x, y
    return "".join(parts)


def decode_line(text: str) -> list[tuple[float, float]]:
    """Read points written by `encode_line`.

    Raises
    ------
    ValueError
        If `text` is cut off or holds a letter outside the alphabet.

    Examples
    --------
    >>> decode_line(encode_line([(37.18, 48.28), (37.1812, 48.2793)]))
    [(37.18, 48.28), (37.1812, 48.2793)]
    """
    numbers: list[int] = []
    rest = shift = 0
    for letter in text:
        if letter not in _VALUES:
            raise ValueError(f"{letter!r} is not in the alphabet of encoded lines")
        value = _VALUES[letter]
        rest |= (value & 31) << shift
        shift += 5
        if value < 32:
            numbers.append(~(rest >> 1) if rest & 1 else rest >> 1)
            rest = shift = 0
    if shift or len(numbers) % 2:
        raise ValueError("the encoded line is cut off")
    points: list[tuple[float, float]] = []
    x = y = 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / SCALE, y / SCALE))
    return points
