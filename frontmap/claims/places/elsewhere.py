"""Places outside an event word's clause: antecedents, headings, the place spoken of before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from frontmap.claims.events.conditions import Assignment, unnamed_object
from frontmap.claims.lexicon import light_verbs, place_word
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import auxiliary, pattern, prefixes, word_class, word_set
from frontmap.claims.places.pronouns import meant_by_pronoun
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.backreferences import PLURALS
from frontmap.claims.sentence.references import Focus, PlaceReference, is_region, restated
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import is_finite

__all__ = ["heading_places", "look_elsewhere"]


def _antecedent(analysis: SentenceAnalysis, clause: Clause) -> tuple[str, PlaceReference | None]:
    """Return what a relative clause hangs on: ("place", it), ("actor", None) or ("", None)."""
    if clause.kind != "relative" or not clause.tokens:
        return "", None
    at = clause.tokens[0] - 1
    while at >= 0 and not analysis.tokens[at].is_word:
        at -= 1
    for place in analysis.places:
        if place.index == at:
            if place.contained_in is not None:
                return "place", next(p for p in analysis.places if p.index == place.contained_in)
            return "place", place
    for actor in analysis.actors:
        if actor.head == at:
            return "actor", None
    # an apposition between: Bachmut, einer weiteren Stadt, in der ...
    noun = analysis.tokens[at]
    if place_word(noun.text) is not None:
        before = [p for p in analysis.places if p.index < at and p.contained_in is None]
        if before and at - before[-1].index < 7:
            return "place", before[-1]
    if word_class(clause.opener, "relative") and clause.opener == "wo":
        before = [
            p for p in analysis.places if p.index < clause.tokens[0] and p.contained_in is None
        ]
        if before:
            return "place", before[-1]
    contained = [p for p in analysis.places if p.index <= at]
    if contained and contained[-1].contained_in is not None and at - contained[-1].index < 2:
        return "place", next(p for p in analysis.places if p.index == contained[-1].contained_in)
    return "", None


def _listed_before(
    analysis: SentenceAnalysis, clause: Clause, last: PlaceReference
) -> list[PlaceReference]:
    """Return the other places of a list that a relative clause in the plural hangs on."""
    tokens = analysis.tokens
    finite = [tokens[i].lower for i in clause.tokens if is_finite(tokens[i])]
    finite += [tokens[i].lower for i in clause.tokens if auxiliary(tokens[i].lower)]
    plural = any(word.endswith("n") for word in finite) or _hangs_on_plural(analysis, clause)
    if clause.opener != "die" or not plural:
        return []
    found: list[PlaceReference] = []
    at = last.coordinated_with
    for place in reversed(analysis.places):
        if place.index == at:
            found.insert(0, place)
            at = place.coordinated_with
    return found


def _hangs_on_plural(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the clause hangs on a noun that sums up a list: A, B und C, Gebiete, die ..."""
    at = clause.tokens[0] - 1
    while at >= 0 and not analysis.tokens[at].is_word:
        at -= 1
    noun = analysis.tokens[at]
    return noun.lower.endswith(PLURALS) and place_word(noun.text) is not None


def _parents_places(
    analysis: SentenceAnalysis, clause: Clause, trigger: Trigger
) -> list[PlaceReference]:
    """Return the subject or object that the clause shares with the one it goes on from."""
    if clause.parent is None:
        return []
    if trigger.shape == "noun":
        return _led_there(analysis, clause, trigger)
    held = trigger.voice in ("passive", "state") or trigger.event is Event.CONTROL
    held = held or (trigger.shape == "phrase" and "direct" in trigger.entry.needs)
    places = [p for p in analysis.places_in(clause.parent) if p.contained_in is None]
    if (
        clause.kind == "infinitive"
        and (trigger.voice == "passive" or trigger.entry.agent == "none")
    ) or (clause.is_coordinate and held):
        # die Stadt drohte, erobert zu werden; X ist ... und steht unter Kontrolle
        subjects = [p for p in places if p.relation == "direct"]
        if subjects:
            return subjects[:1]
    if _is_second_verb(analysis, clause, trigger):
        return [p for p in places if p.relation in ("direct", "part")]
    if clause.is_coordinate and trigger.event in _GROUND:
        return _fronted(analysis, clause.parent, places)
    return []


