"""Who says so: the verbs of saying of a sentence, their subjects and the clauses they cover."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from frontmap.claims.lexicon import (
    Speech,
    actor_words,
    known_verbs,
    noun_entries,
    place_word,
    speech_verbs,
)
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import auxiliary, pattern, prefixes, word_class, word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.formulas import by_formula, own_accounts, report_nouns
from frontmap.claims.sentence.speakers import Attribution, Speaker
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import is_attribute, is_finite
from frontmap.claims.syntax.tokens import Token
from frontmap.lexicons import load

__all__ = ["find_attributions", "has_company"]


_JUDGED = pattern("judged")
# what observers perceive they report; others merely see it
_PERCEIVING = word_set("perceiving")
_SPEAK_BEHIND = word_set("speak_behind")
_COUNTING = word_set("counting")
_STATES = word_set("states_as_claimants")


def _is_speaker_of(tokens: Sequence[Token], speaker: Speaker, clause: Clause) -> bool:
    """Whether the claimant can be the subject: no preposition before it."""
    preposition, determiner, at = preposition_before(tokens, speaker.token)
    if determiner in _OBLIQUE or _is_oblique(tokens, speaker.token):
        return False  # hat den Besatzern vorgeworfen
    first = tokens[speaker.token]
    if determiner in ("der", "des", "dem") and not first.is_capital and first.lower.endswith("en"):
        return False  # wirft der russischen Armee vor
    if speaker.name == "Ukraine" and determiner == "der":
        return False  # die Demilitarisierung der Ukraine
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
    state = speaker.name in _STATES or tokens[speaker.token].lower in _SEATS
    if state and (preposition or tokens[speaker.token].lower in _OWNING):
        return False  # die Botschaft in der Ukraine, Moskaus Beute
    if preposition in ("in", "aus", "bei", "im") and at >= 0 and tokens[at].is_capital:
        # der Gouverneur in X; the title before it is no claimant of its own. Not: sagte er im Radio
        return speaker.kind not in ("media", "agency")
    return not preposition or preposition == "vom"


def _is_oblique(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name is no subject: der Internationalen Agentur mitgeteilt, um die Stadt Kiew."""
    before = tokens[at - 1] if at else None
    if before is None or not before.is_capital:
        return False
    noun = place_word(before.text)
    if noun is not None and noun.kind in ("settlement", "none"):
        return tokens[at].toponym is not None
    article = tokens[at - 2].lower if at > 1 else ""
    return before.lower.endswith("en") and article in ("der", "des", "dem", "den")


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
        if token.is_capital and (i != clause.tokens[0] or i == 0) and not _is_fronted(tokens, i):
            continue
        for speech in _readings(tokens, i):
            if speech.kind is FormKind.ZU:
                continue
            if not _particle_ok(tokens, clause, i, speech.particle) or is_attribute(tokens, i):
                continue
            if _may_be_participle(token.lower) and _is_passive(tokens, clause, i):
                continue
            if speech.lemma in _SPEAK_BEHIND and not (i == clause.tokens[0] and clause.separator):
                continue
            if not _says_with(speech.lemma, clause):
                continue
            return i, speech.effect, speech.lemma
    return None


def _readings(tokens: Sequence[Token], i: int) -> tuple[Speech, ...]:
    """Return the verbs of saying a word may be, alone or with the next: bekannt gegeben."""
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    apart = tuple(
        s
        for s in speech_verbs().get(tokens[i].lower + following, ())
        if s.kind in (FormKind.PARTICIPLE, FormKind.INFINITIVE)
    )
    return apart or speech_verbs().get(tokens[i].lower, ())


def _says_with(lemma: str, clause: Clause) -> bool:
    """Whether the words stand beside a verb without which it says nothing: hält für möglich."""
    if lemma == "halten":
        return _JUDGED.search(clause.text) is not None
    return has_company(lemma, clause)


def has_company(lemma: str, clause: Clause) -> bool:
    """Whether a word stands beside the verb that makes it one of saying: geht davon aus."""
    needed = _company().get(lemma)
    return needed is None or not needed.isdisjoint(clause.text.split())


@cache
def _company() -> dict[str, frozenset[str]]:
    lines = load("claims/speech_company.tsv")
    return {line["entry"]: frozenset(line["words"].split()) for line in lines}


