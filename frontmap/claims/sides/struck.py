"""The side that strikes, told by whom it strikes: Angriffe auf ukrainische Stellungen."""

from __future__ import annotations

from frontmap.claims.lexicon import actor_words, line_word
from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.records import Event, Side
from frontmap.claims.sentence.actors import ActorMention, opponent
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.subjects import NOBODY, Actor, Carried, mentioned_side

__all__ = ["struck_side"]

_STRIKES = (Event.STRIKE, Event.ATTACK)
_AT = word_set("aimed_at")
_FROM = word_set("away_from")
_AGAINST = word_set("resisted_by")


def struck_side(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side opposed to those who are struck, or whose land it comes from."""
    if trigger.event in _STRIKES:
        origin = _by_pattern(analysis, "launched_from")
        if origin is not None:
            return Actor(origin, None, f"it comes from land of the side {origin}")
    else:
        reach = _by_pattern(analysis, "in_reach")
        if reach is not None:
            return Actor(reach, None, f"the place comes within reach of the side {reach}")
    for mention in analysis.actors_in(trigger.clause) if trigger.event in _STRIKES else ():
        if _is_struck(mention, trigger):
            words = analysis.words(mention.first, mention.head)
            return _other(mentioned_side(mention.side, carried), words)
    return _by_target(analysis, trigger, carried)


def _other(side: Side | None, words: str) -> Actor:
    return Actor(opponent(side), None, f'"{words}" struck by the other side')


def _by_pattern(analysis: SentenceAnalysis, name: str) -> Side | None:
    """Return the side that a turn of phrase in the sentence names, Russia if none."""
    sentence = analysis.sentence
    found = pattern(name).search(analysis.text[sentence.start : sentence.end].lower())
    if found is None:
        return None
    word = actor_words(found["side"])
    return Side(word.side) if word is not None and word.side else Side.RU


def _is_struck(mention: ActorMention, trigger: Trigger) -> bool:
    """Whether fighters are what the attack is on: Angriffe auf russische Truppen bei X."""
    if mention.kind not in ("force", "role") or not mention.side:
        return False
    return mention.preposition in _AT and 0 < mention.first - trigger.index <= 4


def _by_target(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the other side of whose lines or targets they are, by adjective or genitive."""
    tokens = analysis.tokens
    clause = analysis.clauses[trigger.clause]
    aimed = bool(word_set("aimed") & set(clause.text.split()))
    for i in clause.tokens:
        is_line = line_word(tokens[i].text) and trigger.event is not Event.CAPTURE
        is_target = trigger.event in _STRIKES and tokens[i].lower in word_set("targets")
        resists = tokens[i].lower in word_set("resisting")
        if not (is_line or is_target or resists):
            continue
        owner = _owner(analysis, i)
        if owner is None:
            continue
        side, first, last = owner
        before = tokens[first - 1].lower if first else ""
        governed = before in _AT or tokens[max(0, first - 2)].lower in _AT
        if resists and not {before, tokens[max(0, first - 2)].lower} & _AGAINST:
            continue
        if tokens[i].lower.startswith("grenz") and not governed:
            continue  # in dem Gebiet an der ukrainischen Grenze
        done_to = is_line or resists or governed or aimed or trigger.voice == "passive"
        if before not in _FROM and done_to:
            return _other(mentioned_side(side, carried), analysis.words(first, last))
    return NOBODY


def _owner(analysis: SentenceAnalysis, noun: int) -> tuple[str, int, int] | None:
    """Return whose a noun is, with the first and last word that say so."""
    tokens = analysis.tokens
    for at in range(noun - 1, max(-1, noun - 4), -1):
        word = actor_words(tokens[at].text)
        if word is not None and word.kind == "adjective":
            return word.side, at, noun
    for mention in analysis.actors:
        if mention.is_genitive and 0 < mention.first - noun <= 2 and mention.side:
            return mention.side, noun, mention.head
    return None
