"""Who acts: the words of a sentence that name a side, and how they stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from frontmap.claims.lexicon import ActorWord, actor_words, noun_entries, place_word
from frontmap.claims.lexicon.words import auxiliary, word_class, word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.forces import named_forces
from frontmap.claims.syntax.segments import is_finite
from frontmap.claims.syntax.tokens import Token

__all__ = [
    "ActorMention",
    "find_actors",
    "occasion_before",
    "opponent",
    "preposition_before",
]


@dataclass(slots=True)
class ActorMention:
    """Words that name fighters or a state.

    Attributes
    ----------
    first, head : int
        Token indices of the noun phrase without its article.
    side : str
        RU, UA, other (the side opposed to the speaker) or empty (generic: the troops).
    kind : str
        state, force, generic, role.
    preposition : str
        The preposition that governs it, empty where none.
    is_subject : bool
        It can be the subject: nominative by its form, no preposition.
    is_genitive : bool
        It depends on the noun before it.
    """

    first: int
    head: int
    side: str
    kind: str
    preposition: str = ""
    is_subject: bool = False
    is_genitive: bool = False


def opponent(side: Side | None) -> Side | None:
    """Return the other side."""
    if side is Side.RU:
        return Side.UA
    if side is Side.UA:
        return Side.RU
    return None


def _is_adjective(token: Token) -> bool:
    return (
        not token.is_capital
        and token.toponym is None
        and token.lower.endswith(("e", "en", "er", "es", "em"))
        and not word_class(token.lower, "preposition")
        and not word_class(token.lower, "determiner")
        and not word_class(token.lower, "coordinator")
        and auxiliary(token.lower) is None
        and token.is_word
    ) or token.lower[:1].isdigit()


def _ends_ordinal(tokens: Sequence[Token], i: int) -> bool:
    """Whether a point belongs to the number before it: der 72. Brigade."""
    return tokens[i].text == "." and i > 0 and tokens[i - 1].text.isdigit()


def _past_agent(tokens: Sequence[Token], at: int, first: int) -> int:
    """Step over the agent of a participle: den [von Russland unterstützten] Separatisten."""
    if at < 1 or at == first - 1 or not tokens[at].is_capital:
        return at
    if tokens[at - 1].lower not in ("von", "durch"):
        return at
    participle = tokens[at + 1].lower.endswith(("ten", "te", "ter", "tes", "enen", "ene"))
    return at - 2 if participle else at


def preposition_before(tokens: Sequence[Token], first: int) -> tuple[str, str, int]:
    """Return (preposition, determiner, index before both) of the noun phrase at `first`."""
    at = first - 1
    while at >= 0 and (_is_adjective(tokens[at]) or _ends_ordinal(tokens, at)):
        at -= 1
    at = _past_agent(tokens, at, first)
    determiner = ""
    if at >= 0 and word_class(tokens[at].lower, "determiner"):
        determiner = tokens[at].lower
        at -= 1
    while at >= 0 and tokens[at].lower in _BEFORE_DETERMINERS:
        at -= 1
    preposition = ""
    if at >= 0 and word_class(tokens[at].lower, "preposition"):
        preposition = tokens[at].lower
        at -= 1
        if preposition == "aus" and at >= 0 and tokens[at].toponym is not None:
            preposition = ""  # von X aus stießen Truppen vor
    return preposition, determiner, at


def occasion_before(tokens: Sequence[Token], first: int) -> tuple[str, str, int]:
    """Return what `preposition_before` does, past ``Beginn des`` and a list of genitives.

    ``nach dem Beginn des Vormarschs``; ``angesichts der Kämpfe in X und des Beschusses``
    """
    preposition, determiner, at = preposition_before(tokens, first)
    genitive = determiner in _GENITIVE or word_class(determiner, "possessive")
    if preposition or not genitive or at < 0:
        return preposition, determiner, at
    if tokens[at].lower in _PHASES:
        preposition, article, at = preposition_before(tokens, at)
        return preposition, article or determiner, at
    if tokens[at].lower in ("und", "sowie"):
        for i in range(at - 1, -1, -1):
            if tokens[i].lower in _WITH_GENITIVE:
                return tokens[i].lower, determiner, i - 1
    return preposition, determiner, at


_GENITIVE = word_set("genitive_articles")
_BEFORE_DETERMINERS = word_set("before_determiners")
_BEFORE_GOVERNMENTS = word_set("before_governments")
_BEHIND_ORIGINS = word_set("behind_origins")
_FEMININE_OBLIQUE = word_set("feminine_oblique_determiners")
_GENITIVE_DETERMINERS = word_set("genitive_determiners")
_OBLIQUE = word_set("oblique_determiners")
_PHASES = word_set("phases")
_PLURAL_DETERMINERS = word_set("plural_determiners")
_WITH_GENITIVE = word_set("with_genitive")


def _is_institution(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capital's name stands for its government, not for the town."""
    before, _, at = preposition_before(tokens, i)
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if before == "von" and (
        (following is not None and following.lower in _BEHIND_ORIGINS)
        or (at >= 0 and tokens[at].lower.endswith(("kilometer", "kilometern", "lich")))
    ):
        return False
    if before and before not in _BEFORE_GOVERNMENTS:
        return False
    if before == "von" and at >= 0 and tokens[at].is_capital and place_word(tokens[at].text):
        return False  # im Zentrum von Kiew, Vororte von Moskau
    previous = tokens[i - 1] if i else None
    if previous is not None and previous.lower == "wie" and i > 1 and tokens[i - 2].is_capital:
        # Städte wie Kiew, but: so viel Gebiet wie Kiew
        return any(t.lower in ("so", "mehr") for t in tokens[max(0, i - 5) : i - 2])
    named = previous is not None and previous.is_capital and i > 1
    if (
        previous is not None
        and named
        and (place_word(previous.text) or previous.lower.endswith("hauptstadt"))
    ):
        return False  # die Stadt Kiew
    return not (following is not None and following.text == "-")


