"""Which side acts in an event: by syntax, carried references, and what the claimant implies."""

from __future__ import annotations

from dataclasses import dataclass

from frontmap.claims.actors import ActorMention, opponent, preposition_before
from frontmap.claims.analysis import SentenceAnalysis
from frontmap.claims.clauses import Clause, auxiliary, is_finite, word_class
from frontmap.claims.lexicon import actor_words, light_verbs, line_word, place_word, speech_verbs
from frontmap.claims.morphology import FormKind
from frontmap.claims.records import Event, Side
from frontmap.claims.triggers import Trigger

__all__ = ["Actor", "Carried", "resolve_actor"]


@dataclass(frozen=True, slots=True)
class Actor:
    """The side that acts, the words that say so, and why."""

    side: Side | None
    text: str | None
    reason: str


@dataclass(slots=True)
class Carried:
    """What earlier sentences of the paragraph carry into this one.

    Attributes
    ----------
    force : Side or None
        The side of the troops spoken of last.
    claimant : Side or None
        The side of who speaks in this clause.
    """

    force: Side | None = None
    claimant: Side | None = None


NOBODY = Actor(None, None, "")
_ANNOUNCED = (
    Event.CAPTURE,
    Event.ADVANCE,
    Event.WITHDRAWAL,
    Event.BREAKTHROUGH,
    Event.ENCIRCLEMENT,
    Event.COUNTERATTACK,
)
_OWN_ACTS = (*_ANNOUNCED, Event.ATTACK, Event.CONTROL)
_ADVERBIAL = frozenset(
    {
        "bei",
        "nach",
        "unter",
        "durch",
        "von",
        "wegen",
        "trotz",
        "während",
        "vor",
        "seit",
        "angesichts",
        "beim",
        "infolge",
        "gegen",
    }
)


def _side(raw: str, carried: Carried) -> Side | None:
    if raw in ("RU", "UA"):
        return Side(raw)
    if raw == "other":
        return opponent(carried.claimant)
    return None


def _of_mention(
    mention: ActorMention, analysis: SentenceAnalysis, carried: Carried, reason: str
) -> Actor:
    text = analysis.words(mention.first, mention.head)
    side = _side(mention.side, carried)
    if side is None and mention.kind == "generic":
        before = analysis.tokens[mention.first - 1].lower if mention.first else ""
        if word_class(before, "possessive"):
            return Actor(
                None, text, f'{reason}: "{before} {text}" belong to somebody not named here'
            )
        return Actor(carried.force, text, f'{reason}: "{text}" are the troops spoken of before')
    return Actor(side, text, f'{reason}: "{text}"')


def _subject(
    analysis: SentenceAnalysis, clause: Clause, before: int | None = None
) -> ActorMention | None:
    """Return the first mention of a clause that can be its subject."""
    subjects = [a for a in analysis.actors_in(clause.number) if a.is_subject]
    if subjects and _other_subject(analysis, clause, subjects[0]):
        subjects = subjects[1:]
    return subjects[0] if subjects else None


def _other_subject(analysis: SentenceAnalysis, clause: Clause, mention: ActorMention) -> bool:
    """Whether a noun before the finite verb is the subject: die Angriffe drängen die Truppen."""
    tokens = analysis.tokens
    finite = next(
        (i for i in clause.tokens if auxiliary(tokens[i].lower) or is_finite(tokens[i])), None
    )
    if finite is None or mention.first < finite or clause.kind not in ("main", "fragment"):
        return False
    if tokens[mention.first - 1].lower not in ("die", "diese"):
        return False
    before = [i for i in clause.tokens if i < finite]
    if not before or not word_class(tokens[before[0]].lower, "determiner"):
        return False
    nouns = [tokens[i] for i in before[1:] if tokens[i].is_capital]
    return bool(nouns) and place_word(nouns[0].text) is None and nouns[0].toponym is None


def _pronoun(analysis: SentenceAnalysis, clause: Clause) -> str:
    for i in clause.tokens:
        word = analysis.tokens[i].lower
        if word in ("man", "wir") or word.startswith("unser"):
            return "own"
        if word == "sie" or word == "diese":
            return "carry"
    return ""


