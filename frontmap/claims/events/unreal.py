"""Events that are none of this war: other wars, exercises, remembrance, thought experiments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from frontmap.claims.lexicon.words import auxiliary, pattern, word_class, word_set
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.noun_phrases import number_value
from frontmap.claims.syntax.segments import is_finite

__all__ = ["Reality"]

_FIRST_YEAR = 2014  # of the war, in the Donbass and on Crimea
_YEAR = re.compile(r"[12]\d\d\d")
_OTHER_WARS = pattern("other_wars")
_COMPARES = pattern("compares_wars")
_LONG_AGO = pattern("long_ago")
_GOES_ON = pattern("history_goes_on")
_IMAGINED = pattern("imagined")
_PRACTISED = pattern("practised")
_EXERCISE = pattern("exercise")
_NOT_PRACTISED = pattern("not_practised")
_REMEMBERED = pattern("remembered")
_LONG = 12  # years back that no date of this war can be, whenever the text was written


@dataclass(slots=True)
class Reality:
    """Keeps apart, sentence by sentence, what a report tells of other times and of no time.

    Im Februar 1943 eroberte die Rote Armee Charkiw zurück. Im August desselben Jahres ...
    """

    paragraph: int = -1
    is_history: bool = False

    def keep(self, analysis: SentenceAnalysis) -> None:
        """Take the event words from a sentence that tell of nothing that happened in this war."""
        text = _text(analysis)
        if analysis.sentence.paragraph != self.paragraph:
            self.paragraph, self.is_history = analysis.sentence.paragraph, False
        goes_on = self.is_history and _GOES_ON.search(text) is not None
        past = _clauses_of_the_past(analysis, text)
        named = goes_on or (_OTHER_WARS.search(text) and not _COMPARES.search(text))
        if named or past:
            self.is_history = named is not False or 0 in past
        elif _names_this_war(analysis):
            self.is_history = False
        if named or _IMAGINED.search(text):
            analysis.triggers = []
        analysis.triggers = [
            t
            for t in analysis.triggers
            if not _belongs(analysis, t, past)
            and not _is_named_by_year(analysis, t)
            and not _is_rehearsed(analysis, t)
        ]


def _text(analysis: SentenceAnalysis) -> str:
    return analysis.text[analysis.sentence.start : analysis.sentence.end].lower()


def _names_this_war(analysis: SentenceAnalysis) -> bool:
    """Whether the sentence dates itself: 2022, heute, nun."""
    now = word_set("nowadays")
    return any(
        t.lower in now or (_YEAR.fullmatch(t.text) and int(t.text) >= _FIRST_YEAR)
        for t in analysis.tokens
    )


def _clauses_of_the_past(analysis: SentenceAnalysis, text: str) -> set[int]:
    """Return the clauses that a year before this war dates: 1943, vor 80 Jahren."""
    if _names_this_war(analysis):
        return set()
    tokens = analysis.tokens
    found = {
        token.clause
        for i, token in enumerate(tokens)
        if _YEAR.fullmatch(token.text)
        and int(token.text) < _FIRST_YEAR
        and _is_dating(analysis, i, analysis.clauses[token.clause])
    }
    for ago in _LONG_AGO.finditer(text):
        count = number_value(ago["count"])
        if count is None or count > _LONG:
            at = analysis.sentence.start + ago.start()
            found |= {t.clause for t in tokens if t.start <= at < t.end}
            # a heading: Vor 80 Jahren: Die Schlacht um Charkiw
            found |= {c.number for c in analysis.clauses if analysis.sentence.is_headline}
    return found


def _is_dating(analysis: SentenceAnalysis, index: int, clause: Clause) -> bool:
    """Whether four digits are the year of a clause: im Jahr 1943; 1943 eroberte; not a count."""
    tokens = analysis.tokens
    first = index
    while first and tokens[first - 1].lower in word_set("before_a_year"):
        first -= 1
    if first and word_class(tokens[first - 1].lower, "determiner"):
        return False  # die im Jahr 1954 gebaute Brücke: an attribute dates nothing but itself
    if first < index:
        return True
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if index != clause.tokens[0] or after is None:
        return False
    return is_finite(after) or auxiliary(after.lower) is not None


def _belongs(analysis: SentenceAnalysis, trigger: Trigger, past: set[int]) -> bool:
    """Whether the event stands in a dated clause or one that goes on from it."""
    at: int | None = trigger.clause
    while at is not None:
        if at in past:
            return True
        clause = analysis.clauses[at]
        at = clause.parent if clause.is_coordinate or clause.kind == "infinitive" else None
    return False


def _is_named_by_year(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the event is called by a year before this war: die Schlacht von 1943."""
    words = analysis.tokens[trigger.index + 1 : trigger.index + 4]
    if trigger.shape != "noun" or len(words) < 2 or words[0].lower != "von":
        return False
    counts = len(words) > 2 and words[2].is_word  # von 1500 Soldaten
    return bool(_YEAR.fullmatch(words[1].text)) and int(words[1].text) < _FIRST_YEAR and not counts


def _is_rehearsed(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the event is only practised, or a museum's subject."""
    clause = analysis.clauses[trigger.clause].text
    if _EXERCISE.search(clause):
        return True
    if trigger.shape != "noun":
        return False
    if _REMEMBERED.search(clause):
        return True
    return _PRACTISED.search(clause) is not None and _NOT_PRACTISED.search(clause) is None
