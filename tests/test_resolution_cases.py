"""Place names in marked texts, a phenomenon at a time: found, and told apart."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from toponym_cases import FOLDER, Case, parse, read_cases

from frontmap.article import Article
from frontmap.resolution import Toponym, resolve

CASES = read_cases()
FEWEST = 15
LEAST_SHARE = 0.9


def known_failures() -> dict[str, str]:
    lines = (FOLDER / "known_failures.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return {row[0]: row[1] for row in rows if row[0] != "case"}


FAILURES = known_failures()


@cache
def answer(text: str) -> tuple[Toponym, ...]:
    return tuple(resolve(Article(text=text)))


def parameters() -> list[object]:
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[
                pytest.mark.xfail(raises=AssertionError, reason=FAILURES[case.text], strict=True)
            ]
            if case.text in FAILURES
            else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", parameters())
def test_case(case: Case) -> None:
    problems = case.problems(answer(case.text))
    assert not problems, f"{case.text!r}: {'; '.join(problems)}"


PHENOMENA: dict[str, list[Case]] = defaultdict(list)
for _case in CASES:
    PHENOMENA[_case.phenomenon].append(_case)


@pytest.mark.parametrize("phenomenon", sorted(PHENOMENA))
def test_a_phenomenon_has_enough_cases_and_few_failures(phenomenon: str) -> None:
    cases = PHENOMENA[phenomenon]
    failing = [case for case in cases if case.problems(answer(case.text))]
    assert len(cases) >= FEWEST
    assert 1 - len(failing) / len(cases) >= LEAST_SHARE, [case.text for case in failing]


def test_known_failures_are_cases() -> None:
    assert set(FAILURES) <= {case.text for case in CASES}


def test_marks_are_read() -> None:
    text, (first, second) = parse("In [Bachmuts|Бахмут@Donezk] \\n {Kiew}")
    assert text == "In Bachmuts \n Kiew"
    assert (first.start, first.end, first.answers, first.oblast) == (3, 11, ("Бахмут",), "Donezk")
    assert second.optional and text[second.start : second.end] == "Kiew"


def test_a_wrong_answer_is_a_problem() -> None:
    case = next(case for case in CASES if case.phenomenon == "genitive")
    assert case.problems(()) == [f"missed {name.surface!r}" for name in case.expected]
    other = answer("In Charkiw und in Odessa.")
    assert any("superfluous" in problem for problem in case.problems(other))
