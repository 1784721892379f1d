"""Which places an event word governs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from frontmap.claims.analysis import SentenceAnalysis
from frontmap.claims.clauses import Clause, verb_kind, word_class
from frontmap.claims.lexicon import actor_words, attack_word, line_word, place_word, weapon_word
from frontmap.claims.placement import PlaceReference, is_region
from frontmap.claims.records import Event
from frontmap.claims.tokens import Token
from frontmap.claims.triggers import Trigger
from gazetteer import Kind

__all__ = ["Assignment", "assign_places", "has_object_noun"]

Focus = Callable[[str, int], PlaceReference | None]


@dataclass(slots=True)
class Assignment:
    """An event word with its places."""

    trigger: Trigger
    places: list[PlaceReference]
    is_governed: bool = False
    uses_focus: bool = False


def _no_verb_between(analysis: SentenceAnalysis, first: int, last: int) -> bool:
    return not any(
        verb_kind(analysis.tokens[i], i == 0) is not None
        for i in range(first + 1, last)
        if not analysis.tokens[i].lower.endswith(("te", "ten", "ene", "enen", "nde", "nden"))
    )


def _governed(
    analysis: SentenceAnalysis, trigger: Trigger, free: list[PlaceReference]
) -> list[PlaceReference]:
    """Return the places to the right of an event noun that belong to it."""
    tokens = analysis.tokens
    others = [
        t.index
        for t in analysis.triggers
        if t is not trigger and t.clause == trigger.clause and t.shape != "attribute"
    ]
    found: list[PlaceReference] = []
    for place in free:
        if place.index == trigger.index - 2 and tokens[trigger.index - 1].text == "-":
            return [replace(place, relation="direct", contained_in=None)]  # der Lyman-Rückzug
    for place in free:
        if place.index <= trigger.index:
            continue
        if not found and _is_shut_off(tokens, trigger, place):
            break
        if not found and "governed" in trigger.entry.needs and trigger.event is Event.CAPTURE:
            nouns = [t for t in tokens[trigger.index + 1 : place.first] if t.is_capital]
            if any(place_word(t.text) is None and actor_words(t.text) is None for t in nouns):
                break  # der Fall der Sowjetunion
        if any(trigger.index < other < place.index for other in others):
            break
        if found:
            last = found[-1]
            if place.coordinated_with in {p.index for p in found}:
                found.append(place)
                continue
            joined = {t.lower for t in tokens[last.index + 1 : place.first]} & {
                "und",
                "sowie",
                "oder",
                ",",
            }
            if (
                joined
                and place.relation not in ("direct",)
                and _no_verb_between(analysis, last.index, place.first)
            ):
                found.append(place)
                continue
            if place.relation in ("onto", "toward") and _no_verb_between(
                analysis, last.index, place.first
            ):
                found.append(place)
            continue
        if place.relation == "direct":
            between = tokens[trigger.index + 1 : place.first]
            simple = all(word_class(t.lower, "determiner") or t.text in '„"»-' for t in between)
            if not simple:
                continue
        elif not _no_verb_between(analysis, trigger.index, place.first):
            continue
        found.append(place)
    return found


def _is_shut_off(tokens: Sequence[Token], trigger: Trigger, place: PlaceReference) -> bool:
    """Whether a sign or another target stands between noun and place: Angriff auf die Ukraine."""
    for i in range(trigger.index + 1, place.first):
        token = tokens[i]
        if token.text in ",;:–(" and not (place.coordinated_with is not None):
            return True
        if token.lower in ("auf", "gegen") and i + 1 < place.first and place.relation != "onto":
            following = tokens[i + 1 : i + 4]
            if any(t.is_capital and t.toponym is None for t in following):
                return True
    return False


def _genitive_left(
    tokens: Sequence[Token], trigger: Trigger, free: Sequence[PlaceReference]
) -> list[PlaceReference]:
    """Return a place whose genitive stands before the noun: Pokrowsks Fall."""
    for place in free:
        if (
            place.index == trigger.index - 1
            and tokens[place.index].lower.endswith("s")
            and place.relation in ("direct", "from", "in", "onto")
        ):
            return [place]
    return []


def _antecedent(analysis: SentenceAnalysis, clause: Clause) -> tuple[str, PlaceReference | None]:
    """Return what a relative clause hangs on: ("place", reference), ("actor", None) or ("", None)."""
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
    if word_class(clause.opener, "relative") and clause.opener in ("wo",):
        before = [
            p for p in analysis.places if p.index < clause.tokens[0] and p.contained_in is None
        ]
        if before:
            return "place", before[-1]
    contained = [p for p in analysis.places if p.index <= at]
    if contained and contained[-1].contained_in is not None and at - contained[-1].index < 2:
        return "place", next(p for p in analysis.places if p.index == contained[-1].contained_in)
    return "", None


def has_object_noun(
    analysis: SentenceAnalysis, trigger: Trigger, test: Callable[[str], bool]
) -> bool:
    """Whether the clause holds a noun that passes `test`."""
    clause = analysis.clauses[trigger.clause]
    return any(
        test(analysis.tokens[i].text)
        for i in clause.tokens
        if i != trigger.index and analysis.tokens[i].is_capital
    )


def _unnamed_object(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the object is a place without a name: mehrere Ortschaften, ein Dorf."""
    clause = analysis.clauses[trigger.clause]
    for i in clause.tokens:
        token = analysis.tokens[i]
        if not token.is_capital or token.toponym is not None:
            continue
        word = place_word(token.text)
        if word is not None and word.kind in ("settlement", "site", "part", "region"):
            following = analysis.tokens[i + 1] if i + 1 < len(analysis.tokens) else None
            if following is None or following.toponym is None:
                return True
    return False


