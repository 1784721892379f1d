"""Which places an event word governs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from frontmap.claims.events.conditions import Assignment, needs_met
from frontmap.claims.events.non_events import told_events
from frontmap.claims.lexicon import actor_words, attack_word, place_word
from frontmap.claims.lexicon.morphology import FormKind
from frontmap.claims.lexicon.words import word_class, word_set
from frontmap.claims.places.containers import drop_containers
from frontmap.claims.places.elsewhere import heading_places, look_elsewhere
from frontmap.claims.records import Event
from frontmap.claims.sentence.actors import preposition_before
from frontmap.claims.sentence.analysis import SentenceAnalysis
from frontmap.claims.sentence.asides import concerns
from frontmap.claims.sentence.placement import part_adverbial, part_object
from frontmap.claims.sentence.references import Focus, PlaceReference, is_region, is_river, restated
from frontmap.claims.sentence.triggers import Trigger
from frontmap.claims.syntax.clauses import Clause
from frontmap.claims.syntax.segments import verb_kind
from frontmap.claims.syntax.tokens import Token

__all__ = ["Assignment", "assign_places"]


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
    for place in free:
        if place.index == trigger.index - 2 and tokens[trigger.index - 1].text == "-":
            return [replace(place, relation="direct", contained_in=None)]  # der Lyman-Rückzug
    found: list[PlaceReference] = []
    for place in free:
        if place.index <= trigger.index:
            continue
        if not found and (
            _is_shut_off(tokens, trigger, place) or _is_of_something(tokens, trigger, place)
        ):
            break
        if any(trigger.index < other < place.index for other in others):
            break
        if found:
            if _goes_on(analysis, found, place):
                found.append(place)
        elif _stands_right_behind(analysis, trigger, place):
            found.append(place)
    return found


def _is_of_something(tokens: Sequence[Token], trigger: Trigger, place: PlaceReference) -> bool:
    """Whether the noun is of something that is no place: der Fall der Sowjetunion."""
    if "governed" not in trigger.entry.needs or trigger.event is not Event.CAPTURE:
        return False
    nouns = [t for t in tokens[trigger.index + 1 : place.first] if t.is_capital]
    return any(place_word(t.text) is None and actor_words(t.text) is None for t in nouns)


def _goes_on(
    analysis: SentenceAnalysis, found: Sequence[PlaceReference], place: PlaceReference
) -> bool:
    """Whether a place goes on with those an event noun governs: auf A, auf B und bei C."""
    if place.coordinated_with in {p.index for p in found}:
        return True
    last = found[-1]
    if not _no_verb_between(analysis, last.index, place.first):
        return False
    if _past_apposition(analysis, last, place):
        return True
    if any(_opens_object(analysis.tokens, i) for i in range(last.index + 1, place.first)):
        return False  # will mit dem Angriff auf A den Druck auf B verringern
    between = {t.lower for t in analysis.tokens[last.index + 1 : place.first]}
    joined = bool(between & {"und", "sowie", "oder", ","})
    return (joined and place.relation != "direct") or place.relation in ("onto", "toward")


def _stands_right_behind(
    analysis: SentenceAnalysis, trigger: Trigger, place: PlaceReference
) -> bool:
    """Whether a place belongs to the event noun before it."""
    tokens = analysis.tokens
    if place.relation == "part" and _is_bare_part(tokens, trigger, place):
        return not _is_verbs_object(analysis, trigger)
    if place.relation != "direct":
        return _no_verb_between(analysis, trigger.index, place.first)
    between = tokens[trigger.index + 1 : place.first]
    simple = all(word_class(t.lower, "determiner") or t.text in '„"»-' for t in between)
    bare = not between and not tokens[place.index].lower.endswith(("s", "x", "z", "'"))
    return simple and not (bare and _is_verbs_object(analysis, trigger))


def _is_bare_part(tokens: Sequence[Token], trigger: Trigger, place: PlaceReference) -> bool:
    """Whether a part stands behind the noun with nothing that ties it: nach Ansturm Teile von X."""
    part = place.first - len(place.word.split())
    words = [t.lower for t in tokens[trigger.index + 1 : part + 1]]
    ties = (w for w in words if word_class(w, "preposition") or word_class(w, "determiner"))
    return bool(words) and not any(ties)


def _past_apposition(
    analysis: SentenceAnalysis, last: PlaceReference, place: PlaceReference
) -> bool:
    """Whether a list goes on behind an apposition: von A, einer Stadt im Osten, und B."""
    between = [t.text for t in analysis.tokens[last.index + 1 : place.first]]
    is_apposition = len(between) > 3 and between[0] == "," and between[-2:] == [",", "und"]
    return is_apposition and place.relation in ("direct", last.relation)


def _is_verbs_object(analysis: SentenceAnalysis, trigger: Trigger) -> bool:
    """Whether a verb takes the name that stands bare behind the noun: nach Belagerung X erobert."""
    return any(
        t.clause == trigger.clause and t.shape == "verb" and "direct" in t.entry.needs
        for t in analysis.triggers
    )


_CAUSES = word_set("causes")
_HELPING = word_set("helping_forms")
_LEFT_OPEN = word_set("left_open")
_OBJECTS = word_set("object_articles")
_REASONS = word_set("circumstances_given")


def _opens_object(tokens: Sequence[Token], i: int) -> bool:
    """Whether the article of another object stands at token `i`."""
    return tokens[i].lower in _OBJECTS and not word_class(tokens[i - 1].lower, "preposition")


def _is_shut_off(tokens: Sequence[Token], trigger: Trigger, place: PlaceReference) -> bool:
    """Whether a sign or another target stands between noun and place: Angriff auf die Ukraine."""
    for i in range(trigger.index + 1, place.first):
        token = tokens[i]
        if token.text in ",;:–(" and not (place.coordinated_with is not None):
            return True
        if _opens_object(tokens, i):
            return True  # aus Angst vor Einkesselung ihre Stellungen bei X verlassen
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


def assign_places(analysis: SentenceAnalysis, focus: Focus) -> list[Assignment]:
    """Give each event word of a sentence its places; words without a place fall away."""
    assignments: list[Assignment] = []
    for clause in analysis.clauses:
        triggers = [t for t in analysis.triggers if t.clause == clause.number]
        if triggers and not _is_open_question(analysis, clause):
            assignments += _assign_clause(analysis, clause, triggers, focus)
    return [a for a in assignments if needs_met(analysis, a)]


def _is_open_question(analysis: SentenceAnalysis, clause: Clause) -> bool:
    """Whether the clause asks: nicht klar, welche Teile unter wessen Kontrolle stehen."""
    if not clause.opener.startswith("welch"):
        return False
    before = " ".join(c.text for c in analysis.clauses if c.number < clause.number)
    return any(word in before for word in _LEFT_OPEN)


def _assign_clause(
    analysis: SentenceAnalysis, clause: Clause, triggers: list[Trigger], focus: Focus
) -> list[Assignment]:
    tokens = analysis.tokens
    free = [p for p in analysis.places_in(clause.number) if p.contained_in is None]
    triggers = told_events(analysis, clause, triggers)
    nouns = [t for t in triggers if _is_nominal(t)]
    verbs = [t for t in triggers if _is_verbal(t)]
    repelled = any(t.entry.event is Event.REPELLED and t.shape != "noun" for t in triggers)
    done: dict[int, Assignment] = {}
    for trigger in triggers:
        if trigger.shape == "attribute":
            done[id(trigger)] = Assignment(trigger, _attribute_places(analysis, trigger))
    rest = _give_nouns(analysis, nouns, verbs, free, done, repelled)
    if len(triggers) > 1 and rest:
        verbs = [t for t in verbs if needs_met(analysis, Assignment(t, list(rest)))]
    for trigger in verbs:
        mine = [
            p
            for p in rest
            if concerns(p, trigger.event)
            and _nearest_verb(p, verbs) is trigger
            and not _in_comparison(tokens, trigger, p)
        ]
        mine = _drop_first_verbs_places(tokens, clause, trigger, mine)
        done[id(trigger)] = Assignment(trigger, mine)
    _share_object(tokens, verbs, done)
    _take_the_rest(analysis, nouns, verbs, rest, done, repelled)
    _complete(analysis, clause, [t for t in triggers if id(t) in done], done, focus)
    if repelled:
        for verb in verbs:
            if verb.entry.event is not Event.REPELLED:
                continue
            if not done[id(verb)].places:
                done[id(verb)].places = free
            done[id(verb)].places += _where_tried(analysis, clause, done[id(verb)].places)
    return [done[id(t)] for t in triggers if id(t) in done and done[id(t)].places]


def _where_tried(
    analysis: SentenceAnalysis, clause: Clause, places: Sequence[PlaceReference]
) -> list[PlaceReference]:
    """Return where the tries that were beaten back took place: Versuche, bei X vorzurücken."""
    if not any(word.startswith("versuch") for word in clause.text.split()):
        return []
    known = {p.toponym.place for p in places}
    return [
        place
        for other in analysis.clauses
        if other.kind == "infinitive" and other.parent == clause.number
        for place in analysis.places_in(other.number)
        if place.contained_in is None
        and place.relation in ("near", "direction", "in", "part")
        and place.toponym.place not in known
    ]


def _give_nouns(
    analysis: SentenceAnalysis,
    nouns: Sequence[Trigger],
    verbs: Sequence[Trigger],
    free: Sequence[PlaceReference],
    done: dict[int, Assignment],
    repelled: bool,
) -> list[PlaceReference]:
    """Give event nouns the places that stand with them; return the places left."""
    tokens = analysis.tokens
    taken: set[int] = set()
    for trigger in nouns:
        mine = [p for p in free if p.index not in taken and concerns(p, trigger.event)]
        governed = _governed(analysis, trigger, mine) or _genitive_left(tokens, trigger, mine)
        if not governed or (repelled and attack_word(tokens[trigger.index].text)):
            continue  # the attacks that were beaten back are the object of the verb
        trial = Assignment(trigger, list(governed), is_governed=True)
        if verbs and not needs_met(analysis, trial):
            continue  # the place is the verb's, not the noun's
        taken |= {p.index for p in governed}
        done[id(trigger)] = Assignment(trigger, governed, is_governed=True)
    return [p for p in free if p.index not in taken]


def _complete(
    analysis: SentenceAnalysis,
    clause: Clause,
    triggers: Sequence[Trigger],
    done: dict[int, Assignment],
    focus: Focus,
) -> None:
    """Look outside the clause for what has no place; drop places that only say where one lies."""
    for trigger in triggers:
        assignment = done[id(trigger)]
        is_attribute = trigger.shape == "attribute"
        if not assignment.places and not is_attribute:
            look_elsewhere(analysis, clause, assignment, focus)
        elif all(is_river(p.toponym) for p in assignment.places):
            # Krynky: Am linken Dnipro-Ufer halten Soldaten einen Streifen
            assignment.places = heading_places(analysis, clause) or assignment.places
        assignment.places = drop_containers(analysis.tokens, assignment.places, trigger.event)
        if not is_attribute:
            assignment.places = _with_part_object(clause, assignment)


def _take_the_rest(
    analysis: SentenceAnalysis,
    nouns: Sequence[Trigger],
    verbs: Sequence[Trigger],
    rest: Sequence[PlaceReference],
    done: dict[int, Assignment],
    repelled: bool,
) -> None:
    """Give event nouns without a place of their own what the verbs leave them."""
    tokens = analysis.tokens
    for trigger in nouns:
        if id(trigger) in done or (repelled and attack_word(tokens[trigger.index].text)):
            continue
        families = [v for v in verbs if done[id(v)].places]
        if trigger.event is Event.CAPTURE:
            families = []
        if trigger.event in (Event.STRIKE, Event.ATTACK):
            # bei einem Angriff wurde ein Lager in X zerstört: the verb alone may not hold
            families = [v for v in families if v.event is not Event.STRIKE]
        if _is_reason(tokens, trigger):
            continue  # a reason given, the place is where something else happens
        left = [] if families else [p for p in rest if _may_take(trigger, p, verbs, analysis)]
        possessive = trigger.event is Event.CAPTURE and bool(left)
        done[id(trigger)] = Assignment(trigger, left, is_governed=possessive)


def _is_verbal(trigger: Trigger) -> bool:
    return trigger.shape in ("verb", "phrase") and not _is_nominal(trigger)


def _is_nominal(trigger: Trigger) -> bool:
    """Whether the words stand like a noun, their place behind them: das Hissen der Flagge in X."""
    return trigger.shape == "noun" or "nominal" in trigger.entry.needs


def _is_reason(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether the noun gives a reason for what happens at the place: wegen der Offensive.

    Shelling is felt where its consequences are: in X wegen des Beschusses gescheitert.
    """
    lead, _, _ = preposition_before(tokens, trigger.index)
    felt = trigger.event is Event.STRIKE and lead in _CAUSES
    return (lead in _CAUSES or lead in _REASONS) and not felt


