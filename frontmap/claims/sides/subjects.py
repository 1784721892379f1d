"""Which side is the subject of a clause, looked for in the clauses it hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from frontmap.claims.lexicon import place_word, weapon_word
from frontmap.claims.lexicon.words import auxiliary, pattern, prefixes, word_class, word_set
from frontmap.claims.records import Side
from frontmap.claims.sentence.actors import ActorMention, opponent, preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import is_finite, verb_kind

__all__ = [
    "NOBODY",
    "Actor",
    "Carried",
    "accused_side",
    "clause_subject",
    "first_subject",
    "mentioned_side",
    "of_mention",
    "pronoun_of",
    "shares_verb",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """The side that acts, the words that say so, and why."""

    side: Side | None
    text: str | None
    reason: str


@dataclass(slots=True)
class Carried:
    """What earlier sentences of the paragraph carry into this one.

    Attributes
    ----------
    force : Side or None
        The side of the troops spoken of last.
    claimant : Side or None
        The side of who speaks in this clause.
    enemy : Side or None
        The side that ``der Feind`` means where no side speaks.
    leader : Side or None
        The side of the state or leader spoken of last, speakers included.
    reports : bool
        He reports a whole post: troops without a name are his own.
    own : Side or None
        The side whose ``unsere Truppen`` are where nobody is cited: a post tells it by its slang.
    in_russia : bool
        The place spoken of last lies in Russia.
    """

    force: Side | None = None
    claimant: Side | None = None
    enemy: Side | None = None
    leader: Side | None = None
    reports: bool = False
    in_russia: bool = False
    own: Side | None = None


NOBODY = Actor(None, None, "")
_OWN = word_set("own_troops")
_PLANS = prefixes("plans")


def mentioned_side(raw: str, carried: Carried) -> Side | None:
    """Return the side that a word of ``actors.tsv`` names; of ``other`` the claimant's enemy."""
    if raw in ("RU", "UA"):
        return Side(raw)
    if raw == "other":
        return opponent(carried.claimant) or carried.enemy
    return None


def of_mention(
    mention: ActorMention, analysis: SentenceAnalysis, carried: Carried, reason: str
) -> Actor:
    """Return the side of a mention; troops without a name are those spoken of before."""
    text = analysis.words(mention.first, mention.head)
    side = mentioned_side(mention.side, carried)
    if mention.kind == "role" and _in_russia(analysis, carried):
        side = opponent(side)  # bei Kursk greift die Ukraine an
    if side is None and mention.kind == "generic":
        return _of_generic(mention, analysis, carried, reason)
    return Actor(side, text, f'{reason}: "{text}"')


def _in_russia(analysis: SentenceAnalysis, carried: Carried) -> bool:
    """Whether all places of the sentence, or else the one spoken of before, lie in Russia."""
    places = [p.toponym.place for p in analysis.places]
    if not places:
        return carried.in_russia
    return all(p is not None and p.country == "RU" for p in places)


def _of_generic(
    mention: ActorMention, analysis: SentenceAnalysis, carried: Carried, reason: str
) -> Actor:
    """Return whose troops are meant where no word beside them names a side."""
    text = analysis.words(mention.first, mention.head)
    before = analysis.tokens[mention.first - 1].lower if mention.first else ""
    if before in _THEIRS or _of_own_land(mention, analysis):
        owner = _leader_before(mention, analysis)
        if owner is not None:
            side = mentioned_side(owner.side, carried)
            of = analysis.words(owner.first, owner.head)
            return Actor(side, text, f'{reason}: "{before} {text}" of "{of}"')
        side = carried.claimant or carried.leader
        return Actor(side, text, f'{reason}: "{before} {text}" of who was spoken of')
    if word_class(before, "possessive") or before in _OWN:
        # bestätigte, dass unsere Truppen abgezogen seien: those of who speaks
        side = carried.claimant or carried.own
        return Actor(side, text, f'{reason}: "{before} {text}" of who speaks')
    if weapon_word(analysis.tokens[mention.head].text):
        return Actor(None, text, f'{reason}: whose "{text}" they are is left open')
    on_side = _ON_SIDE.search(analysis.clauses[analysis.tokens[mention.head].clause].text)
    if on_side is not None:
        side = Side.RU if on_side["side"] == "russisch" else Side.UA
        return Actor(side, text, f'{reason}: "{text}" {on_side.group(0)}')
    institution = text.lower() in _INSTITUTIONS and before in ("die", "das")
    own = carried.reports or institution or (carried.force is None and before == "die")
    if carried.claimant is not None and own:
        return Actor(carried.claimant, text, f'{reason}: "{text}" of who speaks')
    if _is_numbered(mention, analysis):
        return Actor(carried.claimant, text, f'{reason}: "{text}" are a unit of its own name')
    return Actor(carried.force, text, f'{reason}: "{text}" are the troops spoken of before')