def _noun_right(tokens: Sequence[Token], i: int) -> int | None:
    """Return the index of the noun that an adjective at `i` belongs to."""
    for at in range(i + 1, min(i + 5, len(tokens))):
        token = tokens[at]
        if token.toponym is not None:
            return None
        if token.is_capital:
            return at
        if not (_is_adjective(token) or token.lower in ("und", "-") or actor_words(token.text)):
            return None
    return None


def _listed_preposition(tokens: Sequence[Token], first: int) -> str:
    """Return the preposition a list of bare nouns opens with: mit Drohnen, Raketen und Bomben."""
    at = first
    while at > 1 and tokens[at - 1].text in (",", "und") and tokens[at - 2].is_capital:
        at -= 2
        if tokens[at].toponym is not None or actor_words(tokens[at].text) is None:
            return ""
        if tokens[at].clause != tokens[first].clause:
            return ""  # liefert Drohnen an Russland, Ukraine startet Offensive
        preposition, _, _ = preposition_before(tokens, at)
        if preposition:
            return preposition
    return ""


def _case(mention: ActorMention, tokens: Sequence[Token], masculine: bool) -> None:
    """Set preposition, subject and genitive by what stands before the noun phrase."""
    preposition, determiner, at = preposition_before(tokens, mention.first)
    preposition = preposition or _listed_preposition(tokens, mention.first)
    mention.preposition = preposition
    first = tokens[mention.first]
    ending = first.lower.endswith(("en", "em")) and not first.is_capital
    oblique = ending and determiner not in _PLURAL_DETERMINERS and mention.first != mention.head
    if determiner in _OBLIQUE or (determiner in _FEMININE_OBLIQUE and not masculine):
        oblique = True
    word = actor_words(first.text)
    inflected = first.lower.endswith("er") and first.lower not in word_set("city_adjectives")
    inflected = inflected and (word is None or word.kind == "adjective")  # Kämpfer der ...
    if not determiner and inflected and mention.first != mention.head:
        oblique = not masculine
    noun_before = at >= 0 and tokens[at].is_capital and tokens[at].is_word
    named_genitive = (
        mention.first == mention.head and first.lower.endswith("s") and mention.kind == "state"
    )
    mention.is_genitive = bool(
        not preposition
        and (
            (determiner in _GENITIVE_DETERMINERS and (oblique or noun_before) and noun_before)
            or (named_genitive and not determiner)
            or (not determiner and oblique and noun_before)
        )
    )
    mention.is_subject = not preposition and not oblique and not mention.is_genitive