def _led_there(
    analysis: SentenceAnalysis, clause: Clause, trigger: Trigger
) -> list[PlaceReference]:
    """Return where those who go on to attack just did something else.

    Sie haben die Truppen bei X gestoppt und führen Gegenoffensiven durch.
    """
    if not clause.is_coordinate or clause.parent is None or trigger.event not in _GROUND:
        return []
    if preposition_before(analysis.tokens, trigger.first)[0]:
        return []
    words = {analysis.tokens[i].lower for i in clause.tokens}
    if not any(light_verbs().get(word) == "actor" for word in words):
        return []
    around = [p for p in analysis.places_in(clause.parent) if p.contained_in is None]
    return [p for p in around if p.relation in ("in", "near", "direction", "around")]


_GROUND = (Event.REPELLED, Event.ADVANCE, Event.BREAKTHROUGH, Event.COUNTERATTACK, Event.ATTACK)


def _fronted(
    analysis: SentenceAnalysis, parent: int, places: list[PlaceReference]
) -> list[PlaceReference]:
    """Return the places that open a clause and hold for the one joined to it by ``und``.

    Bei X griffen die Truppen an und drangen in die Linien ein.
    """
    tokens = analysis.tokens
    words = analysis.clauses[parent].tokens
    finite = next((i for i in words if is_finite(tokens[i]) or auxiliary(tokens[i].lower)), None)
    opening = [p for p in places if finite is not None and p.index < finite]
    return [p for p in opening if p.relation in ("in", "near", "direction", "distance", "around")]


def _fronted_before(
    analysis: SentenceAnalysis, clause: Clause, trigger: Trigger
) -> list[PlaceReference]:
    """Return the places that open a main clause and hold for the next one behind a comma.

    Im Raum X ist die Lage angespannt, der Gegner greift pausenlos an.
    """
    if clause.number == 0 or clause.kind != "main" or clause.separator != ",":
        return []
    before = analysis.clauses[clause.number - 1]
    if before.kind != "main" or trigger.event not in _GROUND or trigger.shape == "noun":
        return []
    places = [p for p in analysis.places_in(before.number) if p.contained_in is None]
    found = _fronted(analysis, before.number, places)
    return [p for p in found if p.relation != "in" or is_region(p.toponym)]


def look_elsewhere(
    analysis: SentenceAnalysis, clause: Clause, assignment: Assignment, focus: Focus
) -> None:
    """Find the place outside the clause: antecedent, back reference, the clause gone on from."""
    trigger = assignment.trigger
    found = _antecedents(analysis, clause) or _parents_places(analysis, clause, trigger)
    if not found:
        joined = clause.is_coordinate and clause.parent is not None
        if joined and trigger.event in (Event.CLASH, Event.STRIKE):
            return
        found = (
            _round_infinitive(analysis, clause)
            or _tried_there(analysis, clause, trigger)
            or _round_circumstance(analysis, clause, trigger)
            or meant_by_pronoun(analysis, clause, trigger, focus)
            or heading_places(analysis, clause)
            or _fronted_before(analysis, clause, trigger)
            or _where_people_died(analysis, clause, trigger)
        )
    assignment.places = found
    if found and _tells_taking(trigger) and found == heading_places(analysis, clause):
        assignment.is_governed = True  # X: Schoigu meldet die Einnahme
    if not found:
        _take_focus(analysis, assignment, focus)


