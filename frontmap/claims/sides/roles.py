"""Which side acts in an event: by syntax, carried references, and what the claimant implies."""

from __future__ import annotations

from frontmap.claims.lexicon import actor_words
from frontmap.claims.lexicon.words import pattern, prefixes, word_class, word_set
from frontmap.claims.records import Event, Side
from frontmap.claims.sentence.actors import ActorMention, opponent, preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.agents import passive_agent
from frontmap.claims.sides.noun_roles import (
    GAINS,
    noun_subject,
    own_deed,
    owner,
    owner_after,
    warns,
)
from frontmap.claims.sides.significance import told_by_outcome
from frontmap.claims.sides.struck import struck_side
from frontmap.claims.sides.subjects import (
    NOBODY,
    Actor,
    Carried,
    accused_side,
    clause_subject,
    mentioned_side,
    of_mention,
    pronoun_of,
)

__all__ = ["GAINS", "Actor", "Carried", "resolve_actor"]


def _of_patient(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the other side of those it is done to: ukrainische Truppen wurden zurückgedrängt."""
    if trigger.event is Event.REPELLED:
        attacked = _against_attack(analysis, trigger, carried)
        if attacked is not None:
            return attacked
    patients = [a for a in analysis.actors_in(trigger.clause) if _is_patient(analysis, trigger, a)]
    if not patients and trigger.event is Event.ENCIRCLEMENT:
        owners = _owners_of_encircled(analysis, trigger)
        patients = owners if len({a.side for a in owners}) == 1 else []
    if patients:
        actor = of_mention(patients[0], analysis, carried, "done to")
        return Actor(opponent(actor.side), None, f"{actor.reason}, so the other side acts")
    return _of_carried_patient(analysis, trigger, carried)


def _is_patient(analysis: SentenceAnalysis, trigger: Trigger, mention: ActorMention) -> bool:
    """Whether the event is done to troops, or to what stands for them, as the subject."""
    if not mention.is_subject or _speaks(analysis, mention):
        return False
    encircled = trigger.event is Event.ENCIRCLEMENT and not analysis.is_town(mention)
    stands_for = mention.kind in ("force", "generic", "role") or mention.side == "other"
    return (stands_for or encircled) and (bool(mention.side) or mention.kind == "generic")


def _owners_of_encircled(analysis: SentenceAnalysis, trigger: Trigger) -> list[ActorMention]:
    """Return whose troops or supplies are cut off: der Nachschub der ukrainischen Truppen."""
    return [
        a
        for a in analysis.actors_in(trigger.clause)
        if a.is_genitive
        and a.kind in ("force", "role")
        and any(
            t.lower.startswith(_ENCIRCLED) for t in analysis.tokens[max(0, a.first - 3) : a.first]
        )
    ]


_ENCIRCLED = prefixes("encircled")


def _of_carried_patient(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the other side of those a pronoun stands for: dort wurden sie zurückgedrängt."""
    clause = analysis.clauses[trigger.clause]
    if pronoun_of(analysis, clause) != "carry" or "direct" in trigger.entry.needs:
        return NOBODY
    actor = clause_subject(analysis, clause, carried)
    if actor.side is None:
        sides = {
            mentioned_side(a.side, carried)
            for a in analysis.actors
            if a.side and a.head < trigger.index
        }
        actor = Actor(sides.pop(), None, "") if len(sides) == 1 else actor
    reason = "done to those spoken of before, so the other side acts"
    return Actor(opponent(actor.side), None, reason)


def _speaks(analysis: SentenceAnalysis, mention: ActorMention) -> bool:
    """Whether who is named tells of it: sei gesäubert worden, so das russische Militär."""
    start = analysis.tokens[mention.head].start
    spans = ((a.speaker.start, a.speaker.end) for a in analysis.attributions if a.speaker)
    return any(first <= start < last for first, last in spans)


def _against_attack(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return the other side of whose attack it is: einen russischen Angriff zurückgeschlagen."""
    for other in analysis.triggers:
        if other.clause == trigger.clause and other.shape == "noun":
            actor = owner(analysis, other, carried)
            if actor.side is not None:
                reason = f'attacks of the other side: "{actor.text}"'
                return Actor(opponent(actor.side), None, reason)
    return None


_ATTACKS = (
    Event.ATTACK, Event.COUNTERATTACK, Event.STRIKE, Event.ADVANCE, Event.BREAKTHROUGH,
)  # fmt: skip


def _by_attack(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return whose attack is the subject: russische Angriffe drängten die Ukrainer zurück.

    Of verbs with an attack as their object the attack may stand first as well: none of them here.
    """
    needs = trigger.entry.needs
    drives = trigger.event in (Event.REPELLED, Event.CAPTURE) or "from" in needs
    if trigger.shape != "verb" or not drives or {"attack", "direct", "reflexive"} & needs:
        return None
    mentions = analysis.actors_in(trigger.clause)
    for other in analysis.triggers:
        if other.clause != trigger.clause or other.shape != "noun" or other.event not in _ATTACKS:
            continue
        before, determiner, _ = preposition_before(analysis.tokens, other.index)
        if before or determiner in ("den", "einen") or other.index > trigger.index:
            return None
        beaten = [a for a in mentions if a.is_subject and a.side]
        if any(a.first < other.index for a in beaten):
            return None
        actor = owner(analysis, other, carried)
        if actor.side is not None or not beaten:
            return actor
        back = of_mention(beaten[0], analysis, carried, "driven back by an attack")
        return Actor(opponent(back.side), None, f"{back.reason}, so the other side acts")
    return None


def resolve_actor(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side that acts in an event, None where the words leave it open."""
    actor = _resolve(analysis, trigger, carried)
    if actor.side is None and trigger.event is Event.REPELLED and trigger.shape != "noun":
        return _against_attack(analysis, trigger, carried) or actor
    if actor.side is None and trigger.event in GAINS and not actor.reason.startswith("both"):
        outcome = told_by_outcome(analysis, trigger)
        if outcome.side is not None:
            return outcome
    if actor.side is None and trigger.event in (*GAINS, Event.ATTACK, Event.STRIKE):
        struck = struck_side(analysis, trigger, carried)
        if struck.side is not None:
            return struck
    if actor.side is None and trigger.event in GAINS:
        return _against_report(analysis, trigger) or actor
    return actor


_AGAINST = (pattern("against_report"), pattern("against_report_of"))


def _against_report(analysis: SentenceAnalysis, trigger: Trigger) -> Actor | None:
    """Return whose gain it would be: entgegen russischen Angaben ist die Stadt nicht gefallen."""
    clause = analysis.clauses[trigger.clause]
    if not word_set("negations") & set(clause.text.split()):
        return None
    for found in filter(None, (p.search(clause.text) for p in _AGAINST)):
        at = len(clause.text[: found.start(1)].split())
        if at >= len(clause.tokens):
            continue
        word = actor_words(analysis.tokens[clause.tokens[at]].text)
        if word is not None and word.side in ("RU", "UA"):
            return Actor(Side(word.side), None, f'claimed falsely: "{found.group(0)}"')
    return None


def _resolve(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side that the shape of the event and its agent role give."""
    if trigger.shape == "attribute":
        return _attribute_actor(analysis, trigger, carried)
    if trigger.entry.agent == "none":
        falls = trigger.event is Event.CAPTURE
        return _of_fall(analysis, trigger, carried) if falls else NOBODY
    if trigger.shape == "noun":
        return _noun_actor(analysis, trigger, carried)
    if trigger.shape == "phrase" and trigger.entry.agent == "owner":
        actor = _phrase_owner(analysis, trigger, carried)
        if actor.side is not None:
            return actor
        deed = own_deed(analysis, trigger, carried) if "nominal" in trigger.entry.needs else None
        if deed is not None:
            return deed
    if trigger.voice in ("passive", "state"):
        actor = passive_agent(analysis, trigger, carried)
        if actor is NOBODY and trigger.event in _DONE_TO_TROOPS:
            actor = _of_patient(analysis, trigger, carried)
        if actor is NOBODY and trigger.event is Event.WITHDRAWAL:
            return _withdrawn(analysis, trigger, carried) or actor
        return actor
    if trigger.shape == "phrase" and trigger.event is Event.STRIKE and warns(analysis, trigger):
        return NOBODY  # die Luftwaffe warnt vor Gleitbomben auf X
    attacker = _by_attack(analysis, trigger, carried)
    if attacker is not None:
        return attacker
    actor = clause_subject(analysis, analysis.clauses[trigger.clause], carried)
    if actor.side is None and trigger.event is Event.WITHDRAWAL:
        return _withdrawn(analysis, trigger, carried) or actor
    return _opponent_gains(actor) if trigger.entry.agent == "opponent" else actor


_DONE_TO_TROOPS = (
    Event.ADVANCE,
    Event.CAPTURE,
    Event.ENCIRCLEMENT,
    Event.REPELLED,
    Event.ATTACK,
)


def _noun_actor(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return who does what a noun tells: its owner, who is accused of it, or its subject."""
    actor = owner(analysis, trigger, carried)
    if actor is NOBODY and trigger.event is not Event.CLASH:
        accused = accused_side(analysis, analysis.clauses[trigger.clause], carried)
        if accused is not None:
            return accused
    if actor is NOBODY:
        actor = noun_subject(analysis, trigger, carried)
    loses = trigger.entry.agent == "opponent" and not actor.reason.startswith("done to")
    return _opponent_gains(actor) if loses else actor


def _opponent_gains(actor: Actor) -> Actor:
    reason = f"{actor.reason}; its loss is the other side's gain"
    return Actor(opponent(actor.side), None, reason)


def _withdrawn(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor | None:
    """Return the side of the troops that are the object: ukrainische Soldaten abzuziehen."""
    mentions = analysis.actors_in(trigger.clause)
    troops = [a for a in mentions if a.kind in ("force", "role") and not a.preposition and a.side]
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
        named = [a for a in analysis.actors if a.head < trigger.first and a.is_subject and a.side]
        if named and word_class(analysis.tokens[i].lower, "possessive"):
            return of_mention(named[-1], analysis, carried, "possessive")  # X ist in ihrer Hand
    actor = owner_after(analysis, trigger, carried)
    if actor.side is not None:
        return actor
    if analysis.tokens[trigger.index].lower in ("hand", "hände"):
        for mention in analysis.actors_in(trigger.clause):  # den Russen fiel X in die Hände
            if not (mention.preposition or mention.is_subject or mention.is_genitive):
                return of_mention(mention, analysis, carried, "the place falls to")
    before = analysis.tokens[trigger.first - 1] if trigger.first else None
    if before is not None and actor_words(before.text) is not None:
        return owner(analysis, trigger, carried)
    return passive_agent(analysis, trigger, carried)


def _of_fall(analysis: SentenceAnalysis, trigger: Trigger, carried: Carried) -> Actor:
    """Return the side a place falls to, or that celebrates its fall."""
    actor = _owner_into_hands(analysis, trigger, carried)
    if actor.side is not None or trigger.shape != "noun":
        return actor
    return own_deed(analysis, trigger, carried) or actor


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
    return _pronoun_before(analysis, trigger)


def _pronoun_before(analysis: SentenceAnalysis, trigger: Trigger) -> Actor:
    """Return whom a pronoun before the attribute stands for: die von ihm kontrollierten Häfen."""
    words = [t.lower for t in analysis.tokens[max(0, trigger.index - 2) : trigger.index]]
    if len(words) < 2 or words[0] != "von" or words[1] not in ("ihm", "ihr", "ihnen"):
        return NOBODY
    named = [a for a in analysis.actors if a.head < trigger.index and a.is_subject]
    if not named or named[-1].side not in ("RU", "UA"):
        return NOBODY
    text = analysis.words(named[-1].first, named[-1].head)
    return Actor(Side(named[-1].side), text, f'"{words[1]}" stands for "{text}"')
