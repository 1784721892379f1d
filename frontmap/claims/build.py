"""Claims of one sentence: event, actor, place and relation, claimant, modality, date, count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontmap.claims.events.conditions import has_object_noun
from frontmap.claims.events.contrasts import is_spared
from frontmap.claims.events.counts import count_of
from frontmap.claims.events.dates import date_of
from frontmap.claims.events.questions import is_asked, is_called_for
from frontmap.claims.lexicon import line_word, place_word
from frontmap.claims.lexicon.words import pattern, prefixes, word_set
from frontmap.claims.modality.givenness import is_given
from frontmap.claims.modality.modalities import read_modality
from frontmap.claims.passage.context import Context
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.passage.echoes import anaphoric_denials, look_back, mutual_accusations
from frontmap.claims.passage.inference import GAINS, infer_actor, is_inferable
from frontmap.claims.passage.passage_sides import (
    inherit_sides,
    take_offensive_side,
    take_striking_side,
)
from frontmap.claims.passage.scope import Coverage, select_attribution, told_by_the_way
from frontmap.claims.places.assignment import Assignment
from frontmap.claims.records import Event, Modality, Relation, Side
from frontmap.claims.sentence.actors import opponent, preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference, is_region
from frontmap.claims.sentence.speakers import Speaker
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.roles import resolve_actor
from frontmap.claims.sides.subjects import Actor
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.noun_phrases import number_value

__all__ = ["ClaimDraft", "draft_assignment", "draft_claims"]


_CASUALTIES = pattern("casualties")


def _relation(place: PlaceReference, trigger: Trigger) -> Relation | None:
    """Decide the relation with the event; None where the place is only where it started."""
    event, relation = trigger.event, place.relation
    if relation == "in" and trigger.entry.entry.startswith("heran|"):
        return Relation.TOWARD  # an die Stadt heranrücken
    if event is Event.WITHDRAWAL and place.word.startswith(("in die", "in das", "ins")):
        return None  # where they go
    if relation in ("direct", "in"):
        return Relation.AT
    if relation == "near" and place.word in _SECTORS and event is Event.ADVANCE:
        return Relation.TOWARD  # an der Melitopol-Front vorgerückt
    if relation == "around":
        holds = (Event.CLASH, Event.ENCIRCLEMENT, Event.CONTROL)
        return Relation.AT if event in holds else Relation.NEAR
    if relation == "from":
        if place.noun == "any" and event in _STARTED:
            return None  # von dort könnten sie angreifen
        if "from" in trigger.entry.needs:
            return Relation.AT
        nominal = trigger.shape == "noun" or "nominal" in trigger.entry.needs
        if event is Event.WITHDRAWAL or nominal or event is Event.CAPTURE:
            return Relation.AT
        return None
    if relation == "onto":
        if event is Event.WITHDRAWAL:
            return None
        if place.word == "nach" and trigger.entry.entry.startswith("ein|"):
            return Relation.AT  # nach X eingedrungen
        if place.word.startswith(("auf dem", "auf der")):
            return Relation.AT  # where, not where to
        aimed = place.word.startswith(("auf", "nach")) and "ffensiv" in trigger.entry.entry
        if event is Event.ADVANCE or (event is Event.ATTACK and aimed):
            return Relation.TOWARD
        return Relation.AT
    return Relation(relation)


_STARTED = (Event.ATTACK, Event.STRIKE, Event.ADVANCE, Event.COUNTERATTACK)
_SECTORS = frozenset(word.capitalize() for word in word_set("sectors"))
_PUSHING_BACK = ("zurück|drängen", "zurück|werfen")


def _is_attacker(word: str) -> bool:
    return word.startswith(("Angreifer", "Angriff", "Sturmtrupp", "Stoßtrupp"))


def _event(analysis: SentenceAnalysis, assignment: Assignment, attempted: bool) -> Event:
    """Turn tries into attacks and attacks with bombs or casualties into strikes."""
    trigger = assignment.trigger
    if attempted and trigger.event in (*GAINS, Event.REPELLED):
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


def _modality(
    analysis: SentenceAnalysis, trigger: Trigger, coverage: Coverage | None
) -> tuple[Modality, bool, list[str]]:
    """Combine the words of the clause with who says it."""
    said, attempted, reasons = read_modality(
        trigger, analysis.clauses, analysis.tokens, is_attributed=coverage is not None
    )
    notes = list(reasons)
    if coverage is not None and coverage.effect == "deny":
        notes.append("the claimant denies it")
        return Modality.DENIED, attempted, notes
    if coverage is not None and coverage.effect == "doubt" and said is not Modality.POSSIBLE:
        return Modality.REPORTED, attempted, [*notes, "not confirmed is not denied"]
    if said in (Modality.DENIED, Modality.PLANNED, Modality.POSSIBLE):
        assert said is not None
        return said, attempted, notes
    if (
        coverage is not None
        and coverage.effect in ("plan", "fear")
        and is_given(trigger, analysis.tokens)
    ):
        return Modality.REPORTED, attempted, notes
    if coverage is not None and coverage.effect == "plan":
        return Modality.PLANNED, attempted, [*notes, "announced for the future"]
    if coverage is not None and coverage.effect == "fear":
        return Modality.POSSIBLE, attempted, [*notes, "feared or expected"]
    if is_called_for(analysis, trigger):
        return Modality.PLANNED, attempted, [*notes, "a call to somebody"]
    if is_asked(analysis, trigger):
        return Modality.POSSIBLE, attempted, [*notes, "an open question"]
    if coverage is not None or said is Modality.REPORTED:
        return Modality.REPORTED, attempted, notes
    return Modality.ASSERTED, attempted, notes


def _quote(analysis: SentenceAnalysis, clause: Clause) -> tuple[int, int]:
    """Return the span of the clause with what it hangs on, else the sentence."""
    sentence = analysis.sentence
    if sentence.end - sentence.start <= 300:
        return sentence.start, sentence.end
    tokens = analysis.tokens
    return tokens[clause.tokens[0]].start, tokens[clause.tokens[-1]].end


_MEASURE = re.compile(r"\b([\w.,]+) (kilometer|km|meter)n?\b")


def _moved(analysis: SentenceAnalysis, trigger: Trigger, place: PlaceReference) -> float | None:
    """Return how far troops moved: um bis zu drei Kilometer."""
    if trigger.event is not Event.ADVANCE or place.distance_m is not None:
        return None
    clause = analysis.clauses[trigger.clause]
    found = list(_MEASURE.finditer(clause.text))
    if not found or "bis auf" in clause.text:  # bis auf zwei Kilometer heran
        return None
    words = [analysis.tokens[i].lower for i in clause.tokens if i < place.first]
    before = [m for m in found if m.end() <= len(" ".join(words))]
    match = before[-1] if before else found[0]
    value = number_value(match.group(1))
    if value is None or value > 1000:
        return None
    return value * (1.0 if match.group(2) == "meter" else 1000.0)


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
    look_back(analysis, context, earlier)
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
    names = {Side.RU: "Russische Stellen", Side.UA: "Ukrainische Stellen"}
    if actor.side is None:
        return None
    speaker = Speaker(names[actor.side], actor.side, "official", start, start, token)
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


def draft_assignment(
    analysis: SentenceAnalysis, assignment: Assignment, context: Context
) -> list[ClaimDraft]:
    """Make the claims of one event word at its places."""
    trigger = assignment.trigger
    clause = analysis.clauses[trigger.clause]
    start = analysis.tokens[clause.tokens[0]].start
    quoted = context.quote_speaker(start, analysis.tokens[clause.tokens[-1]].end)
    plain = resolve_actor(analysis, trigger, context.carried(None))
    coverage: Coverage | None = None
    if trigger.shape != "attribute" or trigger.event is Event.CAPTURE:
        coverage = select_attribution(analysis, clause, context.memory, quoted, plain.side)
    if coverage is not None and told_by_the_way(analysis, trigger):
        coverage = None
    speaker = coverage.speaker if coverage else None
    carried = context.carried(speaker)
    carried.claimant = _told_by(analysis, clause) or carried.claimant
    actor = resolve_actor(analysis, trigger, carried)
    modality, attempted, notes = _modality(analysis, trigger, coverage)
    if coverage is None and modality is Modality.REPORTED and any('"soll' in n for n in notes):
        recent = context.memory.recent(analysis.sentence.start)
        if recent is not None:  # meldet Kämpfe. Bei X sollen Truppen vorgerückt sein
            coverage = Coverage(recent, "say", "soll: the report goes on")
            speaker = recent
    claims_itself = any('"will' in note or '"woll' in note for note in notes)
    if modality is Modality.REPORTED and claims_itself and _speaks_itself(actor, speaker):
        coverage = _own_claim(actor, start, clause.tokens[0])
    if modality is Modality.PLANNED:
        actor = _planner(analysis, trigger, actor) if trigger.entry.agent != "opponent" else actor
    needs_actor = "actor" in trigger.entry.needs and actor.side is None
    if trigger.event is Event.WITHDRAWAL and trigger.shape == "verb":
        # Armee gibt X auf: troops act, whose is left open
        needs_actor = needs_actor and not _troops_act(analysis, trigger)
    if needs_actor and not is_inferable(trigger, coverage):
        return []
    event = _event(analysis, assignment, attempted)
    voice = context.voice(analysis) if coverage is None or speaker is None else None
    drafts: list[ClaimDraft] = []
    for place, target in _pairs(assignment.places):
        relation = _relation_of(analysis, assignment, place, event)
        if relation is None:
            continue
        said = _at_place(analysis, trigger, place, coverage, modality)
        draft = ClaimDraft(
            event=event,
            actor=infer_actor(
                _gapped(analysis, trigger, place) or actor, trigger, coverage, place, said, voice
            ),
            place=place,
            relation=relation,
            modality=said,
            coverage=coverage if coverage is None or coverage.effect != "doubt" else None,
            start=_quote(analysis, clause)[0],
            end=_quote(analysis, clause)[1],
            paragraph=analysis.sentence.paragraph,
            target=target or place.bank,
            origin=_origin(analysis, trigger, relation),
            date=date_of(analysis, trigger, event, said, context.article.published),
            count=count_of(analysis, trigger, place),
            shape=trigger.shape,
            moved_m=_moved(analysis, trigger, place),
            entry=trigger.entry.entry,
            is_harm="told" in trigger.entry.needs,
            clause=trigger.clause,
            is_definite=trigger.shape == "noun"
            and analysis.tokens[trigger.first - 1].lower in _DEFINITE
            and trigger.first > 0,
        )
        spared = ["the negation is of another place"] if said is not modality else notes
        draft.reasons = [*_explain(analysis, trigger, draft), *spared]
        drafts.append(draft)
    return drafts


_DEFINITE = ("der", "die", "das", "dem", "den", "des", "dieser", "diese", "diesem", "diesen")


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


def _origin(
    analysis: SentenceAnalysis, trigger: Trigger, relation: Relation
) -> PlaceReference | None:
    """Return where a movement starts: von X aus in Richtung Y."""
    if relation is not Relation.TOWARD:
        return None
    starts = [p for p in analysis.places_in(trigger.clause) if p.relation == "from"]
    return starts[0] if len(starts) == 1 else None


def _pairs(
    places: Sequence[PlaceReference],
) -> list[tuple[PlaceReference, PlaceReference | None]]:
    """Pair the two anchors of ``zwischen A und B``; other places stand alone."""
    between = [p for p in places if p.relation == "between"]
    pairs: list[tuple[PlaceReference, PlaceReference | None]] = []
    for place in places:
        if place in between[1:]:
            continue
        is_first = len(between) > 1 and place is between[0]
        pairs.append((place, between[1] if is_first else None))
    return pairs


def _relation_of(
    analysis: SentenceAnalysis, assignment: Assignment, place: PlaceReference, event: Event
) -> Relation | None:
    """Decide the relation, a share of the place counting as a part of it."""
    trigger = assignment.trigger
    relation = _relation(place, trigger)
    if place.relation == "from" and (
        any(a.head == place.first - 2 and a.kind == "role" for a in analysis.actors)
        or (
            1 < place.first < len(analysis.tokens)
            and line_word(analysis.tokens[place.first - 2].text)
        )
    ):
        relation = Relation.AT  # die Verteidiger von X, die Verteidigung von X
    if event is Event.CONTROL and trigger.shape == "attribute" and place.toponym.place is None:
        return None
    if relation is not Relation.AT:
        return relation
    held = event in (Event.CONTROL, Event.CAPTURE)
    if held and _PARTLY.search(analysis.clauses[trigger.clause].text):
        return Relation.PART
    if is_region(place.toponym) and _is_share(analysis, trigger):
        return Relation.PART
    return relation


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


_PARTLY = pattern("partly")


def _is_share(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether only places inside the region are meant: mehrere Ortschaften in der Region."""
    if trigger.event not in (Event.CAPTURE, Event.CONTROL):
        return False
    clause = analysis.clauses[trigger.clause]
    for i in clause.tokens:
        token = analysis.tokens[i]
        word = place_word(token.text) if token.is_capital and token.toponym is None else None
        if word is not None and word.kind in ("settlement", "part"):
            return True
    return False


_FAMILIES = (
    frozenset({Event.ATTACK, Event.STRIKE}),
    frozenset({Event.ADVANCE, Event.ATTACK, Event.COUNTERATTACK}),
    frozenset({Event.ATTACK, Event.REPELLED}),
    frozenset({Event.CLASH, Event.ATTACK}),
)


def _without_doubles(drafts: list[ClaimDraft]) -> list[ClaimDraft]:
    """Keep one of two readings of the same thing at the same place: the verb over the noun."""
    kept: list[ClaimDraft] = []
    for draft in sorted(drafts, key=lambda d: (d.shape == "noun", d.claimant_side is None)):
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