def _in_comparison(tokens: Sequence[Token], trigger: Trigger, place: PlaceReference) -> bool:
    """Whether the place belongs to a comparison after the verb: so viel wie ... in X."""
    for i in range(trigger.index + 1, place.first):
        if tokens[i].lower in ("wie", "als"):
            noun = place_word(tokens[i - 1].text) if tokens[i - 1].is_capital else None
            if noun is None:  # but: Städte wie X
                return True
    return False


_SUFFERED = (Event.ATTACK, Event.STRIKE, Event.ENCIRCLEMENT)


def _may_take(
    trigger: Trigger, place: PlaceReference, verbs: Sequence[Trigger], analysis: SentenceAnalysis
) -> bool:
    if not concerns(place, trigger.event) or _is_of_result(analysis.tokens, place):
        return False
    if place.relation == "from":
        # die Verteidiger von Soledar sind Angriffen ausgesetzt
        heads = {a.head for a in analysis.actors}
        told = set(analysis.clauses[trigger.clause].text.split()) & word_set("reported_from")
        fights = trigger.event in (Event.ATTACK, Event.STRIKE, Event.CLASH)
        if told and fights and place.word.startswith("aus"):
            return True  # aus der Region X werden Angriffe gemeldet
        return trigger.event in _SUFFERED and bool(heads & {place.first - 2, place.first - 3})
    if trigger.event is Event.CAPTURE and "governed" in trigger.entry.needs:
        # X ... seit ihrer Rückeroberung durch die Ukraine
        before = analysis.tokens[trigger.index - 1].lower if trigger.index else ""
        return place.relation == "direct" and word_class(before, "possessive")
    if place.relation != "direct":
        return True
    if trigger.event is Event.WITHDRAWAL and not verbs:
        lead, _, _ = preposition_before(analysis.tokens, trigger.index)
        return lead in ("nach", "seit")  # X war nach dem Abzug der Besatzer ohne Strom
    suffered = (*_SUFFERED, Event.CLASH, Event.REPELLED)
    return trigger.event in suffered and not verbs


