"""Claims of one sentence: event, actor, place and relation, claimant, modality, date, count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontmap.claims.events.conditions import has_object_noun
from frontmap.claims.events.contrasts import is_spared
from frontmap.claims.events.counts import count_of
from frontmap.claims.events.dates import date_of
from frontmap.claims.events.questions import is_asked, is_called_for
from frontmap.claims.lexicon.words import pattern, prefixes, word_set
from frontmap.claims.modality.givenness import is_given
from frontmap.claims.modality.modalities import read_modality
from frontmap.claims.modality.negation import is_negated
from frontmap.claims.passage.context import Context
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.passage.echoes import (
    anaphoric_denials,
    blame,
    look_back,
    mutual_accusations,
)
from frontmap.claims.passage.inference import GAINS, infer_actor, is_inferable
from frontmap.claims.passage.passage_sides import (
    inherit_sides,
    take_offensive_side,
    take_striking_side,
)
from frontmap.claims.passage.scope import OWN_NAMES, Coverage, select_attribution, told_by_the_way
from frontmap.claims.places.assignment import Assignment
from frontmap.claims.places.relations import moved_m, origin, pair_anchors, relation_of
from frontmap.claims.records import Event, Modality, Relation, Side
from frontmap.claims.sentence.actors import opponent, preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sentence.speakers import Speaker
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.roles import resolve_actor
from frontmap.claims.sides.subjects import Actor
from frontmap.claims.syntax.clauses import Clause

__all__ = ["ClaimDraft", "draft_assignment", "draft_claims"]


_CASUALTIES = pattern("casualties")
_PUSHING_BACK = word_set("pushing_back")
_ATTACKERS = prefixes("attackers")


def _is_attacker(word: str) -> bool:
    return word.startswith(_ATTACKERS)


def _event(analysis: SentenceAnalysis, assignment: Assignment, attempted: bool) -> Event:
    """Turn tries into attacks and attacks with bombs or casualties into strikes."""
    trigger = assignment.trigger
    beats_back = trigger.event is Event.REPELLED and trigger.entry.agent != "opponent"
    if attempted and (beats_back or trigger.event in GAINS):
        return Event.ATTACK
    if trigger.entry.entry in _PUSHING_BACK and has_object_noun(analysis, trigger, _is_attacker):
        return Event.REPELLED  # die Angreifer wurden zurückgedrängt
    if trigger.event is Event.ATTACK and trigger.entry.entry.startswith("Offensive"):
        return trigger.event  # an offensive is fought on the ground
    if trigger.event is Event.ATTACK and trigger.entry.event is Event.ATTACK:
        text = analysis.text[analysis.sentence.start : analysis.sentence.end].lower()
        if _CASUALTIES.search(text):
            return Event.STRIKE
    return trigger.event


# what somebody foresees, unless the words take it as given
_FORESEEN = {
    "plan": (Modality.PLANNED, "announced for the future"),
    "fear": (Modality.POSSIBLE, "feared or expected"),
}


def _modality(
    analysis: SentenceAnalysis, trigger: Trigger, coverage: Coverage | None, said: Modality | None
) -> tuple[Modality, str]:
    """Combine what the words of the clause say with who says it; with the reason, if that tells."""
    effect = coverage.effect if coverage is not None else ""
    if effect == "deny":
        if said is Modality.DENIED and is_negated(trigger, analysis.clauses):
            return Modality.REPORTED, "the claimant denies the negation"
        return Modality.DENIED, "the claimant denies it"
    if effect == "doubt" and said is not Modality.POSSIBLE:
        return Modality.REPORTED, "not confirmed is not denied"
    if said is not None and said is not Modality.REPORTED:
        return said, ""
    if effect in _FORESEEN:
        given = is_given(trigger, analysis.tokens)
        return (Modality.REPORTED, "") if given else _FORESEEN[effect]
    if is_called_for(analysis, trigger):
        return Modality.PLANNED, "a call to somebody"
    if is_asked(analysis, trigger):
        return Modality.POSSIBLE, "an open question"
    if coverage is not None or said is Modality.REPORTED:
        return Modality.REPORTED, ""
    return Modality.ASSERTED, ""


def _quote(analysis: SentenceAnalysis, clause: Clause) -> tuple[int, int]:
    """Return the span of the clause with what it hangs on, else the sentence."""
    sentence = analysis.sentence
    if sentence.end - sentence.start <= 300:
        return sentence.start, sentence.end
    tokens = analysis.tokens
    return tokens[clause.tokens[0]].start, tokens[clause.tokens[-1]].end


def draft_claims(
    analysis: SentenceAnalysis,
    assignments: Sequence[Assignment],
    context: Context,
    earlier: Sequence[ClaimDraft],
) -> list[ClaimDraft]:
    """Make the claims of one sentence."""
    drafts: list[ClaimDraft] = []
    for assignment in assignments:
        drafts += draft_assignment(analysis, assignment, context)
    drafts = _without_doubles(drafts)
    inherit_sides(drafts, earlier, context)
    take_offensive_side(analysis, drafts, context)
    take_striking_side(analysis, drafts, context)
    look_back(analysis, earlier)
    blame(analysis, earlier, drafts)
    drafts += anaphoric_denials(analysis, context, [*earlier, *drafts], drafts)
    return [*drafts, *mutual_accusations(analysis, drafts)]


_PLANS = prefixes("plans")


def _planner(analysis: SentenceAnalysis, trigger: Trigger, actor: Actor) -> Actor:
    """Return the side a plan is of: Ziel der russischen Armee ist die Eroberung von X."""
    own_acts = (*GAINS, Event.ATTACK, Event.COUNTERATTACK, Event.WITHDRAWAL)
    if actor.side is not None or trigger.shape != "noun" or trigger.event not in own_acts:
        return actor
    mentions = analysis.actors_in(trigger.clause)
    planners = [
        a
        for a in mentions
        if a.is_genitive
        and any(t.lower.startswith(_PLANS) for t in analysis.tokens[max(0, a.first - 3) : a.first])
    ]
    planners = planners or [a for a in mentions if a.is_subject and a.head < trigger.first]
    sides = {a.side for a in planners} & {"RU", "UA"}
    if len(sides) == 1:
        return Actor(Side(sides.pop()), None, "the only side the plan can be of")
    return actor


def _speaks_itself(actor: Actor, speaker: Speaker | None) -> bool:
    """Whether nobody else, or only the other side, is held for the claimant."""
    if speaker is None or speaker.side is None:
        return speaker is None
    return {actor.side, speaker.side} == {Side.RU, Side.UA}


def _own_claim(actor: Actor, start: int, token: int) -> Coverage | None:
    """Return the claimant of ``Russland will X erobert haben``: the subject itself."""
    if actor.side is None:
        return None
    speaker = Speaker(OWN_NAMES[actor.side], actor.side, "official", start, start, token)
    return Coverage(speaker, "announce", "claims it of itself (will ... haben)")


def _told_by(analysis: SentenceAnalysis, clause: Clause) -> Side | None:
    """Return whose words the clause repeats: der russischen Darstellung, man habe X erobert."""
    start = analysis.tokens[clause.tokens[0]].start
    for speaker in analysis.speakers:
        parted = analysis.text[speaker.end : start].strip(' "„»') == ","
        noun = analysis.text[speaker.start : speaker.end].split()[-1].lower()
        if parted and noun.startswith(_TOLD) and speaker.side in (Side.RU, Side.UA):
            return speaker.side
    return None


_TOLD = prefixes("told_nouns")


def _at_place(
    analysis: SentenceAnalysis,
    trigger: Trigger,
    place: PlaceReference,
    coverage: Coverage | None,
    modality: Modality,
) -> Modality:
    """Return the modality at one of the places: nicht in A, sondern in B."""
    denier = coverage is not None and coverage.effect == "deny"
    if modality is not Modality.DENIED or denier or not is_spared(analysis, trigger, place):
        return modality
    return Modality.ASSERTED if coverage is None else Modality.REPORTED


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is told of an event word, the same at all of its places."""

    event: Event
    actor: Actor
    coverage: Coverage | None
    modality: Modality
    notes: list[str]
    voice: Side | None  # whose words the passage gave last, where nobody is cited


