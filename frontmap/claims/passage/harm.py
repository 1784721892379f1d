"""Strikes told apart from where they fell: the harm in one sentence, the attack in another.

``Russland hat die Ukraine mit Drohnen angegriffen. In Odessa brannte ein Lager aus.`` and
``In Odessa brennt ein Lager. Grund ist ein russischer Luftangriff.``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.modality.modalities import read_modality
from frontmap.claims.passage.context import Context
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.passage.inference import is_struck_by
from frontmap.claims.passage.passage_sides import launching_sides
from frontmap.claims.passage.scope import Coverage
from frontmap.claims.records import Event, Modality, Side
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.roles import resolve_actor
from frontmap.claims.sides.subjects import Actor

__all__ = ["HarmStory"]

_REACH = 2  # sentences between the harm and the strike that did it
_AIMED = pattern("casualties")
_CAUSE = pattern("cause_of_harm")
_FACTS = (Modality.ASSERTED, Modality.REPORTED)


@dataclass(slots=True)
class HarmStory:
    """Keeps the strikes and the harm told of, sentence by sentence.

    Attributes
    ----------
    strikes : int or None
        How many sentences ago a strike was told of.
    side : Side or None
        Whose strike it was.
    before : str
        The sentence before, in lower case.
    waiting : list[ClaimDraft]
        Harm of unknown cause, claims only once a strike is named as the cause.
    """

    paragraph: int = -1
    unit_start: int = -1
    strikes: int | None = None
    side: Side | None = None
    is_open: bool = False
    before: str = ""
    waiting: list[ClaimDraft] = field(default_factory=list)
    _age: int = 0

    def tell(
        self,
        analysis: SentenceAnalysis,
        new: Sequence[ClaimDraft],
        told: Sequence[ClaimDraft],
        context: Context,
    ) -> list[ClaimDraft]:
        """Return the claims of a sentence, with the harm that a strike was the cause of."""
        self._turn_page(analysis, context)
        before, self.before = self.before, _lower(analysis)
        harm = [d for d in new if d.is_harm]
        kept = [d for d in new if not d.is_harm and not _is_wreck(d, before + self.before)]
        strikes = _strikes(analysis)
        launching = set() if strikes or harm else set(launching_sides(analysis))
        if self.strikes is not None:
            _same_attack(analysis, kept)
        if strikes:
            kept += self._release(analysis, strikes, kept, [*told, *kept], context)
            self._note_strike(analysis, strikes, kept, context)
        elif len(launching) == 1:
            self.strikes, self.side = 0, launching.pop()
        elif harm and self.strikes is not None:
            kept += self._done_by_them(harm, [*told, *kept])
            self.strikes = 0
        elif harm:
            self.waiting += harm
            self._age = 0
        return kept

    def _done_by_them(
        self, harm: Sequence[ClaimDraft], told: Sequence[ClaimDraft]
    ) -> list[ClaimDraft]:
        """Return the harm that the strikes told of before can have done."""
        return [
            _by(d, self.side)
            for d in harm
            if _is_new(d, told)
            and (self.side is None or is_struck_by(self.side, d.place))
            and _may_be(d)
        ]

    def _turn_page(self, analysis: SentenceAnalysis, context: Context) -> None:
        """Forget what another paragraph told, or what lies too far back."""
        here = (analysis.sentence.paragraph, context.unit_start)
        if here != (self.paragraph, self.unit_start):
            if not (self.is_open and context.unit_start == self.unit_start):
                self.strikes = None
            self.paragraph, self.unit_start = here
            self.waiting = []
        self.is_open = analysis.sentence.is_headline
        self._age += 1
        if self._age > _REACH:
            self.waiting = []
        if self.strikes is not None:
            self.strikes += 1
            if self.strikes > _REACH:
                self.strikes = None

    def _note_strike(
        self,
        analysis: SentenceAnalysis,
        strikes: Sequence[Trigger],
        kept: Sequence[ClaimDraft],
        context: Context,
    ) -> None:
        sides = {d.actor.side for d in kept if d.event is Event.STRIKE and d.actor.side}
        sides |= _sides(analysis, strikes, context)
        self.strikes = 0
        self.side = sides.pop() if len(sides) == 1 else None

    def _release(
        self,
        analysis: SentenceAnalysis,
        strikes: Sequence[Trigger],
        kept: Sequence[ClaimDraft],
        told: Sequence[ClaimDraft],
        context: Context,
    ) -> list[ClaimDraft]:
        """Return the harm that the strikes of a sentence without a place explain."""
        explains = _CAUSE.search(_lower(analysis)) is not None
        waiting, self.waiting = self.waiting, []
        if not explains or any(d.event in (Event.STRIKE, Event.ATTACK) for d in kept):
            return []
        sides = _sides(analysis, strikes, context)
        side = sides.pop() if len(sides) == 1 else None
        found = [d for d in waiting if _is_new(d, told)]
        for draft in found:
            _by(draft, side)
            _attribute(draft, analysis)
        return [d for d in found if _may_be(d)]


def _lower(analysis: SentenceAnalysis) -> str:
    return analysis.text[analysis.sentence.start : analysis.sentence.end].lower()


def _is_wreck(draft: ClaimDraft, told: str) -> bool:
    """Whether the debris that comes down is of aircraft shot down, no weapon."""
    if "trümmer" not in draft.entry or draft.event is not Event.STRIKE:
        return False
    return _AIRCRAFT.search(told) is not None and _WEAPONS.search(told) is None


_AIRCRAFT, _WEAPONS = pattern("aircraft"), pattern("flying_weapons")


def _is_new(draft: ClaimDraft, told: Sequence[ClaimDraft]) -> bool:
    """Whether no strike at the place was told of yet."""
    place = draft.place.toponym.place
    struck = [d for d in told if d.event in (Event.STRIKE, Event.ATTACK)]
    return all(d.place.toponym.place != place for d in struck)


def _strikes(analysis: SentenceAnalysis) -> list[Trigger]:
    """Return the strikes a sentence tells as facts."""
    text = _lower(analysis)
    aimed = _AIMED.search(text) is not None or _CAUSE.search(text) is not None
    found = []
    for trigger in analysis.triggers:
        is_strike = trigger.event is Event.STRIKE or (trigger.event is Event.ATTACK and aimed)
        if not is_strike or trigger.shape == "attribute" or "told" in trigger.entry.needs:
            continue
        said = read_modality(trigger, analysis.clauses, analysis.tokens, is_attributed=False)
        if said.modality in (None, *_FACTS):
            found.append(trigger)
    return found


def _same_attack(analysis: SentenceAnalysis, drafts: Sequence[ClaimDraft]) -> None:
    """Read ``der Angriff`` behind a strike as that strike."""
    tokens = analysis.tokens
    back = {
        t.entry.entry
        for t in analysis.triggers
        if t.shape == "noun" and preposition_before(tokens, t.first)[1] in word_set("definite")
    }
    for draft in drafts:
        same = draft.shape == "noun" and draft.entry.startswith(("Angriff", "Attacke"))
        if draft.event is Event.ATTACK and same and draft.entry in back:
            draft.event = Event.STRIKE
            draft.reasons.append("the strike told of before")


def _sides(analysis: SentenceAnalysis, strikes: Sequence[Trigger], context: Context) -> set[Side]:
    carried = context.carried(None)
    actors = [resolve_actor(analysis, trigger, carried) for trigger in strikes]
    return {actor.side for actor in actors if actor.side is not None}


def _by(draft: ClaimDraft, side: Side | None) -> ClaimDraft:
    if side is not None and draft.actor.side is None:
        draft.actor = Actor(side, None, "whose strikes were told of beside it")
        draft.reasons.append(f"actor {side}: {draft.actor.reason}")
    return draft


def _may_be(draft: ClaimDraft) -> bool:
    """Whether it can be told as a strike of that side: not by itself, not on its own land."""
    side = draft.actor.side
    if draft.modality not in _FACTS or (side is not None and side is draft.claimant_side):
        return False
    return side is None or is_struck_by(side, draft.place)


def _attribute(draft: ClaimDraft, analysis: SentenceAnalysis) -> None:
    """Let who names the cause be the claimant of harm the text tells by itself."""
    named = [a for a in analysis.attributions if a.speaker is not None and a.effect in _SAYING]
    if draft.coverage is None and named:
        draft.coverage = Coverage(named[0].speaker, named[0].effect, "attributed with its cause")
        draft.reasons.append(draft.coverage.reason)
        draft.modality = Modality.REPORTED


_SAYING = ("say", "announce", "confirm")
