"""Which side acts in what a noun tells: by owner, adverbial, light verb and subject."""

from __future__ import annotations

from collections.abc import Iterator

from frontmap.claims.lexicon import actor_words, light_forms, light_verbs, speech_verbs
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import auxiliary, pattern, prefixes, word_class, word_set
from frontmap.claims.records import Event, Side
from frontmap.claims.sentence.actors import opponent, preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.attribution import has_company
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.agents import passive_agent
from frontmap.claims.sides.subjects import (
    NOBODY,
    Actor,
    Carried,
    clause_subject,
    first_subject,
    mentioned_side,
    of_mention,
)
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import is_finite
from frontmap.claims.syntax.tokens import Token

__all__ = ["GAINS", "noun_subject", "own_deed", "owner", "owner_after", "warns"]


_ANNOUNCED = (
    Event.CAPTURE,
    Event.ADVANCE,
    Event.WITHDRAWAL,
    Event.BREAKTHROUGH,
    Event.ENCIRCLEMENT,
    Event.COUNTERATTACK,
)
GAINS = (Event.CAPTURE, Event.ADVANCE, Event.BREAKTHROUGH, Event.ENCIRCLEMENT)
_OWN_ACTS = (*_ANNOUNCED, Event.ATTACK, Event.CONTROL)
_ADVERBIAL = word_set("adverbial")
_ANSWERS = word_set("answers")
_SPEAK_BEHIND = word_set("speak_behind")
_COUNTING = word_set("counting")


_QUOTES = frozenset('„“”"»«›‹')


