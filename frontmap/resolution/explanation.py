"""Explanations: the steps that led to a place, in words and in order."""

from __future__ import annotations

from collections.abc import Sequence

from frontmap.recognition.records import Construction, Mention
from frontmap.resolution.candidates import Option
from frontmap.resolution.evidence import Evidence
from frontmap.resolution.records import Candidate

__all__ = ["explain"]

_TAKEN_OFF = {
    Construction.GENITIVE: "genitive ending taken off",
    Construction.ADJECTIVE: "adjective ending taken off",
    Construction.INFLECTED: "case ending taken off",
    Construction.TYPO: "taken for a slip of",
    Construction.ELLIPSIS: "completed to",
}


def explain(
    mention: Mention,
    option: Option,
    evidence: Sequence[Evidence],
    second: Option | None,
    candidates: Sequence[Candidate],
    threshold: float,
) -> tuple[str, ...]:
    """Say in order: the name, its form, what decided, what ran second and why it lost."""
    place, name = option.place, option.name
    shown = f"{_quoted(mention.surface)} matches {_quoted(name.text)}"
    steps = [f"{shown} ({name.scheme}, {name.status})"]
    if option.stem != mention.surface:
        how = _TAKEN_OFF.get(mention.construction, "read as")
        steps.append(f"{how}: {_quoted(option.stem)}")
    if mention.container:
        steps.append(f"named as {mention.container}")
    steps += [item.describe() for item in evidence if item.tells]
    if second is not None and len(candidates) > 1:
        runner = candidates[1]
        why = "; ".join(step for step in runner.reasons if step.startswith("against"))
        people = f", {second.place.population} inhabitants" if second.place.population else ""
        where = second.place.oblast or second.place.country
        if second.place.oblast == place.oblast and second.place.raion:
            where += f", Rajon {second.place.raion}"
        steps.append(
            f"second: {second.place.name_de} ({second.place.kind}, {where}{people}) "
            f"with {runner.score:.2f}" + (f": {why}" if why else "")
        )
    where = place.oblast or place.country
    if second is not None and second.place.oblast == place.oblast and place.raion:
        where += f", Rajon {place.raion}"
    verdict = f"{place.name_de} ({place.kind}, {where})"
    if candidates[0].score < threshold:
        steps.append(
            f"no place: {verdict} has {candidates[0].score:.2f}, less than {threshold:.2f}"
        )
    else:
        steps.append(f"{verdict} with {candidates[0].score:.2f}")
    return tuple(steps)


def _quoted(text: str) -> str:
    """Put a name in quotes, in one line; one of what cannot be shown is written in escapes."""
    line = " ".join(text.split())
    return f"'{line}'" if line.isprintable() else repr(line)
