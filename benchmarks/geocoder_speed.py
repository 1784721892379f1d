"""How long geocoding a name takes, beside geopy's own geocoder calling a stub.

    python -m benchmarks.geocoder_speed

The peer is geopy's Nominatim class with an adapter that answers at once with one canned record, so
that no network is in it: what is left is the least that geocoding through a service costs here,
before any answer has travelled. A service adds its latency and, mostly, a limit of one name a
second.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from geopy.adapters import BaseSyncAdapter
from geopy.geocoders import Nominatim

from frontmap.geocoder import GazetteerGeocoder
from gazetteer import Gazetteer

NAMES = 2_000
_RECORD = {
    "place_id": 1, "lat": "48.28", "lon": "37.18", "display_name": "Pokrowsk, Oblast Donezk",
    "class": "place", "type": "city", "importance": 0.5,
}  # fmt: skip


class Stub(BaseSyncAdapter):
    """Answers every request with the same record."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Give the record as a service would."""
        return [_RECORD]

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Give nothing; Nominatim asks for JSON."""
        raise NotImplementedError


def microseconds(run: Callable[[str], object], names: list[str]) -> float:
    """Microseconds of processor time a name."""
    start = time.process_time()
    for name in names:
        assert run(name) is not None, name
    return (time.process_time() - start) / len(names) * 1e6


def main() -> None:
    """Print the table."""
    chance = random.Random(5)
    gazetteer = Gazetteer.default()
    settlements = [p for p in gazetteer if p.kind.is_settlement and p.country == "UA"]
    places = chance.sample(settlements, NAMES)
    own = GazetteerGeocoder()
    own.geocode("Pokrowsk")
    stub = Nominatim(user_agent="benchmark", adapter_factory=Stub)
    plain = [place.name_de for place in places]
    full = [f"{place.name_de}, Oblast {place.oblast}" for place in places]
    peer = microseconds(stub.geocode, plain)
    print(f"geopy's Nominatim calling a stub: {peer:.0f} microseconds a name")
    for title, names in (("name", plain), ("name and oblast", full)):
        spent = microseconds(own.geocode, names)
        print(f"GazetteerGeocoder, {title}: {spent:.0f} microseconds, {spent / peer:.2f} times")
    look = microseconds(lambda name: gazetteer.lookup(name) or None, plain)
    print(f"Gazetteer.lookup alone: {look:.0f} microseconds, {look / peer:.2f} times")


if __name__ == "__main__":
    main()
