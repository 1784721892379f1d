"""Who says so: the claimants a sentence names and the clauses their words cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontmap.claims.actors import preposition_before
from frontmap.claims.clauses import Clause, auxiliary, is_attribute, word_class
from frontmap.claims.lexicon import (
    actor_words,
    known_verbs,
    noun_entries,
    speech_formulas,
    speech_verbs,
)
from frontmap.claims.morphology import FormKind
from frontmap.claims.records import Side
from frontmap.claims.speakers import Speaker, find_speakers
from frontmap.claims.tokens import Token
from frontmap.claims.words import pattern, word_set

__all__ = ["Attribution", "Speaker", "find_attributions", "find_speakers", "has_carry"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker with the clause that makes him one.

    Attributes
    ----------
    speaker : Speaker or None
        None for a pronoun: whoever spoke last.
    clause : int
    effect : str
        say, announce, deny, confirm, doubt, admit, plan, fear, opinion, source.
    way : str
        formula, verb or heading.
    is_inverted : bool
        The verb comes first: ``..., sagte X`` covers what stands before it.
    token : int
        Where the verb or formula stands.
    """

    speaker: Speaker | None
    clause: int
    effect: str
    way: str
    is_inverted: bool
    token: int


_CARRY = pattern("carry")
_JUDGED = pattern("judged")
_SAID = pattern("said_attribute")
# what observers perceive they report; others merely see it
_PERCEIVING = ("sehen", "er~kennen")
_OWN = pattern("own")
_DEMANDING = word_set("demanding")
_TOLD_BY = tuple(sorted(word_set("told_by")))
# nach Angaben von Oleh Hryhorow, dem Gouverneur
_NAMED_BEFORE = re.compile(r"\b(von|laut) (?:[\wäöüß-]+ ){1,3}[\wäöüß-]+, (?:dem|der) ")
_SIGNING = re.compile(r"(?:\s[-–—|]\s|\()$")
# dem Anführer in Donezk, Denis Puschilin, zufolge
_APPOSITION = re.compile(r"(?<=[\wäöüß]), [^,;:.!?]{3,60},(?= zufolge\b)|^,(?= zufolge\b)")


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
    if pattern("paper_of").search(lead):
        return "say"
    for formula, effect in speech_formulas("formula"):
        for match in formula.finditer(lead):
            rest = lead[match.end() :]
            words = rest.split()
            word = match.group(0)
            if word == "so" and not (
                lead.strip().startswith("so") or ", so" in lead or lead.strip() == "so"
            ):
                continue
            if (
                word in ("wie", "aus", "in", "von", "vonseiten", "seitens", "so")
                and word != "seitens"
                and len(words) > (2 if word == "so" else 1)
            ):
                continue
            if word in ("wie",):
                continue
            if (
                word in ("aus", "in", "von", "vonseiten")
                and "seite" not in said
                and "kreise" not in said
            ):
                sentence = text[tokens[0].start : tokens[-1].end]
                opens = not lead[: match.start()].strip()
                if not opens or not re.search(r"(?:heißt|hieß) es", sentence):
                    continue
            if word == "so" and any(_finite(w) for w in words):
                continue  # so verzeichnete die Armee
            if len(words) <= 6 and not any(w in speech_verbs() or _finite(w) for w in words):
                return effect
    return None


def _behind(text: str, tokens: Sequence[Token], speaker: Speaker) -> bool:
    tail = text[speaker.end : speaker.end + 110].lower()
    tail = _APPOSITION.sub("", tail, count=1)
    tail = re.split(r"[;:.!?,]", tail)[0]
    match = re.match(r"((?:\s[\wäöüß-]+){0,5}?)\s(?:zufolge)\b", tail)
    if match:
        between = match.group(1).split()
        return not any(
            _finite(w) or w in ("einer", "einem", "dem", "den", "seinem", "ihrem") for w in between
        )
    said = text[speaker.start : speaker.end].lower()
    return bool(re.match(r"\s(?:nach)\b", tail)) and ("bericht" in said or "angabe" in said)


