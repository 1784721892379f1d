"""Columns of whole numbers as text: short, quick to read, and of few letters, so they pack well.

A number from -1 on is written as itself plus one in base 64, with the letters of
`frontmap.basemap.codec`. All numbers of a column have equally many digits; first come the highest
digits of all of them, then the next: neighbours in the text are then alike. A figure in front says
how many digits there are. `decodeColumn` in ``assets/decode.js`` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frontmap.basemap.codec import ALPHABET
from frontmap.layers.island import packed_json

__all__ = ["decode_column", "encode_column", "packed_claims"]

_MANY = 500
"""From here on columns are written as text; fewer numbers stay readable in the page's source."""


def encode_column(values: Sequence[int]) -> str:
    """Write numbers as text.

    Parameters
    ----------
    values : sequence of int
        Each from -1 to 2**31 - 1.

    Examples
    --------
    >>> encode_column([-1, 0, 62, 63])
    '2AAABAB_A'
    """
    import numpy

    numbers = numpy.asarray(values, dtype="i8") + 1
    digits = max(1, -(-int(numbers.max(initial=0)).bit_length() // 6))
    shifts: Any = 6 * numpy.arange(digits - 1, -1, -1)
    letters = numpy.frombuffer(ALPHABET.encode("ascii"), dtype="u1")
    text = letters[(numbers[None, :] >> shifts[:, None]) & 63].tobytes().decode("ascii")
    return f"{digits}{text}"


def decode_column(text: str) -> list[int]:
    """Read the numbers that `encode_column` wrote.

    Examples
    --------
    >>> decode_column(encode_column([-1, 0, 4000]))
    [-1, 0, 4000]
    """
    digits = int(text[0])
    size = (len(text) - 1) // digits
    found = [0] * size
    for at, letter in enumerate(text[1:]):
        found[at % size] = found[at % size] * 64 + ALPHABET.index(letter)
    return [number - 1 for number in found]


def packed_claims(data: dict[str, Any]) -> str:
    """Return what `frontmap.layers.payload.claims_data` made, for the page's script."""
    if data["size"] < _MANY:
        return packed_json(data)
    columns = {name: encode_column(values) for name, values in data["columns"].items()}
    return packed_json({**data, "columns": columns})
