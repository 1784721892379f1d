"""The resolver: belief in each candidate, from the name and from the rest of the article.

Mentions of one name form a group (one sense per article). Groups that are clear by themselves
come first; their places then speak for the near-by candidates of the others, in a few rounds.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING

from frontmap.lexicons import load_column
from frontmap.recognition.records import Construction, Mention
from frontmap.recognition.tokens import word_before
from frontmap.resolution.bounds import Sentences
from frontmap.resolution.candidates import (
    Candidates,
    Option,
    front_weight,
)
from frontmap.resolution.evidence import Evidence
from frontmap.resolution.explanation import explain
from frontmap.resolution.groups import (
    FrontDistance,
    Group,
    another_fits,
    speaks_of_another,
)
from frontmap.resolution.records import Candidate, Toponym
from frontmap.resolution.relations import Relation, relations
from frontmap.resolution.senses import UNITS, city_and_village, governs, senses_by_stated_unit
from frontmap.resolution.slips import trust_in_slip
from frontmap.resolution.units import (
    macro_region,
    speaks_of_ground_war,
    unit_cue,
    unit_cue_before,
)
from frontmap.resolution.weighing import (
    POINTS,
    Anchor,
    agreement,
    anchor_of,
    gap_weight,
    in_stated_unit,
    nearness,
    shared_oblast,
)
from frontmap.resolution.wording import of_context, of_kind
from gazetteer import Kind, Place

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["Resolver"]

_ROUNDS = 3
_SHOWN = 5  # candidates kept in a toponym
_LEAST_SHOWN = 0.001
_CLEAR = 0.4  # belief from which a group speaks for others, by the square of it
_UNIT_BEFORE = 0.5  # weight of a unit that the sentence before names
_SURE = 0.95  # belief in a place that is company to others
_COMPANY = 1.5  # for a place in the oblast where all other places of the text lie
_MOST_ANCHORS = 8
_SAME_SENTENCE = 0.85  # weight of a name in the same sentence with others between
_MOST_SENTENCES = 8  # of a name, looked at
_GROUND_WAR = 1.2  # times the weight of the front belt
_DOMINANT = 7.0  # log odds by which a name's first place is beyond what a context can say
_BLOCK = 200  # mentions worked on together; a longer text is taken in blocks


class Resolver:
    """Resolves mentions with one gazetteer; made once and used for many articles."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.candidates = Candidates(gazetteer)

    def resolve(
        self,
        text: str,
        mentions: Sequence[Mention],
        threshold: float,
        front_m: FrontDistance | None = None,
    ) -> list[Toponym]:
        """Give a toponym for each mention."""
        toponyms = []
        for first in range(0, len(mentions), _BLOCK):
            block = mentions[first : first + _BLOCK]
            work = _Article(text, block, self.candidates, front_m)
            work.run()
            toponyms += [work.toponym(position, threshold) for position in range(len(block))]
        return toponyms


