"""An open file with its records: what every look-up starts from."""

from __future__ import annotations

from bisect import bisect_left

from gazetteer import layout
from gazetteer.file import GazetteerFile
from gazetteer.place import Kind, Match
from gazetteer.records import Records

__all__ = ["Store"]


class Store:
    """Ids, postings and records of one open file.

    Parameters
    ----------
    file : GazetteerFile
    """

    __slots__ = ("file", "records", "unit_numbers")

    def __init__(self, file: GazetteerFile) -> None:
        self.file = file
        self.records = Records(file)
        # (level, name or id) -> numbers of the units meant, filled by `gazetteer.filters`
        self.unit_numbers: dict[tuple[str, str], frozenset[int]] = {}

    def number_of_id(self, identifier: str) -> int:
        """Number of the place with an id, its own or ``register:value``; -1 if there is none."""
        number = self.file.ids.find(identifier)
        if number >= 0:
            return number
        entry = self.file.registers.find(identifier)
        return self.file.register_places[entry] if entry >= 0 else -1

    def postings(self, key: str) -> list[tuple[int, int]]:
        """Numbers of the places a folded name belongs to, with the name's number; best first."""
        entry = self.file.keys.find(key) if key else -1
        return self.postings_at(entry) if entry >= 0 else []

    def postings_at(self, entry: int) -> list[tuple[int, int]]:
        """The postings of the key of a number."""
        file = self.file
        order = file.order
        try:
            packed = file.first[entry]
            if not packed & 1:
                return [(order[packed >> 9], packed >> 1 & 0xFF)]
            slot = bisect_left(file.more, entry)
            if file.more[slot] != entry:
                raise IndexError
            start = file.more_ends[slot - 1] if slot else 0
            several = [packed, *file.more_list[start : file.more_ends[slot]]]
            return [(order[packed >> 9], packed >> 1 & 0xFF) for packed in several]
        except IndexError as error:
            raise file.damaged(f"at key {entry}") from error

    def match(self, number: int, position: int, key: str, score: float = 1.0) -> Match:
        """A match of a place by the name at a position."""
        return self.records.match(number, position, key, score)

    def names_by_population(self, kind: str, least: int) -> list[str]:
        """German names of the places of a kind with at least so many inhabitants, by id."""
        file = self.file
        if kind not in self.records.kinds:
            return []
        code = self.records.kinds.index(Kind(kind))
        kinds, populations = file.columns["kind"], file.columns["population"]
        return [
            file.places.line(number).split(layout.FIELD, 2)[1]
            for number, found in enumerate(kinds)
            if found == code and (not least or least <= populations[number] != layout.NOTHING)
        ]