def _is_fronted(tokens: Sequence[Token], i: int) -> bool:
    """Whether a participle opens the sentence: Bestritten hat Moskau, dass ..."""
    if i or len(tokens) < 2 or not _may_be_participle(tokens[0].lower):
        return False
    return auxiliary(tokens[1].lower) == "haben"


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
    if not spots or _ends_headline(tokens, clause, verb, spots[0]):
        return None
    first, last = spots[0], spots[0]
    before, _, _ = preposition_before(tokens, first)
    if word_class(tokens[first].lower, "preposition") or word_class(
        tokens[first].lower, "determiner"
    ):
        return None
    if before or noun_entries(tokens[first].text) is not None:
        return None
    if any(word_class(tokens[first].lower, c) for c in ("subordinator", "coordinator", "relative")):
        return None
    if tokens[first].lower.startswith(_THINGS) or tokens[first].lower in _NOBODY:
        return None
    while last + 1 < len(tokens) and last + 1 in words:
        last += 1
    name = " ".join(tokens[i].text for i in range(first, last + 1))
    if tokens[last].toponym is not None and (first == last or _calls_town(tokens, first, last)):
        return _authorities(tokens, last)
    side = _side_beside(tokens, clause, first, last, verb)
    if side is None and name.endswith(_UKRAINIAN_ENDINGS):
        side = Side.UA  # General Tarnawskyj
    start, end = tokens[first].start, tokens[last].end
    behind = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if side is None and name.lower() in _BARE_OFFICES and behind not in _OF:
        return Speaker(name, None, "official", start, end, first)
    return Speaker(name, side or Side.THIRD, "person", start, end, first)