class _Article:
    """One article at work."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        candidates: Candidates,
        front_m: FrontDistance | None,
    ) -> None:
        self.text = text
        self.front_m = front_m
        self.mentions = mentions
        self.candidates = candidates
        self.groups: list[Group] = []
        self.group_of: list[Group] = []
        self.sentences = Sentences(text, mentions)
        self.sentence_of = [self.sentences.number(mention) for mention in mentions]
        self.names_in: dict[int, set[str]] = {}
        for number, mention in zip(self.sentence_of, mentions, strict=True):
            if self._may_be_a_unit(mention):
                self.names_in.setdefault(number, set()).add(mention.stem)
        self.relations: dict[int, list[Relation]] = {}
        self.states_units = any(mention.container in UNITS for mention in mentions)
        self.front_counts = 1.0
        if mentions and speaks_of_ground_war(text):
            self.front_counts += _GROUND_WAR

    def run(self) -> None:
        """Form the groups and let them speak to each other."""
        self._form_groups()
        for relation in relations(self.text, self.mentions):
            self.relations.setdefault(relation.subject, []).append(relation)
        for group in self.groups:
            self._begin(group)
        if len(self.groups) > 1:
            open_groups = [group for group in self.groups if self._is_open(group)]
            for _ in range(_ROUNDS):
                before = [group.best for group in open_groups]
                for group in open_groups:
                    self._listen(group)
                if before == [group.best for group in open_groups]:
                    break
            company = self._company()
            for group in open_groups:
                self._tell_apart(group, company)

    def _is_open(self, group: Group) -> bool:
        """Whether the rest of the text can change which place a group means."""
        if len(group.options) < 2:  # a slip's only reading is doubted all the same
            slip = self.mentions[group.mentions[0]].construction is Construction.TYPO
            return slip and bool(group.options)
        first, second = heapq.nlargest(2, group.scores)
        if self.states_units or first - second < _DOMINANT:
            return True
        return any(position in self.relations for position in group.mentions)

    def _form_groups(self) -> None:
        by_key: dict[tuple[str, str | None], Group] = {}
        stated = senses_by_stated_unit(self.text, self.mentions)
        both = city_and_village(self.mentions, self._options_of)
        for position, mention in enumerate(self.mentions):
            sense = self._sense(mention) or stated.get(position)
            if sense is None and mention.stem.casefold() in both and mention.container == "village":
                sense = mention.container
            key = (mention.stem.casefold(), sense)
            group = by_key.get(key)
            if group is None:
                group = by_key[key] = Group([], self._options_of(mention), *key)
                self.groups.append(group)
            group.mentions.append(position)
            if len(group.sentences) < _MOST_SENTENCES:
                group.sentences.append(self.sentence_of[position])
            self.group_of.append(group)

    def _sense(self, mention: Mention) -> str | None:
        if mention.container in ("city", "town", "village", "settlement", None):
            if mention.container is None and self._unit_cue(mention) > 1.0:
                return f"unit {mention.start}"
            if mention.container is None and self._is_river_by_article(mention):
                return "river"  # "auf die andere Seite des Dnipro", beside the city of Dnipro
            return None
        return mention.container

    def _is_river_by_article(self, mention: Mention) -> bool:
        """Whether only a river of this name can have the article that stands before it."""
        if not self._has_article(mention):
            return False
        return any(o.place.kind is Kind.RIVER for o in self.candidates.options(mention.stem))

    def _unit_cue(self, mention: Mention) -> float:
        """Give what the sentence lends to the oblast of a name."""
        alone = len(self.names_in.get(self.sentences.number(mention), ())) < 2
        cue = unit_cue(mention.stem, self.sentences.around(mention), alone=alone)
        return cue + unit_cue_before(self.text, mention.start)

    def _may_be_a_unit(self, mention: Mention) -> bool:
        """Whether a name could mean an oblast as well as its seat, which the Crimea cannot."""
        kinds = {option.place.kind for option in self.candidates.options(mention.stem)}
        return Kind.OBLAST in kinds and not kinds.isdisjoint((Kind.CITY, Kind.TOWN))

    def _options_of(self, mention: Mention) -> list[Option]:
        return self.candidates.of_mention(self.text, mention)

    def _begin(self, group: Group) -> None:
        """Set the scores from the names and kind words alone."""
        mentions = [self.mentions[position] for position in group.mentions]
        containers = {mention.container for mention in mentions if mention.container}
        cue = max((self._unit_cue(mention) for mention in mentions), default=0.0)
        compound = any(m.construction is Construction.ADJECTIVE for m in mentions)
        part: frozenset[str] = frozenset()
        has_town = any(option.place.kind in (Kind.CITY, Kind.TOWN) for option in group.options)
        with_article = not containers and any(self._has_article(mention) for mention in mentions)
        if len(group.options) > 1:
            for mention in mentions[:8]:
                part |= macro_region(self.sentences.around(mention, before=1))
        alike: dict[tuple[Kind, bool, bool], tuple[tuple[Evidence, ...], float]] = {}
        for option in group.options:
            place = option.place
            key = (place.kind, with_article and place.oblast != "Krim", place.oblast in part)
            known = alike.get(key)
            if known is None:
                evidence = of_kind(place.kind, containers, cue, compound, has_town)
                evidence += of_context(*key, part=bool(part))
                known = alike[key] = tuple(evidence), sum(item.weight for item in evidence)
            lasting, score = known
            front = 0.0
            if len(group.options) > 1 and place.kind is not Kind.OBLAST:
                front = self._front(option)
                score += front
            group.lasting.append(lasting)
            group.front.append(front)
            group.lasting_scores.append(score)
            group.scores.append(option.prior + score)
        group.believe()

    def _has_article(self, mention: Mention) -> bool:
        """Whether an article stands right before a name, as before rivers and regions."""
        if mention.construction in (Construction.ADJECTIVE, Construction.COMPOUND_MODIFIER):
            return False
        word, _, gap = word_before(self.text, mention.start)
        return gap in (" ", "\n") and word in load_column("toponyms/articles.tsv", "form")

    def _front(self, option: Option) -> float:
        """Weigh the nearness to the front beyond what the prior has of it.

        The front of the day, where it is given, stands in for the default belt; where the text
        tells of fighting on the ground, either counts more.
        """
        weight = option.front
        if self.front_m is not None:
            metres = self.front_m(option.place.lon, option.place.lat)
            if metres is None:
                return 0.0
            weight = front_weight(metres)
        return self.front_counts * weight - option.front

    def _listen(self, group: Group) -> None:
        """Set the scores again with what the other groups say by now."""
        anchors = self._anchors(group)
        group.near = nearness(group.options, anchors)
        shared = shared_oblast(anchors, _SURE)
        units = self._stated_units(group)
        related = any(position in self.relations for position in group.mentions)
        group.heard = [()] * len(group.options)
        for number, option in enumerate(group.options):
            score = group.lasting_scores[number]
            near = group.near[number]
            if near is not None:
                score += near.weight
            if units or related or shared:
                heard = in_stated_unit(option.place, units)
                if shared and option.place.oblast == shared and option.place.kind in POINTS:
                    heard.append(Evidence("all others lie there", _COMPANY, shared))
                if related:
                    heard += self._related(option.place, group)
                for item in heard:
                    score += item.weight
                group.heard[number] = heard
            group.scores[number] = option.prior + score
        group.believe()

    def _tell_apart(self, group: Group, company: dict[int, list[Option]]) -> None:
        """Let the name mean another of its bearers in a sentence that plainly speaks of that one.

        "Kamjanske" in a list of villages at the front is not "Kamjanske im Gebiet Dnipropetrowsk".
        """
        sentences = dict.fromkeys(group.sentences)
        if group.sense is not None or len(sentences) < 2 or len(group.options) < 2:
            return
        for number in sentences:
            if not another_fits(group, company[number]):
                continue
            own = [at for at in group.mentions if self.sentence_of[at] == number]
            part = Group(own, group.options, group.name, f"sentence {number}", sentences=[number])
            self._begin(part)
            self._listen(part)
            if len(own) < len(group.mentions) and speaks_of_another(part, group):
                self.groups.append(part)
                group.mentions = [at for at in group.mentions if at not in own]
                group.sentences.remove(number)
                for position in own:
                    self.group_of[position] = part

    def _company(self) -> dict[int, list[Option]]:
        """Give what the names of each sentence mean so far."""
        company: dict[int, list[Option]] = {}
        for group in self.groups:
            for number in set(group.sentences):
                found = company.setdefault(number, [])
                if group.options and group.beliefs[group.best] >= _CLEAR:
                    found.append(group.options[group.best])
        return company

    def _anchors(self, group: Group) -> list[Anchor]:
        """Give the clear places of other groups, weighted by how near in the text they stand."""
        clear = []
        for other in self.groups:
            if other is group or not other.options or other.name == group.name:
                continue
            belief = other.beliefs[other.best]
            if belief < _CLEAR or other.options[other.best].place.kind not in POINTS:
                continue
            gap = self._sentence_gap(group, other)
            weight = gap_weight(gap)
            if gap == 0 and not self._stand_together(group, other):
                weight = _SAME_SENTENCE
            clear.append((weight * belief * belief, belief, other))
        clear.sort(key=lambda item: -item[0])
        return [
            anchor_of(other.options[other.best], weight, belief)
            for weight, belief, other in clear[:_MOST_ANCHORS]
        ]

    @staticmethod
    def _stand_together(group: Group, other: Group) -> bool:
        """Whether some mentions of two names follow one another."""
        theirs = other.mentions
        return any(at + 1 in theirs or at - 1 in theirs for at in group.mentions)

    def _sentence_gap(self, group: Group, other: Group) -> int:
        if len(group.sentences) == 1 == len(other.sentences):
            return abs(group.sentences[0] - other.sentences[0])
        return min(abs(left - right) for left in group.sentences for right in other.sentences)

    def _stated_units(self, group: Group) -> list[tuple[float, Place]]:
        """Give the oblasts and raions named in the same sentence, or right after the name."""
        units = []
        namesakes = {other.sense for other in self.groups if other.name == group.name}
        for other in self.groups:
            if other is group or other.name == group.name or not other.options:
                continue
            if group.sense != f"in {other.name}" in namesakes:
                continue  # where the other bearer of the name lies
            best = other.best
            place = other.options[best].place
            if place.kind not in (Kind.OBLAST, Kind.RAION) or other.beliefs[best] < 0.5:
                continue
            gap = self._sentence_gap(group, other)
            if gap == 0:
                direct = self._stands_right_after(group, other) or any(
                    governs(self.text, self.mentions, unit, name)
                    for name in group.mentions[:8]
                    for unit in other.mentions[:8]
                )
                units.append((1.0 if direct else 0.7, place))
            elif gap <= 2:
                before = gap == 1 and other.mentions[0] < group.mentions[0]
                units.append((_UNIT_BEFORE if before else 0.2, place))
        direct_units = [unit for unit in units if unit[0] >= 1.0]
        return direct_units or units

    def _stands_right_after(self, group: Group, other: Group) -> bool:
        return any(
            0 <= self.mentions[unit].start - self.mentions[name].end <= 35
            and "," not in self.text[self.mentions[name].end : self.mentions[unit].start - 14]
            for name in group.mentions[:8]
            for unit in other.mentions[:8]
        )

    def _related(self, place: Place, group: Group) -> list[Evidence]:
        """Hold a candidate against the distance and direction phrases about its name."""
        found: list[Evidence] = []
        if place.kind not in POINTS:
            return found  # of a river or an oblast no distance is told
        for position in group.mentions:
            for relation in self.relations.get(position, ()):
                other = self.group_of[relation.anchor]
                if other is group or not other.options or other.beliefs[other.best] < 0.5:
                    continue
                anchor = other.options[other.best].place
                weight = agreement(place, anchor, relation)
                found.append(Evidence("phrase", weight, f"{relation.phrase} {anchor.name_de}"))
        return found

    def toponym(self, position: int, threshold: float) -> Toponym:
        """Give the outcome for one mention."""
        mention, group = self.mentions[position], self.group_of[position]
        if not group.options:
            return Toponym(mention, None, 0.0, (), ("no place of this name is known",))
        beliefs = group.beliefs
        order = heapq.nlargest(_SHOWN, range(len(beliefs)), key=beliefs.__getitem__)
        order = order[:2] + [n for n in order[2:] if beliefs[n] >= _LEAST_SHOWN]
        evidence = {n: group.evidence(n, self.front_m) for n in order}
        trust = 1.0
        if mention.construction is Construction.TYPO:
            trust = trust_in_slip(mention, group.options[order[0]], evidence[order[0]])
        candidates = tuple(
            Candidate(
                group.options[n].place,
                round(trust * group.beliefs[n], 4),
                tuple(item.describe() for item in evidence[n] if item.tells),
            )
            for n in order
        )
        score = candidates[0].score
        place = candidates[0].place if score >= threshold else None
        reasons = explain(
            mention,
            group.options[order[0]],
            evidence[order[0]],
            group.options[order[1]] if len(order) > 1 else None,
            candidates,
            threshold,
        )
        return Toponym(mention, place, score, candidates, reasons)
