"""Wording: what the words right at a name say of each kind of place."""

from __future__ import annotations

from frontmap.resolution.candidates import bare_kind_weight
from frontmap.resolution.containers import container_fit
from frontmap.resolution.evidence import Evidence
from frontmap.resolution.weighing import POINTS
from gazetteer import Kind

__all__ = ["of_context", "of_kind"]

_WITHOUT_ARTICLE = frozenset((Kind.CITY, Kind.TOWN, Kind.VILLAGE, Kind.OBLAST, Kind.RAION))
_NO_ARTICLE = -9.0  # for those, which German names without one
_WITH_ARTICLE = frozenset(
    (Kind.RIVER, Kind.REGION, Kind.PENINSULA, Kind.RESERVOIR, Kind.SEA, Kind.LAKE, Kind.CANAL)
)


def of_kind(
    kind: Kind, containers: set[str], cue: float, compound: bool, has_town: bool
) -> list[Evidence]:
    """Weigh what the kind words, or their lack, say of a kind of place."""
    evidence = []
    if containers:
        fit = max(container_fit(container, kind) for container in containers)
        evidence.append(Evidence("kind word", fit, "/".join(sorted(containers))))
    else:
        # an oblast gives way to its seat, not to a village of the same name
        gives_way = has_town or kind is not Kind.OBLAST
        penalty = bare_kind_weight(kind) * (1.0 if gives_way else 0.3)
        evidence.append(Evidence("bare", penalty, str(kind)))
        if kind in (Kind.OBLAST, Kind.REGION, Kind.PENINSULA):
            evidence.append(Evidence("region meant", cue if gives_way else 0.0, ""))
    if compound and kind in (Kind.VILLAGE, Kind.HROMADA):
        evidence.append(Evidence("adjective", -2.0, ""))
    return evidence


def of_context(kind: Kind, with_article: bool, inside: bool, *, part: bool) -> list[Evidence]:
    """Weigh an article before the name, and the part of the country that is named."""
    evidence = []
    if with_article:
        weight = 4.0 if kind in _WITH_ARTICLE else _NO_ARTICLE if kind in _WITHOUT_ARTICLE else -2.0
        evidence.append(Evidence("article", weight, ""))
    if part and kind in POINTS:
        evidence.append(Evidence("part of the country", 1.2 if inside else -0.8, ""))
    return evidence