def _clause_subject(
    analysis: SentenceAnalysis, clause: Clause, carried: Carried, depth: int = 0
) -> Actor:
    """Return the subject of a clause, looked for in the clauses it hangs on."""
    if clause.kind == "relative" and not clause.is_coordinate:
        found = _relative_subject(analysis, clause, carried)
        if found is not None:
            return found
    has_subject = clause.kind != "infinitive" and clause.opener not in ("um", "ohne", "statt")
    mention = _subject(analysis, clause) if has_subject else None
    if mention is not None:
        return _of_mention(mention, analysis, carried, "subject")
    pronoun = _pronoun(analysis, clause)
    if pronoun == "own" and carried.claimant in (Side.RU, Side.UA):
        return Actor(carried.claimant, None, "speaks of its own troops")
    if pronoun == "carry":
        if clause.parent is not None and depth < 3:
            parent = _subject(analysis, analysis.clauses[clause.parent])
            if parent is not None and parent.side:
                return _of_mention(parent, analysis, carried, "pronoun")
        previous = [
            a for a in analysis.actors if a.head < clause.tokens[0] and a.is_subject and a.side
        ]
        if previous:
            return _of_mention(previous[-1], analysis, carried, "pronoun")
        return (
            Actor(carried.force, None, "pronoun for the troops spoken of before")
            if carried.force
            else NOBODY
        )
    if (
        clause.parent is not None
        and depth < 3
        and (clause.is_coordinate or clause.kind == "infinitive")
    ):
        parent_clause = analysis.clauses[clause.parent]
        if clause.kind == "infinitive":
            accused = _accused(analysis, parent_clause, carried)
            if accused is not None:
                return accused
            named = {a.side for a in analysis.actors_in(parent_clause.number) if a.side}
            if len(named) > 1:
                return Actor(None, None, "both sides are named above; the side is left open")
        actor = _clause_subject(analysis, parent_clause, carried, depth + 1)
        if actor.side is None and clause.kind == "infinitive":
            sided = {
                _side(a.side, carried)
                for a in analysis.actors_in(parent_clause.number)
                if a.side and not a.is_genitive
            }
            if len(sided) == 1:
                return Actor(sided.pop(), None, "the only side named in the clause above")
        return actor
    if (
        clause.kind == "subordinate"
        and clause.opener in ("um", "ohne", "statt")
        and clause.parent is not None
    ):
        return _clause_subject(analysis, analysis.clauses[clause.parent], carried, depth + 1)
    if clause.kind == "subordinate" and clause.opener in ("um", "ohne", "statt"):
        later = [c for c in analysis.clauses if c.number > clause.number and c.kind == "main"]
        if later and depth < 3:
            return _clause_subject(analysis, later[0], carried, depth + 1)
    return NOBODY


def _accused(analysis: SentenceAnalysis, clause: Clause, carried: Carried) -> Actor | None:
    """Return whom the clause accuses: Moskau wirft der Ukraine vor, X zu beschießen."""
    accusing = [
        a for a in analysis.attributions if a.effect == "accuse" and a.clause == clause.number
    ]
    if not accusing:
        return None
    speaker = accusing[0].speaker
    side = speaker.side if speaker is not None else carried.claimant
    others = [
        a
        for a in analysis.actors_in(clause.number)
        if a.side in ("RU", "UA")
        and a.side != side
        and not (
            speaker is not None and speaker.start <= analysis.tokens[a.head].start < speaker.end
        )
    ]
    if len({a.side for a in others}) == 1:
        return Actor(Side(others[0].side), None, "the accused side")
    return NOBODY


def _relative_subject(analysis: SentenceAnalysis, clause: Clause, carried: Carried) -> Actor | None:
    """Return the antecedent as subject: russische Truppen, die ..."""
    own = _subject(analysis, clause)
    if own is not None:
        return _of_mention(own, analysis, carried, "subject")
    if clause.opener not in ("die", "der", "das", "welche", "welcher"):
        return None
    first = clause.tokens[0]
    before = [a for a in analysis.actors if a.head < first]
    if before and first - before[-1].head <= 3:
        return _of_mention(before[-1], analysis, carried, "antecedent")
    return None


