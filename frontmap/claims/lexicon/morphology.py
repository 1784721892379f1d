"""German verb forms generated from lemmas, so that lexicons carry lemmas only.

A lemma is written with its prefix marked: ``ein|nehmen`` (separable), ``be~schießen``
(inseparable, no *ge-* in the participle), ``zurück|er~obern`` (both), ``kämpfen`` (none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from frontmap.lexicons import load

__all__ = ["Form", "FormKind", "base_forms", "verb_forms"]

_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")


class FormKind(StrEnum):
    """What sort of verb form a word is."""

    FINITE = "finite"
    SUBJUNCTIVE = "subjunctive"  # subjunctive I, told apart from the indicative by its form
    CONDITIONAL = "conditional"  # subjunctive II
    PARTICIPLE = "participle"
    INFINITIVE = "infinitive"
    ZU = "zu-infinitive"
    ATTRIBUTE = "attribute"  # the past participle as an adjective: eingenommene
    PRESENT_PARTICIPLE = "present participle"


@dataclass(frozen=True, slots=True)
class Form:
    """One word form of a verb.

    Attributes
    ----------
    text : str
        Lower case.
    lemma : str
        With its prefix marks.
    kind : FormKind
    particle : str or None
        The separated prefix that must follow in the clause (``rückten ... vor``).
    """

    text: str
    lemma: str
    kind: FormKind
    particle: str | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    infinitive: str
    present: str
    preterite: str
    subjunctive: str
    participle: str


@cache
def _strong() -> dict[str, _Parts]:
    return {
        entry["infinitive"]: _Parts(
            entry["infinitive"],
            entry["present"],
            entry["preterite"],
            entry["subjunctive"],
            entry["participle"],
        )
        for entry in load("claims/verbs.tsv")
    }


def _stem(base: str) -> str:
    """Return the infinitive without its ending: lehn-en, erober-n."""
    return base[:-1] if base.endswith(("ern", "eln")) else base.removesuffix("en")


def _parts(base: str) -> _Parts:
    """Return the principal parts of a base verb; what is not listed is weak."""
    strong = _strong().get(base)
    if strong:
        return strong
    stem = _stem(base)
    link = (
        "e"
        if re.search(r"([td]|(?:ch|[bdfgkpstvwxz])[mn])$", stem) and not base.endswith("rn")
        else ""
    )
    augment = "" if base.endswith("ieren") else "ge"
    past = f"{stem}{link}te"
    return _Parts(base, f"{stem}{link}t", past, past, f"{augment}{stem}{link}t")


def base_forms(base: str) -> Iterator[tuple[str, FormKind]]:
    """Yield the finite forms of a base verb without prefix.

    Examples
    --------
    >>> sorted({text for text, _ in base_forms("rücken")})
    ['rücke', 'rücken', 'rückend', 'rückt', 'rückte', 'rückten']
    """
    parts = _parts(base)
    stem = _stem(base)
    first = stem if stem.endswith(("er", "el")) else stem + "e"
    plural = parts.preterite + ("n" if parts.preterite.endswith("e") else "en")
    yield parts.present, FormKind.FINITE
    yield base, FormKind.FINITE
    yield parts.preterite, FormKind.FINITE
    yield plural, FormKind.FINITE
    if first != stem:
        yield first, FormKind.SUBJUNCTIVE
    else:
        yield first + "e", FormKind.SUBJUNCTIVE
    if parts.subjunctive != parts.preterite:
        yield parts.subjunctive, FormKind.CONDITIONAL
        if parts.subjunctive + "n" != plural:
            yield parts.subjunctive + "n", FormKind.CONDITIONAL
    yield base + "d", FormKind.PRESENT_PARTICIPLE


@cache
def verb_forms(lemma: str) -> tuple[Form, ...]:
    """Generate every form of a verb that reports use (third person, infinitives, participles).

    Examples
    --------
    >>> forms = {form.text: form for form in verb_forms("ein|nehmen")}
    >>> forms["einzunehmen"].kind, forms["nahm"].particle, forms["eingenommen"].kind
    (<FormKind.ZU: 'zu-infinitive'>, 'ein', <FormKind.PARTICIPLE: 'participle'>)
    >>> "zurückerobert" in {form.text for form in verb_forms("zurück|er~obern")}
    True
    """
    separable, _, rest = lemma.rpartition("|")
    inseparable, _, base = rest.rpartition("~")
    parts = _parts(base)
    participle = parts.participle
    if inseparable:
        participle = inseparable + participle.removeprefix("ge")
    forms: list[Form] = []
    spelled = list(base_forms(base))
    swiss = [(text.replace("ß", "ss"), kind) for text, kind in spelled if "ß" in text]
    for text, kind in [*spelled, *swiss]:
        whole = inseparable + text
        if kind is FormKind.PRESENT_PARTICIPLE:
            forms += _inflected(separable + whole, lemma, kind)
            continue
        if separable:
            forms.append(Form(whole, lemma, kind, particle=separable))
            if whole != inseparable + base:
                forms.append(Form(separable + whole, lemma, kind))
        elif whole != inseparable + base:
            forms.append(Form(whole, lemma, kind))
    infinitive = separable + inseparable + base
    forms.append(Form(infinitive, lemma, FormKind.INFINITIVE))
    if separable:
        forms.append(Form(f"{separable}zu{inseparable}{base}", lemma, FormKind.ZU))
    forms.append(Form(separable + participle, lemma, FormKind.PARTICIPLE))
    forms += _inflected(separable + participle, lemma, FormKind.ATTRIBUTE)[1:]
    return tuple(dict.fromkeys(forms))


def _inflected(participle: str, lemma: str, kind: FormKind) -> list[Form]:
    """Give a participle used as an adjective, first without an ending."""
    return [Form(participle + ending, lemma, kind) for ending in ("", *_ADJECTIVE_ENDINGS)]
