"""Which side acts in an event: by syntax, carried references, and what the claimant implies."""

from __future__ import annotations

from frontmap.claims.actors import opponent, preposition_before
from frontmap.claims.agents import passive_agent
from frontmap.claims.analysis import SentenceAnalysis
from frontmap.claims.clauses import Clause, auxiliary, word_class
from frontmap.claims.lexicon import actor_words, light_forms, light_verbs, line_word, speech_verbs
from frontmap.claims.morphology import FormKind
from frontmap.claims.records import Event, Side
from frontmap.claims.subjects import (
    NOBODY,
    Actor,
    Carried,
    accused_side,
    clause_subject,
    first_subject,
    mentioned_side,
    of_mention,
    pronoun_of,
)
from frontmap.claims.triggers import Trigger
from frontmap.claims.words import pattern, word_set

__all__ = ["GAINS", "Actor", "Carried", "resolve_actor"]


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
_DEMANDING = word_set("demanding")


def _owner(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side an event noun or phrase belongs to: adjective, genitive, possessive."""
    tokens = analysis.tokens
    found: list[tuple[Side | None, str]] = []
    at = (trigger.first if "nominal" in trigger.entry.needs else trigger.index) - 1
    floor = max(-1, trigger.first - 7)
    while at > floor:
        token = tokens[at]
        word = actor_words(token.text)
        if word is not None and word.kind == "adjective":
            found.append((mentioned_side(word.side, carried), token.text))
        elif word is not None and word.kind == "state" and token.lower.endswith("s"):
            found.append((mentioned_side(word.side, carried), token.text))
            break
        elif word_class(token.lower, "possessive") and trigger.shape == "noun":
            after = _owner_after(analysis, trigger, carried)
            if after.side is not None:
                return after
            actor = clause_subject(analysis, analysis.clauses[trigger.clause], carried)
            if actor.side is not None:
                return Actor(
                    actor.side,
                    token.text,
                    f'"{token.text}" is the subject ({actor.text or "carried"})',
                )
            return (
                Actor(carried.force, token.text, "possessive for the troops spoken of before")
                if carried.force
                else NOBODY
            )
        elif (
            (token.is_capital and at < trigger.first)
            or token.toponym is not None
            or not (
                token.lower.endswith(("e", "en", "er", "es", "em", "t"))
                or token.lower in ("und", "-", "immer")
                or token.text[0].isdigit()
                or word_class(token.lower, "determiner")
            )
            or word_class(token.lower, "preposition")
            or token.text in ","
        ):
            break
        at -= 1
    sides = {side for side, _ in found}
    if len(sides) > 1:
        return Actor(None, None, "both sides are named; the side is left open")
    if found and found[0][0] is not None:
        return Actor(found[0][0], found[0][1], f'"{found[0][1]}" belongs to the event')
    return _owner_after(analysis, trigger, carried)


def _owner_after(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
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
    if word not in _ADVERBIAL:
        return None
    if word == "vor" and before and tokens[before - 1].lower in ("kurz", "unmittelbar"):
        return None
    clause = analysis.clauses[trigger.clause]
    indefinite = tokens[before + 1].lower in ("einem", "einer")
    if word in ("bei", "mit", "durch", "in"):
        told = _by_outcome(analysis, trigger, carried)
        if told is not None:
            return told
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


_HARMED = word_set("harmed")


def _speech_effect(analysis: SentenceAnalysis, clause: Clause) -> str | None:
    """Return the effect of the clause's verb of saying."""
    tokens = analysis.tokens
    effect = None
    for i in clause.tokens:
        if tokens[i].is_capital and i:
            continue
        for speech in speech_verbs().get(tokens[i].lower, ()):
            whole = speech.particle is None or any(
                tokens[j].lower == speech.particle for j in clause.tokens if j > i
            )
            if whole and speech.kind is not FormKind.ZU and speech.lemma not in _DEMANDING:
                effect = speech.effect
    return effect


def _speaks_of_itself(effect: str, event: Event) -> bool:
    """Whether who says it does it: meldet Geländegewinne, gibt den Abzug zu, plant den Angriff."""
    if effect == "plan":
        return event in _OWN_ACTS
    if effect == "announce":
        return event in _ANNOUNCED
    return effect in ("say", "admit", "confirm") and event is Event.WITHDRAWAL


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
    return None


def _noun_subject(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the subject of the clause as the one who acts: Truppen erzielten Geländegewinne."""
    clause, tokens = analysis.clauses[trigger.clause], analysis.tokens
    adverbial = _adverbial(analysis, trigger, carried)
    if adverbial is not None:
        return adverbial
    dative = _threatened(analysis, trigger, carried) or _achiever(analysis, trigger, carried)
    if dative is not None:
        return dative
    effect = _speech_effect(analysis, clause)
    if effect is not None and not _speaks_of_itself(effect, trigger.event):
        return NOBODY
    actor = clause_subject(analysis, clause, carried)
    words = (tokens[i].lower for i in clause.tokens)
    role = next((light_verbs()[w] for w in words if w in light_verbs()), "")
    if effect is None and role == "victim":
        reason = f"done to {actor.text}, so the other side acts"
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


def _event_subject(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side of what brings the event about: die ukrainische Offensive führte zu."""
    for other in analysis.triggers:
        if other.clause == trigger.clause and other.shape == "noun" and other.index < trigger.index:
            before, _, _ = preposition_before(analysis.tokens, other.index)
            if not before:
                actor = _owner(analysis, other, carried)
                if actor.side is not None and trigger.event in _ANNOUNCED:
                    return Actor(
                        actor.side, actor.text, f'"{actor.text}" belongs to what brings it about'
                    )
    return NOBODY


def _of_patient(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the other side of those it is done to: ukrainische Truppen wurden zurückgedrängt."""
    if trigger.event is Event.REPELLED:
        for other in analysis.triggers:
            if other.clause == trigger.clause and other.shape == "noun":
                actor = _owner(analysis, other, carried)
                if actor.side is not None:
                    return Actor(
                        opponent(actor.side), None, f'attacks of the other side: "{actor.text}"'
                    )
    patients = [
        a
        for a in analysis.actors_in(trigger.clause)
        if a.is_subject
        and (a.kind in ("force", "generic", "role") or a.side == "other")
        and (a.side or a.kind == "generic")
    ]
    if patients:
        actor = of_mention(patients[0], analysis, carried, "done to")
        return Actor(opponent(actor.side), None, f"{actor.reason}, so the other side acts")
    if trigger.event is Event.ENCIRCLEMENT:
        owners = [
            a
            for a in analysis.actors_in(trigger.clause)
            if a.is_genitive
            and a.kind in ("force", "role")
            and any(
                t.lower.startswith(("versorgung", "nachschub", "rückzug", "teil", "gruppe"))
                for t in analysis.tokens[max(0, a.first - 3) : a.first]
            )
        ]
        if len({a.side for a in owners}) == 1:
            actor = of_mention(owners[0], analysis, carried, "done to")
            return Actor(opponent(actor.side), None, f"{actor.reason}, so the other side acts")
    pronoun = pronoun_of(analysis, analysis.clauses[trigger.clause])
    if pronoun == "carry" and "direct" not in trigger.entry.needs:
        actor = clause_subject(analysis, analysis.clauses[trigger.clause], carried)
        if actor.side is None:
            sides = {
                mentioned_side(a.side, carried)
                for a in analysis.actors
                if a.side and a.head < trigger.index
            }
            actor = Actor(sides.pop(), None, "") if len(sides) == 1 else actor
        return Actor(
            opponent(actor.side), None, "done to those spoken of before, so the other side acts"
        )
    return NOBODY


def _against_lines(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the other side of those whose lines are broken: die ukrainischen Linien."""
    tokens = analysis.tokens
    for i in analysis.clauses[trigger.clause].tokens:
        if not line_word(tokens[i].text):
            continue
        for at in range(i - 1, max(-1, i - 4), -1):
            word = actor_words(tokens[at].text)
            if word is not None and word.kind == "adjective":
                side = mentioned_side(word.side, carried)
                return Actor(
                    opponent(side), None, f'"{analysis.words(at, i)}" broken by the other side'
                )
    return NOBODY


def resolve_actor(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side that acts in an event, None where the words leave it open."""
    actor = _resolve(analysis, trigger, carried)
    if actor.side is None and trigger.event is Event.BREAKTHROUGH:
        return _against_lines(analysis, trigger, carried)
    if actor.side is None and trigger.event in GAINS:
        return _against_report(analysis, trigger) or actor
    return actor


_AGAINST = (pattern("against_report"), pattern("against_report_of"))


def _against_report(analysis: SentenceAnalysis, trigger: Trigger) -> Actor | None:
    """Return whose gain it would be: entgegen russischen Angaben ist die Stadt nicht gefallen."""
    clause = analysis.clauses[trigger.clause]
    for found in filter(None, (p.search(clause.text) for p in _AGAINST)):
        at = len(clause.text[: found.start(1)].split())
        if at >= len(clause.tokens):
            continue
        word = actor_words(analysis.tokens[clause.tokens[at]].text)
        if word is not None and word.side in ("RU", "UA"):
            return Actor(Side(word.side), None, f'claimed falsely: "{found.group(0)}"')
    return None


def _resolve(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    agent = trigger.entry.agent
    if trigger.shape == "attribute":
        return _attribute_actor(analysis, trigger, carried)
    if agent == "none":
        return (
            NOBODY
            if trigger.event is not Event.CAPTURE
            else _owner_into_hands(analysis, trigger, carried)
        )
    if trigger.shape == "noun":
        actor = _owner(analysis, trigger, carried)
        if actor is NOBODY and trigger.event not in (Event.CLASH,):
            accused = accused_side(analysis, analysis.clauses[trigger.clause], carried)
            if accused is not None:
                return accused
        if actor is NOBODY:
            actor = _noun_subject(analysis, trigger, carried)
        if agent == "opponent":
            return Actor(
                opponent(actor.side), None, f"{actor.reason}; its loss is the other side's gain"
            )
        return actor
    if trigger.shape == "phrase" and agent == "owner":
        actor = _phrase_owner(analysis, trigger, carried)
        if actor.side is not None:
            return actor
    if trigger.voice in ("passive", "state"):
        actor = passive_agent(analysis, trigger, carried)
        if actor is NOBODY and trigger.event in (
            Event.ADVANCE,
            Event.CAPTURE,
            Event.ENCIRCLEMENT,
            Event.REPELLED,
            Event.ATTACK,
        ):
            actor = _of_patient(analysis, trigger, carried)
        return actor
    actor = clause_subject(analysis, analysis.clauses[trigger.clause], carried)
    if actor.side is None and trigger.event is Event.WITHDRAWAL:
        return _withdrawn(analysis, trigger, carried) or actor
    if agent == "opponent":
        return Actor(
            opponent(actor.side), None, f"{actor.reason}; its loss is the other side's gain"
        )
    return actor


def _withdrawn(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return the side of the troops that are the object: ukrainische Soldaten abzuziehen."""
    mentions = analysis.actors_in(trigger.clause)
    troops = [a for a in mentions if a.kind == "force" and not a.preposition and a.side]
    if len({a.side for a in troops}) != 1:
        return None
    return of_mention(troops[0], analysis, carried, "the troops withdrawn")


def _phrase_owner(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    for i in range(trigger.first, trigger.index + 1):
        word = actor_words(analysis.tokens[i].text)
        if word is not None and word.side:
            return Actor(
                mentioned_side(word.side, carried),
                analysis.tokens[i].text,
                f'"{analysis.tokens[i].text}" in the phrase',
            )
    actor = _owner_after(analysis, trigger, carried)
    if actor.side is not None:
        return actor
    before = analysis.tokens[trigger.first - 1] if trigger.first else None
    if before is not None and actor_words(before.text) is not None:
        return _owner(analysis, trigger, carried)
    return passive_agent(analysis, trigger, carried)


def _owner_into_hands(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side a place falls to: an Russland, in russische Hände."""
    for mention in analysis.actors_in(trigger.clause):
        if mention.preposition in ("an", "durch", "zu") and mention.side:
            return of_mention(mention, analysis, carried, "the place falls to")
    return NOBODY


def _attribute_actor(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    if trigger.event is Event.CLASH:
        return NOBODY
    before = analysis.tokens[trigger.index - 1] if trigger.index else None
    word = actor_words(before.text) if before is not None else None
    if word is not None and word.kind == "adjective" and before is not None:
        return Actor(
            mentioned_side(word.side, carried), before.text, f'"{before.text}" before the attribute'
        )
    for mention in analysis.actors:
        if mention.preposition in ("von", "durch") and 0 < trigger.index - mention.head <= 4:
            return of_mention(mention, analysis, carried, "agent of the attribute")
    return NOBODY
