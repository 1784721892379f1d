"""Records to plain data and back, nothing lost.

`to_dict` turns any record (`Article`, `Toponym`, `Claim`, `Place` and what they hold) into what
JSON can say; `from_dict` makes the same record of it again. `dumps` and `loads` do so for a whole
analysis, in which every place stands once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import types
import typing
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from frontmap.article import Article
from frontmap.claims.records import Claim
from frontmap.errors import ExportError
from frontmap.parameters import ARTICLE, checked
from frontmap.resolution import Toponym
from gazetteer import Place
from gazetteer.place import Registers

__all__ = ["FORMAT", "VERSION", "Saved", "dumps", "from_dict", "loads", "loads_claims", "to_dict"]

FORMAT = "frontmap report"
VERSION = 1

Record = TypeVar("Record")


@dataclasses.dataclass(frozen=True, slots=True)
class Saved:
    """What one saved analysis holds."""

    article: Article
    toponyms: tuple[Toponym, ...]
    claims: tuple[Claim, ...]


@checked
def to_dict(record: Any) -> dict[str, Any]:
    """Turn a record into a mapping of what JSON can say.

    Dates become ISO 8601 text, enumerations their value, tuples lists, and numbers that JSON does
    not know (infinity, not a number) text.

    Examples
    --------
    >>> from frontmap.recognition import Mention
    >>> to_dict(Mention(3, 11, "Pokrowsk", "Pokrowsk"))["construction"]
    'plain'
    """
    encoded: dict[str, Any] = _encode(record, None)
    return encoded


@checked
def from_dict(record_type: type[Record], data: Mapping[str, Any]) -> Record:
    """Make a record of `record_type` from what `to_dict` gave.

    Fields that the record does not know (from a later version) are left out; missing ones take
    their default.

    Raises
    ------
    ExportError
        If a field without a default is missing or a value is not of the field's kind.

    Examples
    --------
    >>> from frontmap.recognition import Mention
    >>> mention = Mention(3, 11, "Pokrowsk", "Pokrowsk")
    >>> from_dict(Mention, to_dict(mention)) == mention
    True
    """
    decoded: Record = _decode_record(record_type, data, ())
    return decoded


@checked.but(article=ARTICLE)
def dumps(article: Article, toponyms: Iterable[Toponym], claims: Iterable[Claim]) -> str:
    """Write one analysis as JSON text; ASCII only, so that it survives any encoding."""
    places = _PlaceTable()
    document = {
        "format": FORMAT,
        "version": VERSION,
        "article": _encode(article, places),
        "toponyms": [_encode(toponym, places) for toponym in toponyms],
        "claims": [_encode(claim, places) for claim in claims],
        "places": places.encoded,  # filled by the lines above
    }
    return json.dumps(document, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


class _PlaceTable:
    """Every different place once; two records of one id that differ both stay."""

    def __init__(self) -> None:
        self.encoded: list[dict[str, Any]] = []
        self._by_identity: dict[int, tuple[int, Place]] = {}  # the place is kept alive
        self._by_content: dict[str, int] = {}

    def number(self, place: Place) -> int:
        known = self._by_identity.get(id(place))
        if known is not None:
            return known[0]
        encoded = _encode(place, None)
        content = json.dumps(encoded, sort_keys=True)
        number = self._by_content.setdefault(content, len(self.encoded))
        if number == len(self.encoded):
            self.encoded.append(encoded)
        self._by_identity[id(place)] = (number, place)
        return number


@checked
def loads(text: str, known: dict[str, Place] | None = None) -> Saved:
    """Read one analysis from the text `dumps` gave.

    Parameters
    ----------
    text : str
    known : dict, optional
        As for `loads_claims`: of many analyses each place is made once.

    Raises
    ------
    ExportError
        If the text is no saved analysis, or one of a later version.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"a saved report cannot be read: it is not JSON ({error})") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ExportError(f'a saved report cannot be read: it lacks "format": "{FORMAT}"')
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise ExportError(
            f"the report was saved in format version {version}, this frontmap reads up to "
            f"{VERSION}; update frontmap"
        )
    for key in ("article", "toponyms", "claims", "places"):
        if key not in document:
            raise ExportError(f"a saved report cannot be read: it lacks {key!r}")
        if key != "article" and not isinstance(document[key], list):
            raise ExportError(f"a saved report cannot be read: its {key} are no list")
    places = _Places(document["places"], {} if known is None else known)
    return Saved(
        _decode_record(Article, document["article"], places),
        tuple(_decode_record(Toponym, entry, places) for entry in document["toponyms"]),
        tuple(_decode_record(Claim, entry, places) for entry in document["claims"]),
    )


