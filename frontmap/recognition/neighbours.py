"""Neighbours: what a word tells about the name beside it, worked out once for each word."""

from __future__ import annotations

from dataclasses import dataclass

from frontmap.keeping import kept_by_word
from frontmap.recognition.lexical import WordClass, looks_like_a_name, word_class
from frontmap.recognition.vocabulary import Container, Vocabulary, vocabulary

__all__ = ["Neighbour", "neighbour"]

_LONGEST_ACRONYM = 4
_CERTAIN_PERSON = 5.0
_FUNCTION = 3.5
_PERHAPS_FIRST_NAME = 2.5


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word that stands beside a name.

    Attributes
    ----------
    word : str
    container : Container or None
        The kind word it is or ends in.
    plain_container : Container or None
        The kind word it is.
    follows_names : bool
        Whether that kind word may follow a bare name ("Kharkiv oblast").
    cue : float
        How strongly a place is expected after it.
    person : float
        How strongly a person is expected after it.
    function : bool
        Whether it is what a person may be ("Sprecher").
    noun : bool
        Whether it is a common noun, as before an apposition.
    silencer_before, silencer_after : str or None
        Why it silences the name after or before it.
    saying : bool
        Whether it is a verb of saying.
    surname_like : bool
        Whether it could be a surname.
    from_elsewhere : bool
        Whether it is an adjective of a place far away.
    """

    word: str = ""
    container: Container | None = None
    plain_container: Container | None = None
    follows_names: bool = False
    cue: float = 0.0
    person: float = 0.0
    function: bool = False
    noun: bool = False
    silencer_before: str | None = None
    silencer_after: str | None = None
    saying: bool = False
    surname_like: bool = False
    from_elsewhere: bool = False


_NOTHING = Neighbour()


@kept_by_word(10_000)
def neighbour(word: str) -> Neighbour:
    """Say what a word tells about the name beside it."""
    if not word:
        return _NOTHING
    words = vocabulary()
    if word.isupper() and len(word) > _LONGEST_ACRONYM:
        word = word.capitalize()  # a headline in capitals
    container = words.container(word)
    plain = words.containers.get(word)
    is_capital = word[0].isupper()
    function = words.is_function(word)
    return Neighbour(
        word=word,
        container=container,
        plain_container=plain,
        follows_names=plain is not None and (not is_capital or word in ("Oblast", "Raion")),
        cue=words.cues.get(word) or words.cues.get(word.lower(), 0.0),
        person=_person(word, is_capital, function, words) if container is None else 0.0,
        function=function and word not in words.first_names and word not in words.titles,
        noun=is_capital and container is None and word_class(word) is WordClass.NOUN,
        silencer_before=words.silencer(word, "before"),
        silencer_after=words.silencer(word, "after"),
        saying=word in words.saying,
        surname_like=is_capital and word_class(word) not in (WordClass.NOUN, WordClass.OTHER),
        from_elsewhere=word.startswith(words.elsewhere_adjectives) and word[-1] in "enmrs",
    )


def _person(word: str, is_capital: bool, function: bool, words: Vocabulary) -> float:
    if word in words.first_names or word in words.titles:
        return _CERTAIN_PERSON
    if function:
        return _FUNCTION
    name_like = is_capital and not word.isupper() and word.lower() not in words.cues
    return _PERHAPS_FIRST_NAME if name_like and looks_like_a_name(word) else 0.0