def _antecedents(analysis: SentenceAnalysis, clause: Clause) -> list[PlaceReference]:
    """Return the places a relative clause hangs on."""
    kind, place = _antecedent(analysis, clause)
    if kind != "place" or place is None or clause.opener in ("deren", "dessen"):
        return []
    opens = word_class(analysis.tokens[clause.tokens[0]].lower, "preposition")
    relation = "in" if clause.opener in ("wo", "in") or opens else "direct"
    if place.relation in ("near", "around") and relation == "in":
        return [replace(place, contained_in=None)]
    chain = [*_listed_before(analysis, clause, place), place]
    return [restated(p, relation) for p in chain]


_TRYING = pattern("trying")


def _round_infinitive(analysis: SentenceAnalysis, clause: Clause) -> list[PlaceReference]:
    """Return where a try or success named above took place.

    Im Raum X versuchte der Feind, die Linien zu durchbrechen.
    """
    if clause.kind != "infinitive" or clause.parent is None:
        return []
    parent = analysis.clauses[clause.parent]
    if not _TRYING.search(parent.text):
        return []
    around = [p for p in analysis.places_in(parent.number) if p.contained_in is None]
    return [p for p in around if p.relation not in ("direct", "from")]


def _tried_there(
    analysis: SentenceAnalysis, clause: Clause, trigger: Trigger
) -> list[PlaceReference]:
    """Return where a try that was beaten back was aimed at.

    Versuche, in X einzudringen, wurden abgewehrt.
    """
    if trigger.event is not Event.REPELLED:
        return []
    tried = [c for c in analysis.clauses if c.kind == "infinitive" and c.parent == clause.number]
    return [p for c in tried for p in analysis.places_in(c.number) if p.contained_in is None]


def _round_circumstance(
    analysis: SentenceAnalysis, clause: Clause, trigger: Trigger
) -> list[PlaceReference]:
    """Return where a strike told in a dependent clause fell.

    In X starben zwei Menschen, als eine Rakete ein Haus traf.
    """
    told = clause.kind == "subordinate" and clause.opener in _CIRCUMSTANCES
    if not told or trigger.event is not Event.STRIKE or clause.parent is None:
        return []
    parent = clause.parent
    if analysis.clauses[parent].kind == "relative":
        # In X, das gegenüber von Y liegt, starben ...: what the relative clause hangs on
        parent = next((c.number for c in analysis.clauses if c.kind == "main"), parent)
    around = [p for p in analysis.places_in(parent) if p.contained_in is None]
    return [p for p in around if p.relation in ("in", "part", "near", "direction")]


_CIRCUMSTANCES = word_set("circumstances")


