"""Which attribution covers a clause: in the sentence, carried from before, or round a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontmap.claims.lexicon.words import pattern, prefixes, word_class, word_set
from frontmap.claims.passage.memory import SpeakerMemory
from frontmap.claims.records import Side
from frontmap.claims.sentence.actors import occasion_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.formulas import has_carry
from frontmap.claims.sentence.speakers import Attribution, Speaker
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.sides.subjects import shares_verb
from frontmap.claims.syntax.clauses import DASHES, Clause
from frontmap.claims.syntax.moods import carries_report, is_subjunctive
from frontmap.claims.syntax.segments import is_finite

__all__ = [
    "OWN_NAMES",
    "Coverage",
    "is_contrasted",
    "own_speaker",
    "select_attribution",
    "told_by_the_way",
]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who says what a clause says, and with which effect (say, deny, announce, plan ...)."""

    speaker: Speaker | None
    effect: str
    reason: str


def _parents(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    found: list[Clause] = []
    while clause.parent is not None and len(found) < 6:
        clause = clauses[clause.parent]
        found.append(clause)
    return found


def _prefer_source(chosen: Attribution, attributions: Sequence[Attribution]) -> Attribution:
    """Take the source an agency passes on for the claimant itself."""
    speaker = chosen.speaker
    if speaker is None or speaker.kind != "agency":
        return chosen
    for other in attributions:
        if other is not chosen and other.speaker is not None and other.speaker.kind != "agency":
            return other
    return chosen


def _from_sentence(analysis: SentenceAnalysis, clause: Clause) -> Attribution | None:
    """Choose the attribution in the sentence that covers a clause.

    The nearer it stands the sooner it is taken: in the clause, above it, turned round behind it,
    before it, closing the sentence.
    """
    attributions = [
        a for a in analysis.attributions if a.effect != "source" and _reaches(analysis, a, clause)
    ]
    same = [a for a in attributions if a.clause == clause.number]
    if same:
        return next((a for a in same if a.effect == "own"), None) or _first_named(same)
    if clause.is_coordinate and clause.parent is not None and _goes_on(analysis, clause):
        return _from_sentence(analysis, analysis.clauses[clause.parent])
    return (
        _from_above(analysis, attributions, clause)
        or _from_inverted(analysis, attributions, clause)
        or _from_before(analysis, attributions, clause)
        or _from_end(analysis, attributions, clause)
    )


def _from_above(
    analysis: SentenceAnalysis, attributions: Sequence[Attribution], clause: Clause
) -> Attribution | None:
    """Return the attribution of a clause that this one hangs on."""
    for parent in _parents(clause, analysis.clauses):
        above = [
            a
            for a in attributions
            if a.clause == parent.number
            and not (a.effect == "own" and not clause.is_coordinate)  # speaks for its own clause
            and not _stands_aside(analysis, a, clause)
        ]
        if above:
            denying = [a for a in above if a.effect == "deny" and a.way == "verb"]
            return (denying or above)[0]
    return None


def _from_inverted(
    analysis: SentenceAnalysis, attributions: Sequence[Attribution], clause: Clause
) -> Attribution | None:
    """Return the attribution turned round behind what it covers: ..., teilte Kiew mit."""
    for attribution in attributions:
        if not attribution.is_inverted or attribution.clause <= clause.number:
            continue
        is_next = attribution.clause == clause.number + 1
        if not (is_next and _stands_aside(analysis, attribution, clause)):
            return attribution
    return None


def _from_before(
    analysis: SentenceAnalysis, attributions: Sequence[Attribution], clause: Clause
) -> Attribution | None:
    """Return the attribution before a clause that goes on with it by comma, mood or colon."""
    before = [a for a in attributions if a.clause < clause.number]
    verbs = [a for a in before if a.way in ("verb", "self")]
    if verbs and (_is_told_next(analysis, verbs[-1], clause) or _is_indirect(analysis, clause)):
        return verbs[-1]
    if verbs and _after_colon(analysis, verbs[-1].clause, clause):
        return verbs[-1]
    formulas = [a for a in before if a.way in ("formula", "heading") and a.effect != "own"]
    return formulas[-1] if formulas else None


def _is_told_next(analysis: SentenceAnalysis, said: Attribution, clause: Clause) -> bool:
    """Whether a main clause is told by the verb right before it: er erklärte, X dauere an."""
    return (
        analysis.clauses[said.clause].opener not in _ASIDE
        and said.clause == clause.number - 1
        and clause.kind == "main"
        and not clause.is_coordinate
        and "," in clause.separator
    )


def _is_indirect(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the clause, or one above it, stands in the mood of reported speech."""
    return any(
        is_subjunctive(analysis.tokens, c) for c in (clause, *_parents(clause, analysis.clauses))
    )


def _from_end(
    analysis: SentenceAnalysis, attributions: Sequence[Attribution], clause: Clause
) -> Attribution | None:
    """Return the attribution that covers the whole sentence: ..., so das ISW; wie X meldet, ..."""
    for attribution in attributions:
        is_fragment = analysis.clauses[attribution.clause].kind == "fragment"
        if attribution.way == "formula" and attribution.clause > clause.number and is_fragment:
            return attribution
    for attribution in attributions:
        said = analysis.clauses[attribution.clause]
        if said.kind == "subordinate" and said.opener == "wie":
            return attribution
        behind = said.kind == "main" and said.number > clause.number
        if attribution.way == "verb" and behind and _POINTS_BACK.match(said.text):
            return attribution  # X sei eingenommen - so stellt es jedenfalls Moskau dar
    return None


def _reaches(analysis: SentenceAnalysis, attribution: Attribution, clause: Clause) -> bool:
    """Whether nothing parts the claimant from the clause: a contrast, or other news of a headline.

    ``Anders als Moskau behauptet, ...``; ``Kiew meldet Erfolge – Raketen treffen Charkiw``.
    """
    if attribution.clause == clause.number:
        return True
    said = analysis.clauses[attribution.clause]
    if is_contrasted(analysis, attribution):
        return False
    later = attribution.clause > clause.number
    if later and _parted(analysis, clause, attribution):
        return False
    if not analysis.sentence.is_headline:
        return True
    if later and attribution.is_inverted:
        return True
    first, last = sorted((attribution.clause, clause.number))
    parts = analysis.clauses[first + 1 : last + 1]
    if any(DASHES & set(part.separator) for part in parts):
        return False
    if later:
        return not any(t.clause == said.number for t in analysis.triggers)
    if attribution.way == "heading" or clause.kind not in ("main", "fragment"):
        return True
    if is_subjunctive(analysis.tokens, clause) or clause.is_coordinate:
        return True
    nouns = [analysis.tokens[i] for i in said.tokens if analysis.tokens[i].is_capital]
    speaker = attribution.speaker
    if attribution.way == "verb":  # meldet, Truppen rücken vor; but: meldet Verluste, ...
        return all(speaker is not None and speaker.start <= n.start < speaker.end for n in nouns)
    # laut ISW ..., ... but not: X laut ISW gefallen, ...
    return analysis.tokens[said.tokens[0]].lower in ("laut", "nach", "so")


def _parted(analysis: SentenceAnalysis, clause: Clause, attribution: Attribution) -> bool:
    """Whether a semicolon ends the statement before what somebody says: X fiel; dass Y ..."""
    between = analysis.clauses[clause.number + 1 : attribution.clause + 1]
    told = attribution.way == "formula" or is_subjunctive(analysis.tokens, clause)
    return not told and any(";" in part.separator for part in between)


def is_contrasted(analysis: SentenceAnalysis, attribution: Attribution) -> bool:
    """Whether the text sets itself against the claimant: anders als Moskau behauptet, ..."""
    return _CONTRASTED.match(analysis.clauses[attribution.clause].text) is not None


_CONTRASTED = pattern("contrasted")
_POINTS_BACK = pattern("points_back")


def _stands_aside(analysis: SentenceAnalysis, attribution: Attribution, clause: Clause) -> bool:
    """Whether a dependent clause in the indicative is not part of what its main clause says.

    ``Während die Russen in X vorrücken, meldete Kiew ...``; ``die Stadt, die Moskau angreift``
    """
    if attribution.way != "verb" or is_subjunctive(analysis.tokens, clause):
        return False
    fronted = clause.number < attribution.clause and clause.opener in _ASIDE
    return clause.kind == "relative" or fronted


def _goes_on(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether a coordinate clause shares the report before it: ... und das Dorf erobert."""
    return shares_verb(analysis, clause) or is_subjunctive(analysis.tokens, clause)


def _effect_on(analysis: SentenceAnalysis, chosen: Attribution, clause: Clause) -> str:
    """Return what the claimant's verb does to a clause: an objection is told, not denied.

    ``Kiew bestritt, dass X gefallen sei`` denies it; ``Kiew widersprach: X werde gehalten`` says
    it. A clause that hangs on a noun (``wies Berichte zurück, X sei gefallen``) is denied.
    """
    if chosen.effect != "deny" or chosen.way != "verb" or clause.number == chosen.clause:
        return chosen.effect
    head = clause
    while head.is_coordinate and head.parent is not None:
        head = analysis.clauses[head.parent]
    told = head.kind == "main" or is_subjunctive(analysis.tokens, head)
    if head.number == chosen.clause or head.opener in ("dass", "daß", "ob") or not told:
        return chosen.effect
    between = range(min(head.number, chosen.clause), max(head.number, chosen.clause))
    if any(":" in analysis.clauses[i + 1].separator for i in between):
        return "say"
    before = analysis.tokens[max(0, head.tokens[0] - 4) : head.tokens[0]]
    if any(t.lower.startswith(_TOLD) for t in before):
        return chosen.effect
    return "say"


_ASIDE = word_set("aside")
_TOLD = prefixes("told_nouns")
_WEAK = ("agency", "media", "witness")


def _first_named(attributions: Sequence[Attribution]) -> Attribution:
    """Return the first claimant of a clause, one who knows before one who passes on."""
    strong = [a for a in attributions if a.speaker is None or a.speaker.kind not in _WEAK]
    named = [a for a in attributions if a.speaker is not None and a.speaker.kind != "agency"]
    official = [a for a in strong if a.speaker is not None]
    agencies_first = (
        attributions[0].speaker is not None and attributions[0].speaker.kind == "agency"
    )
    denying = [a for a in attributions if a.effect in ("deny", "plan") and a.way == "verb"]
    if denying:
        return denying[0]
    if official and (
        agencies_first
        or attributions[0].speaker is None
        or attributions[0].speaker.name == "Medien"
    ):
        return official[0]
    return (named or list(attributions))[0]


def _after_colon(analysis: SentenceAnalysis, first: int, clause: Clause) -> bool:
    return any(":" in c.separator for c in analysis.clauses if first < c.number <= clause.number)


def own_speaker(
    analysis: SentenceAnalysis, attribution: Attribution, actor_side: Side | None
) -> Speaker:
    """Return who speaks by ``nach eigenen Angaben``: the clause's subject, else who acts."""
    subjects = [
        a.side
        for a in analysis.actors_in(attribution.clause)
        if a.is_subject and a.side in ("RU", "UA")
    ]
    side = Side(subjects[0]) if subjects else actor_side
    name = OWN_NAMES.get(side) if side is not None else None
    token = analysis.tokens[attribution.token]
    return Speaker(name, side, "official", token.start, token.end, attribution.token)


def told_by_the_way(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether an event only gives the occasion to speak: nach dem Angriff auf X warf Kiew ... vor.

    ``nach Angaben von X wurden bei dem Angriff`` is told by X: no verb of saying.
    """
    if trigger.shape != "noun":
        return False
    preposition, _, _ = occasion_before(analysis.tokens, trigger.index)
    said = [a for a in analysis.attributions if a.clause == trigger.clause]
    return (
        preposition in _OCCASIONS
        and bool(said)
        and all(a.way == "verb" and a.token > trigger.index for a in said)
    )


_OCCASIONS = word_set("occasions")
OWN_NAMES = {Side.RU: "Russische Stellen", Side.UA: "Ukrainische Stellen"}


def select_attribution(
    analysis: SentenceAnalysis,
    clause: Clause,
    memory: SpeakerMemory,
    quote_speaker: Speaker | None,
    subject_side: Side | None,
) -> Coverage | None:
    """Return who says what `clause` says, None in the text's own voice.

    Parameters
    ----------
    quote_speaker : Speaker or None
        The speaker of the quotation the clause stands in.
    subject_side : Side or None
        The side of the clause's subject, the claimant of ``nach eigenen Angaben``.
    """
    chosen = _from_sentence(analysis, clause)
    if chosen is not None:
        chosen = _prefer_source(chosen, analysis.attributions)
        if chosen.effect == "own":
            speaker = own_speaker(analysis, chosen, subject_side)
            return Coverage(speaker, "announce", "by their own account")
        if chosen.way == "self":
            found = _first_person(analysis, memory, quote_speaker)
        else:
            found = memory.meant(chosen.speaker, analysis.text)
        said = analysis.text[found.start : found.end] if found else ""
        effect = _effect_on(analysis, chosen, clause)
        return Coverage(found, effect, f'attributed to "{said}" ({chosen.way})')
    if quote_speaker is not None:
        return Coverage(quote_speaker, "say", "inside a quotation")
    text = analysis.text[analysis.sentence.start : analysis.sentence.end]
    if has_carry(text) and memory.last is not None:
        return Coverage(memory.last, "say", "goes on with the claimant named before")
    if _called_untrue(analysis, clause):
        return None  # dass X gefallen sei, ist falsch: says the text
    if carries_report(analysis.tokens, clause) or any(
        carries_report(analysis.tokens, p)
        for p in _parents(clause, analysis.clauses)
        if clause.kind != "relative"
    ):
        last = memory.last or memory.before(analysis.sentence.start)
        return Coverage(last, "say", "subjunctive: the report goes on")
    recent = memory.recent(analysis.sentence.start)
    if recent is not None and _own_troops(analysis, clause):
        return Coverage(recent, "say", "the troops of who spoke before: the report goes on")
    if _calls_enemy(analysis, clause):
        partisan = memory.in_paragraph(analysis)
        if partisan is not None:
            return Coverage(partisan, "say", "speaks of the enemy: the report goes on")
    if memory.voice is not None:
        return Coverage(memory.voice, "say", "in a report whose header or signature names him")
    return None


def _first_person(
    analysis: SentenceAnalysis, memory: SpeakerMemory, quote_speaker: Speaker | None
) -> Speaker | None:
    """Return who says ``ich``: who is quoted, whom the sentence cites, whose report it is."""
    cited = [a.speaker for a in analysis.attributions if a.way in ("verb", "formula")]
    return quote_speaker or next((s for s in cited if s is not None), memory.voice)


def _called_untrue(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the text itself calls untrue what hangs on the clause above or before."""
    above = [
        *_parents(clause, analysis.clauses),
        *analysis.clauses[clause.number - 1 : clause.number],
    ]
    return any(
        _UNTRUE.search(c.text) is not None and not is_subjunctive(analysis.tokens, c) for c in above
    )


_UNTRUE = pattern("untrue")


def _calls_enemy(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether a clause calls one side the enemy, as no reporter does: der Feind griff an."""
    return any(analysis.tokens[i].lower in _PARTISAN for i in clause.tokens)


_PARTISAN = word_set("partisan_words")


def _own_troops(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether a weak past tense tells of the speaker's troops: Seine Truppen kontrollierten ..."""
    first = analysis.tokens[clause.tokens[0]]
    if not word_class(first.lower, "possessive") or clause.kind != "main":
        return False
    finite = [t.lower for t in (analysis.tokens[i] for i in clause.tokens) if is_finite(t)]
    subjects = [a for a in analysis.actors_in(clause.number) if a.is_subject]
    return bool(finite and subjects) and finite[0].endswith(("te", "ten"))
