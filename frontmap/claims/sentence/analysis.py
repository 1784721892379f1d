"""One sentence, taken apart: words, clauses, events, actors, places, attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from frontmap.claims.lexicon import actor_words, is_no_anchor, military_word, place_word
from frontmap.claims.lexicon.words import word_set
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import ActorMention, find_actors, preposition_before
from frontmap.claims.sentence.attribution import find_attributions
from frontmap.claims.sentence.outcomes import read_outcomes
from frontmap.claims.sentence.placement import find_places
from frontmap.claims.sentence.references import PlaceReference
from frontmap.claims.sentence.speakers import Attribution, Speaker, find_speakers
from frontmap.claims.sentence.triggers import Trigger, find_triggers, may_hold_event
from frontmap.claims.syntax.clauses import Clause, split_clauses
from frontmap.claims.syntax.segments import is_finite, verb_kind
from frontmap.claims.syntax.tokens import Token, tokenize
from frontmap.resolution import Toponym
from frontmap.sentences import Sentence
from gazetteer import Kind

__all__ = ["SentenceAnalysis", "analyse_sentence"]

_STRUCK = word_set("struck")


@dataclass(slots=True)
class SentenceAnalysis:
    """Everything the later steps need to know about one sentence."""

    sentence: Sentence
    text: str
    tokens: list[Token]
    clauses: list[Clause] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    actors: list[ActorMention] = field(default_factory=list)
    places: list[PlaceReference] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    is_military: bool = False

    def actors_in(self, clause: int) -> list[ActorMention]:
        """Return the actor mentions of a clause."""
        return [a for a in self.actors if self.tokens[a.head].clause == clause]

    def places_in(self, clause: int) -> list[PlaceReference]:
        """Return the places of a clause."""
        return [p for p in self.places if self.tokens[p.index].clause == clause]

    def is_town(self, actor: ActorMention) -> bool:
        """Whether the mention is the name of a capital: Kiew, Moskau, not Ukraine."""
        toponym = self.tokens[actor.head].toponym
        return toponym is not None and not _is_country(toponym)

    def words(self, first: int, last: int) -> str:
        """Return the text from token `first` to token `last`, both included."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


def analyse_sentence(
    text: str, sentence: Sentence, toponyms: Sequence[Toponym]
) -> SentenceAnalysis:
    """Take one sentence apart; the costly steps run only where an event word stands."""
    tokens = tokenize(text, sentence.start, sentence.end, toponyms)
    analysis = SentenceAnalysis(sentence, text, tokens)
    if not tokens:
        return analysis
    analysis.clauses = split_clauses(tokens, headline=sentence.is_headline)
    if may_hold_event(tokens):
        found = find_triggers(tokens, analysis.clauses)
        analysis.triggers = read_outcomes(found, analysis.clauses, tokens)
    analysis.actors = [a for a in find_actors(tokens) if not _is_struck_capital(analysis, a)]
    for actor in analysis.actors:
        actor.is_subject = actor.is_subject and not _is_corrected(analysis, actor)
        clause = analysis.clauses[tokens[actor.head].clause]
        if clause.kind == "subordinate" and actor.preposition == clause.opener:
            actor.preposition, actor.is_subject = "", True  # während russische Truppen ...
    analysis.speakers = find_speakers(text, tokens)
    analysis.attributions = find_attributions(text, tokens, analysis.clauses, analysis.speakers)
    analysis.is_military = any(military_word(t.text) for t in tokens if t.is_word) or any(
        a.is_subject and a.kind in ("force", "state", "role") for a in analysis.actors
    )
    state_tokens = {i for a in analysis.actors for i in range(a.first, a.head + 1)}
    named = [
        i
        for i, token in enumerate(tokens)
        if token.toponym is not None
        and i not in state_tokens
        and not is_no_anchor(token.text)
        and not _is_institution(analysis, i)
    ]
    analysis.places = [p for p in find_places(tokens, named) if not _at_sea(p)]
    for place in analysis.places:
        clause = analysis.clauses[tokens[place.index].clause]
        if clause.kind == "subordinate" and place.word.split(" ")[0] == clause.opener:
            place.relation, place.word = "direct", ""  # ohne die Stadt X einzunehmen
    for trigger in analysis.triggers:
        if trigger.shape == "attribute" and trigger.event is Event.CONTROL:
            for place in analysis.places:
                stands_before = place.first <= trigger.index + 1 <= place.index
                place.is_held = place.is_held or stands_before
    return analysis


