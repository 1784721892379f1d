"""German names of GeoNames' larger places, from a gettext catalogue keyed by GeoNames id.

The Debian package ``libgeonames-common`` holds it. Data of GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import gettext
from pathlib import Path

from gazetteer.errors import GazetteerBuildError

__all__ = ["read_german_names"]


def read_german_names(path: Path) -> dict[str, str]:
    """Read the catalogue.

    Parameters
    ----------
    path : Path
        ``geonames.mo`` of the German locale.

    Returns
    -------
    dict of str to str
        GeoNames id, or country and admin1 code (``RU.48``), to German name.

    Raises
    ------
    GazetteerBuildError
        If the file is no message catalogue.
    """
    try:
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerBuildError(f"{path}: not a gettext catalogue: {error}") from error
    # gettext offers no way to list a catalogue but this one
    entries: dict[object, str] = catalogue._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in entries.items() if isinstance(key, str) and key and text}