def draft_assignment(
    analysis: SentenceAnalysis, assignment: Assignment, context: Context
) -> list[ClaimDraft]:
    """Make the claims of one event word at its places."""
    telling = _tell(analysis, assignment, context)
    if telling is None:
        return []
    drafts: list[ClaimDraft] = []
    for place, target in pair_anchors(assignment.places):
        relation = relation_of(analysis, assignment, place, telling.event)
        if relation is None:
            continue
        draft = _draft_at(analysis, assignment.trigger, telling, place, relation)
        draft.target = target or place.bank
        said, published = draft.modality, context.article.published
        draft.date = date_of(analysis, assignment.trigger, telling.event, said, published)
        drafts.append(draft)
    return drafts


def _tell(analysis: SentenceAnalysis, assignment: Assignment, context: Context) -> _Telling | None:
    """Read who says what of whom; None where a side is needed and none can be inferred."""
    trigger = assignment.trigger
    clause = analysis.clauses[trigger.clause]
    coverage = _coverage(analysis, trigger, context)
    carried = context.carried(coverage.speaker if coverage else None)
    carried.claimant = _told_by(analysis, clause) or carried.claimant
    # räumt ein, die Armee sei abgezogen: whoever admits it speaks of his own
    carried.reports = carried.reports or (coverage is not None and coverage.effect == "admit")
    actor = resolve_actor(analysis, trigger, carried)
    said = read_modality(
        trigger, analysis.clauses, analysis.tokens, is_attributed=coverage is not None
    )
    modality, reason = _modality(analysis, trigger, coverage, said.modality)
    if modality is said.modality is Modality.REPORTED:
        coverage = _reported_by(analysis, trigger, context, coverage, actor, said.word)
    if modality is Modality.PLANNED and trigger.entry.agent != "opponent":
        actor = _planner(analysis, trigger, actor)
    if _lacks_actor(analysis, trigger, actor) and not is_inferable(trigger, coverage):
        return None
    event = _event(analysis, assignment, said.is_attempt)
    is_cited = coverage is not None and coverage.speaker is not None
    voice = None if is_cited else context.voice(analysis)
    by_words = f'"{said.word}" makes it {said.modality}' if said.modality is not None else ""
    notes = [note for note in (by_words, reason) if note]
    return _Telling(event, actor, coverage, modality, notes, voice)