def _is_struck_capital(analysis: SentenceAnalysis, actor: ActorMention) -> bool:
    """Whether a capital is the town it is done to, not its government: Russland beschießt Kiew."""
    token = analysis.tokens[actor.head]
    if token.toponym is None or actor.kind != "state" or actor.preposition or actor.is_genitive:
        return False
    if _is_listed_town(analysis.tokens, actor.head):
        return True
    if any(
        t.clause == token.clause and "headline" in t.entry.needs and t.shape == "phrase"
        for t in analysis.triggers
    ):
        return not _has_verb(analysis, token.clause)  # Kiew unter Beschuss
    verbs = [t for t in analysis.triggers if t.clause == token.clause and t.shape == "verb"]
    if any(t.voice in ("passive", "state") and "front" not in t.entry.needs for t in verbs):
        return not token.lower.endswith("s")
    finite = [i for i in analysis.clauses[token.clause].tokens if is_finite(analysis.tokens[i])]
    taking = [t for t in verbs if t.entry.entry in _STRUCK or "direct" in t.entry.needs]
    taking += [  # überzieht Kiew mit Raketen
        t
        for t in analysis.triggers
        if t.clause == token.clause and t.shape == "phrase" and t.entry.event is Event.STRIKE
        if t.entry.verbs and t.entry.agent == "subject"
    ]
    if not taking or not finite or actor.head < finite[0]:
        return False
    words = analysis.clauses[token.clause].tokens
    named = (actor_words(analysis.tokens[i].text) for i in words if i != actor.head)
    return any(w is not None and w.kind in ("state", "force", "generic") for w in named)


def _is_corrected(analysis: SentenceAnalysis, actor: ActorMention) -> bool:
    """Whether the words name who did not act: nicht die Russen, sondern die Ukrainer halten X."""
    tokens = analysis.tokens
    before = [t.lower for t in tokens[max(0, actor.first - 2) : actor.first]]
    if "nicht" not in before:
        return False
    return any(t.lower == "sondern" for t in tokens[actor.head + 1 : actor.head + 3])


def _has_verb(analysis: SentenceAnalysis, clause: int) -> bool:
    words = analysis.clauses[clause].tokens
    return any(verb_kind(analysis.tokens[i], i == 0) is not None for i in words)


