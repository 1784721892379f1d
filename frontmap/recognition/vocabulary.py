"""The lexicons of recognition, read once and laid out for look-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from frontmap.lexicons import load

__all__ = ["Container", "Vocabulary", "vocabulary"]

_LONGEST_ENDING = 9
_KEPT_ENDINGS = 10_000
_SHORTEST_SUFFIX = 3  # of a compound's first part: "Hafen-stadt"


@dataclass(frozen=True, slots=True)
class Container:
    """A kind word.

    Attributes
    ----------
    kind : str
        A `gazetteer.Kind` value, ``"settlement"``, or ``"place"`` where it tells nothing.
    plural : bool
        Whether several names may follow ("die Gebiete Sumy und Charkiw").
    """

    kind: str
    plural: bool


@dataclass(slots=True)
class Vocabulary:
    """Words by what they show about a name beside them."""

    containers: dict[str, Container] = field(default_factory=dict)
    container_suffixes: dict[str, Container] = field(default_factory=dict)
    cues: dict[str, float] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    function_suffixes: tuple[str, ...] = ()
    saying: set[str] = field(default_factory=set)
    first_names: set[str] = field(default_factory=set)
    silencers: dict[str, dict[str, str]] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    elsewhere_adjectives: tuple[str, ...] = ()
    capitals: set[str] = field(default_factory=set)
    metonymy: dict[str, tuple[set[str], tuple[str, ...]]] = field(default_factory=dict)
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    place_endings: dict[str, float] = field(default_factory=dict)
    surname_endings: dict[str, float] = field(default_factory=dict)
    _ending_weights: dict[str, float] = field(default_factory=dict)

    def container(self, word: str) -> Container | None:
        """Give the kind word that a word is or, as a compound, ends in."""
        word = word.rsplit("-", 1)[-1]
        found = self.containers.get(word)
        if found is not None or len(word) < 2 * _SHORTEST_SUFFIX:
            return found
        lowered = word.lower()
        for length in range(len(word) - _SHORTEST_SUFFIX, 2, -1):
            found = self.container_suffixes.get(lowered[-length:])
            if found is not None:
                return found
        return None

    def is_function(self, word: str) -> bool:
        """Whether a word is, or ends in, what a person may be: Sprecher, Kremlchef."""
        return word in self.functions or word.lower().endswith(self.function_suffixes)

    def silencer(self, word: str, side: str) -> str | None:
        """Give the reason why a word on this side of a name silences it."""
        words = self.silencers.get(side, {})
        if word in words:
            return words[word]
        if side == "compound":
            tail = word.rsplit("-", 1)[-1]
            if tail in words:
                return words[tail]
        return None

    def shows_institution(self, word: str, side: str) -> bool:
        """Whether a word on this side of a capital shows that its government is meant."""
        words, beginnings = self.metonymy.get(side, (set(), ()))
        return word in words or bool(beginnings and word.startswith(beginnings))

    def ending_weight(self, name: str) -> float:
        """Place-likeness (above 0) or surname-likeness (below 0) of a name by its ending."""
        ending = name[-_LONGEST_ENDING:]
        weight = self._ending_weights.get(ending)
        if weight is None:
            if len(self._ending_weights) >= _KEPT_ENDINGS:
                self._ending_weights.clear()
            weight = self._ending_weights[ending] = self._ending_weight(ending)
        return weight

    def _ending_weight(self, name: str) -> float:
        lowered = name.lower()
        place = surname = 0.0
        for length in range(len(lowered), 0, -1):
            ending = lowered[-length:]
            place = place or self.place_endings.get(ending, 0.0)
            surname = surname or self.surname_endings.get(ending, 0.0)
        return place if place >= surname else -surname


def _forms(lemma: str, endings: str) -> list[tuple[str, bool]]:
    """Expand ``"- s es|e en"`` into forms, each with whether it is a plural."""
    singular, _, plural = endings.partition("|")
    forms = [(lemma + ("" if e == "-" else e), False) for e in singular.split()]
    # of "die Oblasts" and "des Oblasts" the plural, after which several names may follow
    plurals = [(lemma + ("" if e == "-" else e), True) for e in plural.split()]
    forms = [form for form in forms if form[0] == lemma or (form[0], True) not in plurals] + plurals
    return forms or [(lemma, False)]


@cache
def vocabulary() -> Vocabulary:
    """Read the lexicons."""
    words = Vocabulary()
    _read_containers(words)
    _read_persons(words)
    for entry in load("toponyms/cues.tsv"):
        words.cues[entry["form"]] = float(entry["weight"])
    for entry in load("toponyms/silencers.tsv"):
        words.silencers.setdefault(entry["side"], {})[entry["form"]] = entry["reason"]
    adjectives = []
    for entry in load("toponyms/elsewhere.tsv"):
        if entry["where"] == "adjective":
            adjectives.append(entry["name"].rstrip("*"))
        else:
            words.elsewhere[entry["name"]] = entry["where"]
    words.elsewhere_adjectives = tuple(adjectives)
    _read_metonymy(words)
    topics: dict[str, list[str]] = {}
    for entry in load("toponyms/topics.tsv"):
        topics.setdefault(entry["topic"], []).append(entry["form"])
    words.topics = {topic: tuple(forms) for topic, forms in topics.items()}
    for entry in load("toponyms/endings.tsv"):
        table = words.place_endings if entry["sort"] == "place" else words.surname_endings
        table[entry["ending"]] = float(entry["weight"])
    return words


def _read_containers(words: Vocabulary) -> None:
    for entry in load("toponyms/containers.tsv"):
        for form, plural in _forms(entry["lemma"], entry["endings"]):
            container = Container(entry["kind"], plural)
            words.containers.setdefault(form, container)
            if entry["suffix"] == "yes":
                words.container_suffixes.setdefault(form.lower(), container)


def _read_persons(words: Vocabulary) -> None:
    suffixes = []
    for entry in load("toponyms/persons.tsv"):
        forms = [form for form, _ in _forms(entry["lemma"], entry["endings"])]
        if entry["kind"] == "verb":
            words.saying.update(forms)
        elif entry["kind"] == "title":
            words.titles.update(forms)
        else:
            words.functions.update(forms)
            if entry["suffix"] == "yes":
                suffixes += [form.lower() for form in forms]
    words.function_suffixes = tuple(suffixes)
    words.first_names = {entry["name"] for entry in load("toponyms/first_names.tsv")}


def _read_metonymy(words: Vocabulary) -> None:
    exact: dict[str, set[str]] = {}
    beginnings: dict[str, list[str]] = {}
    for entry in load("toponyms/metonymy.tsv"):
        form, side = entry["form"], entry["side"]
        exact.setdefault(side, set())
        if side == "name":
            words.capitals.add(form)
        elif form.endswith("*"):
            beginnings.setdefault(side, []).append(form[:-1])
        else:
            exact[side].add(form)
    words.metonymy = {
        side: (forms, tuple(beginnings.get(side, ()))) for side, forms in exact.items()
    }