def _signs(text: str, tokens: Sequence[Token], speaker: Speaker) -> bool:
    """Whether the claimant stands alone behind a headline: ``X gefallen - ISW``, ``(ISW)``."""
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


def _is_speaker_of(tokens: Sequence[Token], speaker: Speaker, clause: Clause) -> bool:
    """Whether the claimant can be the subject: no preposition before it."""
    preposition, determiner, at = preposition_before(tokens, speaker.token)
    owns = not preposition and determiner in ("", "der", "des") and at >= 0
    if owns and tokens[at].is_capital and noun_entries(tokens[at].text) is not None:
        return False  # bestätigte den Vorstoß russischer Truppen
    if clause.kind == "subordinate" and preposition == clause.opener:
        preposition = ""  # während Russland ... verkündete
    if tokens[speaker.token].lower in _PAPERS or any(
        t.lower in _PAPERS
        for t in tokens[speaker.token : speaker.token + 3]
        if t.start < speaker.end
    ):
        return False
    if speaker.token not in clause.tokens:
        return False
    state = speaker.name in ("Russland", "Ukraine", "Russische Führung", "Ukrainische Führung")
    if state and preposition:
        return False  # die Botschaft in der Ukraine
    if preposition in ("in", "aus", "bei", "im") and at >= 0 and tokens[at].is_capital:
        return True  # der Gouverneur in X; the title before it is no claimant of its own
    return not preposition or preposition in ("vom",)


def _particle_ok(tokens: Sequence[Token], clause: Clause, at: int, particle: str | None) -> bool:
    if particle is None:
        last = tokens[clause.tokens[-1]]
        return not (
            word_class(last.lower, "particle") and clause.tokens[-1] > at and not last.is_capital
        )
    if at == clause.tokens[-1] and at and tokens[at - 1].lower == particle:
        return True  # wie das Ministerium bekannt gab
    return any(i > at and tokens[i].lower == particle for i in clause.tokens)


def _speech_in(tokens: Sequence[Token], clause: Clause) -> tuple[int, str, str] | None:
    """Return (token, effect, lemma) of the clause's verb of saying."""
    for i in clause.tokens:
        token = tokens[i]
        if token.is_capital and (i != clause.tokens[0] or i == 0):
            continue
        for speech in speech_verbs().get(token.lower, ()):
            if speech.kind in (FormKind.ZU,):
                continue
            if (
                speech.kind is FormKind.INFINITIVE
                and speech.particle is None
                and token.lower.endswith("n")
                and i != clause.tokens[-1]
            ):
                pass
            if not _particle_ok(tokens, clause, i, speech.particle) or is_attribute(tokens, i):
                continue
            if _may_be_participle(token.lower) and _is_passive(tokens, clause, i):
                continue
            if speech.lemma == "heißen" and "es" not in clause.text.split():
                continue
            if speech.lemma in _DEMANDING and not (i == clause.tokens[0] and clause.separator):
                continue
            if speech.lemma == "sprechen" and not {"von", "davon"} & set(clause.text.split()):
                continue
            if speech.lemma == "machen" and "verantwortlich" not in clause.text.split():
                continue
            if speech.lemma == "halten" and not _JUDGED.search(clause.text):
                continue
            if speech.lemma == "aus|gehen" and not {"davon", "von"} & set(clause.text.split()):
                continue
            return i, speech.effect, speech.lemma
    return None


def _may_be_participle(word: str) -> bool:
    return any(s.kind is FormKind.PARTICIPLE for s in speech_verbs().get(word, ()))


def _is_passive(tokens: Sequence[Token], clause: Clause, verb: int) -> bool:
    """Whether nobody speaks: wurden registriert, ist nichts bekannt."""
    found = {auxiliary(tokens[i].lower) for i in clause.tokens if not tokens[i].is_capital or not i}
    if "haben" in found and "werden" not in found:
        return False
    if found & {"werden", "sein"}:
        return True
    finite = any(
        s.kind in (FormKind.FINITE, FormKind.SUBJUNCTIVE, FormKind.CONDITIONAL)
        for s in speech_verbs()[tokens[verb].lower]
    )
    return not finite and not clause.is_coordinate


