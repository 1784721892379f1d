"""What public functions take: a wrong type or value is named at once, with what to give instead.

An argument of one name means the same in every function of a package, so what it takes stands once,
in the package's table. `Checks` makes the decorator of such a table; a function whose argument of
that name takes something else says so: ``@checked.but(gazetteer=PATH)``. None is taken where it is
the default.

>>> table = {"workers": whole("the number of processes, 1 or more", least=1)}
>>> checked = Checks(table, wrong_type=TypeError, wrong_value=ValueError)
>>> @checked
... def run(workers=1):
...     return workers
>>> run(workers="2")
Traceback (most recent call last):
    ...
TypeError: workers='2': give the number of processes, 1 or more
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import unwrap
from math import inf
from operator import index
from os import PathLike, fspath
from reprlib import Repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

__all__ = [
    "FLAG",
    "LAT",
    "LON",
    "PATH",
    "TEXT",
    "Argument",
    "Checks",
    "InsideError",
    "is_record",
    "number",
    "one_of",
    "record",
    "several",
    "whole",
]

_WRITTEN = (str, bytes, int, float, PathLike, list, tuple, dict, set, frozenset)
_REPR = Repr()
_REPR.maxstring = _REPR.maxother = 80  # letters of a wrong value that a message repeats


class InsideError(TypeError):
    """Something of a wrong type inside of a value; says what."""


class Argument:
    """What an argument takes.

    Parameters
    ----------
    wanted : str
        What to give, as it follows the word "give".
    take : callable
        Gives the value to go on with; raises TypeError for a wrong type, `InsideError` where a
        value holds one, and ValueError for a wrong value.
    """

    __slots__ = ("take", "wanted")

    def __init__(self, wanted: str, take: Callable[[Any], Any]) -> None:
        self.wanted = wanted
        self.take = take


class Checks:
    """Makes decorators that check a function's arguments by their names.

    Parameters
    ----------
    table : mapping
        What an argument of each name takes; names that are not in it are not checked.
    wrong_type, wrong_value : type of exception
        What to raise.
    """

    def __init__(
        self,
        table: Mapping[str, Argument],
        *,
        wrong_type: type[Exception],
        wrong_value: type[Exception],
    ) -> None:
        self._table = table
        self._wrong_type = wrong_type
        self._wrong_value = wrong_value

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Check a function's arguments as the table has them."""
        return self.but()(function)

    def but(self, **own: Argument) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Do the same, where some arguments of the function take something else."""

        def decorate(function: Callable[P, R]) -> Callable[P, R]:
            return self._wrapped(function, {**self._table, **own})

        return decorate

    def _wrapped(self, function: Callable[P, R], table: dict[str, Argument]) -> Callable[P, R]:
        plain: Any = unwrap(function)
        code = plain.__code__
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        positional = names[: code.co_argcount]
        defaults = plain.__defaults__ or ()
        given = dict(zip(positional[code.co_argcount - len(defaults) :], defaults, strict=True))
        given |= plain.__kwdefaults__ or {}
        known = {name: table[name] for name in names if name in table}
        optional = frozenset(name for name, default in given.items() if default is None)

        @wraps(function)
        def checked(*args: Any, **options: Any) -> Any:
            taken = list(args)
            for place, (name, value) in enumerate(zip(positional, args, strict=False)):
                if name in known and not (value is None and name in optional):
                    taken[place] = self._taken(name, known[name], value)
            for name, value in options.items():
                if name in known and not (value is None and name in optional):
                    options[name] = self._taken(name, known[name], value)
            return function(*taken, **options)

        return checked

    def _taken(self, name: str, argument: Argument, value: object) -> Any:
        try:
            return argument.take(value)
        except (self._wrong_type, self._wrong_value):  # it says itself what is wrong
            raise
        except InsideError as error:
            kind, shown = self._wrong_type, f"{name} {error}"
        except TypeError:
            kind, shown = self._wrong_type, _shown(name, value)
        except (ValueError, OverflowError):
            kind, shown = self._wrong_value, _shown(name, value)
        raise kind(f"{shown}: give {argument.wanted}") from None


def _shown(name: str, value: object) -> str:
    """Say what was given: plain values as they are written, others by their type."""
    if value is None or isinstance(value, _WRITTEN):
        return f"{name}={_REPR.repr(value)}"
    return f"{name} is of type {type(value).__name__}"


def is_record(value: object, path: str) -> bool:
    """Whether a value is of the class at a path, or of one derived from it; imports nothing.

    >>> is_record(True, "builtins.int")
    True
    """
    return any(f"{kind.__module__}.{kind.__qualname__}" == path for kind in type(value).__mro__)


def _is_bool(value: object) -> bool:
    return isinstance(value, bool) or is_record(value, "numpy.bool")


def record(path: str, wanted: str) -> Argument:
    """An argument of the class at a path, ``frontmap.claims.records.Claim``.

    By its name, since a function may take what a later stage makes.
    """

    def take(value: object) -> object:
        if not is_record(value, path):
            raise TypeError
        return value

    return Argument(wanted, take)


def several(path: str, wanted: str) -> Argument:
    """An argument of any number of records of a class; an iterator becomes a list."""

    def take(values: object) -> list[object]:
        if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
            raise TypeError
        found = list(values)
        for value in found:
            if not is_record(value, path):
                raise InsideError(f"holds a {type(value).__name__}")
        return found

    return Argument(wanted, take)


def whole(wanted: str, *, least: int | None = None) -> Argument:
    """An argument that is a whole number, of Python or of NumPy; True is none."""

    def take(value: Any) -> int:
        if _is_bool(value):
            raise TypeError
        found = index(value)
        if least is not None and found < least:
            raise ValueError
        return found

    return Argument(wanted, take)


def number(wanted: str, *, least: float = -inf, most: float = inf) -> Argument:
    """An argument that is a number between two others, of Python or of NumPy; True is none."""

    def take(value: Any) -> float:
        if _is_bool(value) or isinstance(value, str | bytes):
            raise TypeError
        found = float(value)
        if not least <= found <= most:  # "not a number" is not
            raise ValueError
        return found

    return Argument(wanted, take)


def one_of(words: Iterable[str], wanted: str = "") -> Argument:
    """An argument that is one of some words."""
    known = tuple(words)

    def take(value: object) -> object:
        if not isinstance(value, str):
            raise TypeError
        if value not in known:
            raise ValueError
        return value

    return Argument(wanted or f"one of {', '.join(known)}", take)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not _is_bool(value):
        raise TypeError
    return bool(value)


def _path(value: object) -> object:
    if not isinstance(value, str | PathLike):
        raise TypeError
    text = fspath(value)
    if not isinstance(text, str):
        raise InsideError("is a path of bytes")
    if not text or "\0" in text:
        raise ValueError
    return value


TEXT = Argument("a text", _text)
FLAG = Argument("True or False", _flag)
PATH = Argument("a path, as text or pathlib.Path", _path)
LON = number("a longitude in degrees (the order is lon, lat)", least=-540, most=540)
LAT = number("a latitude in degrees, -90 to 90 (the order is lon, lat)", least=-90, most=90)
