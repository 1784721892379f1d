"""Which place of a ledger a user means by a name."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.errors import LedgerError
from gazetteer import Gazetteer, Place
from gazetteer.folding import fold

__all__ = ["find_place"]


def find_place(
    wanted: str | Place, places: Sequence[Place], gazetteer: Gazetteer | None = None
) -> Place:
    """Return the one of `places` that an id, a name in any spelling, or a place names.

    Raises
    ------
    LedgerError
        If none or several do.
    """
    if isinstance(wanted, Place):
        wanted = wanted.id
    by_id = {place.id: place for place in places}
    if wanted in by_id:
        return by_id[wanted]
    key = fold(wanted)
    found = [place for place in places if key in (fold(place.name_de), fold(place.name))]
    if not found:
        matches = (gazetteer or Gazetteer.default()).lookup(wanted)
        named = dict.fromkeys(match.place.id for match in matches)
        found = [by_id[name] for name in named if name in by_id]
    if not found:
        most = ", ".join(place.name_de for place in places[:5]) or "no place at all"
        raise LedgerError(f"nothing is said of {wanted!r}; most is said of {most}")
    if len(found) > 1:
        choices = "; ".join(
            f"{p.id} {p.name_de} ({p.kind}, {', '.join(filter(None, (p.raion, p.oblast)))})"
            for p in found
        )
        raise LedgerError(f"{wanted!r} is {len(found)} places here; give one's id: {choices}")
    return found[0]
