"""A geopy geocoder over the gazetteer: offline, with German, Ukrainian and Russian spellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from geopy.adapters import BaseSyncAdapter
from geopy.exc import ConfigurationError, GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from frontmap.geocoder.query import PlaceQuery, parse_structured, parse_text
from frontmap.geocoder.search import Box, find
from gazetteer import Gazetteer, GazetteerQueryError, Kind, Match, Name, Place, Status
from gazetteer.arguments import FLAG, PATH, Argument, Checks, number, one_of, record, whole

if TYPE_CHECKING:
    from gazetteer.filters import Kinds

__all__ = ["GazetteerGeocoder"]


def _gazetteer(value: object) -> object:
    return value if isinstance(value, Gazetteer) else PATH.take(value)


_LANGUAGES = ("de", "uk", "ru", "en", "pl", "fr")
_COUNTRIES = {
    "UA": {"de": "Ukraine", "en": "Ukraine", "uk": "Україна", "ru": "Украина", "pl": "Ukraina"},
    "RU": {"de": "Russland", "en": "Russia", "uk": "Росія", "ru": "Россия", "pl": "Rosja"},
    "BY": {"de": "Belarus", "en": "Belarus", "uk": "Білорусь", "ru": "Беларусь", "pl": "Białoruś"},
}
_LIMIT = 10  # locations, where a list is asked for without one
_PARAMETERS = {
    "bounded": FLAG,
    "exactly_one": FLAG,
    "fuzzy": FLAG,
    "gazetteer": Argument("a Gazetteer or the path of one", _gazetteer),
    "language": one_of(_LANGUAGES),
    "limit": whole("how many locations at most, 1 or more", least=1),
    "max_distance_m": number("a distance in metres, 0 or more", least=0),
    "place": record("gazetteer.place.Place", "a Place of a gazetteer"),
}
_asked = Checks(_PARAMETERS, wrong_type=GeocoderQueryError, wrong_value=GeocoderQueryError)
_configured = Checks(_PARAMETERS, wrong_type=ConfigurationError, wrong_value=ConfigurationError)
# Schemes to take a name from when an address is asked for in a language, the best first.
_SCHEMES = {
    "en": ("exonym", "national-2010", "bgn-ru"),
    "de": ("exonym", "duden-uk", "duden-ru"),
    "ru": ("official",),
    "uk": ("official",),
    "pl": ("exonym", "pl", "pl-ru"),
    "fr": ("exonym", "fr", "fr-ru"),
}


class _OfflineAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """Refuses every request: this geocoder answers from its file."""

    def __init__(self, *, proxies: Any = None, ssl_context: Any = None) -> None:
        super().__init__(proxies=None, ssl_context=None)

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        raise GeocoderServiceError("the gazetteer geocoder makes no requests")

    get_text = get_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """Geocoder over a `gazetteer.Gazetteer`; answers at once and without a network.

    Parameters
    ----------
    gazetteer : Gazetteer or path-like, optional
        The default gazetteer if not given.
    language : str
        Language of the addresses: ``de``, ``uk``, ``ru``, ``en``, ``pl`` or ``fr``.
    fuzzy : bool
        Whether a name that is not found is looked for with typing errors forgiven.
    timeout, user_agent
        Taken for the sake of geopy's interface; nothing is waited for or sent.

    Examples
    --------
    >>> geocoder = GazetteerGeocoder()
    >>> location = geocoder.geocode("Pokrowsk, Oblast Donezk")
    >>> location.raw["name"], round(location.latitude), round(location.longitude)
    ('Покровськ', 48, 37)
    """

    @_configured
    def __init__(
        self,
        gazetteer: Gazetteer | str | None = None,
        *,
        language: str = "de",
        fuzzy: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent, adapter_factory=_OfflineAdapter)
        if gazetteer is None:
            gazetteer = Gazetteer.default()
        elif not isinstance(gazetteer, Gazetteer):
            gazetteer = Gazetteer.open(gazetteer)
        self.gazetteer = gazetteer
        self.language = language
        self.fuzzy = fuzzy

    @_asked
    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        language: str | None = None,
        kinds: Kinds = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
        limit: int | None = None,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Find places by name.

        Parameters
        ----------
        query : str or mapping
            ``"Pokrowsk"``, ``"Pokrowsk, Oblast Donezk"``, ``"Mychajliwka bei Pokrowsk"``,
            ``"Lyman (Gebiet Charkiw)"``, an id such as ``"katottg:UA..."``; or a mapping with the
            keys settlement, hromada, raion, oblast, country, near.
        exactly_one : bool
            Whether one location is returned, or a list.
        language : str, optional
            Language of the addresses.
        kinds : Kind, str or iterable of these, optional
            Sorts of places to look for.
        viewbox : pair of points, optional
            Two corners as geopy points: (lat, lon) pairs, texts or `Point`. Places inside come
            first.
        bounded : bool
            Whether places outside `viewbox` are left out.
        limit : int, optional
            How many locations at most when a list is asked for; ten if not given.
        timeout
            Ignored.

        Returns
        -------
        geopy.location.Location, list of them, or None
            Best first. None, or the empty list, when nothing is found. ``raw`` is the full record
            with the name that matched under ``match``.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is no text or mapping, or an argument makes no sense.
        """
        language = language or self.language
        wanted = 1 if exactly_one else limit or _LIMIT
        matches = self._find(query, kinds, self._box(viewbox), bounded, wanted)
        locations = [self._location(match.place, match, language) for match in matches]
        if exactly_one:
            return locations[0] if locations else None
        return locations

    def _find(
        self,
        query: str | Mapping[str, str],
        kinds: Kinds,
        box: Box | None,
        bounded: bool,
        limit: int,
    ) -> list[Match]:
        if bounded and box is None:
            raise GeocoderQueryError("bounded=True needs a viewbox")
        try:
            return find(
                self.gazetteer,
                self._parse(query),
                whole=query if isinstance(query, str) else None,
                kinds=kinds,
                box=box,
                bounded=bounded,
                fuzzy=self.fuzzy,
                limit=limit,
            )
        except GazetteerQueryError as error:
            raise GeocoderQueryError(str(error)) from error

    @_asked
    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        language: str | None = None,
        kinds: Kinds = (Kind.CITY, Kind.TOWN, Kind.VILLAGE),
        max_distance_m: float = 50_000.0,
        limit: int | None = None,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Find the places nearest to a position.

        Parameters
        ----------
        query : geopy point
            (lat, lon), ``"lat, lon"`` or a `Point`.
        exactly_one, language, kinds, limit, timeout
            As for `geocode`; only settlements are found unless `kinds` says otherwise.
        max_distance_m : float
            Metres; places farther away are left out.

        Returns
        -------
        geopy.location.Location, list of them, or None
            Nearest first, the distance in metres as ``raw["distance_m"]``.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If an argument makes no sense.
        ValueError
            If `query` is no point.
        """
        language = language or self.language
        point = Point(query)
        count = 1 if exactly_one else limit or _LIMIT
        try:
            found = self.gazetteer.nearest_with_distance(
                point.longitude, point.latitude, count, kinds, max_distance_m
            )
        except GazetteerQueryError as error:
            raise GeocoderQueryError(str(error)) from error
        locations = []
        for metres, place in found:
            location = self._location(place, None, language)
            location.raw["distance_m"] = metres
            locations.append(location)
        if exactly_one:
            return locations[0] if locations else None
        return locations

    @staticmethod
    def _box(viewbox: Sequence[Any] | None) -> Box | None:
        if viewbox is None:
            return None
        try:
            first, second = (Point(corner) for corner in viewbox)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(
                f"viewbox={viewbox!r} is not a pair of points (lat, lon)"
            ) from error
        return (
            min(first.longitude, second.longitude),
            min(first.latitude, second.latitude),
            max(first.longitude, second.longitude),
            max(first.latitude, second.latitude),
        )

    @staticmethod
    def _parse(query: str | Mapping[str, str]) -> PlaceQuery:
        if isinstance(query, str):
            return parse_text(query)
        if not isinstance(query, Mapping):
            raise GeocoderQueryError(f"query is {query!r}, neither a text nor a mapping")
        try:
            return parse_structured(query)
        except ValueError as error:
            raise GeocoderQueryError(f"query: {error}") from error

    def _location(self, place: Place, match: Match | None, language: str) -> Location:
        raw = place_record(place)
        if match is not None:
            raw["match"] = {**name_record(match.name), "score": match.score}
        point = Point(place.lat, place.lon)
        return Location(self.address(place, language), point, raw)

    @_asked
    def address(self, place: Place, language: str = "de") -> str:
        """One line: the place, its raion, its oblast and its country in a language."""
        units: Iterable[str | None] = (place.id, place.raion_id, place.oblast_id)
        parts: list[str] = []
        for identifier in dict.fromkeys(units):
            if identifier == place.id:
                parts.append(name_in(place, language))
            elif identifier is not None and identifier in self.gazetteer:
                parts.append(name_in(self.gazetteer[identifier], language))
        country = _COUNTRIES.get(place.country, {})
        parts.append(country.get(language) or country.get("de") or place.country)
        return ", ".join(dict.fromkeys(part for part in parts if part))


def name_in(place: Place, language: str) -> str:
    """The name of a place for readers of a language; the German one where none is known."""
    if language == "de":
        return place.name_de
    if language == "uk" and place.country == "UA":
        return place.name
    names = [name for name in place.names if name.language == language]
    names = [name for name in names if name.status is not Status.HISTORICAL]
    schemes = _SCHEMES.get(language, ())
    if language in ("ru", "uk"):
        # of several Russian names the one that corresponds to the official one, not a former one
        names.sort(key=lambda name: -SequenceMatcher(None, name.text, place.name).ratio())
    names.sort(
        key=lambda name: schemes.index(name.scheme) if name.scheme in schemes else len(schemes)
    )
    return names[0].text if names else place.name_de


def name_record(name: Name) -> dict[str, str]:
    """A name as plain texts."""
    return {
        "text": name.text,
        "language": name.language,
        "scheme": name.scheme,
        "status": str(name.status),
        "source": name.source,
    }


def place_record(place: Place, *, names: bool = True) -> dict[str, Any]:
    """A place as a mapping that JSON can hold.

    Examples
    --------
    >>> place_record(Place("a:1", "Ізюм", "Isjum", Kind.CITY, 37.3, 49.2, 500, 3000))["kind"]
    'city'
    """
    record: dict[str, Any] = {
        field: getattr(place, field)
        for field in (
            "id", "name", "name_de", "kind", "lon", "lat", "precision_m", "extent_m",
            "oblast", "raion", "hromada", "oblast_id", "raion_id", "hromada_id",
            "country", "population", "position_source",
        )
    }  # fmt: skip
    record["kind"] = str(place.kind)
    record["position_source"] = str(place.position_source)
    record["ids"] = dict(place.ids)
    if names:
        record["names"] = [name_record(name) for name in place.names]
    return record