def _is_numbered(mention: ActorMention, analysis: SentenceAnalysis) -> bool:
    """Whether a unit is called by its number: die 92. Brigade, die 3. selbstständige Brigade."""
    for at in range(mention.head - 1, max(-1, mention.head - _NUMBER_BEFORE), -1):
        token = analysis.tokens[at]
        if token.text[0].isdecimal():  # 15 Brigaden are counted, not called so
            return "." in (token.text[-1], analysis.tokens[at + 1].text)
        if token.is_capital or word_class(token.lower, "determiner"):
            return False
    return False


_NUMBER_BEFORE = 6  # words between a unit's number and its noun


_ON_SIDE = pattern("on_side")
_INSTITUTIONS = word_set("own_institutions")
_THEIRS = word_set("their_troops")


def _of_own_land(mention: ActorMention, analysis: SentenceAnalysis) -> bool:
    """Whether the troops are of the speaker's land: die Armee seines Landes."""
    after = [t.lower for t in analysis.tokens[mention.head + 1 : mention.head + 3]]
    return len(after) == 2 and after[0] in _THEIRS and after[1].startswith("land")


def _leader_before(mention: ActorMention, analysis: SentenceAnalysis) -> ActorMention | None:
    """Return the state or leader before a possessive: Putin hat angekündigt, seine Truppen ..."""
    his = analysis.tokens[mention.first - 1].lower.startswith("sein")  # of one, no troops
    kinds = ("state",) if his else ("state", "force")
    owners = [
        a
        for a in analysis.actors
        if a.head < mention.first and a.side and a.kind in kinds and not a.is_genitive
    ]
    subjects = [a for a in owners if a.is_subject]
    named = subjects or owners
    return named[-1] if named else None


def first_subject(analysis: SentenceAnalysis, clause: Clause) -> ActorMention | None:
    """Return the first mention of a clause that can be its subject."""
    subjects = [
        a
        for a in analysis.actors_in(clause.number)
        if a.is_subject and not (a.kind == "state" and _speaks(analysis, a))
    ]
    subjects = subjects or _misspelt_subject(analysis, clause) or _of_many(analysis, clause)
    if subjects and _other_subject(analysis, clause, subjects[0]):
        subjects = subjects[1:]
    if subjects and weapon_word(analysis.tokens[subjects[0].head].text):
        # mit Drohnen, Raketen und Bomben griff Russland an
        subjects = [a for a in subjects if a.side] or subjects
    return subjects[0] if subjects else None


def _of_many(analysis: SentenceAnalysis, clause: Clause) -> list[ActorMention]:
    """Return the troops a collective noun counts: Dutzende russischer Soldaten, Teile der Armee."""
    for mention in analysis.actors_in(clause.number):
        # Hunderte schlecht ausgebildeter russischer Soldaten
        bare = analysis.tokens[mention.first].lower.endswith("er") and not mention.is_subject
        counted = mention.is_genitive or (bare and not mention.preposition)
        if not counted or mention.kind not in ("force", "generic", "role"):
            continue
        at = mention.first - 1
        while at > 0 and not analysis.tokens[at].is_capital and mention.first - at < 4:
            at -= 1
        before, _, _ = preposition_before(analysis.tokens, at)
        if analysis.tokens[at].lower in _MANY and before in ("", "um"):
            return [mention]
    return []


