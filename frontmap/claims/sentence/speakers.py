"""The claimants of the register that a sentence names, with their sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontmap.claims.lexicon import Claimant, actor_words, claimant_pattern, claimants
from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.syntax.tokens import Token
from gazetteer import Kind

__all__ = ["Attribution", "Speaker", "find_speakers"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claimant named in the text."""

    name: str | None
    side: Side | None
    kind: str
    start: int
    end: int
    token: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker with the clause that makes him one.

    Attributes
    ----------
    speaker : Speaker or None
        None for a pronoun: whoever spoke last.
    clause : int
    effect : str
        say, announce, deny, confirm, doubt, admit, plan, fear, opinion, source.
    way : str
        formula, verb, heading, or self: a verb in the first person, of whoever is speaking.
    is_inverted : bool
        The verb comes first: ``..., sagte X`` covers what stands before it.
    token : int
        Where the verb or formula stands.
    """

    speaker: Speaker | None
    clause: int
    effect: str
    way: str
    is_inverted: bool
    token: int


_CAPITALS = word_set("capitals_as_claimants")
_OCCUPIED = pattern("occupied")
_RUSSIAN_PLACE = pattern("russian_place")


def _side(raw: str, groups: dict[str, str | None], number: int, own: str, near: str) -> Side | None:
    if raw in ("RU", "UA"):
        return Side(raw)
    if raw == "third":
        return Side.THIRD
    if raw == "adjective":
        word = actor_words(groups.get(f"side{number}") or "")
        return Side(word.side) if word and word.side in ("RU", "UA") else None
    if raw == "local":
        if _of_force(own + near.partition(own)[2]) == "RU":
            return Side.RU
        adjective = re.search(r"\b[Rr]ussisch\w* (?:\w+ )?$", near.partition("|")[0])
        named = re.search(r"\b[Rr]ussisch", own)  # der russischen Armee
        if adjective or named or _OCCUPIED.search(near) or _RUSSIAN_PLACE.search(near):
            return Side.RU
        return Side.UA
    return None  # context


_GENITIVE = re.compile(
    r"\w+ (?:der|des|einer|eines) (?P<first>[\w-]+)(?: (?P<second>[\w-]+))?(?: (?P<third>[\w-]+))?"
)


def _of_force(words: str) -> str:
    """Return the side of whose officer speaks: der Kommandeur der tschetschenischen Einheit."""
    match = _GENITIVE.match(words)
    for word in filter(None, match.groups()) if match is not None else ():
        known = actor_words(word)
        if known is not None and known.kind in ("adjective", "force") and known.side:
            return known.side
        if word in ("von", "vor"):
            break  # der von russischen Truppen besetzten Stadt
    return ""


def find_speakers(text: str, tokens: Sequence[Token]) -> list[Speaker]:
    """Find every claimant of the register in the sentence."""
    start, end = tokens[0].start, tokens[-1].end
    found: list[Speaker] = []
    register = claimants()
    for match in claimant_pattern().finditer(text, start, end):
        number = _register_line(match)
        claimant = register[number]
        before = text[max(start, match.start() - 30) : match.start()]
        near = f"{before}|{text[match.start() : min(end, match.end() + 40)]}"
        side = _side(claimant.side, match.groupdict(), number, match.group(0), near)
        if claimant.side == "local" and side is Side.UA and _russian_ground(tokens, found):
            side = Side.RU
        token = next((i for i, t in enumerate(tokens) if t.end > match.start()), 0)
        if claimant.name in _CAPITALS and not _speaks_as_government(tokens, token):
            continue
        title = _title(claimant, side, near)
        found.append(Speaker(title, side, claimant.kind, match.start(), match.end(), token))
    return _joined(found, text)


def _register_line(match: re.Match[str]) -> int:
    """Return which line of the register matched: the number of its empty group."""
    name = match.lastgroup or ""
    if not _LINE.fullmatch(name):
        groups = match.groupdict().items()
        name = next(k for k, v in groups if v is not None and _LINE.fullmatch(k))
    return int(name[1:])


_LINE = re.compile(r"c\d+")


def _title(claimant: Claimant, side: Side | None, near: str) -> str:
    """Return the claimant's name as it is shown, its side filled in."""
    if claimant.side == "adjective":
        adjective = "Russische" if side is Side.RU else "Ukrainische"
        return claimant.name.replace("{adjective}", adjective)
    if claimant.side != "local" or side is None:
        return claimant.name
    if side is Side.RU and _OCCUPIED.search(near):
        return "Besatzungsverwaltung"
    if claimant.name == "Behörden vor Ort":
        return f"{'Russische' if side is Side.RU else 'Ukrainische'} Behörden vor Ort"
    return _MILITARY.get(side, claimant.name)