def _unnamed_speaker(tokens: Sequence[Token], clause: Clause, verb: int) -> Speaker | None:
    """Make a speaker of the subject of a verb of saying that the register does not know."""
    words = [
        i
        for i in clause.tokens
        if tokens[i].is_capital
        and i != verb
        and tokens[i].is_word
        and not (i == 0 and word_class(tokens[i].lower, "determiner"))
    ]
    if not words:
        return None
    # the subject stands right behind the verb or opens the clause; an object does neither
    after = (
        [i for i in words if i > verb][:1]
        if verb == clause.tokens[0] or (clause.number == 0 and words[0] > verb)
        else []
    )
    opening = [i for i in words if i < verb and i - clause.tokens[0] <= 3][:1]
    spots = after or opening
    if not spots:
        return None
    first, last = spots[0], spots[0]
    before, _, _ = preposition_before(tokens, first)
    if word_class(tokens[first].lower, "preposition") or word_class(
        tokens[first].lower, "determiner"
    ):
        return None
    if before or noun_entries(tokens[first].text) is not None:
        return None
    if tokens[first].lower.startswith(_THINGS):
        return None
    while last + 1 < len(tokens) and last + 1 in words:
        last += 1
    name = " ".join(tokens[i].text for i in range(first, last + 1))
    side = _side_beside(tokens, clause, first, last, verb)
    return Speaker(name, side or Side.THIRD, "person", tokens[first].start, tokens[last].end, first)


def _side_beside(
    tokens: Sequence[Token], clause: Clause, first: int, last: int, verb: int
) -> Side | None:
    """Return the side named in the subject's own words, not in what it speaks of."""
    stop = last + 1
    if first < verb:
        stop = verb
    elif stop <= clause.tokens[-1] and tokens[stop].lower in ("der", "des", "von", "vom", "in"):
        stop = min(clause.tokens[-1] + 1, stop + 4)
    for i in range(max(clause.tokens[0], first - 3), stop):
        if noun_entries(tokens[i].text) is not None and tokens[i].is_capital and i > last:
            break
        word = actor_words(tokens[i].text)
        if word is not None and word.side in ("RU", "UA"):
            return Side(word.side)
    return None


_PAPERS = word_set("papers")
_THINGS = tuple(sorted(word_set("things")))
_PRONOUNS = word_set("pronouns")


def find_attributions(
    text: str,
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    speakers: Sequence[Speaker],
) -> list[Attribution]:
    """Find who is said to say something in a sentence, in order.

    `speakers` are the claimants of the register that the sentence names, from `find_speakers`.
    """
    found = _by_formula(text, tokens, clauses, speakers)
    used = {a.speaker for a in found}
    free = [s for s in speakers if s not in used]
    for clause in clauses:
        attribution = _by_verb(tokens, clauses, clause, free, speakers, found)
        if attribution is not None:
            found.append(attribution)
    found += _report_nouns(text, tokens, clauses, speakers, found)
    own = _OWN.search(text[tokens[0].start : tokens[-1].end].lower())
    if own is not None:
        at = tokens[0].start + own.start()
        token = next(i for i, t in enumerate(tokens) if t.end > at)
        found.append(Attribution(None, tokens[token].clause, "own", "formula", False, token))
    found.sort(key=lambda a: a.token)
    return found