def _calls_town(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a noun for what it is and the town's name stand together: die Stadt Nikopol."""
    noun = place_word(tokens[first].text)
    return last == first + 1 and noun is not None and noun.kind == "settlement"


def _ends_headline(tokens: Sequence[Token], clause: Clause, verb: int, subject: int) -> bool:
    """Whether a form at the end is a participle: Tote bei Angriff auf X befürchtet."""
    closes = clause.kind in ("main", "fragment") and verb == clause.tokens[-1]
    return closes and verb - subject > 2 and _may_be_participle(tokens[verb].lower)


def _authorities(tokens: Sequence[Token], at: int) -> Speaker | None:
    """Return those who speak where a place is said to: Belgorod meldet Beschuss."""
    toponym = tokens[at].toponym
    place = toponym.place if toponym is not None else None
    sides = {"UA": (Side.UA, "Ukrainische"), "RU": (Side.RU, "Russische")}
    if place is None or place.country not in sides:
        return None
    side, adjective = sides[place.country]
    if (place.oblast or "").lower() in word_set("occupied_regions"):
        return None  # either side's authorities call themselves so
    name = f"{adjective} Behörden vor Ort"
    return Speaker(name, side, "official", tokens[at].start, tokens[at].end, at)


def _side_beside(
    tokens: Sequence[Token], clause: Clause, first: int, last: int, verb: int
) -> Side | None:
    """Return the side named in the subject's own words, not in what it speaks of."""
    stop = last + 1
    if first < verb:
        stop = verb
    elif stop <= clause.tokens[-1] and tokens[stop].lower in _OF:
        stop = min(clause.tokens[-1] + 1, stop + 4)
    for i in range(max(clause.tokens[0], first - 3), stop):
        if noun_entries(tokens[i].text) is not None and tokens[i].is_capital and i > last:
            break
        word = actor_words(tokens[i].text)
        if word is not None and word.side in ("RU", "UA"):
            return Side(word.side)
    return None


_OF = word_set("leads_to_an_owner")
_UKRAINIAN_ENDINGS = prefixes("ukrainian_endings")
_OWNING = word_set("owning_states")
_OF_KNOWN = word_set("speak_if_known")
_OBLIQUE = word_set("oblique_articles")
_SEATS = word_set("seats")
_BARE_OFFICES = word_set("bare_offices")
_BELIEVING = word_set("believing")
_FIRST_PERSON = word_set("first_person")
_NOBODY = word_set("nobody")
_PAPERS = word_set("papers")
_THINGS = prefixes("things")
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
    found = by_formula(text, tokens, clauses, speakers)
    used = {a.speaker for a in found}
    free = [s for s in speakers if s not in used]
    for clause in clauses:
        attribution = _by_verb(tokens, clauses, clause, free, speakers, found)
        if attribution is not None:
            found.append(attribution)
    found += _before_colon(tokens, clauses, free, found)
    found += _of_cited(clauses, free, found)
    found += report_nouns(tokens, clauses, speakers, found)
    found += own_accounts(text, tokens)
    found.sort(key=lambda a: a.token)
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
    if (effect == "accuse" or lemma == "drohen") and (end := _leading_subject(tokens, clause)):
        candidates = [s for s in candidates if s.token < end]  # Litauen wirft Russland vor
    subject: Speaker | None = None
    accuses = effect == "accuse" and _PRONOUNS & {tokens[i].lower for i in clause.tokens}
    if lemma in _COUNTING:
        candidates = [s for s in candidates if s.name not in _STATES]
    if lemma in _OF_KNOWN and not candidates:
        return None
    if lemma == "drohen" and not _threatens(clause, clauses):
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
    elif _is_first_person(tokens, clause):
        return Attribution(None, clause.number, _turned(effect, lemma, clause), "self", False, verb)
    elif not accuses and not _PRONOUNS & {tokens[i].lower for i in clause.tokens}:
        subject = _unnamed_speaker(tokens, clause, verb)
        if subject is None and clause.kind != "relative" and not clause.is_coordinate:
            return None
    if subject is None:
        subject = _speaker_above(tokens, clauses, clause, speakers, found)
    effect = _turned(effect, lemma, clause)
    return Attribution(subject, clause.number, effect, "verb", inverted, verb)


def _leading_subject(tokens: Sequence[Token], clause: Clause) -> int:
    """Return the finite verb before which the subject stands, 0 where none stands there.

    Who is accused or threatened stands behind it, as bare a name as who does it.
    """
    finite = next(
        (i for i in clause.tokens if is_finite(tokens[i]) or auxiliary(tokens[i].lower)), 0
    )
    nouns = [i for i in clause.tokens if i < finite and tokens[i].is_capital and tokens[i].is_word]
    # a capital that only opens the sentence is no noun: Erst im Juli
    nouns = [i for i in nouns if i or tokens[i].toponym is not None]
    if not nouns or clause.kind != "main" or noun_entries(tokens[nouns[0]].text) is not None:
        return 0  # den Beschuss von X warf Moskau der Ukraine vor
    preposition, determiner, _ = preposition_before(tokens, nouns[0])
    led = preposition or word_class(tokens[nouns[0]].lower, "preposition")
    return 0 if led or determiner in _OBLIQUE or _is_dative(tokens, nouns[0]) else finite


def _is_dative(tokens: Sequence[Token], noun: int) -> bool:
    """Whether ``der`` before a noun is feminine: der Ukraine, der russischen Armee."""
    before = tokens[noun - 1].lower if noun else ""
    weak = before.endswith("en") and noun > 1 and tokens[noun - 2].lower == "der"
    return weak or (before == "der" and tokens[noun].lower == "ukraine")


def _threatens(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether somebody threatens; not: Kiew droht der Verlust von X, droht X zu verlieren."""
    words = clause.text.split()
    if "mit" in words:
        return True
    return clause.kind == "main" and clause.number + 1 < len(clauses) and "zu" not in words


def _turned(effect: str, lemma: str, clause: Clause) -> str:
    """Return what a verb of saying does when the clause negates it."""
    if "nicht" not in clause.text.split():
        return effect
    if lemma in _BELIEVING:
        return "deny"  # glaubt nicht, dass X fällt
    # bestreitet nicht, dass ...; bestätigte den Verlust nicht: neither says it nor denies it
    return {"deny": "admit", "confirm": "doubt"}.get(effect, effect)


def _is_first_person(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the speaker of the text, or of a quotation, speaks of himself: ich glaube, dass."""
    return any(tokens[i].lower in _FIRST_PERSON for i in clause.tokens)


def _before_colon(
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    free: Sequence[Speaker],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """Read who acts before a colon as who speaks behind it: Kiew reagierte kühl: Noch sei ..."""
    extra: list[Attribution] = []
    for clause, following in pairwise(clauses):
        words = [tokens[i] for i in following.tokens if not tokens[i].is_capital]
        kinds = [known_verbs().get(t.lower) for t in words]
        if ":" not in following.separator or FormKind.SUBJUNCTIVE not in kinds:
            continue
        if any(a.clause in (clause.number, following.number) for a in found):
            continue
        subjects = [s for s in free if _is_speaker_of(tokens, s, clause)]
        if subjects and clause.kind == "main":
            first = subjects[0]
            extra.append(Attribution(first, clause.number, "say", "verb", False, first.token))
    return extra


def _of_cited(
    clauses: Sequence[Clause], free: Sequence[Speaker], found: Sequence[Attribution]
) -> list[Attribution]:
    """Read whose report is told of: der Vorwurf Moskaus, Kiew habe X beschossen, wurde ..."""
    extra: list[Attribution] = []
    for head, cited in pairwise(clauses):
        is_cited = cited.opener == "dass" and not cited.text.startswith("dass")
        named = [s for s in free if s.token in head.tokens]
        if not (is_cited and named) or cited.parent is None:
            continue
        judged = any(a.clause == cited.parent for a in found)
        if not judged and not _UNTRUE.search(clauses[cited.parent].text):
            speaker = named[-1]
            extra.append(Attribution(speaker, cited.number, "say", "formula", False, speaker.token))
    return extra


_UNTRUE = pattern("untrue")


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
    parent = clauses[clause.parent]
    above = [s for s in speakers if _is_speaker_of(tokens, s, parent)]
    if above:
        return above[0]
    finite = next((i for i in parent.tokens if is_finite(tokens[i])), parent.tokens[0])
    named = _unnamed_speaker(tokens, parent, finite)
    return named if named is not None and named.side is not Side.THIRD else None


def _rank(speaker: Speaker, verb: int) -> tuple[int, int]:
    """Prefer officials over capitals and agencies, then what is nearer to the verb."""
    weak = {"agency": 3, "media": 2, "witness": 1}.get(speaker.kind, 0)
    if speaker.side is None:
        weak += 2
    if speaker.name in _STATES:
        weak += 1
    return weak, abs(speaker.token - verb)