def owner(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side an event noun or phrase belongs to: adjective, genitive, possessive."""
    tokens = analysis.tokens
    found: list[tuple[Side | None, str]] = []
    for at in _words_before(analysis, trigger):
        token = tokens[at]
        word = actor_words(token.text)
        is_genitive = word is not None and word.kind == "state" and token.lower.endswith("s")
        if word is not None and (word.kind == "adjective" or is_genitive):
            found.append((mentioned_side(word.side, carried), token.text))
            if is_genitive:
                break
        elif word_class(token.lower, "possessive") and trigger.shape == "noun":
            return _possessor(analysis, trigger, carried, token)
        elif token.lower in _PRAISING and carried.claimant is not None:
            return Actor(carried.claimant, token.text, f'"{token.text}" in the mouth of a side')
        elif _ends_phrase(token, at < trigger.first):
            break
    if len({side for side, _ in found}) > 1:
        return Actor(None, None, "both sides are named; the side is left open")
    if found and found[0][0] is not None:
        return Actor(found[0][0], found[0][1], f'"{found[0][1]}" belongs to the event')
    return owner_after(analysis, trigger, carried)


def _words_before(analysis: SentenceAnalysis, trigger: Trigger) -> Iterator[int]:
    """Yield the tokens before an event noun, nearest first, without quotation marks."""
    tokens = analysis.tokens
    at = (trigger.first if "nominal" in trigger.entry.needs else trigger.index) - 1
    if at > 0 and tokens[at].text == "-" and tokens[at - 1].toponym is not None:
        at -= 2  # Russlands Bachmut-Offensive
    for i in range(at, max(-1, trigger.first - _PHRASE_WORDS), -1):
        if tokens[i].text not in _QUOTES:  # Putins »Befreiung« von X
            yield i


_PHRASE_WORDS = 7  # an event noun's phrase has no more of them before it


def _possessor(
    analysis: SentenceAnalysis, trigger: Trigger, carried: Carried, word: Token
) -> Actor:
    """Return whose event it is by a possessive: ihre Offensive, sein Vormarsch."""
    after = owner_after(analysis, trigger, carried)
    if after.side is not None:
        return after
    actor = clause_subject(analysis, analysis.clauses[trigger.clause], carried)
    if actor.side is not None:
        whose = actor.text or "carried"
        return Actor(actor.side, word.text, f'"{word.text}" is the subject ({whose})')
    if carried.force:
        return Actor(carried.force, word.text, "possessive for the troops spoken of before")
    return NOBODY


def _ends_phrase(token: Token, is_before: bool) -> bool:
    """Whether a word is none of an event noun's phrase; `is_before` all of the event's words."""
    if (token.is_capital and is_before) or token.toponym is not None or token.text == ",":
        return True
    if word_class(token.lower, "preposition"):
        return True
    return not (
        token.lower.endswith(("e", "en", "er", "es", "em", "t"))
        or token.lower in ("und", "-", "immer")
        or token.text[0].isdigit()
        or word_class(token.lower, "determiner")
    )


def owner_after(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return a genitive or agent after the noun: der Vormarsch der russischen Truppen."""
    clause = analysis.clauses[trigger.clause]
    stop = min(
        (
            t.index
            for t in analysis.triggers
            if t.index > trigger.index and t.clause == trigger.clause and t.shape != "attribute"
        ),
        default=10**6,
    )
    for mention in analysis.actors:
        if (
            analysis.tokens[mention.head].clause != clause.number
            or not trigger.index < mention.head < stop + 1
        ):
            continue
        near = mention.first - trigger.index <= 4
        if mention.is_genitive and near:
            return of_mention(mention, analysis, carried, "genitive after the event")
        if mention.preposition in ("durch", "seitens") and mention.first - trigger.index <= 14:
            return of_mention(mention, analysis, carried, "agent after the event")
        if (
            mention.preposition == "von"
            and near
            and mention.kind in ("force", "state", "role")
            and mention.side
        ):
            return of_mention(mention, analysis, carried, "agent after the event")
    return NOBODY


def _lead(analysis: SentenceAnalysis, trigger: Trigger) -> int:
    """Return the token before the noun's phrase: its preposition, if it has one."""
    tokens, before = analysis.tokens, trigger.first - 1
    while (
        before >= 0
        and not tokens[before].is_capital
        and tokens[before].is_word
        and not word_class(tokens[before].lower, "preposition")
        and trigger.first - before < 6
    ):
        before -= 1
    return before


def _adverbial(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return who acts in an adverbial (nach dem Angriff), None where it is no adverbial.

    The subject of the clause acts in it only where the words say so: ``durch die Einnahme von X``
    with an aim, ``bei einem Angriff auf X haben russische Truppen ... getötet``.
    """
    tokens, before = analysis.tokens, _lead(analysis, trigger)
    if before < 0 or trigger.shape != "noun":
        return None
    word = tokens[before].lower
    if word_class(word, "preposition") and before and tokens[before - 1].lower in _ANSWERS:
        return NOBODY  # fordert eine Antwort auf den Angriff
    clause = analysis.clauses[trigger.clause]
    if word == "mit" and _is_means(analysis, trigger):
        return clause_subject(analysis, clause, carried)
    if word not in _ADVERBIAL:
        return None
    if word == "vor" and before and tokens[before - 1].lower in ("kurz", "unmittelbar"):
        return None
    indefinite = tokens[before + 1].lower in ("einem", "einer")
    if word in ("bei", "mit", "durch", "in"):
        told = _by_outcome(analysis, trigger, carried)
        if told is not None:
            return told
    gained = (Event.ADVANCE, Event.BREAKTHROUGH)
    if word in ("nach", "seit", "mit") and indefinite and trigger.event in gained:
        for other in analysis.triggers:
            holds = other.shape == "verb" and other.event in (Event.CONTROL, *GAINS)
            if holds and other.voice == "active" and other.clause == trigger.clause:
                return clause_subject(analysis, clause, carried)
    if word == "bei" and indefinite and trigger.event in (Event.ATTACK, Event.COUNTERATTACK):
        for other in analysis.triggers:
            gains = other.shape == "verb" and other.event in GAINS and other.voice == "active"
            if gains and other.clause == trigger.clause:
                return clause_subject(analysis, clause, carried)
    aims = (Event.ENCIRCLEMENT, Event.CAPTURE, Event.ADVANCE)
    aim = any(
        t.clause == trigger.clause and t is not trigger and t.event in aims
        for t in analysis.triggers
    )
    if trigger.event is Event.CAPTURE and word in ("durch", "mit") and aim:
        return None
    return NOBODY


def _is_means(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the event serves the subject's aim: mit dem Angriff auf X will Kiew ..."""
    deed = trigger.event is Event.STRIKE or trigger.event in _OWN_ACTS
    clause = analysis.clauses[trigger.clause]
    return deed and any(word.startswith(_BY_MEANS) for word in clause.text.split())


_BY_MEANS = prefixes("by_means")


def _by_outcome(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return who attacks by what the attack did, None where that does not tell.

    ``bei einem Angriff auf X setzte Russland ... ein``: the subject; ``bei Angriffen wurden
    russische Soldaten getötet``: the other side.
    """
    if trigger.event not in (Event.ATTACK, Event.STRIKE):
        return None
    clause, tokens = analysis.clauses[trigger.clause], analysis.tokens
    subject = first_subject(analysis, clause)
    if subject is None or subject.side not in ("RU", "UA"):
        return None
    words = [tokens[i].lower for i in clause.tokens]
    used = any(
        form in words and (particle is None or particle == words[-1])
        for form, particle in light_forms("user")
    )
    is_passive = any(auxiliary(word) == "werden" for word in words)
    if used and not is_passive:
        return of_mention(subject, analysis, carried, "subject of what the attack did")
    if is_passive and subject.kind == "force" and _HARMED & set(words):
        actor = of_mention(subject, analysis, carried, "harmed")
        return Actor(opponent(actor.side), None, f"{actor.reason}, so the other side acts")
    return None


_ACCUSATIONS = prefixes("accusations")
_PRAISING = word_set("praising")
_HARMED = word_set("harmed")


def warns(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the subject of the clause fears or reports what it does not do itself."""
    effect = _speech_effect(analysis, analysis.clauses[trigger.clause])
    return effect is not None and not _speaks_of_itself(effect, trigger.event)


def _speech_effect(analysis: SentenceAnalysis, clause: Clause) -> str | None:
    """Return the effect of the clause's verb of saying."""
    tokens = analysis.tokens
    said = {a.clause for a in analysis.attributions}  # not: Russland verzeichnete Gewinne
    effect = None
    for i in clause.tokens:
        if tokens[i].is_capital and i:
            continue
        for speech in speech_verbs().get(tokens[i].lower, ()):
            whole = speech.particle is None or any(
                tokens[j].lower == speech.particle for j in clause.tokens if j > i
            )
            gains = speech.lemma in _COUNTING and clause.number not in said
            demands = speech.lemma in _SPEAK_BEHIND or speech.kind is FormKind.ZU
            if whole and not demands and not gains and has_company(speech.lemma, clause):
                effect = speech.effect
    return effect


def _speaks_of_itself(effect: str, event: Event) -> bool:
    """Whether who says it does it: meldet Geländegewinne, gibt den Abzug zu, plant den Angriff."""
    if effect == "plan":
        return event in _OWN_ACTS
    if effect == "announce":
        return event in _ANNOUNCED
    return effect in ("say", "admit", "confirm", "deny") and event is Event.WITHDRAWAL


def _threatened(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return the other side of those in danger: den Verteidigern droht die Einkesselung."""
    words = analysis.clauses[trigger.clause].text.split()
    if trigger.event not in GAINS or not any(w.startswith("droh") for w in words):
        return None
    for mention in analysis.actors_in(trigger.clause):
        before = analysis.tokens[mention.first - 1].lower if mention.first else ""
        dative = before in ("den", "dem", "ihren", "seinen") and not mention.preposition
        if dative and not mention.is_subject and mention.kind != "state":
            actor = of_mention(mention, analysis, carried, "in danger")
            return Actor(opponent(actor.side), None, f"{actor.reason}, so the other side acts")
    return None


def _achiever(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return who succeeds: den Angreifern gelang ein Durchbruch."""
    words = set(analysis.clauses[trigger.clause].text.split())
    if not words & word_set("succeeding"):
        return None
    for mention in analysis.actors_in(trigger.clause):
        if not (mention.is_subject or mention.is_genitive or mention.preposition):
            return of_mention(mention, analysis, carried, "who succeeds")
    if carried.force is not None and _THEY_SUCCEED.search(analysis.clauses[trigger.clause].text):
        return Actor(carried.force, None, "pronoun for the troops spoken of before")
    return None


_THEY_SUCCEED = pattern("they_succeed")


def noun_subject(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the subject of the clause as the one who acts: Truppen erzielten Geländegewinne."""
    clause, tokens = analysis.clauses[trigger.clause], analysis.tokens
    role = _light_role(analysis, clause)
    adverbial = _adverbial(analysis, trigger, carried)
    # würdigte den Einsatz der Truppe bei der Erstürmung von X
    praised = role == "praise" and tokens[_lead(analysis, trigger)].lower == "bei"
    if adverbial is not None and not praised:
        return adverbial
    dative = _threatened(analysis, trigger, carried) or _achiever(analysis, trigger, carried)
    if dative is not None:
        return dative
    deed = own_deed(analysis, trigger, carried)
    if deed is not None:
        return deed
    awaited = _awaited(analysis, trigger, carried)
    if awaited is not None:
        return awaited
    effect = _speech_effect(analysis, clause)
    before = [tokens[i].lower for i in clause.tokens if i < trigger.index]
    accused = any(word.startswith(_ACCUSATIONS) for word in before)
    if effect == "deny" and accused and carried.claimant is not None:
        return Actor(carried.claimant, None, "rejects the reproach that it did it")
    if effect is not None and not _speaks_of_itself(effect, trigger.event):
        return NOBODY
    actor = clause_subject(analysis, clause, carried)
    if effect is None and role == "victim":
        whom = f'"{actor.text}"' if actor.text else "those spoken of before"
        reason = f"done to {whom}, so the other side acts"
        return Actor(opponent(actor.side), None, reason)
    if effect is None and role != "actor" and trigger.event in (Event.STRIKE, Event.ATTACK):
        return NOBODY
    if actor.side is None:
        actor = _event_subject(analysis, trigger, carried)
    if actor.side is None:
        agent = passive_agent(analysis, trigger, carried)
        if agent.side is not None:
            return agent
    return actor


def _awaited(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return the other side of who awaits an attack: Kiew stellt sich auf Angriffe bei X ein.

    An advance or a capture awaited may be one's own, one that is feared is not.
    """
    clause = analysis.clauses[trigger.clause]
    if trigger.event not in (*GAINS, *_ASSAULTS):
        return None
    feared = _FEARING.search(clause.text) is not None
    if not feared and _AWAITING.search(clause.text) is None:
        return None
    if not feared and trigger.event in GAINS:
        return NOBODY
    actor = clause_subject(analysis, clause, carried)
    return Actor(opponent(actor.side), None, f"awaited by {actor.text}, so the other side acts")


_ASSAULTS = (Event.ATTACK, Event.STRIKE, Event.COUNTERATTACK)
_AWAITING, _FEARING = pattern("awaiting"), pattern("fearing")


def _light_role(analysis: SentenceAnalysis, clause: Clause) -> str:
    words = (analysis.tokens[i].lower for i in clause.tokens)
    return next((light_verbs()[w] for w in words if w in light_verbs()), "")


def own_deed(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return who gives reasons for a deed or praises it: Schoigu lobte die Einnahme von X.

    One gives reasons for one's own; what withdrawal one praises is the other side's.
    """
    clause = analysis.clauses[trigger.clause]
    role = _light_role(analysis, clause)
    if role not in ("deed", "praise"):
        return None
    actor = clause_subject(analysis, clause, carried)
    if role == "praise" and trigger.event is Event.WITHDRAWAL:
        return Actor(opponent(actor.side), None, f"{actor.reason}, who welcomes it")
    if actor.side is not None:
        return Actor(actor.side, actor.text, f"{actor.reason}, whose own deed it is")
    first, last = (analysis.tokens[clause.tokens[i]].start for i in (0, -1))
    sides = {
        s.side
        for s in analysis.speakers
        if first <= s.start <= last and preposition_before(analysis.tokens, s.token)[0] != "gegen"
    }
    sides = sides or _sides_of_opening(analysis, clause)
    if len(sides) == 1 and sides <= {Side.RU, Side.UA}:
        return Actor(sides.pop(), None, "the deed of the side that speaks of it")
    return NOBODY


def _sides_of_opening(analysis: SentenceAnalysis, clause: Clause) -> set[Side | None]:
    """Return the sides named in the phrase before the verb: Moskaus Abgeordnete feiern."""
    sides: set[Side | None] = set()
    for i in clause.tokens:
        token = analysis.tokens[i]
        if is_finite(token) or word_class(token.lower, "preposition"):
            break
        word = actor_words(token.text)
        if word is not None and word.kind in ("adjective", "state") and word.side in ("RU", "UA"):
            sides.add(Side(word.side))
    return sides


def _event_subject(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side of what brings the event about: die ukrainische Offensive führte zu."""
    for other in analysis.triggers:
        if other.clause == trigger.clause and other.shape == "noun" and other.index < trigger.index:
            before, _, _ = preposition_before(analysis.tokens, other.index)
            if not before:
                actor = owner(analysis, other, carried)
                if actor.side is not None and trigger.event in _ANNOUNCED:
                    return Actor(
                        actor.side, actor.text, f'"{actor.text}" belongs to what brings it about'
                    )
    return NOBODY
