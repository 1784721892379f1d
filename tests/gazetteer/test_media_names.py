"""The shipped gazetteer under the spellings reports print."""

from __future__ import annotations

from collections import defaultdict

import pytest
from names_cases import cases

from gazetteer import Gazetteer

CASES = cases("media_forms.tsv")


@pytest.fixture(scope="module")
def codes() -> dict[tuple[str, str], set[str]]:
    """Ids of the settlements of a name in an oblast."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in Gazetteer.default():
        if place.kind.is_settlement and "katottg" in place.ids:
            found[place.name.replace("’", "'"), place.ids["katottg"][2:4]].add(place.id)
    return found


def test_the_list_is_long() -> None:
    settlements = {(case["name_uk"], case["oblast"]) for case in CASES}
    assert len(settlements) >= 400
    assert sum(len(case["forms"].split(";")) for case in CASES) >= 1300


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name_uk']}-{case['oblast']}")
def test_every_printed_form_finds_the_settlement(
    case: dict[str, str], codes: dict[tuple[str, str], set[str]]
) -> None:
    gazetteer = Gazetteer.default()
    meant = codes[case["name_uk"], case["oblast"]]
    assert meant, "no settlement of this name"
    for form in case["forms"].split(";"):
        found = {match.place.id for match in gazetteer.lookup(form.strip())}
        assert found & meant, form


@pytest.mark.parametrize("case", cases("names_shown.tsv"), ids=lambda case: case["katottg"])
def test_readers_are_shown_the_name_in_use(case: dict[str, str]) -> None:
    """Also where a later official name is not the one reports print; both find the place."""
    gazetteer = Gazetteer.default()
    place = gazetteer[f"katottg:{case['katottg']}"]
    assert place.name_de == case["shown"]
    for text in (case["shown"], place.name, *filter(None, case["also"].split("; "))):
        assert place.id in [match.place.id for match in gazetteer.lookup(text)], text