@checked
def loads_claims(document: Mapping[str, Any], known: dict[str, Place]) -> list[Claim]:
    """Make the claims of one saved analysis without the mentions behind them.

    Parameters
    ----------
    document : mapping
        What `dumps` wrote, as JSON reads it.
    known : dict
        Places already made, by what they hold; filled further, so that reading many analyses of
        the same places makes each of them once.

    Raises
    ------
    ExportError
        If it is no saved analysis.
    """
    if not isinstance(document, Mapping):
        raise ExportError(f"a saved report cannot be read: the document is {document!r:.80}")
    places, claims = document.get("places", []), document.get("claims", [])
    if not isinstance(places, list) or not isinstance(claims, list):
        raise ExportError("a saved report cannot be read: its claims or places are no list")
    table = _Places(places, known)
    return [
        _decode_record(
            Claim, {**claim, "toponym": None} if isinstance(claim, dict) else claim, table
        )
        for claim in claims
    ]


class _Places(Sequence[Place]):
    """Places of one saved analysis, made when asked for."""

    def __init__(self, encoded: Sequence[Any], known: dict[str, Place]) -> None:
        self._encoded = encoded
        self._known = known
        self._made: dict[int, Place] = {}

    def __len__(self) -> int:
        return len(self._encoded)

    def __getitem__(self, number: Any) -> Any:
        if number not in self._made:
            encoded = self._encoded[number]
            content = json.dumps(encoded)
            if content not in self._known:
                self._known[content] = from_dict(Place, encoded)
            self._made[number] = self._known[content]
        return self._made[number]


def _encode(value: Any, places: _PlaceTable | None) -> Any:
    """Encode a value; with a place table, places become their number in it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Place) and places is not None:
        return places.number(value)
    if dataclasses.is_dataclass(value):
        return {
            field.name: _encode(getattr(value, field.name), places)
            for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): _encode(item, places) for key, item in value.items()}
    if isinstance(value, (Sequence, set, frozenset)):
        return [_encode(item, places) for item in value]
    raise ExportError(f"a value of type {type(value).__name__} cannot be saved: {value!r}")


@cache
def _fields(record_type: Any) -> dict[str, tuple[Any, bool]]:
    """Map each field's name to its type and whether it must be given."""
    hints = typing.get_type_hints(record_type)
    return {
        field.name: (
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(record_type)
        if field.init
    }


def _decode_record(record_type: type[Any], data: Any, places: Sequence[Place]) -> Any:
    if record_type is Place and isinstance(data, int):
        if not 0 <= data < len(places):
            raise ExportError(f"a saved report cannot be read: it has no place number {data}")
        return places[data]
    if not isinstance(data, Mapping):
        raise ExportError(f"a saved {record_type.__name__} cannot be read: {data!r} is no record")
    values = {}
    for name, (hint, required) in _fields(typing.cast("Hashable", record_type)).items():
        if name in data:
            try:
                values[name] = _decode(hint, data[name], places)
            except (TypeError, ValueError, OverflowError) as error:
                raise ExportError(
                    f"a saved {record_type.__name__} cannot be read: its {name} is {data[name]!r}"
                ) from error
        elif required:
            raise ExportError(f"a saved {record_type.__name__} cannot be read: it lacks {name!r}")
    return record_type(**values)


def _decode(hint: Any, value: Any, places: Sequence[Place]) -> Any:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _decode_union(typing.get_args(hint), value, places)
    if origin is tuple:
        kinds = typing.get_args(hint)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(_decode(kinds[0], item, places) for item in value)
        pairs = zip(kinds, value, strict=True)
        return tuple(_decode(kind, item, places) for kind, item in pairs)
    if origin is list:
        return [_decode(typing.get_args(hint)[0], item, places) for item in value]
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise TypeError(f"{value!r} is no mapping")
        kind = typing.get_args(hint)[1]
        items = {key: _decode(kind, item, places) for key, item in value.items()}
        return Registers(items)
    if hint is Any:
        return value
    return _decode_plain(hint, value, places)


def _decode_union(kinds: tuple[Any, ...], value: Any, places: Sequence[Place]) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return _decode(kind, value, places)
        except (TypeError, ValueError, OverflowError):
            continue
    raise ValueError(f"{value!r} fits none of {kinds}")


def _decode_plain(hint: Any, value: Any, places: Sequence[Place]) -> Any:
    if dataclasses.is_dataclass(hint):
        return _decode_record(typing.cast("type[Any]", hint), value, places)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if hint is dt.datetime:
        return dt.datetime.fromisoformat(value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if hint is float and isinstance(value, (int, float, str)) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is int):
        raise TypeError(f"{value!r} is no {hint}")
    return value
