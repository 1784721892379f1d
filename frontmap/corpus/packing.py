"""Outcomes as bytes, to be sent from a worker to the process that asked.

A place goes as its number in the gazetteer that both processes have open: its fields and its dozen
names are neither read in the worker nor sent, and are read from the receiver's memory map if
anybody looks at them. That is what makes two workers nearly twice as fast as one; with whole
places the asking process spends a fifth of the workers' time on unpacking.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frontmap.corpus.analysis import Outcome
    from gazetteer import Gazetteer, Place

__all__ = ["pack", "unpack"]


def pack(outcomes: list[Outcome], gazetteer: Gazetteer) -> bytes:
    """Pack outcomes whose places are of `gazetteer`; others go whole."""
    buffer = io.BytesIO()
    _Packer(buffer, gazetteer).dump(outcomes)
    return buffer.getvalue()


class _Packer(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, gazetteer: Gazetteer) -> None:
        from gazetteer.records import StoredPlace

        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)

        def reduce(place: StoredPlace) -> Any:
            number = gazetteer.number_of(place)
            return place.__reduce__() if number is None else (_by_number, (number,))

        self.dispatch_table = {StoredPlace: reduce}


def _by_number(number: int) -> Place:
    """Stand for a place in packed bytes; `unpack` puts its gazetteer's look-up here."""
    raise pickle.UnpicklingError("only frontmap.corpus.packing.unpack reads these bytes")


class _Unpacker(pickle.Unpickler):
    def __init__(self, buffer: io.BytesIO, place: Callable[[int], Place]) -> None:
        super().__init__(buffer)
        self._place = place

    def find_class(self, module: str, name: str) -> Any:
        if module == __name__ and name == "_by_number":
            return self._place
        return super().find_class(module, name)


def unpack(packed: bytes, gazetteer: Gazetteer) -> list[Outcome]:
    """Unpack what `pack` gave, with the places of the same gazetteer, opened here."""
    outcomes: list[Outcome] = _Unpacker(io.BytesIO(packed), gazetteer.by_number).load()
    return outcomes
