"""Numbers that count the events or the places: 57 Angriffe, drei Dörfer, elfmal, Pokrowsk (52)."""

from __future__ import annotations

from frontmap.claims.lexicon import attack_word, place_word
from frontmap.claims.lexicon.words import pattern
from frontmap.claims.records import Event
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.noun_phrases import number_value
from frontmap.claims.syntax.segments import verb_kind

__all__ = ["count_of"]


def _count_after(analysis: SentenceAnalysis, trigger: Trigger, place: PlaceReference) -> int | None:
    """Return the number a list gives its later places: bei X sieben Angriffe, bei Y fünf."""
    tokens = analysis.tokens
    following = tokens[place.index + 1 : place.index + 3]
    if len(following) > 1 and following[0].text == "(":
        following = tokens[place.index + 2 : place.index + 4]  # Pokrowsk (52)
    if place.index < trigger.first or not following:
        before = tokens[: place.first]
        if not any(attack_word(t.text) for t in before if t.is_capital):
            return None
    ends = len(following) < 2 or not following[1].is_word or following[1].lower == "und"
    value = number_value(following[0].lower) if following else None
    if value is None or not ends or not 2 <= value < 1000:
        return None
    return int(value)


def _share_of(analysis: SentenceAnalysis, place: PlaceReference) -> int | None:
    """Return how many of those told before fell to the place: allein elf davon auf X."""
    tokens = analysis.tokens
    if place.is_back_reference or place.first > len(tokens):
        return None
    for at in range(place.first - 1, max(0, place.first - 5), -1):
        if tokens[at].lower == "davon":
            near = (tokens[at - 1], tokens[at + 1], *tokens[max(0, at - 2) : at - 1])
            values = (number_value(t.lower) for t in near)
            return next((int(v) for v in values if v is not None and v >= 2), None)
        if tokens[at].text in ";:." or verb_kind(tokens[at], False) is not None:
            return None
    return None


def _times(analysis: SentenceAnalysis, trigger: Trigger) -> int | None:
    """Return how often a verb says it happened: elfmal angegriffen, 15 Mal."""
    if trigger.shape != "verb" or trigger.event not in (Event.ATTACK, Event.STRIKE):
        return None
    match = _OFTEN.search(analysis.clauses[trigger.clause].text)
    value = number_value(match.group("number")) if match else None
    return int(value) if value is not None and value >= 2 else None


_OFTEN = pattern("often")


def count_of(analysis: SentenceAnalysis, trigger: Trigger, place: PlaceReference) -> int | None:
    """Return a number that counts the events or the places: 57 Angriffe, drei Dörfer."""
    after = _count_after(analysis, trigger, place) or _times(analysis, trigger)
    after = after or _share_of(analysis, place)
    if after is not None:
        return after
    spots = [trigger.index] if trigger.shape == "noun" else []
    if trigger.event is Event.REPELLED:
        clause = analysis.clauses[trigger.clause]
        spots += [i for i in clause.tokens if attack_word(analysis.tokens[i].text)]
    spots += _settlement_spots(analysis, trigger)
    for spot in spots:
        for at in range(spot - 1, max(-1, spot - 4), -1):
            token = analysis.tokens[at]
            value = number_value(token.lower)
            if _is_time(analysis, at):
                break  # +++ 06:12 Drohnenangriffe auf X
            if value is not None and value >= 2 and value == int(value):
                return int(value)
            if token.text == "Dutzend" and at:  # zwei Dutzend Dörfer
                times = number_value(analysis.tokens[at - 1].lower) or 1.0
                return int(times * _DOZEN)
            if token.is_capital or not token.is_word:
                break
    return None


_DOZEN = 12


def _is_time(analysis: SentenceAnalysis, at: int) -> bool:
    """Whether the number is the minutes of a time of day."""
    token = analysis.tokens[at]
    before = analysis.text[max(0, token.start - 2) : token.start]
    return before[:1].isdigit() and before[1:] == ":"


def _settlement_spots(analysis: SentenceAnalysis, trigger: Trigger) -> list[int]:
    """Return the nouns for unnamed settlements that were taken, held or given up."""
    if trigger.event not in (Event.CAPTURE, Event.CONTROL, Event.WITHDRAWAL):
        return []
    clause = analysis.clauses[trigger.clause]
    words = [(i, analysis.tokens[i]) for i in clause.tokens]
    return [
        i
        for i, token in words
        if token.is_capital
        and token.toponym is None
        and (word := place_word(token.text)) is not None
        and word.kind == "settlement"
        and not (i + 1 < len(analysis.tokens) and analysis.tokens[i + 1].toponym is not None)
    ]
