"""Finished forms as editors bend them, stretch by stretch (``gazetteer/rules/respellings.tsv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gazetteer.rules import load

__all__ = ["respell"]


@dataclass(frozen=True, slots=True)
class _Respelling:
    """One line of the file."""

    stretch: str
    written: str
    where: str

    def apply(self, text: str) -> str:
        """The text with the stretch written otherwise."""
        match self.where:
            case "first":
                return text.replace(self.stretch, self.written, 1)
            case "last":
                return self.written.join(text.rsplit(self.stretch, 1))
            case "end":
                kept = text.removesuffix(self.stretch)
                return text if kept == text else kept + self.written
            case _:
                return text.replace(self.stretch, self.written)


@cache
def _respellings() -> Mapping[str, list[_Respelling]]:
    """For each scheme the stretches written otherwise, in lower case and with a capital."""
    found: dict[str, list[_Respelling]] = {}
    for entry in load("respellings.tsv"):
        stretch, written, where = entry["stretch"], entry["written"], entry["where"]
        several = found.setdefault(entry["scheme"], [])
        several.append(_Respelling(stretch, written, where))
        if where != "end":
            several.append(_Respelling(stretch.capitalize(), written.capitalize(), where))
    return found


def respell(text: str, scheme: str) -> list[str]:
    """The forms that bend one finished form of a name.

    Parameters
    ----------
    text : str
        The name in Latin letters.
    scheme : str
        The scheme it is written in, e.g. ``duden-uk``.

    Examples
    --------
    >>> respell("Selydowe", "duden-uk")
    ['Selydove', 'Selydove', 'Selydowo']
    """
    return [
        respelling.apply(text)
        for respelling in _respellings().get(scheme, ())
        if respelling.stretch in text
    ]