def _needs_met(analysis: SentenceAnalysis, assignment: Assignment) -> bool:
    """Check the conditions of the lexicon entry that depend on places and objects."""
    trigger, needs = assignment.trigger, assignment.trigger.entry.needs
    if "attack" in needs and not has_object_noun(analysis, trigger, attack_word):
        beaten = trigger.voice == "passive" and any(
            a.kind in ("force", "role") and a.is_subject for a in analysis.actors_in(trigger.clause)
        )
        sides = {a.side for a in analysis.actors_in(trigger.clause) if a.side}
        if not beaten and len(sides) < 2:
            return False
    if "line" in needs and not has_object_noun(analysis, trigger, line_word):
        return False
    if "weapon" in needs and not (
        has_object_noun(analysis, trigger, weapon_word)
        or any(a.side or a.kind == "generic" for a in analysis.actors_in(trigger.clause))
        or trigger.voice == "passive"
    ):
        return False
    if "force" in needs and not any(
        a.kind in ("force", "generic", "role", "state") for a in analysis.actors_in(trigger.clause)
    ):
        return False
    if "military" in needs and not analysis.is_military:
        before = actor_words(analysis.tokens[trigger.first - 1].text) if trigger.first else None
        if before is None or before.kind != "adjective":
            return False
    if "governed" in needs and not assignment.is_governed:
        return False
    if "direct" in needs and trigger.shape != "noun":
        direct = [
            p
            for p in assignment.places
            if p.relation in ("direct", "part") or p.unnamed or p.coordinated_with is not None
        ]
        if not direct and not _unnamed_object(analysis, trigger):
            return False
    if "toward" in needs:
        assignment.places = [
            replace(p, relation="toward") if p.relation == "direct" else p
            for p in assignment.places
        ]
    assignment.places = [
        p
        for p in assignment.places
        if not (
            p.relation == "direct"
            and p.toponym.place is not None
            and p.toponym.place.kind is Kind.RIVER
        )
    ]
    if "front" in needs:
        assignment.places = [p for p in assignment.places if p.relation != "direct"]
    return bool(assignment.places)