def _is_of_result(tokens: Sequence[Token], place: PlaceReference) -> bool:
    """Whether a place stands with what befell troops there: fordert nach Niederlage in X Y."""
    at = place.first - len(place.word.split()) - 1
    if at < 1 or not tokens[at].is_capital or not tokens[at].lower.endswith(_RESULTS):
        return False
    return preposition_before(tokens, at)[0] in ("nach", "seit", "wegen", "trotz", "angesichts")


_RESULTS = tuple(word_set("setbacks") | word_set("successes"))


def _with_part_object(clause: Clause, assignment: Assignment) -> list[PlaceReference]:
    """Read ``in X haben sie das Zentrum erobert`` as the centre of X."""
    parts = {p.toponym.place for p in assignment.places if p.relation == "part" and p.bearings}
    places = [
        p
        for p in assignment.places
        if not (p.relation == "in" and p.toponym.place in parts)  # in X ... im Osten der Stadt
    ]
    if len(places) != 1 or places[0].relation != "in" or is_region(places[0].toponym):
        return places
    bearings = part_adverbial(clause.text)
    held = assignment.trigger.event in (Event.CAPTURE, Event.CONTROL)
    if held and assignment.trigger.shape in ("verb", "phrase"):
        bearings = bearings or part_object(clause.text)
    return [replace(places[0], relation="part", bearings=bearings)] if bearings else places


