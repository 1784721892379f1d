"""Attributions without a verb of saying: laut X, X zufolge, so X, ``X: ...``, ``... (X)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from frontmap.claims.lexicon import known_verbs, speech_formulas, speech_verbs
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import pattern, prefixes, word_class, word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.speakers import Attribution, Speaker
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.tokens import Token
from frontmap.lexicons import load_column

__all__ = ["by_formula", "has_carry", "own_accounts", "report_nouns"]

_CARRY = pattern("carry")
_SAID = pattern("said_attribute")
_TOLD_BY = prefixes("told_by")
# nach Angaben von Oleh Hryhorow, dem Gouverneur
_NAMED_BEFORE = re.compile(r"\b(von|laut) (?:[\wäöüß-]+ ){1,3}[\wäöüß-]+, (?:dem|der) ")
_SIGNING = re.compile(r"(?:\s[-–—|]\s|\()$")
# dem Anführer in Donezk, Denis Puschilin, zufolge
_APPOSITION = re.compile(r"(?<=[\wäöüß]), [^,;:.!?]{3,60},(?= zufolge\b)|^,(?= zufolge\b)")
_REPORT_NOUN = pattern("report_noun")
_OWN = pattern("own")
_UNTRUE = pattern("untrue")
_OPENS_GENITIVE = re.compile(r"\bnach (?:(?:den|des|der) )?(?:[\wäöüß-]+ )?$")
_WORDS_OF = pattern("words_of")
_SIGNS = pattern("signs")
_SAYS_IT = pattern("says_it")
_DATIVES = word_set("dative_determiners")
_RUBRICS = word_set("rubrics")
_ELSEWHERE = word_set("lead_elsewhere")
_LOOSE = word_set("loose_formulas")


def has_carry(text: str) -> bool:
    """Whether the sentence goes on with the claimant named before (demnach, hieß es weiter)."""
    return _CARRY.search(text.lower()) is not None


def _formula_before(text: str, tokens: Sequence[Token], speaker: Speaker) -> str | None:
    """Return the effect of a formula right before the claimant: laut, nach Angaben von."""
    lead = text[max(tokens[0].start, speaker.start - 90) : speaker.start].lower()
    lead = _NAMED_BEFORE.sub(r"\1 ", lead)
    lead = (
        re.split(r"[;:.!?]\s|,(?! so\b)", lead)[-1]
        if not lead.rstrip().endswith(", so")
        else lead[-4:]
    )
    said = text[speaker.start : speaker.end].lower()
    if re.search(r"\bnach (?:\w+ ){0,3}$", lead) and said.endswith(_TOLD_BY):
        return "say"
    if _OPENS_GENITIVE.search(lead) and _WORDS_OF.match(text[speaker.end :].lower()):
        return "say"  # nach Selenskyjs Worten
    if pattern("paper_of").search(lead):
        return "say"
    sentence = text[tokens[0].start : tokens[-1].end]
    for formula, effect in speech_formulas("formula"):
        for match in formula.finditer(lead):
            if _leads_to(match, lead, said, sentence):
                return effect
    return None


def _leads_to(match: re.Match[str], lead: str, said: str, sentence: str) -> bool:
    """Whether a formula found in the words before the claimant leads to him."""
    word, words = match.group(0), lead[match.end() :].split()
    if word == "so":
        closes = lead.strip().startswith("so") or ", so" in lead
        if not closes or len(words) > 2 or any(_finite(w) for w in words):
            return False  # so verzeichnete die Armee
    elif words and words[-1] in _ELSEWHERE:
        return False  # nach Angaben Londons auf dem Weg nach Kiew
    if word == "wie":
        return False
    if word in _LOOSE:
        of_circles = "seite" in said or "kreise" in said
        hearsay = not lead[: match.start()].strip() and _SAYS_IT.search(sentence)
        if len(words) > 1 or not (of_circles or hearsay):
            return False
    return len(words) <= 6 and not any(w in speech_verbs() or _finite(w) for w in words)


def _behind(text: str, speaker: Speaker) -> bool:
    """Whether the formula stands behind the claimant: ... zufolge."""
    tail = text[speaker.end : speaker.end + 110].lower()
    tail = _APPOSITION.sub("", tail, count=1)
    tail = re.split(r"[;:.!?,]", tail)[0]
    match = re.match(r"((?:\s[\wäöüß-]+){0,5}?)\s(?:zufolge)\b", tail)
    if match:
        between = match.group(1).split()
        return not any(_finite(w) or w in _DATIVES for w in between)
    said = text[speaker.start : speaker.end].lower()
    return bool(re.match(r"\s(?:nach)\b", tail)) and ("bericht" in said or "angabe" in said)


def _signs(text: str, tokens: Sequence[Token], speaker: Speaker) -> bool:
    """Whether the claimant stands alone behind a headline: ``X gefallen - ISW``, ``(ISW)``."""
    if speaker.kind == "agency":
        return False  # a credit: the text speaks in its own voice
    before = text[max(tokens[0].start, speaker.start - 3) : speaker.start]
    after = text[speaker.end : tokens[-1].end]
    return _SIGNING.search(before) is not None and not after.strip(" .)+\n*_")


def _said_by(text: str, tokens: Sequence[Token], speaker: Speaker) -> bool:
    """Whether an event is what the claimant reported: die von Moskau gemeldete Einnahme."""
    before, _, _ = preposition_before(tokens, speaker.token)
    tail = text[speaker.end : tokens[-1].end].lower()
    return before in ("von", "vom", "seitens") and _SAID.match(tail) is not None


def _finite(word: str) -> bool:
    return known_verbs().get(word) in (FormKind.FINITE, FormKind.SUBJUNCTIVE, FormKind.CONDITIONAL)


_ANSWER = re.compile(r"(?P<first>[A-ZÄÖÜ][\wäöüß-]+)(?: [A-ZÄÖÜ][\wäöüß-]+){1,2}: (?=[A-ZÄÖÜ])")


def _answers(text: str, tokens: Sequence[Token], clauses: Sequence[Clause]) -> list[Attribution]:
    """Read whose answer it is in an interview: ``Vorname Name: Ich glaube, dass ...``."""
    match = _ANSWER.match(text, tokens[0].start, tokens[-1].end)
    if match is None:
        return []
    answer = text[match.end() : match.end() + 600].lower().split()
    if match["first"] not in _first_names() and "ich" not in answer:
        return []
    name = match.group(0).rstrip(": ")
    if any(t.toponym is not None for t in tokens if t.end <= match.end()):
        return []
    end = match.start() + len(name)
    person = Speaker(name, Side.THIRD, "person", match.start(), end, 0)
    return [Attribution(person, clauses[0].number, "say", "heading", False, 0)]


@cache
def _first_names() -> frozenset[str]:
    return frozenset(load_column("toponyms/first_names.tsv", "name"))


def by_formula(
    text: str, tokens: Sequence[Token], clauses: Sequence[Clause], speakers: Sequence[Speaker]
) -> list[Attribution]:
    """Find attributions without a verb: laut X, X zufolge, ``Selenskyj: ...``."""
    found: list[Attribution] = []
    for speaker in speakers:
        clause = tokens[speaker.token].clause
        effect = _formula_before(text, tokens, speaker)
        if effect is None and _said_by(text, tokens, speaker):
            effect = "announce"
        if effect is not None:
            closes = _SAYS_IT.search(clauses[clause].text) is not None
            found.append(Attribution(speaker, clause, effect, "formula", closes, speaker.token))
        elif _behind(text, speaker) and not any(
            s.start > speaker.start and _behind(text, s) for s in speakers
        ):
            found.append(Attribution(speaker, clause, "say", "formula", False, speaker.token))
        elif (speaker.token <= 4 and _heading(tokens, speaker)) or _heads_part(tokens, speaker):
            found.append(Attribution(speaker, clause, "say", "heading", False, speaker.token))
        elif _signs(text, tokens, speaker):
            found.append(Attribution(speaker, clause, "say", "formula", True, speaker.token))
    return found or _answers(text, tokens, clauses)


def report_nouns(
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    speakers: Sequence[Speaker],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """Read ``es gab Berichte über`` as a report of whoever stands in the clause."""
    extra: list[Attribution] = []
    for clause in clauses:
        match = _REPORT_NOUN.search(clause.text)
        signs = _SIGNS.search(clause.text)
        if match is None and signs is not None and any(s.token in clause.tokens for s in speakers):
            match = signs  # das ISW hat keine Hinweise darauf, dass ...
        if match is None or any(a.clause == clause.number for a in found):
            continue
        if _UNTRUE.search(clause.text):
            continue  # die Meldung vom Fall von X war verfrüht
        inside = [s for s in speakers if s.token in clause.tokens and not _is_of(tokens, s)]
        if not inside and any(a.is_inverted for a in found):
            continue  # es gebe Hinweise auf X, teilte Y mit
        first = clause.tokens[0]
        speaker = (
            inside[0]
            if inside
            else Speaker(
                "Medien", Side.THIRD, "media", tokens[first].start, tokens[first].end, first
            )
        )
        extra.append(Attribution(speaker, clause.number, "say", "formula", False, first))
    return extra


def _is_of(tokens: Sequence[Token], speaker: Speaker) -> bool:
    """Whether a state's name only tells where: im Nordosten der Ukraine."""
    return speaker.name in ("Ukraine", "Russland") and (
        tokens[speaker.token - 1].lower in ("der", "in") if speaker.token else False
    )