def _drop_containers(places: list[PlaceReference], event: Event) -> list[PlaceReference]:
    """Drop a place that only says where the event's own place lies."""
    aims = [p for p in places if p.relation in ("onto", "toward")]
    if event is Event.ADVANCE and aims:
        # südwestlich von Donezk auf Wuhledar: the movement's aim is the place
        joined = {p.coordinated_with for p in places}
        places = [
            p for p in places if p in aims or p.coordinated_with is not None or p.index in joined
        ]
    if any(not is_region(p.toponym) for p in places):
        kept = []
        for p in places:
            joined = p.coordinated_with is not None or any(
                q.coordinated_with == p.index for q in places
            )
            if is_region(p.toponym) and p.relation in ("in", "part", "near") and not joined:
                continue
            kept.append(p)
        return kept or places
    return places


def assign_places(analysis: SentenceAnalysis, focus: Focus) -> list[Assignment]:
    """Give each event word of a sentence its places; words without a place fall away."""
    assignments: list[Assignment] = []
    for clause in analysis.clauses:
        triggers = [t for t in analysis.triggers if t.clause == clause.number]
        if triggers and not _is_open_question(analysis, clause):
            assignments += _assign_clause(analysis, clause, triggers, focus)
    return [a for a in assignments if _needs_met(analysis, a)]


