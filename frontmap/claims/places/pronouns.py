"""Towns that a pronoun stands for: sie ist erobert, sie nahmen es ein, um sie wird gekämpft."""

from __future__ import annotations

from frontmap.claims.events.conditions import unnamed_object
from frontmap.claims.lexicon.words import pattern, word_set
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import Focus, PlaceReference, restated
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause

__all__ = ["meant_by_pronoun"]


def meant_by_pronoun(
    analysis: SentenceAnalysis, clause: Clause, trigger: Trigger, focus: Focus
) -> list[PlaceReference]:
    """Return the town that ``es`` stands for."""
    fought_over = _FOUGHT_OVER.search(clause.text) if trigger.event in _FOUGHT else None
    if fought_over is None and not _pronoun_is_place(analysis, clause, trigger):
        return []
    meant = focus("settlement", trigger.first)
    held = trigger.event in (Event.CAPTURE, Event.CONTROL)
    if meant is None or not (held or meant.relation == "direct"):
        return []
    chain = [meant]
    if trigger.entry.agent == "defender" and analysis.tokens[trigger.index].lower.endswith("en"):
        for place in reversed(analysis.places):  # A und B ..., aber sie halten stand
            if place.index == chain[-1].coordinated_with:
                chain.append(place)
    relation = "direct" if fought_over is None else "around"
    return [restated(p, relation, is_back_reference=True) for p in reversed(chain)]


_FOUGHT = (Event.CLASH, Event.ATTACK)
_FOUGHT_OVER = pattern("fought_over")
_SINGULAR = word_set("singular_auxiliaries")


def _pronoun_is_place(analysis: SentenceAnalysis, clause: Clause, trigger: Trigger) -> bool:
    """Whether a pronoun is the town taken or held: sie haben es eingenommen; sie ist erobert."""
    done_to = trigger.voice in ("passive", "state")
    if trigger.shape != "verb":
        return False
    if trigger.entry.agent == "defender" and {"sie", "es"} & set(clause.text.split()):
        return not analysis.actors_in(clause.number)  # aber sie hält stand
    if unnamed_object(analysis, trigger):
        return False
    if trigger.event in (Event.STRIKE, Event.ATTACK, Event.ENCIRCLEMENT):
        if not done_to or not _SINGULAR & set(clause.text.split()):
            return False
    elif trigger.event not in (Event.CAPTURE, Event.CONTROL) or "direct" not in trigger.entry.needs:
        return False
    pronouns = ("es", "sie", "er") if done_to else ("es",)
    words = [i for i in clause.tokens if analysis.tokens[i].lower in pronouns]
    if len(words) != 1 or analysis.tokens[words[0] - 1].lower in ("gibt", "gab", "gebe"):
        return False
    nouns = [i for i in clause.tokens if i and analysis.tokens[i].is_capital]
    heads = {a.head for a in analysis.actors_in(clause.number)}
    if done_to:
        return all(
            i in heads or _cites(analysis, i) or preposition_before(analysis.tokens, i)[0]
            for i in nouns
        )
    subjects = [a for a in analysis.actors_in(clause.number) if a.is_subject]
    return bool(subjects) or bool({"sie", "er", "man"} & set(clause.text.split()))


def _cites(analysis: SentenceAnalysis, index: int) -> bool:
    """Whether the noun belongs to who is cited: nach Angaben Moskaus."""
    token = analysis.tokens[index]
    return token.lower in word_set("papers") or any(
        a.speaker is not None and a.speaker.start <= token.start < a.speaker.end
        for a in analysis.attributions
    )