def _side_of_generic(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """Return the side of a generic noun by its neighbours, and the first token of the phrase."""
    for at in range(i - 1, max(-1, i - 5), -1):
        word = actor_words(tokens[at].text)
        if word is not None and word.kind == "adjective":
            return word.side, at
        if word is not None and word.kind == "state" and tokens[at].lower.endswith("s"):
            return word.side, at  # Moskaus Truppen
        if not _is_adjective(tokens[at]):
            break
    side = _genitive_side(tokens, i) or _named_beside(tokens, i) or _apposed_side(tokens, i)
    return side, i


def _apposed_side(tokens: Sequence[Token], i: int) -> str:
    """Return the side an apposition names: die 155. Brigade, eine russische Eliteeinheit, ..."""
    words = tokens[i + 1 : i + 5]
    if len(words) < 4 or words[0].text != "," or words[1].lower not in _INDEFINITE:
        return ""
    word, noun = actor_words(words[2].text), actor_words(words[3].text)
    if word is None or noun is None or (word.kind, noun.kind) != ("adjective", "generic"):
        return ""
    return word.side


_INDEFINITE = ("ein", "eine")


def _named_beside(tokens: Sequence[Token], i: int) -> str:
    """Return the side of a name beside the noun: die Spezialeinheit »Achmat«."""
    beside = next((t for t in tokens[i + 1 : i + 3] if t.is_word), None)
    word = actor_words(beside.text) if beside is not None else None
    return word.side if word is not None and word.kind == "force" else ""


def _genitive_side(tokens: Sequence[Token], i: int) -> str:
    """Return the side named in a genitive after the noun: die Truppen der Ukraine, Moskaus."""
    at = i + 1
    while at < min(i + 7, len(tokens)):
        token = tokens[at]
        word = actor_words(token.text)
        if word is not None and word.side:
            if word.kind == "state" and not (
                token.lower.endswith("s") or tokens[at - 1].lower in ("der", "von", "des")
            ):
                return ""
            return word.side
        if token.toponym is not None or not (
            token.lower in ("der", "des", "von", "aus")
            or _is_adjective(token)
            or _ends_ordinal(tokens, at)
        ):
            beside = actor_words(tokens[at + 1].text) if at + 1 < len(tokens) else None
            if token.is_capital and at > i + 1 and actor_words(token.text) is not None:
                at += 1
                continue
            of_name = beside is not None and beside.kind in ("force", "state")
            if token.is_capital and at > i + 1 and token.toponym is None and of_name and beside:
                return beside.side  # die Söldner von Jewgeni Prigoschin, der Gruppe Wagner
            return ""
        at += 1
    return ""


def _of_adjective(tokens: Sequence[Token], i: int, word: ActorWord) -> ActorMention | None:
    """Read ``russische Truppen``; before another noun an adjective is no mention of its own."""
    noun = _noun_right(tokens, i)
    if noun is None and _lacks_its_noun(tokens, i):
        mention = ActorMention(i, i, word.side, "force")
        _case(mention, tokens, masculine=False)
        return mention
    head = actor_words(tokens[noun].text) if noun is not None else None
    if (
        noun is None
        or head is None
        or head.kind in ("adjective", "state", "seat")
        or noun_entries(tokens[noun].text)
    ):
        return None
    side = head.side if head.kind == "force" and head.side else word.side
    mention = ActorMention(i, noun, side, "force")
    _case(mention, tokens, head.masculine)
    return mention


def _lacks_its_noun(tokens: Sequence[Token], i: int) -> bool:
    """Whether the noun stands before: russische Truppen rückten bei A vor, ukrainische bei B."""
    before = i - 1
    if before > 0 and tokens[before].lower in ("die", "der"):
        before -= 1
    if before < 0 or tokens[before].text not in (",", ";", "und") or i + 1 >= len(tokens):
        return False
    goes_on = word_class(tokens[i + 1].lower, "preposition") or is_finite(tokens[i + 1])
    return goes_on and any(_of_fighters(t) for t in tokens[:before])


def _of_fighters(token: Token) -> bool:
    word = actor_words(token.text)
    return word is not None and word.kind in ("generic", "force", "role")


def _of_seat(tokens: Sequence[Token], i: int, word: ActorWord) -> ActorMention | None:
    """Read ``die Führung in Moskau``, ``das Kiewer Regime``."""
    side, first = _side_of_generic(tokens, i)
    if not side and i + 2 < len(tokens) and tokens[i + 1].lower in ("in", "aus"):
        seat = actor_words(tokens[i + 2].text)
        side = seat.side if seat is not None and seat.kind == "state" else ""
    if not side:
        return None
    mention = ActorMention(first, i, side, "state")
    _case(mention, tokens, word.masculine)
    return mention


def _of_noun(tokens: Sequence[Token], i: int, word: ActorWord) -> ActorMention | None:
    """Read a noun that names fighters or a state."""
    masculine = word.masculine
    if word.kind in ("generic", "people"):
        side, first = _side_of_generic(tokens, i)
        before = tokens[i - 1].lower if i else ""
        owned = word_class(before, "possessive") or before in word_set("own_troops")
        if word.kind == "people" and not (side or owned):
            return None
        mention = ActorMention(first, i, side, "force" if side else "generic")
    else:
        mention = ActorMention(i, i, word.side, word.kind)
        if word.kind == "state" and tokens[i].lower.endswith("s") and i + 1 < len(tokens):
            head = actor_words(tokens[i + 1].text)
            if head is not None and head.kind in ("generic", "people"):
                mention, masculine = ActorMention(i, i + 1, word.side, "force"), head.masculine
    _case(mention, tokens, masculine)
    if (
        mention.first != mention.head
        and tokens[mention.first].lower.endswith("s")
        and not mention.preposition
    ):
        mention.is_subject, mention.is_genitive = True, False
    return mention


def find_actors(tokens: Sequence[Token]) -> list[ActorMention]:
    """Find the mentions of fighters and states in a sentence, in order."""
    mentions: list[ActorMention] = []
    named = named_forces(tokens)
    taken = -1
    for i, token in enumerate(tokens):
        word = actor_words(token.text) if token.is_word else None
        if i in named:
            taken, side = named[i]
            mentions.append(ActorMention(i, taken, side, "force"))
            _case(mentions[-1], tokens, masculine=word is not None and word.masculine)
        if word is None or i <= taken:
            continue
        if token.toponym is not None and (word.kind != "state" or not _is_institution(tokens, i)):
            continue
        read = {"adjective": _of_adjective, "seat": _of_seat}.get(word.kind, _of_noun)
        mention = read(tokens, i, word)
        if mention is not None:
            mentions.append(mention)
            taken = max(taken, mention.head)
    for before, after in pairwise(mentions):
        if before.kind == "generic" and after.is_genitive and after.first in named:
            before.side, before.kind = after.side, "force"  # Freiwillige der Georgischen Legion
    return mentions
