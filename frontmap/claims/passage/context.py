"""What earlier sentences carry into the next: places, troops and speakers spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from frontmap.article import Article
from frontmap.claims.lexicon import actor_words, is_no_anchor
from frontmap.claims.lexicon.words import pattern, prefixes, word_set
from frontmap.claims.passage.headers import side_by_slang
from frontmap.claims.passage.memory import SpeakerMemory
from frontmap.claims.passage.outline import Stretch
from frontmap.claims.passage.scope import is_contrasted, own_speaker
from frontmap.claims.passage.topics import heading_place, label_place
from frontmap.claims.records import Side
from frontmap.claims.sentence.actors import ActorMention, opponent, preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.references import PlaceReference, is_facility, is_region, is_river
from frontmap.claims.sentence.speakers import Speaker
from frontmap.claims.sides.subjects import Carried
from frontmap.claims.syntax.moods import carries_report
from gazetteer import Kind

if TYPE_CHECKING:
    from frontmap.claims.passage.drafts import ClaimDraft

__all__ = ["Context"]

_DESCRIBING = prefixes("describing")
_SIZES = (
    (prefixes("words_for_towns"), (Kind.CITY, Kind.TOWN)),
    (prefixes("words_for_villages"), (Kind.VILLAGE, Kind.TOWN)),
)


def _of_size(word: str, candidates: Sequence[PlaceReference]) -> Sequence[PlaceReference]:
    """Return the places that die Stadt or das Dorf can be: a city is no village."""
    if word.endswith("hauptstadt"):
        return [c for c in candidates if _is_capital(c)]
    kinds = next((k for nouns, k in _SIZES if word.endswith(nouns)), None)
    if kinds is None:
        return candidates
    places = [(c, c.toponym.place) for c in candidates]
    fits = [c for c, place in places if place is None or place.kind in kinds]
    smaller = [c for c, place in places if place is None or place.kind is not Kind.CITY]
    return fits or (smaller if Kind.VILLAGE in kinds else candidates)


def _is_capital(reference: PlaceReference) -> bool:
    """Whether the place is the seat of its oblast, most of which bear its name."""
    place = reference.toponym.place
    if place is None or place.kind is not Kind.CITY:
        return False
    return place.name_de == place.oblast or place.name_de.lower() in word_set("oblast_seats")


_STATES = word_set("states_as_claimants") | word_set("governments_as_claimants")


@dataclass(slots=True)
class Context:
    """The state carried through an article, sentence by sentence."""

    article: Article
    quotes: list[tuple[int, int]]
    analyses: Sequence[SentenceAnalysis]
    memory: SpeakerMemory = field(default_factory=SpeakerMemory)
    force: Side | None = None
    paragraph: int = -1
    unit: int = 0
    unit_start: int = 0
    topic: PlaceReference | None = None  # what the label of the paragraph names
    heading: PlaceReference | None = None  # what the heading over the paragraphs names
    subjects: list[Side] = field(default_factory=list)
    offensive: list[Side] = field(default_factory=list)
    striking: list[Side] = field(default_factory=list)
    enemy: Side | None = None
    leader: Side | None = None
    own: Side | None = None  # whose post it is, told by what it calls the enemy
    _places: list[PlaceReference] = field(default_factory=list)
    _seats: list[PlaceReference] = field(default_factory=list)
    _told: list[PlaceReference] = field(default_factory=list)
    _named: list[PlaceReference] = field(default_factory=list)
    _current: SentenceAnalysis | None = None

    def __post_init__(self) -> None:
        """Read whose post it is, once for the article."""
        self.own = side_by_slang(self.article.text)

    def enter(self, analysis: SentenceAnalysis, stretch: Stretch) -> None:
        """Start a sentence: what its back references mean is settled, the rest of them dropped."""
        self._take_up(analysis, stretch)
        if analysis.sentence.paragraph != self.paragraph:
            self.paragraph = analysis.sentence.paragraph
            self._take_heading(analysis)
            start = analysis.sentence.start
            if pattern("dialogue").match(analysis.text, start, start + 40):
                self.memory.last = self.memory.voice  # the next one speaks
            self.offensive = []
            self.striking = []
            self.subjects = []
            self.enemy = None
            self._named, self._told = [], []
        settled: list[PlaceReference] = []
        for place in analysis.places:
            if place.is_plural:
                settled += self._all_meant(place, [*self._places, *settled])
                continue
            if place.is_back_reference:
                known = [*self._places, *settled]
                word = analysis.tokens[place.index].lower
                meant = self._meant(place.noun, known, word)
                meant = meant or self._meant(place.noun, self._seats)
                if meant is None:
                    continue
                place.toponym = meant.toponym
                if place.noun == "any":  # dort, after a list: at each of its places
                    listed = self._listed_before(meant, known)
                    settled += [replace(place, toponym=other.toponym) for other in listed]
                    place.coordinated_with = place.index if listed else None
            settled.append(place)
        kept = {p.index for p in settled}
        for place in settled:
            if place.contained_in is not None and place.contained_in not in kept:
                place.contained_in = None
        analysis.places = settled
        self._current = analysis

    def _take_up(self, analysis: SentenceAnalysis, stretch: Stretch) -> None:
        """Forget the post or entry before, and let the one who reports this stretch speak."""
        if stretch.unit != self.unit:
            self.unit = stretch.unit
            self.unit_start = analysis.sentence.start
            self.memory = SpeakerMemory(by_name=self.memory.by_name)
            self.force = self.enemy = self.leader = None
            self._places, self._seats = [], []
            self.heading = None
        if stretch.voice is not self.memory.voice:
            self.memory.voice = stretch.voice
            self.memory.last = stretch.voice or self.memory.last
            self.force = None

    def _take_heading(self, analysis: SentenceAnalysis) -> None:
        """Note which place a label or heading gives to what follows."""
        self.topic = label_place(analysis)
        if analysis.sentence.is_headline:
            self.heading = heading_place(analysis)

    def _all_meant(
        self, place: PlaceReference, candidates: Sequence[PlaceReference]
    ) -> list[PlaceReference]:
        """Return one reference for each place of the last list spoken of: beide Orte."""
        named = [c for c in candidates if not c.is_back_reference]
        fits = [c for c in named if (place.noun == "region") == is_region(c.toponym)]
        if place.number:
            distinct = {c.toponym.place: c.toponym for c in fits if c.toponym.place}
            last = list(distinct.values())[-place.number :]
            return [replace(place, toponym=t) for t in last if len(last) == place.number]
        lists = [c for c in fits if c.coordinated_with is not None]
        if not lists:
            return []
        chain = [*self._listed_before(lists[-1], fits), lists[-1]]
        return [replace(place, toponym=meant.toponym) for meant in chain] if chain[1:] else []

    @staticmethod
    def _listed_before(
        last: PlaceReference, candidates: Sequence[PlaceReference]
    ) -> list[PlaceReference]:
        """Return the places of the list that ends with `last`, without it."""
        found: list[PlaceReference] = []
        at = last
        if last not in candidates:  # a speaker's seat, which is on no list
            return found
        for earlier in reversed(candidates[: candidates.index(last)]):
            if at.coordinated_with != earlier.index:
                break
            found.insert(0, earlier)
            at = earlier
        return found

    @staticmethod
    def _meant(
        kind: str, candidates: Sequence[PlaceReference], word: str = ""
    ) -> PlaceReference | None:
        if kind == "settlement":
            # what a town is called (das Tor nach X, ein Vorort von X) is not what is spoken of
            named = [p for p in candidates if not p.word.startswith(_DESCRIBING)]
            candidates = _of_size(word, named or candidates)
        for place in reversed(candidates):
            if kind == "plant":
                if is_facility(place.toponym):
                    return place
                continue
            if place.contained_in is not None and kind != "region":
                continue
            if kind == "any" and is_river(place.toponym) and place is not candidates[0]:
                continue  # X liegt am Donez. Dort ...: in X
            if kind == "any" or (kind == "region") == is_region(place.toponym):
                return place
        return None

    def focus(self, kind: str, before: int = -1) -> PlaceReference | None:
        """Return the place spoken of last, before token `before` of the current sentence."""
        if kind == "topic":
            return self.topic or self.heading
        if kind in ("sole", "told"):
            sole = self._sole(before)
            told = {p.toponym.place for p in self._told}
            return sole if sole is None or kind == "sole" or sole.toponym.place in told else None
        here = [p for p in self._here() if p.index < before]
        return self._meant(kind, [*self._places, *here])

    def _here(self) -> list[PlaceReference]:
        """Return the places of the current sentence but for those named by the way."""
        return [p for p in self._current.places if not p.aside] if self._current else []

    def _sole(self, before: int) -> PlaceReference | None:
        """Return the only place the passage has named so far, None where it has named others."""
        here = self._here()
        places = [p for p in [*self._named, *here] if p.contained_in is None]
        if len({p.toponym.place for p in places}) != 1 or places[0].toponym.place is None:
            return None
        if all(p.relation == "in" and _seats_government(p) for p in places):
            return None  # in Kiew wächst die Sorge: no event there
        named = [*self._named, *(p for p in here if p.index < before)]
        return places[-1] if named else None  # befreien Orte, Gefechte um X nehmen zu

    def carried(self, speaker: Speaker | None) -> Carried:
        """Return the carried troops and the claimant's side for one clause."""
        voice = self.memory.voice
        speaker = speaker or voice
        reports = voice is not None and speaker is voice
        side = speaker.side if speaker is not None else None
        force = self.force
        if force is None and len(set(self.subjects)) == 1:
            force = self.subjects[0]
        claimant = side if side in (Side.RU, Side.UA) else None
        enemy = self.enemy
        cited = speaker or self._spoken()
        if cited is None:
            enemy = enemy or opponent(self.own) or opponent(force)
        elif cited.side in (Side.RU, Side.UA):
            enemy = opponent(cited.side)
        elif cited.name in word_set("ukrainian_observers") or opponent(force) is Side.RU:
            enemy = enemy or Side.RU  # of a third party: never the defender
        return Carried(force, claimant, enemy, self.leader, reports, self._is_in_russia(), self.own)

    def _is_in_russia(self) -> bool:
        """Whether the place spoken of last lies in Russia."""
        last = self._places[-1].toponym.place if self._places else None
        return last is not None and last.country == "RU"

    def _spoken(self) -> Speaker | None:
        """Return who is cited last in the current sentence."""
        said = self._current.attributions if self._current is not None else []
        return next((a.speaker for a in reversed(said) if a.speaker is not None), None)

    def voice(self, analysis: SentenceAnalysis) -> Side | None:
        """Return the side whose words the sentence, or else the passage, gave last."""
        spoken = [a.speaker for a in analysis.attributions if a.speaker is not None]
        last = spoken[-1] if spoken else self.memory.last
        return last.side if last is not None else None

    def quote_speaker(self, start: int, end: int) -> Speaker | None:
        """Return the speaker of the quotation that covers a stretch."""
        for first, last in self.quotes:
            if first <= start and end <= last:
                return self._speaker_round(first, last)
        return None

    def _speaker_round(self, first: int, last: int) -> Speaker | None:
        for analysis in self.analyses:
            sentence = analysis.sentence
            if sentence.end <= first - 3 or sentence.start > last + 3:
                continue
            for attribution in analysis.attributions:
                at = analysis.tokens[attribution.token].start
                if attribution.way in ("verb", "formula", "heading") and not first <= at < last:
                    if attribution.speaker is not None:
                        return attribution.speaker
                    return self.memory.last
        return None

    def leave(self, analysis: SentenceAnalysis, drafts: Sequence[ClaimDraft]) -> None:
        """Note what the sentence leaves behind."""
        text = self.article.text
        for attribution in analysis.attributions:
            speaker = attribution.speaker
            if attribution.effect == "own":
                speaker = own_speaker(analysis, attribution, None)
                speaker = speaker if speaker.side is not None else None
            if is_contrasted(analysis, attribution):
                continue
            if speaker is not None and attribution.effect != "source":
                known = self.memory.last
                if speaker.kind == "agency" and known is not None and known.kind != "agency":
                    continue
                self.memory.remember(speaker, text)
                self.memory.spoke_until = analysis.sentence.end
        telling = [d.coverage.speaker for d in drafts if d.coverage and d.coverage.speaker]
        if self.memory.last is None and telling:
            self.memory.remember(telling[-1], text)
        self._go_on_from_before(analysis)
        officials = [s for s in analysis.speakers if s.kind == "official" and s.name not in _STATES]
        if officials:
            self.memory.mentioned = officials[-1]
        acting = [s for s in officials if s.side is not None and _is_subject(analysis, s)]
        if acting:
            self.memory.acting = analysis.sentence.end, acting[0]
        spoken_of = [p for p in analysis.places if not p.aside]
        self._named += spoken_of
        self._told += [draft.place for draft in drafts]
        self._seats = _seats(analysis) or self._seats
        self._places = [*self._places[-6:], *spoken_of]
        speaking = [
            a.speaker
            for a in analysis.attributions
            if a.speaker is not None and a.effect not in ("confirm", "admit")
        ]
        self._note_actors(analysis, [s for s in speaking if s is not None], drafts)

    def _go_on_from_before(self, analysis: SentenceAnalysis) -> None:
        """Keep who acted before as who reports: X zog Bilanz. Es habe 90 Gefechte gegeben."""
        acted = self.memory.before(analysis.sentence.start)
        if self.memory.last is not None or acted is None or analysis.attributions:
            return
        if any(carries_report(analysis.tokens, clause) for clause in analysis.clauses):
            self.memory.remember(acted, self.article.text)

    def _note_actors(
        self,
        analysis: SentenceAnalysis,
        speaking: Sequence[Speaker],
        drafts: Sequence[ClaimDraft],
    ) -> None:
        """Note which side was spoken of, and which was called the enemy."""
        acting: list[ActorMention] = []
        for actor in analysis.actors:
            if not (actor.is_subject and actor.side in ("RU", "UA")):
                continue
            self.leader = Side(actor.side)
            start = analysis.tokens[actor.head].start
            if not any(s.start <= start < s.end for s in speaking):
                acting.append(actor)
        self.subjects += [Side(a.side) for a in acting]
        for draft in drafts:
            word = actor_words((draft.actor.text or " ").split(" ")[-1])
            if word is not None and word.side == "other":
                self.enemy = draft.actor.side
        sides = [d.actor.side for d in drafts if d.actor.side is not None]
        forces = [a for a in acting if a.kind == "force"]
        if sides:
            self.force = sides[-1]
        elif forces:
            self.force = Side(forces[-1].side)
        self.memory.force = self.force


def _seats_government(place: PlaceReference) -> bool:
    word = actor_words(place.toponym.mention.stem)
    return word is not None and word.kind == "state"


def _seats(analysis: SentenceAnalysis) -> list[PlaceReference]:
    """Return the places that only say whose office speaks: der Bürgermeister von X."""
    known = {p.toponym.mention.start for p in analysis.places}
    found = [
        PlaceReference(i, i, token.toponym)
        for i, token in enumerate(analysis.tokens)
        if token.toponym is not None
        and token.toponym.mention.start not in known
        and not is_no_anchor(token.text)
    ]
    return [p for p in found if p.toponym.place is not None and not _seats_government(p)]


def _is_subject(analysis: SentenceAnalysis, speaker: Speaker) -> bool:
    """Whether an official can be the subject of its sentence: no preposition, no genitive."""
    preposition, determiner, at = preposition_before(analysis.tokens, speaker.token)
    if speaker.token > 1 and analysis.tokens[speaker.token - 1].is_capital:
        return False  # der Abzug russischer Truppen
    opens = at <= 0 and speaker.token <= 2
    return not preposition and (opens or determiner not in ("der", "des"))