def _is_listed_town(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capital stands in a list of towns: Städte wie Kiew, Kiew und Charkiw."""
    before = tokens[i - 1] if i else None
    if before is not None and before.lower == "wie" and i > 1:
        noun = place_word(tokens[i - 2].text)
        return noun is not None and noun.kind == "settlement"
    for sign, other in ((i + 1, i + 2), (i - 1, i - 2)):
        if 0 <= other < len(tokens) and tokens[sign].lower in ("und", "sowie", ",", "oder"):
            toponym = tokens[other].toponym
            word = actor_words(tokens[other].text)
            listed = (
                tokens[other].clause == tokens[i].clause
            )  # beschuldigt Kiew, X beschossen zu ...
            if listed and toponym is not None and word is None and not _is_country(toponym):
                return True
    return False


def _is_country(toponym: Toponym) -> bool:
    return toponym.place is not None and toponym.place.kind is Kind.COUNTRY


def _at_sea(place: PlaceReference) -> bool:
    found = place.toponym.place
    return found is not None and found.kind in (Kind.SEA, Kind.COUNTRY)


def _seats_speaker(analysis: SentenceAnalysis, index: int) -> bool:
    """Whether the name only says where the speaker sits: der Gouverneur in Luhansk."""
    used = {
        a.speaker
        for a in analysis.attributions
        if a.speaker is not None and not (a.way == "formula" and _is_name(analysis, a.speaker))
    }
    heads = {s.token for s in used}
    apposed = {s for s in analysis.speakers if _is_apposed(analysis, s, heads)}
    for speaker in used | apposed:
        between = [
            t for t in analysis.tokens if speaker.end <= t.start < analysis.tokens[index].start
        ]
        if (
            between
            and not _opens_list(analysis.tokens, index)
            and len(between) <= 3
            and between[0].lower in ("in", "von", "der", "des", "im")
            and not _leads_into(between)
            and all(not t.is_capital or place_word(t.text) for t in between)
            and not any(verb_kind(t, False) for t in between)
        ):
            return True
    return False


def _opens_list(tokens: Sequence[Token], index: int) -> bool:
    """Whether more names follow by commas: nach Angaben der Behörden in A, B und C."""
    after = tokens[index + 1 : index + 3]
    return len(after) == 2 and after[0].text == "," and after[1].toponym is not None


def _leads_into(words: Sequence[Token]) -> bool:
    """Whether the words say where to, not where: in das Dorf, in den Ort."""
    if len(words) < 2 or words[0].lower != "in":
        return False
    article = words[1].lower
    return article in ("das", "die") or (
        article == "den" and not words[-1].lower.endswith("en")  # in den Regionen
    )


def _is_apposed(analysis: SentenceAnalysis, speaker: Speaker, heads: set[int]) -> bool:
    """Whether a title explains the claimant before it: Alexander X, dem Gouverneur der Region Y."""
    if not any(0 < speaker.token - head <= 6 for head in heads):
        return False
    _, determiner, at = preposition_before(analysis.tokens, speaker.token)
    return bool(determiner) and at >= 0 and analysis.tokens[at].text == ","


def _is_name(analysis: SentenceAnalysis, speaker: Speaker) -> bool:
    """Whether the claimant is a person by name: nach Angaben von Präsident Selenskyj."""
    words = analysis.text[speaker.start : speaker.end].split()
    known = actor_words(words[-1])
    return known is not None and known.kind == "state" and words[-1] not in ("Kiew", "Moskau")


def _follows_event(analysis: SentenceAnalysis, index: int, said: Attribution) -> bool:
    """Whether an event stands between who speaks and the name: drohte mit Angriffen in Kiew."""
    start = said.token if said.speaker is None else max(said.token, said.speaker.token)
    return any(t.shape == "noun" and start < t.index < index for t in analysis.triggers)


def _is_institution(analysis: SentenceAnalysis, index: int) -> bool:
    """Whether the name stands for a government or its seat (teilte Kiew mit, in Moskau)."""
    token = analysis.tokens[index]
    after = analysis.tokens[index + 1 : index + 3]
    is_adjective = token.lower.endswith("er") and len(after) == 2
    if is_adjective and after[1].toponym is not None and place_word(after[0].text) is not None:
        return True  # der Kiewer Vorort Butscha
    word = actor_words(token.text)
    if word is not None and word.kind == "adjective":  # Kiewer, Moskauer
        following = analysis.tokens[index + 1] if index + 1 < len(analysis.tokens) else None
        return following is None or not following.text.startswith(("Vorort", "Gebiet", "Region"))
    if _seats_speaker(analysis, index):
        return True
    if word is None or word.kind != "state":
        return False
    before = analysis.tokens[index - 1].lower if index else ""
    for attribution in analysis.attributions:
        speaker = attribution.speaker
        if speaker is not None and speaker.start <= token.start < speaker.end:
            return True
        says = attribution.way == "verb" and token.clause == attribution.clause
        if says and before in ("in", "aus") and not _follows_event(analysis, index, attribution):
            return True  # teilte das Ministerium in Moskau mit
    return token.lower.startswith("moskau") and before in ("in", "aus", "nach")