_MILITARY = {Side.RU: "Russisches Militär", Side.UA: "Ukrainisches Militär"}


def _speaks_as_government(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capital may stand for its government, not for the town."""
    if i > 1 and tokens[i - 1].lower == "wie" and tokens[i - 2].is_capital:
        return False  # Großstädte wie Kiew
    before, _, _ = preposition_before(tokens, i)
    return before in ("", "aus", "von", "laut", "nach", "in", "während")  # not: um Kiew


def _russian_ground(tokens: Sequence[Token], speakers: Sequence[Speaker]) -> bool:
    """Whether local authorities are Russian: by the places named, or by who passes them on."""
    places = [t.toponym.place for t in tokens if t.toponym is not None]
    grounds = (Kind.CITY, Kind.TOWN, Kind.VILLAGE, Kind.OBLAST, Kind.RAION)
    known = [p.country for p in places if p is not None and p.kind in grounds]
    if known and set(known) == {"RU"}:
        return True
    return any(s.side is Side.RU and s.kind == "media" for s in speakers)


def _is_force(text: str, speaker: Speaker) -> bool:
    """Whether the words name troops, who own no office: Bürgermeister von russischen Truppen ..."""
    word = actor_words(text[speaker.start : speaker.end].rsplit(maxsplit=1)[-1])
    return word is not None and word.kind in ("force", "generic")


def _joined(speakers: list[Speaker], text: str) -> list[Speaker]:
    """Let a title without a side take the side of the name beside it, or of its seat."""
    joined: list[Speaker] = []
    for speaker, after in zip(speakers, [*speakers[1:], None], strict=False):
        own = speaker
        if after is not None and _installed_by(own, after, text):
            own = replace(own, side=after.side, name=after.name)
        if own.side is None and own.kind != "both":
            own = _sided(own, joined[-1] if joined else None, after, text)
        joined.append(own)
    return joined


def _installed_by(speaker: Speaker, after: Speaker, text: str) -> bool:
    """Whether Russia, named right behind, runs the local authorities: von Russland eingesetzt."""
    between = text[speaker.end : after.start]
    return (
        speaker.name == "Ukrainische Behörden vor Ort"
        and after.side is Side.RU
        and len(between.split()) <= 1
        and not {",", ":"} & set(between)
        and not _is_force(text, after)
    )


def _sided(speaker: Speaker, before: Speaker | None, after: Speaker | None, text: str) -> Speaker:
    """Return a title with the side and name of who stands near it, or of where it sits."""
    if after is not None:
        between = text[speaker.end : after.start]
        if len(between.split()) <= _NEAR_WORDS and not {".", ":"} & set(between):
            return replace(speaker, side=after.side, name=after.name)
    if before is not None and len(text[before.end : speaker.start].split()) <= _NEAR_WORDS:
        return replace(speaker, side=before.side, name=before.name)
    behind = text[speaker.end : speaker.end + 12]
    if re.match(r",? in Moskau", behind):
        return replace(speaker, side=Side.RU, name="Russisches Verteidigungsministerium")
    if re.match(r",? in (?:Kiew|Kyjiw)", behind):
        return replace(speaker, side=Side.UA, name="Verteidigungsministerium der Ukraine")
    return speaker


_NEAR_WORDS = 4
