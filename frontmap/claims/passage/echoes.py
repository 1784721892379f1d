"""Sentences that speak of the claims before them: attribute, confirm or reject them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frontmap.claims.lexicon import speech_verbs
from frontmap.claims.lexicon.words import auxiliary, pattern, word_set
from frontmap.claims.passage.context import Context
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.passage.inference import GAINS
from frontmap.claims.passage.scope import Coverage
from frontmap.claims.records import Event, Modality, Side
from frontmap.claims.sentence.actors import opponent
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.speakers import Attribution, Speaker
from frontmap.claims.sides.subjects import Actor, Carried, accused_side
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import is_finite

__all__ = ["anaphoric_denials", "blame", "look_back", "mutual_accusations"]

_FACTS = (Modality.ASSERTED, Modality.REPORTED)


_POINTS_BACK = pattern("points_back")


_DOUBTING = word_set("doubting_adverbs")


def _points_back(analysis: SentenceAnalysis) -> bool:
    """Whether the sentence opens with a pronoun for the one before: das teilte X mit."""
    tokens = analysis.tokens
    if _POINTS_BACK.match(tokens[0].lower) is None or len(tokens) < 2:
        return False
    following = tokens[1]
    if following.lower in _DOUBTING and len(tokens) > 2:
        following = tokens[2]  # so jedenfalls stellt es Moskau dar
    # not an article: das rücksichtslose Verhalten
    return not following.is_capital and (
        is_finite(following)
        or auxiliary(following.lower) is not None
        or following.lower in speech_verbs()
    )


def look_back(analysis: SentenceAnalysis, earlier: Sequence[ClaimDraft]) -> None:
    """Let ``Das teilte der Generalstab mit`` cover the sentence before."""
    text = _text(analysis)
    if (analysis.triggers and len(text) > 160) or not _points_back(analysis) or not earlier:
        return
    told = _teller(analysis, text)
    if told is None:
        return
    speaker, effect = told
    last = max(d.start for d in earlier)
    if analysis.sentence.start - max(d.end for d in earlier) > 4:
        return
    for draft in earlier:
        if (
            draft.start == last
            and draft.coverage is None
            and draft.shape != "attribute"
            and effect != "deny"
        ):
            draft.coverage = Coverage(speaker, effect, "attributed in the next sentence")
            draft.reasons.append("attributed in the next sentence")
            _give_teller(draft)
            if draft.modality is Modality.ASSERTED:
                draft.modality = Modality.REPORTED


_ATTACKS = (Event.STRIKE, Event.ATTACK)


def blame(
    analysis: SentenceAnalysis, earlier: Sequence[ClaimDraft], own: Sequence[ClaimDraft]
) -> None:
    """Give attacks of nobody named to whom the sentence, or the next one, blames for them.

    ``Drohnen trafen X. Kiew machte Russland dafür verantwortlich.``
    """
    last = max((d.start for d in earlier), default=-1)
    near = 0 <= analysis.sentence.start - last <= _BLAMED_WITHIN
    told = own or [d for d in earlier if d.start == last and near]
    of_nobody = [d for d in told if d.event in _ATTACKS and d.actor.side is None]
    side = _blamed(analysis) if of_nobody else None
    if side is None:
        return
    for draft in of_nobody:
        if not draft.actor.reason.startswith("both"):
            draft.actor = Actor(side, None, "blamed for it")
            draft.reasons.append(f"actor {side}: blamed for it")


def _blamed(analysis: SentenceAnalysis) -> Side | None:
    """Return who is held responsible for what was told: macht Russland dafür verantwortlich."""
    verb = next((i for i, t in enumerate(analysis.tokens) if t.lower in _BLAMING), None)
    text = _text(analysis)
    if verb is None or _BLAME.search(text) is None or _EACH_OTHER.search(text) is not None:
        return None
    for told in (a for a in analysis.attributions if a.effect == "accuse"):
        accused = accused_side(analysis, analysis.clauses[told.clause], Carried())
        if accused is not None and accused.side is not None:
            return accused.side
    behind = {a.side for a in analysis.actors if a.head > verb and not a.preposition}
    return Side(behind.pop()) if len(behind) == 1 and behind <= {"RU", "UA"} else None


def _text(analysis: SentenceAnalysis) -> str:
    return analysis.text[analysis.sentence.start : analysis.sentence.end].lower()


_BLAME, _BLAMING = pattern("blame"), word_set("blaming")
_BLAMED_WITHIN = 300  # characters from the sentence that tells of the attack


def _give_teller(draft: ClaimDraft) -> None:
    """Read troops of no named side that withdraw as those of who told it."""
    told_by = draft.claimant_side
    unnamed = draft.actor.side is None and draft.actor.text is not None
    if draft.event is Event.WITHDRAWAL and unnamed and told_by in (Side.RU, Side.UA):
        draft.actor = Actor(told_by, draft.actor.text, "troops of who told it")
        draft.reasons.append(f"actor {told_by}: {draft.actor.reason}")


def _teller(analysis: SentenceAnalysis, text: str) -> tuple[Speaker | None, str] | None:
    """Return who told the sentence before, and how: das teilte X mit, das geht aus X hervor."""
    verbs = [a for a in analysis.attributions if a.way == "verb" and a.effect != "source"]
    if verbs:
        speaker = verbs[0].speaker
        if speaker is not None and speaker.kind == "agency":
            others = (a.speaker for a in analysis.attributions if a.speaker is not None)
            speaker = next((s for s in others if s.kind != "agency"), speaker)
        return speaker, verbs[0].effect
    if analysis.speakers and _TAKEN_FROM.search(text):
        return analysis.speakers[0], "say"
    return None


_TAKEN_FROM = pattern("taken_from")


def _is_home(draft: ClaimDraft) -> bool:
    place = draft.place.toponym.place
    return place is None or place.country == "UA"


_REJECTION = pattern("rejection")


def anaphoric_denials(
    analysis: SentenceAnalysis,
    context: Context,
    earlier: Sequence[ClaimDraft],
    own: list[ClaimDraft],
) -> list[ClaimDraft]:
    """Make the denied counterparts of claims a sentence rejects without repeating them."""
    denials: list[ClaimDraft] = []
    for attribution in analysis.attributions:
        covered = _covered(analysis, attribution)
        denies = attribution.effect == "deny"
        rejects = denies or any(_REJECTION.search(c.text) is not None for c in covered)
        speaker = attribution.speaker or context.memory.last or context.memory.mentioned
        if not rejects or attribution.effect == "source" or speaker is None:
            continue
        if any(_is_told(draft, speaker, denies) for draft in own):
            continue  # what is objected stands in the sentence itself
        words = {i for c in covered for i in c.tokens}
        in_clause = [d for d in own if d.place.index in words]
        if in_clause and not denies:
            for draft in in_clause:
                _call_untrue(draft, speaker)
            continue
        position = analysis.tokens[analysis.clauses[attribution.clause].tokens[0]].start
        near = [d for d in earlier if d.paragraph >= analysis.sentence.paragraph - _PARAGRAPHS]
        rejected = _rejected(near, speaker, position)
        denials += [_denied(draft, speaker, analysis) for draft in rejected]
    return denials


def mutual_accusations(
    analysis: SentenceAnalysis, drafts: Sequence[ClaimDraft]
) -> list[ClaimDraft]:
    """Make the other half of what two sides accuse each other of: werfen sich gegenseitig X vor."""
    if _EACH_OTHER.search(_text(analysis)) is None:
        return []
    found: list[ClaimDraft] = []
    for draft in drafts:
        accuser, accused = draft.claimant_side, draft.actor.side
        if draft.coverage is None or draft.coverage.effect != "accuse" or accused is None:
            continue
        others = [s for s in analysis.speakers if s.side is accused]
        if others and accuser is opponent(accused):
            coverage = Coverage(others[0], "accuse", "each side accuses the other")
            actor = Actor(accuser, None, "the accused side")
            reasons = [draft.reasons[0], f"actor {accuser}: {actor.reason}", coverage.reason]
            found.append(replace(draft, coverage=coverage, actor=actor, reasons=reasons))
    return found


_EACH_OTHER = pattern("each_other")


def _covered(analysis: SentenceAnalysis, attribution: Attribution) -> list[Clause]:
    """Return the clauses a rejection may stand in."""
    clause = analysis.clauses[attribution.clause]
    if attribution.is_inverted:  # die Angaben seien falsch, erklärte der Generalstab
        return [clause, *analysis.clauses[: clause.number]]
    return [clause]


def _is_told(draft: ClaimDraft, speaker: Speaker, denies: bool) -> bool:
    """Whether the sentence itself tells what is denied."""
    said = draft.coverage is not None and draft.coverage.speaker is speaker
    return draft.modality is Modality.DENIED or (said and denies)


def _call_untrue(draft: ClaimDraft, speaker: Speaker) -> None:
    """Turn a claim into the denial of it."""
    draft.modality = Modality.DENIED
    if draft.actor.side is None and draft.event in GAINS and _is_home(draft):
        draft.actor = Actor(opponent(speaker.side), None, "called untrue by the other side")
    draft.coverage = Coverage(speaker, "deny", "the claimant calls it untrue")
    draft.reasons.append("the claimant calls it untrue")


_PARAGRAPHS = 1  # how far back the claim may stand that is rejected
_RIGHT_BEFORE = 4  # characters between two sentences
_DENIABLE = (*GAINS, Event.CONTROL, Event.STRIKE, Event.ATTACK, Event.WITHDRAWAL)


def _rejected(earlier: Sequence[ClaimDraft], speaker: Speaker, position: int) -> list[ClaimDraft]:
    """Return the other side's last claims before `position`."""
    told = [
        d
        for d in earlier
        if d.modality in _FACTS
        and d.start <= position
        and d.shape != "attribute"
        and d.event in _DENIABLE
    ]
    if told and 0 <= position - told[-1].end <= _RIGHT_BEFORE and told[-1].claimant_side is None:
        mine = speaker.side in (Side.RU, Side.UA) and told[-1].actor.side is speaker.side
        return [] if mine else [d for d in told if d.start == told[-1].start]
    candidates = [d for d in told if d.claimant_side not in (None, speaker.side)]
    if speaker.side in (Side.RU, Side.UA):
        candidates = [d for d in candidates if d.claimant_side is opponent(speaker.side)]
    return [d for d in candidates if d.start == candidates[-1].start]


def _denied(draft: ClaimDraft, speaker: Speaker, analysis: SentenceAnalysis) -> ClaimDraft:
    """Return the denied counterpart of a claim; who denies an attack is accused of it."""
    actor = draft.actor
    if draft.event in _ATTACKS and actor.side is None and speaker.side in (Side.RU, Side.UA):
        actor = Actor(speaker.side, None, "who denies it is accused of it")
    return replace(
        draft,
        actor=actor,
        modality=Modality.DENIED,
        coverage=Coverage(speaker, "deny", "rejects the claim before"),
        start=analysis.sentence.start,
        end=analysis.sentence.end,
        reasons=[*draft.reasons, "rejected by the other side without repeating it"],
    )