_MANY = word_set("collectives")


def _misspelt_subject(analysis: SentenceAnalysis, clause: Clause) -> list[ActorMention]:
    """Return bare troops in a wrong ending right beside ``haben``: haben russischen Truppen ..."""
    for mention in analysis.actors_in(clause.number):
        bare = mention.head == mention.first + 1 and not mention.preposition
        beside = analysis.tokens[mention.first - 1].lower if mention.first else ""
        if bare and beside in ("haben", "hatten", "hätten") and not mention.is_genitive:
            return [mention]
    return []


def _other_subject(analysis: SentenceAnalysis, clause: Clause, mention: ActorMention) -> bool:
    """Whether a noun before the finite verb is the subject: die Angriffe drängen die Truppen."""
    tokens = analysis.tokens
    finite = next(
        (i for i in clause.tokens if auxiliary(tokens[i].lower) or is_finite(tokens[i])), None
    )
    if finite is None or mention.first < finite or clause.kind not in ("main", "fragment"):
        return False
    if tokens[mention.first - 1].lower not in ("die", "diese"):
        return False
    before = [i for i in clause.tokens if i < finite]
    if not before or not word_class(tokens[before[0]].lower, "determiner"):
        return False
    if tokens[before[0]].lower.endswith(("en", "em")):
        return False  # keinen Meter kamen die Truppen voran
    nouns = [tokens[i] for i in before[1:] if tokens[i].is_capital]
    return bool(nouns) and all(place_word(n.text) is None and n.toponym is None for n in nouns)


def pronoun_of(analysis: SentenceAnalysis, clause: Clause) -> str:
    """Return what a pronoun as the clause's subject stands for: own, carry; empty for none."""
    for i in clause.tokens:
        word = analysis.tokens[i].lower
        if word in ("man", "wir"):
            return "own"
        if word == "sie":
            return "carry"
    if _SPEAKER_DID.search(clause.text) and not _IMPERSONAL.search(clause.text):
        return "own"  # das Kommando erklärte, es habe X angegriffen
    first = analysis.tokens[clause.tokens[0]]
    after_heading = clause.tokens[0] and analysis.tokens[clause.tokens[0] - 1].text == ":"
    if after_heading and verb_kind(first, True) is not None and first.lower.endswith("en"):
        return "own"  # Selenskyj: Halten Pokrowsk
    return ""


_SPEAKER_DID = pattern("speaker_did")
_IMPERSONAL = pattern("impersonal")