def _agent(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the agent of a passive: von, durch."""
    if trigger.entry.entry in ("be~freien", "säubern"):
        return _freed(analysis, trigger, carried)
    nouns = [t.index for t in analysis.triggers if t.shape == "noun"]
    agents = [
        m
        for m in analysis.actors_in(trigger.clause)
        if m.preposition in ("von", "durch", "seitens", "vom")
        and not _serves_attribute(analysis, m, trigger)
        and not any(0 < m.first - noun <= 3 for noun in nouns)
    ]
    if agents:
        before = [m for m in agents if m.head < trigger.index]
        return _of_mention((before or agents)[-1], analysis, carried, "agent of the passive")
    clause = analysis.clauses[trigger.clause]
    if clause.is_coordinate and clause.parent is not None:
        for mention in analysis.actors_in(clause.parent):
            if mention.preposition in ("von", "durch"):
                return _of_mention(mention, analysis, carried, "agent of the clause gone on from")
    return NOBODY


def _freed(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return who frees: ``von`` names the liberators or those the place is freed from."""
    for mention in analysis.actors_in(trigger.clause):
        if mention.preposition not in ("von", "vom", "durch"):
            continue
        actor = _of_mention(mention, analysis, carried, "named with von")
        if mention.preposition == "durch" or actor.side is carried.claimant is not None:
            return actor
        freed_from = (
            trigger.entry.entry == "säubern"
            or mention.side == "other"
            or carried.claimant is not None
            or analysis.tokens[mention.head].text.startswith(("Besatz", "Invas", "Okkup", "Feind"))
        )
        if freed_from:
            side = carried.claimant if mention.side == "other" else opponent(actor.side)
            return Actor(side, None, f'freed from "{actor.text}"')
        if actor.side is Side.UA:
            return actor
        return Actor(None, None, "both sides are possible after von; the side is left open")
    return NOBODY


def _serves_attribute(analysis: SentenceAnalysis, mention: ActorMention, trigger: Trigger) -> bool:
    """Whether ``von X`` belongs to an attribute: die von Russland besetzte Stadt."""
    following = mention.head + 1
    while following < len(analysis.tokens) and analysis.tokens[following].lower in (
        "noch",
        "bereits",
        "seit",
        "teilweise",
        "weiter",
        "weiterhin",
    ):
        following += 1
    return any(
        t.shape == "attribute" and t.index == following and t is not trigger
        for t in analysis.triggers
    ) or (
        following < len(analysis.tokens)
        and analysis.tokens[following].lower.endswith(("te", "ten", "ene", "enen", "tes"))
        and trigger.index != following
        and not analysis.tokens[following].is_capital
        and following + 1 < len(analysis.tokens)
        and analysis.tokens[following + 1].is_capital
    )


def _owner(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side an event noun or phrase belongs to: adjective, genitive, possessive."""
    tokens = analysis.tokens
    found: list[tuple[Side | None, str]] = []
    at = trigger.index - 1
    floor = max(-1, trigger.first - 7)
    while at > floor:
        token = tokens[at]
        word = actor_words(token.text)
        if word is not None and word.kind == "adjective":
            found.append((_side(word.side, carried), token.text))
        elif word is not None and word.kind == "state" and token.lower.endswith("s"):
            found.append((_side(word.side, carried), token.text))
            break
        elif word_class(token.lower, "possessive") and trigger.shape == "noun":
            after = _owner_after(analysis, trigger, carried)
            if after.side is not None:
                return after
            actor = _clause_subject(analysis, analysis.clauses[trigger.clause], carried)
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
            return _of_mention(mention, analysis, carried, "genitive after the event")
        if mention.preposition in ("durch", "seitens") and mention.first - trigger.index <= 14:
            return _of_mention(mention, analysis, carried, "agent after the event")
        if (
            mention.preposition == "von"
            and near
            and mention.kind in ("force", "state", "role")
            and mention.side
        ):
            return _of_mention(mention, analysis, carried, "agent after the event")
    return NOBODY


def _noun_subject(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the subject of the clause as the one who acts: Truppen erzielten Geländegewinne."""
    clause = analysis.clauses[trigger.clause]
    before = trigger.first - 1
    tokens = analysis.tokens
    while (
        before >= 0
        and not tokens[before].is_capital
        and tokens[before].is_word
        and not word_class(tokens[before].lower, "preposition")
        and trigger.first - before < 6
    ):
        before -= 1
    if before >= 0 and tokens[before].lower in _ADVERBIAL and trigger.shape == "noun":
        forward = [
            t
            for t in analysis.triggers
            if t.clause == trigger.clause
            and t is not trigger
            and t.event in (Event.ENCIRCLEMENT, Event.CAPTURE, Event.ADVANCE)
        ]
        own_attack = tokens[before].lower == "bei" and tokens[before + 1].lower in (
            "einem",
            "einer",
        )
        if own_attack and trigger.event in (Event.ATTACK, Event.STRIKE):
            subject = _subject(analysis, clause)
            if subject is not None and subject.kind == "force" and "getötet" in clause.text.split():
                return _of_mention(subject, analysis, carried, "subject")
        if not (
            trigger.event is Event.CAPTURE and tokens[before].lower in ("durch", "mit") and forward
        ):
            return NOBODY
    effect = None
    for i in clause.tokens:
        for speech in speech_verbs().get(tokens[i].lower, ()):
            if speech.particle is None or any(
                tokens[j].lower == speech.particle for j in clause.tokens if j > i
            ):
                if speech.kind is not FormKind.ZU and not (tokens[i].is_capital and i):
                    effect = speech.effect
    if effect is not None:
        if effect in ("admit", "confirm") and trigger.event is Event.WITHDRAWAL:
            effect = "announce"  # Russland gibt den Abzug zu
        if effect not in ("announce", "say", "plan") or trigger.event not in _OWN_ACTS:
            return NOBODY
        if trigger.event not in _ANNOUNCED and effect != "plan":
            return NOBODY
        if effect == "say" and trigger.event not in (Event.WITHDRAWAL, Event.CAPTURE):
            return NOBODY
    actor = _clause_subject(analysis, clause, carried)
    if effect is None and trigger.event in (Event.STRIKE, Event.ATTACK):
        role = next(
            (
                light_verbs()[tokens[i].lower]
                for i in clause.tokens
                if tokens[i].lower in light_verbs()
            ),
            "",
        )
        if role == "victim":
            return Actor(
                opponent(actor.side), None, f"done to {actor.text}, so the other side acts"
            )
        if role != "actor":
            return NOBODY
    if actor.side is None:
        actor = _event_subject(analysis, trigger, carried)
    if actor.side is None:
        agent = _agent(analysis, trigger, carried)
        if agent.side is not None:
            return agent
    return actor


def _event_subject(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side of the event that brings this one about: die ukrainische Offensive führte zu."""
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
        and a.kind in ("force", "generic", "role")
        and (a.side or a.kind == "generic")
    ]
    if patients:
        actor = _of_mention(patients[0], analysis, carried, "done to")
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
            actor = _of_mention(owners[0], analysis, carried, "done to")
            return Actor(opponent(actor.side), None, f"{actor.reason}, so the other side acts")
    pronoun = _pronoun(analysis, analysis.clauses[trigger.clause])
    if pronoun == "carry":
        actor = _clause_subject(analysis, analysis.clauses[trigger.clause], carried)
        if actor.side is None:
            sides = {
                _side(a.side, carried) for a in analysis.actors if a.side and a.head < trigger.index
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
                side = _side(word.side, carried)
                return Actor(
                    opponent(side), None, f'"{analysis.words(at, i)}" broken by the other side'
                )
    return NOBODY


def resolve_actor(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side that acts in an event, None where the words leave it open."""
    actor = _resolve(analysis, trigger, carried)
    if actor.side is None and trigger.event is Event.BREAKTHROUGH:
        return _against_lines(analysis, trigger, carried)
    return actor


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
            accused = _accused(analysis, analysis.clauses[trigger.clause], carried)
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
        actor = _agent(analysis, trigger, carried)
        if actor is NOBODY and trigger.event in (
            Event.ADVANCE,
            Event.CAPTURE,
            Event.ENCIRCLEMENT,
            Event.REPELLED,
            Event.ATTACK,
        ):
            actor = _of_patient(analysis, trigger, carried)
        return actor
    actor = _clause_subject(analysis, analysis.clauses[trigger.clause], carried)
    if agent == "opponent":
        return Actor(
            opponent(actor.side), None, f"{actor.reason}; its loss is the other side's gain"
        )
    return actor


def _phrase_owner(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    for i in range(trigger.first, trigger.index + 1):
        word = actor_words(analysis.tokens[i].text)
        if word is not None and word.side:
            return Actor(
                _side(word.side, carried),
                analysis.tokens[i].text,
                f'"{analysis.tokens[i].text}" in the phrase',
            )
    actor = _owner_after(analysis, trigger, carried)
    if actor.side is not None:
        return actor
    before = analysis.tokens[trigger.first - 1] if trigger.first else None
    if before is not None and actor_words(before.text) is not None:
        return _owner(analysis, trigger, carried)
    return _agent(analysis, trigger, carried)


def _owner_into_hands(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side a place falls to: an Russland, in russische Hände."""
    for mention in analysis.actors_in(trigger.clause):
        if mention.preposition in ("an", "durch") and mention.side:
            return _of_mention(mention, analysis, carried, "the place falls to")
    return NOBODY


def _attribute_actor(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    if trigger.event is Event.CLASH:
        return NOBODY
    before = analysis.tokens[trigger.index - 1] if trigger.index else None
    word = actor_words(before.text) if before is not None else None
    if word is not None and word.kind == "adjective" and before is not None:
        return Actor(
            _side(word.side, carried), before.text, f'"{before.text}" before the attribute'
        )
    for mention in analysis.actors:
        if mention.preposition in ("von", "durch") and 0 < trigger.index - mention.head <= 4:
            return _of_mention(mention, analysis, carried, "agent of the attribute")
    return NOBODY