def _is_open_question(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the clause asks: nicht klar, welche Teile unter wessen Kontrolle stehen."""
    if not clause.opener.startswith("welch"):
        return False
    before = " ".join(c.text for c in analysis.clauses if c.number < clause.number)
    return any(word in before for word in ("klar", "offen", "frage", "ungewiss"))


def _assign_clause(
    analysis: SentenceAnalysis, clause: Clause, triggers: list[Trigger], focus: Focus
) -> list[Assignment]:
    tokens = analysis.tokens
    free = [p for p in analysis.places_in(clause.number) if p.contained_in is None]
    done: dict[int, Assignment] = {}
    nouns = [t for t in triggers if t.shape == "noun"]
    if any(attack_word(tokens[t.index].text) and "gegen" in clause.text.split() for t in nouns):
        # gegen Angriffe verteidigen: the attacks are what happens
        triggers = [t for t in triggers if t.shape == "noun" or t.event is not Event.CLASH]
    verbs = [t for t in triggers if t.shape in ("verb", "phrase")]
    for trigger in triggers:
        if trigger.shape == "attribute":
            done[id(trigger)] = Assignment(trigger, _attribute_places(analysis, trigger, focus))
    taken: set[int] = set()
    repelled = any(t.entry.event is Event.REPELLED and t.shape != "noun" for t in triggers)
    for trigger in nouns:
        governed = _governed(analysis, trigger, [p for p in free if p.index not in taken])
        governed = governed or _genitive_left(
            tokens, trigger, [p for p in free if p.index not in taken]
        )
        if repelled and attack_word(tokens[trigger.index].text):
            continue  # the attacks that were beaten back are the object of the verb
        trial = Assignment(trigger, list(governed), is_governed=True)
        if governed and verbs and not _needs_met(analysis, trial):
            continue  # the place is the verb's, not the noun's
        if governed:
            taken |= {p.index for p in governed}
            done[id(trigger)] = Assignment(trigger, governed, is_governed=True)
    rest = [p for p in free if p.index not in taken]
    for trigger in verbs:
        mine = [
            p
            for p in rest
            if _nearest_verb(p, verbs) is trigger and not _in_comparison(tokens, trigger, p)
        ]
        done[id(trigger)] = Assignment(trigger, mine)
    for trigger in nouns:
        if id(trigger) in done or (repelled and attack_word(tokens[trigger.index].text)):
            continue
        families = [v for v in verbs if done[id(v)].places]
        if trigger.event is Event.CAPTURE:
            families = []
        left = [] if families else [p for p in rest if _may_take(trigger, p, verbs, analysis)]
        possessive = trigger.event is Event.CAPTURE and bool(left)
        done[id(trigger)] = Assignment(trigger, left, is_governed=possessive)
    for trigger in triggers:
        assignment = done.get(id(trigger))
        if assignment is None:
            continue
        if not assignment.places and trigger.shape != "attribute":
            _look_elsewhere(analysis, clause, assignment, focus)
        assignment.places = _drop_containers(assignment.places, trigger.event)
    if repelled:
        for verb in verbs:
            if verb.entry.event is Event.REPELLED and not done[id(verb)].places:
                done[id(verb)].places = free
    return [done[id(t)] for t in triggers if id(t) in done and done[id(t)].places]


def _in_comparison(tokens: Sequence[Token], trigger: Trigger, place: PlaceReference) -> bool:
    """Whether the place belongs to a comparison after the verb: so viel wie ... in X."""
    between = range(trigger.index + 1, place.first)
    return any(tokens[i].lower in ("wie", "als") for i in between)


def _may_take(
    trigger: Trigger, place: PlaceReference, verbs: Sequence[Trigger], analysis: SentenceAnalysis
) -> bool:
    if place.relation == "from":
        # die Verteidiger von Soledar sind Angriffen ausgesetzt
        heads = {a.head for a in analysis.actors}
        return trigger.event in (Event.ATTACK, Event.STRIKE) and bool(
            heads & {place.first - 2, place.first - 3}
        )
    if trigger.event is Event.CAPTURE and "governed" in trigger.entry.needs:
        # X ... seit ihrer Rückeroberung durch die Ukraine
        before = analysis.tokens[trigger.index - 1].lower if trigger.index else ""
        return place.relation == "direct" and word_class(before, "possessive")
    if place.relation != "direct":
        return True
    ground = trigger.event in (Event.STRIKE, Event.CLASH, Event.ATTACK, Event.ENCIRCLEMENT)
    return ground and not verbs


def _nearest_verb(place: PlaceReference, verbs: Sequence[Trigger]) -> Trigger | None:
    if len(verbs) == 1:
        return verbs[0]
    for verb in verbs:
        if verb.index > place.index:
            return verb
    return verbs[-1] if verbs else None


def _attribute_places(
    analysis: SentenceAnalysis, trigger: Trigger, focus: Focus
) -> list[PlaceReference]:
    """Return the place an attribute stands before: die umkämpfte Stadt Bachmut."""
    if trigger.event is Event.CLASH and "direct" in trigger.entry.needs:
        return []  # der verteidigte Vorposten: no fighting is told
    for place in analysis.places:
        if (
            place.index > trigger.index
            and place.first <= trigger.index + 1
            and place.index - trigger.index <= 5
        ):
            found = [
                replace(
                    place,
                    relation="direct",
                    word="",
                    bearings=(),
                    distance_m=None,
                    contained_in=None,
                    unnamed=None,
                )
            ]
            chain = {place.index}
            for other in analysis.places:
                named_apart = word_class(analysis.tokens[other.first - 1].lower, "determiner")
                if other.coordinated_with in chain and not named_apart:
                    chain.add(other.index)
                    found.append(
                        replace(
                            other,
                            relation="direct",
                            word="",
                            bearings=(),
                            distance_m=None,
                            contained_in=None,
                            unnamed=None,
                        )
                    )
            return found
    return _places_of_settlements(analysis, trigger)


def _places_of_settlements(analysis: SentenceAnalysis, trigger: Trigger) -> list[PlaceReference]:
    """Return the region in ``die zurückeroberten Siedlungen in der Region X``."""
    if trigger.event is not Event.CAPTURE or trigger.index + 1 >= len(analysis.tokens):
        return []
    noun = analysis.tokens[trigger.index + 1]
    word = place_word(noun.text) if noun.is_capital else None
    if word is None or word.kind != "settlement":
        return []
    for place in analysis.places:
        if 0 < place.first - trigger.index <= 5 and place.relation in ("in", "near", "direction"):
            return [replace(place, contained_in=None)]
    return []


def _look_elsewhere(
    analysis: SentenceAnalysis, clause: Clause, assignment: Assignment, focus: Focus
) -> None:
    """Find the place outside the clause: antecedent, back reference, the clause gone on from."""
    trigger = assignment.trigger
    kind, place = _antecedent(analysis, clause)
    if kind == "place" and place is not None and clause.opener not in ("deren", "dessen"):
        relation = (
            "in"
            if clause.opener in ("wo", "in")
            or word_class(analysis.tokens[clause.tokens[0]].lower, "preposition")
            else "direct"
        )
        chain = [place]
        found = [
            replace(
                p,
                relation=relation,
                word="",
                bearings=(),
                distance_m=None,
                contained_in=None,
                unnamed=None,
            )
            for p in chain
        ]
        if place.relation in ("near", "around") and relation == "in":
            found = [replace(place, contained_in=None)]
        assignment.places = found
        return
    parent = analysis.clauses[clause.parent] if clause.parent is not None else None
    if (
        parent is not None
        and trigger.shape != "noun"
        and (
            (clause.kind == "infinitive" and trigger.voice == "passive")
            or (
                clause.is_coordinate
                and (trigger.voice in ("passive", "state") or trigger.event is Event.CONTROL)
            )
        )
    ):
        # die Stadt drohte, erobert zu werden; X ist ... und steht unter Kontrolle
        subjects = [
            p
            for p in analysis.places_in(parent.number)
            if p.relation == "direct" and p.contained_in is None
        ]
        if subjects:
            assignment.places = subjects[:1]
            return
    if (
        clause.is_coordinate
        and clause.parent is not None
        and trigger.event in (Event.CLASH, Event.STRIKE)
    ):
        return
    topic = _topic(analysis, clause)
    if topic:
        assignment.places = topic
        return
    if _may_take_sole(analysis, trigger):
        sole = focus("sole", trigger.first)
        if sole is not None:
            assignment.places = [
                replace(
                    sole,
                    relation="in",
                    word="",
                    bearings=(),
                    distance_m=None,
                    contained_in=None,
                    coordinated_with=None,
                    unnamed=None,
                    is_back_reference=True,
                )
            ]
            assignment.uses_focus = True
            return
    if _is_definite_fight(analysis, trigger):
        found_focus = focus("any", trigger.first)
        if found_focus is not None:
            assignment.places = [
                replace(
                    found_focus,
                    relation="in",
                    word="",
                    bearings=(),
                    distance_m=None,
                    contained_in=None,
                    coordinated_with=None,
                    unnamed=None,
                    is_back_reference=True,
                )
            ]
            assignment.uses_focus = True


_WIDE = frozenset(
    {
        "ukraine",
        "russland",
        "land",
        "landes",
        "landesweit",
        "front",
        "osten",
        "süden",
        "norden",
        "ostukraine",
        "südukraine",
        "überall",
        "mehreren",
        "verschiedenen",
        "fronten",
        "donbass",
    }
)
_SOLE = (Event.ADVANCE, Event.REPELLED, Event.BREAKTHROUGH, Event.CAPTURE)


def _may_take_sole(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether an event without a place happens at the only place the passage speaks of."""
    if trigger.event not in _SOLE or trigger.shape == "attribute":
        return False
    if any(t.lower in _WIDE for t in analysis.tokens):
        return False
    if trigger.shape == "noun":
        return False
    named = any(a.side or a.kind == "generic" for a in analysis.actors_in(trigger.clause))
    return (named and trigger.event is not Event.CAPTURE) or (
        trigger.event is Event.CAPTURE and named and _unnamed_object(analysis, trigger)
    )


def _topic(analysis: SentenceAnalysis, clause: Clause) -> list[PlaceReference]:
    """Return the places of a heading before a colon: Bachmut, Kreminna: Kämpfe dauern an."""
    if clause.number == 0 or ":" not in clause.separator:
        return []
    first = analysis.clauses[0]
    words = [
        i
        for i in first.tokens
        if analysis.tokens[i].is_word and analysis.tokens[i].lower not in ("und",)
    ]
    named = {p.index for p in analysis.places_in(first.number)}
    if not named or any(i not in named and not analysis.tokens[i].text[0].isdigit() for i in words):
        return []
    return [replace(p, relation="in", contained_in=None) for p in analysis.places_in(first.number)]


def _is_definite_fight(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether the fighting is the one spoken of before: die Kämpfe dauern an."""
    if trigger.event is not Event.CLASH:
        return False
    if trigger.shape == "phrase":
        return True
    if trigger.shape != "noun":
        return False
    said = {
        "sprechen",
        "sprach",
        "sprachen",
        "spricht",
        "berichten",
        "berichtet",
        "berichteten",
        "berichtete",
        "melden",
        "meldet",
        "meldeten",
    }
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