def shares_verb(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether a coordinate clause takes its auxiliary from the one before: ... und X besetzt.

    A form that may be finite or a participle is the latter at the end of more than a word.
    """
    if not clause.is_coordinate:
        return False
    tokens = analysis.tokens
    finite = [
        i
        for i in clause.tokens
        if (is_finite(tokens[i]) or auxiliary(tokens[i].lower)) and tokens[i].lower != "worden"
    ]
    if not finite:
        return True
    if clause.parent is None or finite != [clause.tokens[-1]] or len(clause.tokens) < 4:
        return False
    above = analysis.clauses[clause.parent].tokens
    return auxiliary(tokens[finite[0]].lower) is None and any(
        auxiliary(tokens[i].lower) in ("haben", "sein", "werden") for i in above
    )


def clause_subject(
    analysis: SentenceAnalysis, clause: Clause, carried: Carried, depth: int = 0
) -> Actor:
    """Return the subject of a clause, looked for in the clauses it hangs on."""
    if clause.kind == "relative" and not clause.is_coordinate:
        found = _relative_subject(analysis, clause, carried, depth)
        if found is not None:
            return found
    purpose = clause.opener in ("um", "ohne", "statt")
    # Truppen versuchen laut Kiew X einzukreisen: an infinitive in one clause with its verb
    bare = clause.kind == "infinitive" and clause.parent is not None
    has_subject = not shares_verb(analysis, clause) and not bare and not purpose
    pronoun = pronoun_of(analysis, clause)
    if pronoun == "own" and carried.claimant in (Side.RU, Side.UA):
        return Actor(carried.claimant, None, "speaks of its own troops")
    mention = first_subject(analysis, clause) if has_subject else None
    if mention is not None:
        return _named_subject(mention, analysis, clause, carried, depth)
    if pronoun == "carry":
        return _pronouns_troops(analysis, clause, carried, depth)
    if depth >= 3:
        return NOBODY
    if clause.parent is not None and clause.kind == "infinitive":
        return _infinitives_subject(analysis, clause, carried, depth)
    if _goes_on_with_but(analysis, clause):
        return clause_subject(analysis, analysis.clauses[clause.number - 1], carried, depth + 1)
    if clause.parent is not None and (clause.is_coordinate or _is_purpose(clause)):
        return clause_subject(analysis, analysis.clauses[clause.parent], carried, depth + 1)
    if _is_purpose(clause):
        later = [c for c in analysis.clauses if c.number > clause.number and c.kind == "main"]
        if later:
            return clause_subject(analysis, later[0], carried, depth + 1)
    return NOBODY


def _named_subject(
    mention: ActorMention, analysis: SentenceAnalysis, clause: Clause, carried: Carried, depth: int
) -> Actor:
    """Return who acts where troops are named, which may be the object of ``sie`` before them."""
    named = of_mention(mention, analysis, carried, "subject")
    if named.side is None or not _is_behind_pronoun(analysis, clause, mention):
        return named
    troops = _pronouns_troops(analysis, clause, carried, depth)
    if troops.side is opponent(named.side):
        return troops
    if analysis.tokens[clause.tokens[0]].lower == "sie":
        return Actor(opponent(named.side), None, f'pronoun for who acts against "{named.text}"')
    return Actor(None, None, f'both "sie" and "{named.text}" may act; the side is left open')


def _is_behind_pronoun(analysis: SentenceAnalysis, clause: Clause, mention: ActorMention) -> bool:
    """Whether the troops may be the object of ``sie``: sie drängten die Russen aus X.

    Where the clause names no place ``sie`` may be one: bis sie die Russen eroberten.
    """
    if not any(p.toponym.place is not None for p in analysis.places_in(clause.number)):
        return False
    words = [analysis.tokens[i].lower for i in clause.tokens if i < mention.first]
    _, determiner, _ = preposition_before(analysis.tokens, mention.head)
    return "sie" in words and determiner not in ("der", "ein")


def _goes_on_with_but(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the verb opens the clause without a subject: ..., sei aber weit davon entfernt."""
    if clause.kind != "main" or not clause.number or "," not in clause.separator:
        return False
    words = [analysis.tokens[i] for i in clause.tokens[:2]]
    opens = is_finite(words[0]) or auxiliary(words[0].lower) is not None
    return opens and len(words) > 1 and words[1].lower in _BUT


_BUT = word_set("contrast_but")


def _is_purpose(clause: Clause) -> bool:
    return clause.kind == "subordinate" and clause.opener in ("um", "ohne", "statt")


def _pronouns_troops(
    analysis: SentenceAnalysis, clause: Clause, carried: Carried, depth: int
) -> Actor:
    """Return the troops that ``sie`` stands for."""
    if clause.parent is not None and depth < 3:
        parent = first_subject(analysis, analysis.clauses[clause.parent])
        if parent is not None and parent.side:
            return of_mention(parent, analysis, carried, "pronoun")
    previous = [a for a in analysis.actors if a.head < clause.tokens[0] and a.is_subject and a.side]
    if previous:
        return of_mention(previous[-1], analysis, carried, "pronoun")
    if carried.force is None:
        return NOBODY
    return Actor(carried.force, None, "pronoun for the troops spoken of before")


def _infinitives_subject(
    analysis: SentenceAnalysis, clause: Clause, carried: Carried, depth: int
) -> Actor:
    """Return who does what an infinitive tells: the subject above, or whom it accuses."""
    assert clause.parent is not None
    above = analysis.clauses[clause.parent]
    accused = accused_side(analysis, above, carried)
    if accused is not None:
        return accused
    speaker = _speaker_above(analysis, above)
    if speaker is not None:
        return speaker
    mentions = [a for a in analysis.actors_in(above.number) if a.side]
    acting = [a for a in mentions if not (a.kind == "state" and a.is_genitive)]
    if len({a.side for a in acting if not _speaks(analysis, a)}) > 1:
        return Actor(None, None, "both sides are named above; the side is left open")
    actor = clause_subject(analysis, above, carried, depth + 1)
    if actor.side is not None:
        return actor
    planner = _planner_above(analysis, above, carried)
    if planner is not None:
        return planner
    sided = {mentioned_side(a.side, carried) for a in acting if not a.is_genitive}
    if len(sided) == 1:
        return Actor(sided.pop(), None, "the only side named in the clause above")
    return actor


_OF_ITSELF = ("say", "announce", "admit", "deny", "confirm")


def _speaker_above(analysis: SentenceAnalysis, clause: Clause) -> Actor | None:
    """Return who tells it of itself: Moskau hatte mitgeteilt, bis X vorgedrungen zu sein."""
    for told in analysis.attributions:
        speaker = told.speaker
        if told.way != "verb" or told.clause != clause.number or told.effect not in _OF_ITSELF:
            continue
        if speaker is not None and speaker.side in (Side.RU, Side.UA):
            words = analysis.text[speaker.start : speaker.end]
            return Actor(speaker.side, words, f'"{words}" says it of itself')
    return None


def _planner_above(analysis: SentenceAnalysis, clause: Clause, carried: Carried) -> Actor | None:
    """Return whose try or plan governs an infinitive: der Versuch der Russen, X zu erobern."""
    for mention in analysis.actors_in(clause.number):
        before = analysis.tokens[max(0, mention.first - 3) : mention.first]
        if mention.is_genitive and any(t.lower.startswith(_PLANS) for t in before):
            return of_mention(mention, analysis, carried, "whose plan it is")
    return None


def accused_side(analysis: SentenceAnalysis, clause: Clause, carried: Carried) -> Actor | None:
    """Return whom the clause accuses: Moskau wirft der Ukraine vor, X zu beschießen."""
    accusing = [
        a for a in analysis.attributions if a.effect == "accuse" and a.clause == clause.number
    ]
    if not accusing:
        return None
    speaker = accusing[0].speaker
    side = speaker.side if speaker is not None else carried.claimant
    others = [
        a
        for a in analysis.actors_in(clause.number)
        if mentioned_side(a.side, Carried(None, side)) not in (None, side)
        and not (
            speaker is not None and speaker.start <= analysis.tokens[a.head].start < speaker.end
        )
    ]
    accused = {mentioned_side(a.side, Carried(None, side)) for a in others}
    if len(accused) == 1:
        return Actor(accused.pop(), None, "the accused side")
    return NOBODY


def _speaks(analysis: SentenceAnalysis, mention: ActorMention) -> bool:
    """Whether the mention is part of who is cited: nach Darstellung Kiews."""
    start = analysis.tokens[mention.head].start
    speakers = (a.speaker for a in analysis.attributions if a.way == "formula")
    return any(s is not None and s.start <= start < s.end for s in speakers)


def _relative_subject(
    analysis: SentenceAnalysis, clause: Clause, carried: Carried, depth: int
) -> Actor | None:
    """Return the antecedent as subject: russische Truppen, die ..."""
    own = first_subject(analysis, clause)
    if own is not None:
        return _named_subject(own, analysis, clause, carried, depth)
    if clause.opener not in ("die", "der", "das", "welche", "welcher"):
        return None
    first = clause.tokens[0]
    before = [a for a in analysis.actors if a.head < first]
    if before and first - before[-1].head <= 3:
        return of_mention(before[-1], analysis, carried, "antecedent")
    return None
