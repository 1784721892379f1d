"""What the arguments of the gazetteer's public functions take, by their names."""

from __future__ import annotations

from gazetteer.arguments import (
    FLAG,
    LAT,
    LON,
    PATH,
    TEXT,
    Argument,
    Checks,
    number,
    one_of,
    record,
    whole,
)
from gazetteer.errors import GazetteerQueryError, GazetteerTypeError
from gazetteer.filters import checked_box, kind_set
from gazetteer.place import Kind, Place, Status

__all__ = ["checked"]


def _unit(value: object) -> object:
    if not isinstance(value, str | Place):
        raise TypeError
    return value


_NAME = Argument("the name of a place, as text", TEXT.take)
_COUNT = "how many at most, a whole number"
_PARAMETERS = {
    "bbox": Argument("(min_lon, min_lat, max_lon, max_lat) in degrees", checked_box),
    "derive": FLAG,
    "fuzzy": FLAG,
    "identifier": Argument("an id, as text", TEXT.take),
    "k": whole(f"{_COUNT}, 1 or more", least=1),
    "kind": one_of(Kind),
    "kinds": Argument(f"one or several of {', '.join(Kind)}", kind_set),
    "lat": LAT,
    "least": whole("the least number of inhabitants, a whole number"),
    "level": one_of(("oblast", "raion")),
    "limit": whole(f"{_COUNT}, 0 or more", least=0),
    "lon": LON,
    "max_distance_m": number("a distance in metres, 0 or more", least=0),
    "mixtures": FLAG,
    "name": _NAME,
    "name_ru": _NAME,
    "name_uk": _NAME,
    "number": whole("the number of a place, as number_of gives it"),
    "oblast": Argument("the name or the id of an oblast, or a Place", _unit),
    "path": PATH,
    "place": record("gazetteer.place.Place", "a Place of a gazetteer; lookup finds places"),
    "prefix": _NAME,
    "raion": Argument("the name or the id of a raion, or a Place", _unit),
    "scheme": Argument("the name of a scheme, as text", TEXT.take),
    "status": one_of(Status),
    "text": _NAME,
}
checked = Checks(_PARAMETERS, wrong_type=GazetteerTypeError, wrong_value=GazetteerQueryError)