def _coverage(analysis: SentenceAnalysis, trigger: Trigger, context: Context) -> Coverage | None:
    """Return who tells of the event; what an attribute or an aside holds nobody is cited for."""
    if trigger.shape == "attribute" and trigger.event is not Event.CAPTURE:
        return None
    clause = analysis.clauses[trigger.clause]
    start, end = (analysis.tokens[clause.tokens[0]].start, analysis.tokens[clause.tokens[-1]].end)
    subject = resolve_actor(analysis, trigger, context.carried(None))
    coverage = select_attribution(
        analysis, clause, context.memory, context.quote_speaker(start, end), subject.side
    )
    return None if told_by_the_way(analysis, trigger) else coverage


_CLAIMS_OF_ITSELF = word_set("claims_of_itself")
_REPORTING = prefixes("reporting")


def _reported_by(
    analysis: SentenceAnalysis,
    trigger: Trigger,
    context: Context,
    coverage: Coverage | None,
    actor: Actor,
    word: str,
) -> Coverage | None:
    """Return who reports what `word`, a form of soll or will, makes a report."""
    if coverage is None and word.startswith(_REPORTING):
        recent = context.memory.recent(analysis.sentence.start)
        if recent is not None:  # meldet Kämpfe. Bei X sollen Truppen vorgerückt sein
            coverage = Coverage(recent, "say", "soll: the report goes on")
    speaker = coverage.speaker if coverage is not None else None
    if word in _CLAIMS_OF_ITSELF and _speaks_itself(actor, speaker):
        first = analysis.clauses[trigger.clause].tokens[0]
        return _own_claim(actor, analysis.tokens[first].start, first)
    return coverage


def _lacks_actor(analysis: SentenceAnalysis, trigger: Trigger, actor: Actor) -> bool:
    """Whether the event needs a side, and none is named."""
    if "actor" not in trigger.entry.needs or actor.side is not None:
        return False
    if trigger.event is Event.WITHDRAWAL and trigger.shape in ("verb", "phrase"):
        # Armee gibt X auf: troops act, whose is left open; Wuhledar wurde aufgegeben
        return not (_troops_act(analysis, trigger) or _is_given_up(analysis, trigger))
    return True