def _drop_first_verbs_places(
    tokens: Sequence[Token], clause: Clause, trigger: Trigger, places: list[PlaceReference]
) -> list[PlaceReference]:
    """Leave a place to the other verb that stands between it and the event's verb."""
    if not any(p.relation == "direct" for p in places):
        return places
    finite = [
        i
        for i in clause.tokens
        if i < trigger.index
        and tokens[i].lower not in _HELPING
        and verb_kind(tokens[i], i == 0) is FormKind.FINITE
    ]
    joined = [i for i in clause.tokens if i < trigger.index and tokens[i].lower == "und"]
    if not finite or not joined or joined[-1] < finite[-1]:
        return places
    own = [p for p in places if p.index > joined[-1] or p.relation == "direct"]
    return own or places


def _share_object(
    tokens: Sequence[Token], verbs: Sequence[Trigger], done: dict[int, Assignment]
) -> None:
    """Give two verbs joined at the end of a clause one object: erreicht und eingenommen."""
    for first, second in pairwise(verbs):
        between = [t.lower for t in tokens[first.index + 1 : second.first]]
        joined = between in (["und"], ["oder"], ["noch"])
        if not joined or done[id(second)].places:
            continue
        done[id(second)].places = [replace(p) for p in done[id(first)].places]
        if first.entry.entry == "er~reichen" and second.event is Event.CAPTURE:
            done[id(first)].places = []  # taken says more than reached


def _nearest_verb(place: PlaceReference, verbs: Sequence[Trigger]) -> Trigger | None:
    if len(verbs) == 1:
        return verbs[0]
    for verb in verbs:
        if verb.index > place.index:
            return verb
    return verbs[-1] if verbs else None


def _attribute_places(analysis: SentenceAnalysis, trigger: Trigger) -> list[PlaceReference]:
    """Return the place an attribute stands before: die umkämpfte Stadt Bachmut."""
    if trigger.event is Event.CLASH and "direct" in trigger.entry.needs:
        return []  # der verteidigte Vorposten: no fighting is told
    for place in analysis.places:
        if (
            place.index > trigger.index
            and place.first <= trigger.index + 1
            and place.index - trigger.index <= 5
        ):
            found = [restated(place, "direct")]
            chain = {place.index}
            for other in analysis.places:
                named_apart = word_class(analysis.tokens[other.first - 1].lower, "determiner")
                if other.coordinated_with in chain and not named_apart:
                    chain.add(other.index)
                    found.append(restated(other, "direct"))
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
