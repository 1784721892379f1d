"""Coordinates as short text: the one codec of basemap, layers and page.

A line is a sequence of (lon, lat) points. Each is rounded to 1e-4 degrees (about 10 m), written as
the difference to the point before, zigzag-coded (0, -1, 1, -2, ... become 0, 1, 2, 3, ...) and cut
into groups of five bits, low bits first; a group that another follows has 32 added. Each group is
one letter of the URL-safe base64 alphabet, so the text needs no escaping in JSON, HTML, JavaScript
or a template. `decodeLine` in ``page/assets/decode.js`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["ALPHABET", "SCALE", "decode_line", "encode_line", "encode_lines"]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SCALE = 10_000
_MOST_GROUPS = 5  # 360 degrees take 23 bits
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


def encode_lines(points: Any, lengths: Sequence[int]) -> list[str]:
    """Write many lines at once; the same letters as `encode_line`, some twenty times as fast.

    Parameters
    ----------
    points : numpy.ndarray
        Shape (n, 2): lon and lat in degrees of all lines, one line after the other.
    lengths : sequence of int
        How many points each line has.

    Returns
    -------
    list[str]
    """
    import numpy

    whole: Any = numpy.rint(numpy.asarray(points, dtype="f8").reshape(-1, 2) * SCALE).astype("i8")
    line_of: Any = numpy.repeat(numpy.arange(len(lengths)), lengths)
    first: Any = numpy.ones(len(whole), dtype=bool)
    first[1:] = line_of[1:] != line_of[:-1]
    kept = first.copy()
    kept[1:] |= (whole[1:] != whole[:-1]).any(axis=1)
    whole, line_of, first = whole[kept], line_of[kept], first[kept]
    steps = whole.copy()
    steps[1:] -= numpy.where(first[1:, None], 0, whole[:-1])
    codes = ((steps << 1) ^ (steps >> 63)).ravel()
    groups = codes[:, None] >> (5 * numpy.arange(_MOST_GROUPS))
    letters = numpy.frombuffer(ALPHABET.encode("ascii"), dtype="u1")
    follows = groups[:, 1:] > 0
    values = groups & 31
    values[:, :-1] |= numpy.where(follows, 32, 0)
    written = numpy.ones_like(groups, dtype=bool)
    written[:, 1:] = follows
    text = letters[values[written]].tobytes().decode("ascii")
    sizes = numpy.bincount(
        numpy.repeat(line_of, 2), weights=written.sum(axis=1), minlength=len(lengths)
    )
    ends = numpy.cumsum(sizes).astype("i8").tolist()
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


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