def _heads_part(tokens: Sequence[Token], speaker: Speaker) -> bool:
    """Whether the claimant heads what follows a dash: Russland rückt vor - Kiew: Vorstoß ..."""
    before = tokens[speaker.token - 1] if speaker.token else None
    behind = next((t for t in tokens[speaker.token :] if t.start >= speaker.end), None)
    if before is None or behind is None or before.end == tokens[speaker.token].start:
        return False
    return before.text in "-–—|" and behind.text == ":"


def _heading(tokens: Sequence[Token], speaker: Speaker) -> bool:
    """Whether the sentence starts ``Selenskyj: ...`` (after a ticker's time)."""
    before = [t for t in tokens[: speaker.token] if t.is_capital]
    if len(before) > 2 or preposition_before(tokens, speaker.token)[0] == "für":
        return False  # Gebietsgewinne für Russland: ...
    for token in tokens[speaker.token : speaker.token + 6]:
        if token.text == ":":
            if any(t.lower in _RUBRICS for t in tokens[speaker.token : speaker.token + 3]):
                return False  # Ukraine News: ...
            return not any(t.lower in ("zu", "über", "nach") for t in tokens[: speaker.token])
        if (
            token.start >= speaker.end
            and token.text not in "-–"
            and not token.is_capital
            and not word_class(token.lower, "determiner")
        ):
            return False
    return False


def own_accounts(text: str, tokens: Sequence[Token]) -> list[Attribution]:
    """Find ``nach eigenen Angaben``: the claimant is the subject itself."""
    own = _OWN.search(text[tokens[0].start : tokens[-1].end].lower())
    if own is None:
        return []
    at = tokens[0].start + own.start()
    token = next(i for i, t in enumerate(tokens) if t.end > at)
    return [Attribution(None, tokens[token].clause, "own", "formula", False, token)]