def _is_given_up(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether a passive tells by itself that troops leave: die Stellungen bei X wurden geräumt."""
    if trigger.voice != "passive" or not analysis.is_military:
        return False
    return trigger.entry.entry == "auf|geben" or has_object_noun(
        analysis, trigger, lambda word: word.lower().startswith(_HELD_GROUND)
    )


_HELD_GROUND = prefixes("held_ground")


def _draft_at(
    analysis: SentenceAnalysis,
    trigger: Trigger,
    telling: _Telling,
    place: PlaceReference,
    relation: Relation,
) -> ClaimDraft:
    """Make the claim of one event word at one place."""
    coverage = telling.coverage
    said = _at_place(analysis, trigger, place, coverage, telling.modality)
    actor = _gapped(analysis, trigger, place) or telling.actor
    start, end = _quote(analysis, analysis.clauses[trigger.clause])
    draft = ClaimDraft(
        event=telling.event,
        actor=infer_actor(actor, trigger, coverage, place, said, telling.voice),
        place=place,
        relation=relation,
        modality=said,
        coverage=coverage if coverage is None or coverage.effect != "doubt" else None,
        start=start,
        end=end,
        paragraph=analysis.sentence.paragraph,
        origin=origin(analysis, trigger, relation),
        count=count_of(analysis, trigger, place),
        shape=trigger.shape,
        moved_m=moved_m(analysis, trigger, place),
        entry=trigger.entry.entry,
        is_harm="told" in trigger.entry.needs,
        clause=trigger.clause,
        is_definite=_is_definite(analysis, trigger),
    )
    spared = telling.modality is not said
    notes = ["the negation is of another place"] if spared else telling.notes
    draft.reasons = [*_explain(analysis, trigger, draft), *notes]
    return draft


def _is_definite(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the event is one told of before: der Angriff."""
    if trigger.shape != "noun" or not trigger.first:
        return False
    return analysis.tokens[trigger.first - 1].lower in _TOLD_BEFORE


_TOLD_BEFORE = word_set("told_before")


def _troops_act(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether troops of no named side are the subject."""
    subjects = [a for a in analysis.actors_in(trigger.clause) if a.is_subject]
    return bool(subjects) and subjects[0].kind == "generic" and trigger.voice == "active"


def _gapped(analysis: SentenceAnalysis, trigger: Trigger, place: PlaceReference) -> Actor | None:
    """Return the subject of a clause that leaves its verb out: ..., ukrainische bei X."""
    for mention in reversed(analysis.actors_in(trigger.clause)):
        between = trigger.index < mention.first and mention.head < place.index
        _, _, at = preposition_before(analysis.tokens, mention.first)
        parted = at >= 0 and analysis.tokens[at].text in (",", "und")
        if between and parted and mention.is_subject and mention.side in ("RU", "UA"):
            words = analysis.words(mention.first, mention.head)
            side: Side | None = Side(mention.side)
            if trigger.entry.agent == "opponent":
                side = opponent(side)  # die Russen verloren X, die Ukrainer Y
            return Actor(side, words, f'subject without a verb: "{words}"')
    return None


def _explain(analysis: SentenceAnalysis, trigger: Trigger, draft: ClaimDraft) -> list[str]:
    """Return the steps that made the claim, readable, in order."""
    word = analysis.words(trigger.first, trigger.index)
    steps = [f'"{word}" ({trigger.entry.entry}, {trigger.shape}): {draft.event}']
    if draft.actor.reason:
        steps.append(f"actor {draft.actor.side or 'open'}: {draft.actor.reason}")
    place = draft.place
    shown = f' ("{place.word}")' if place.word else ""
    steps.append(f"place {place.toponym.mention.surface}: {draft.relation}{shown}")
    if draft.coverage is not None:
        steps.append(draft.coverage.reason)
    return steps


_FAMILIES = (
    frozenset({Event.ATTACK, Event.STRIKE}),
    frozenset({Event.ADVANCE, Event.ATTACK, Event.COUNTERATTACK}),
    frozenset({Event.ATTACK, Event.REPELLED}),
    frozenset({Event.CLASH, Event.ATTACK}),
)


_WEAKER = {"noun": 1, "attribute": 2}


def _without_doubles(drafts: list[ClaimDraft]) -> list[ClaimDraft]:
    """Keep one of two readings of the same thing at the same place: the verb over the noun.

    The noun goes over an attribute: der Angriff auf das umkämpfte X.
    """
    kept: list[ClaimDraft] = []
    for draft in sorted(drafts, key=lambda d: (_WEAKER.get(d.shape, 0), d.claimant_side is None)):
        double = any(
            other.place.toponym.place == draft.place.toponym.place
            and other.start == draft.start
            and (
                other.event == draft.event
                or any({other.event, draft.event} <= f for f in _FAMILIES)
            )
            and (draft.shape in ("noun", "attribute") or other.event == draft.event)
            and other.modality == draft.modality
            and (
                other.actor.side == draft.actor.side or None in (other.actor.side, draft.actor.side)
            )
            for other in kept
        )
        if not double:
            kept.append(draft)
    return [d for d in drafts if d in kept]