def _is_disputed(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the event is waved aside: von einer Einnahme könne keine Rede sein."""
    return trigger.shape == "noun" and "keine rede" in analysis.clauses[trigger.clause].text


def _take_focus(analysis: SentenceAnalysis, assignment: Assignment, focus: Focus) -> None:
    """Give an event without a place the one the passage speaks of, where that is clear."""
    trigger = assignment.trigger
    meant: PlaceReference | None = None
    if _may_take_sole(analysis, trigger):
        meant = focus("told" if trigger.shape == "noun" else "sole", trigger.first)
    if meant is None:
        office = _place_of_office(analysis, trigger)
        if office is not None:
            assignment.places = [office]
            return
        if _is_disputed(analysis, trigger):
            meant = focus("settlement", trigger.first)
            assignment.is_governed = meant is not None
        elif _is_definite_fight(analysis, trigger):
            meant = focus("any", trigger.first)
        if meant is None:
            meant = _label(analysis, trigger, focus)
            assignment.is_governed = assignment.is_governed or _tells_taking(trigger)
    if meant is not None:
        taken = trigger.event is Event.CAPTURE and unnamed_object(analysis, trigger)
        near = taken and meant.relation in ("near", "around")
        relation = "near" if near else "in"  # nahe X eroberten sie drei Dörfer
        assignment.places = [restated(meant, relation, is_back_reference=True)]


def _tells_taking(trigger: Trigger) -> bool:
    """Whether a noun says by itself that a place is taken, as der Fall and der Verlust do not."""
    return trigger.shape == "noun" and trigger.entry.entry.startswith(_TAKINGS)


_TAKINGS = prefixes("takings")


def _label(analysis: SentenceAnalysis, trigger: Trigger, focus: Focus) -> PlaceReference | None:
    """Return the place of the label or heading, where the sentence names no other."""
    topic = focus("topic", trigger.first) if trigger.shape != "attribute" else None
    if topic is None or any(p.toponym is not topic.toponym for p in analysis.places):
        return None
    return topic


_LOCAL_OFFICES = pattern("local_offices")


def _place_of_office(analysis: SentenceAnalysis, trigger: Trigger) -> PlaceReference | None:
    """Return the region a local authority speaks of: der Gouverneur von X meldet Beschuss."""
    suffered = trigger.event in (Event.STRIKE, Event.REPELLED, Event.CLASH, Event.CONTROL)
    if not suffered and trigger.entry.event is not Event.ATTACK:
        return None
    if trigger.shape == "attribute" or analysis.places:
        return None
    if _speaks_widely(analysis):
        return None
    named = [i for i, t in enumerate(analysis.tokens) if t.toponym is not None]
    if len(named) != 1:
        return None
    before = " ".join(t.lower for t in analysis.tokens[max(0, named[0] - 4) : named[0]])
    if _LOCAL_OFFICES.search(before) is None:
        return None
    toponym = analysis.tokens[named[0]].toponym
    if toponym is None or toponym.place is None:
        return None
    return PlaceReference(named[0], named[0], toponym, relation="in")


def _is_second_verb(analysis: SentenceAnalysis, clause: Clause, trigger: Trigger) -> bool:
    """Whether the clause is a second participle for one object: X beschossen und gestürmt."""
    if not clause.is_coordinate or trigger.shape != "verb" or len(clause.tokens) > 4:
        return False
    if trigger.form is not FormKind.PARTICIPLE or "front" in trigger.entry.needs:
        return False
    return not any(analysis.tokens[i].is_capital for i in clause.tokens)


_WIDE = word_set("wide")


def _speaks_widely(analysis: SentenceAnalysis) -> bool:
    """Whether the sentence speaks of the whole front or country, not of one place."""
    acting = {a.head for a in analysis.actors if not a.preposition}
    words = enumerate(analysis.tokens)
    return any(t.lower in _WIDE and i not in acting for i, t in words)


_ON_SITES = (Event.STRIKE, Event.CONTROL)  # sie halten noch das Rathaus
_SOLE = (Event.ADVANCE, Event.REPELLED, Event.BREAKTHROUGH, Event.CAPTURE)


def _may_take_sole(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether an event without a place happens at the only place the passage speaks of."""
    if trigger.event not in (*_SOLE, *_ON_SITES) or trigger.shape == "attribute":
        return False
    if _speaks_widely(analysis) or _names_unknown_place(analysis):
        return False
    if trigger.shape == "noun" and trigger.event is not Event.ADVANCE:
        return False
    clause = analysis.clauses[trigger.clause]
    actors = analysis.actors_in(clause.number)
    if analysis.sentence.is_headline and clause.number and any(a.is_subject for a in actors):
        return False  # Kämpfe in X, Kiews Truppen kommen voran: other news
    if trigger.event is Event.ADVANCE and _acts_by_pronoun(analysis, clause):
        return True
    if clause.kind == "infinitive" and clause.parent is not None:
        actors = [*actors, *analysis.actors_in(clause.parent)]
    named = any(a.side or a.kind == "generic" for a in actors)
    if trigger.event in _ON_SITES:
        return named and not trigger.is_infinitive and _names_site(analysis, clause)
    return named and (trigger.event is not Event.CAPTURE or unnamed_object(analysis, trigger))


def _names_unknown_place(analysis: SentenceAnalysis) -> bool:
    """Whether a name the gazetteer lacks tells where: setzten die Raffinerie in X in Brand."""
    tokens = analysis.tokens
    for before, token in pairwise(tokens):
        bare = token.is_capital and token.toponym is None and place_word(token.text) is None
        common = token.lower in _BARE or token.lower.endswith(("en", "er", "ung"))
        if before.lower in ("in", "bei", "nahe") and bare and not common:
            return True
    return False


_BARE = word_set("bare_nouns")


def _names_site(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the clause speaks of a building or works: noch das Rathaus kontrollieren."""
    nouns = [analysis.tokens[i] for i in clause.tokens if analysis.tokens[i].is_capital]
    words = [place_word(t.text) for t in nouns if t.toponym is None]
    return any(word is not None and word.kind == "site" for word in words)


def _acts_by_pronoun(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether ``sie``, the troops spoken of, are the subject of the clause."""
    words = clause.text.split()
    subjects = [a for a in analysis.actors_in(clause.number) if a.is_subject]
    return "sie" in words and not subjects


def heading_places(analysis: SentenceAnalysis, clause: Clause) -> list[PlaceReference]:
    """Return the places of a heading before a colon: Bachmut, Kreminna: Kämpfe dauern an.

    Also those the news comes from: Aus X hieß es, Artillerie treffe Wohngebiete.
    """
    first = analysis.clauses[0]
    places = analysis.places_in(first.number)
    if clause.number == 0 or not places or analysis.places_in(clause.number):
        return []
    heads = any(":" in c.separator for c in analysis.clauses[1 : clause.number + 1])
    named = {p.index for p in places}
    words = [i for i in first.tokens if analysis.tokens[i].is_word and i not in named]
    spare = all(
        analysis.tokens[i].lower in _HEADING or analysis.tokens[i].text[0].isdigit() for i in words
    )
    if not (heads and spare) and not _NEWS_FROM.search(first.text):
        return []
    heads_of = {p.index for p in places}
    meant = [  # Hostomel bei Kiew: the first is meant
        p for p in places if not (p.word.startswith("bei") and p.first - 2 in heads_of)
    ]
    return [replace(p, relation="in", contained_in=None) for p in meant]


_HEADING = word_set("heading")
_NEWS_FROM = pattern("news_from")


def _where_people_died(
    analysis: SentenceAnalysis, clause: Clause, trigger: Trigger
) -> list[PlaceReference]:
    """Return where a headline counts the victims: Neun Tote in X - Rakete trifft Wohnhaus."""
    if not analysis.sentence.is_headline or trigger.event is not Event.STRIKE:
        return []
    near = [c for c in analysis.clauses if abs(c.number - clause.number) == 1]
    told = [c for c in near if _VICTIMS.search(c.text)]
    return [
        replace(p, relation="in", contained_in=None)
        for c in told
        for p in analysis.places_in(c.number)
        if p.relation in ("in", "near")
    ]


_VICTIMS = pattern("victims")


def _is_definite_fight(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the fighting is the one spoken of before: die Kämpfe dauern an."""
    if trigger.event is not Event.CLASH:
        return False
    if trigger.shape == "phrase":
        return True
    if trigger.shape != "noun":
        return False
    said = word_set("speak_of")
    lead = {t.lower for t in analysis.tokens[max(0, trigger.index - 3) : trigger.index]}
    if "von" in lead and said & set(analysis.clauses[trigger.clause].text.split()):
        return True
    first = trigger.index == analysis.clauses[trigger.clause].tokens[0]
    before = analysis.tokens[trigger.index - 1].lower if trigger.index else ""
    clause = analysis.clauses[trigger.clause].text
    return (before == "die" or first) and any(
        w in clause
        for w in (
            "dauer",
            "gingen weiter",
            "gehen weiter",
            "beendet",
            "gehe weiter",
            "halten an",
            "hielten an",
            "finden",
            "fanden",
            "toben",
            "tobten",
        )
    )