def _by_formula(
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
            closes = any(said in clauses[clause].text for said in ("hieß es", "heißt es"))
            found.append(Attribution(speaker, clause, effect, "formula", closes, speaker.token))
        elif _behind(text, tokens, speaker) and not any(
            s.start > speaker.start and _behind(text, tokens, s) for s in speakers
        ):
            found.append(Attribution(speaker, clause, "say", "formula", False, speaker.token))
        elif speaker.token <= 4 and _heading(tokens, speaker):
            found.append(Attribution(speaker, clause, "say", "heading", False, speaker.token))
        elif _signs(text, tokens, speaker):
            found.append(Attribution(speaker, clause, "say", "formula", True, speaker.token))
    return found


def _by_verb(
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    clause: Clause,
    free: Sequence[Speaker],
    speakers: Sequence[Speaker],
    found: Sequence[Attribution],
) -> Attribution | None:
    """Read the verb of saying of a clause with its subject."""
    speech = _speech_in(tokens, clause)
    if speech is None:
        return None
    verb, effect, lemma = speech
    impersonal = lemma == "heißen"
    inverted = verb == clause.tokens[0] and bool(clause.separator)
    inverted = inverted or (impersonal and clause.number > 0)
    candidates = [s for s in free if _is_speaker_of(tokens, s, clause)]
    subject: Speaker | None = None
    accuses = effect == "accuse" and _PRONOUNS & {tokens[i].lower for i in clause.tokens}
    if lemma == "nennen" and not candidates:
        return None
    if (
        lemma in _PERCEIVING
        and "als" not in clause.text.split()
        and not clause.text.startswith(("sieht", "sehe"))
    ):
        candidates = [s for s in candidates if s.kind == "observer"]
        if not candidates:
            return None
    if candidates and not accuses:
        subject = min(candidates, key=lambda s: _rank(s, verb))
    elif impersonal:
        if any(a.clause == clause.number and a.way == "formula" for a in found):
            return None
    elif not accuses and not _PRONOUNS & {tokens[i].lower for i in clause.tokens}:
        subject = _unnamed_speaker(tokens, clause, verb)
        if subject is None and clause.kind != "relative" and not clause.is_coordinate:
            return None
    if effect == "deny" and "nicht" in clause.text.split():
        effect = "admit"  # Kiew bestreitet nicht, dass ...
    if effect == "confirm" and "nicht" in clause.text.split():
        effect = "doubt"  # Kiew bestätigte den Verlust nicht: neither says it nor denies it
    if subject is None:
        subject = _speaker_above(tokens, clauses, clause, speakers, found)
    return Attribution(subject, clause.number, effect, "verb", inverted, verb)


def _speaker_above(
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    clause: Clause,
    speakers: Sequence[Speaker],
    found: Sequence[Attribution],
) -> Speaker | None:
    """Return the antecedent of a relative clause, the subject a coordinate one shares."""
    if clause.kind == "relative":
        earlier = [s for s in speakers if s.token < clause.tokens[0]]
        return earlier[-1] if earlier else None
    if not clause.is_coordinate or clause.parent is None:
        return None
    said = [a for a in found if a.clause == clause.parent and a.way == "verb"]
    if said and said[-1].speaker is not None:
        return said[-1].speaker
    above = [s for s in speakers if _is_speaker_of(tokens, s, clauses[clause.parent])]
    return above[0] if above else None


_REPORT_NOUN = pattern("report_noun")


def _report_nouns(
    text: str,
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    speakers: Sequence[Speaker],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """Read ``es gab Berichte über`` as a report of whoever stands in the clause."""
    extra: list[Attribution] = []
    for clause in clauses:
        match = _REPORT_NOUN.search(clause.text)
        if match is None or any(a.clause == clause.number for a in found):
            continue
        inside = [s for s in speakers if s.token in clause.tokens]
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


def _rank(speaker: Speaker, verb: int) -> tuple[int, int]:
    """Prefer officials over capitals and agencies, then what is nearer to the verb."""
    weak = {"agency": 3, "media": 2, "witness": 1}.get(speaker.kind, 0)
    if speaker.side is None:
        weak += 2
    if speaker.name in ("Russland", "Ukraine", "Russische Führung", "Ukrainische Führung"):
        weak += 1
    return weak, abs(speaker.token - verb)


def _heading(tokens: Sequence[Token], speaker: Speaker) -> bool:
    """Whether the sentence starts ``Selenskyj: ...`` (after a ticker's time)."""
    before = [t for t in tokens[: speaker.token] if t.is_capital]
    if len(before) > 2 or preposition_before(tokens, speaker.token)[0] == "für":
        return False  # Gebietsgewinne für Russland: ...
    for token in tokens[speaker.token : speaker.token + 6]:
        if token.text == ":":
            return not any(t.lower in ("zu", "über", "nach") for t in tokens[: speaker.token])
        if (
            token.start >= speaker.end
            and token.text not in "-–"
            and not token.is_capital
            and not word_class(token.lower, "determiner")
        ):
            return False
    return False
