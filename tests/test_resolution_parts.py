"""The parts of resolution by themselves: phrases, kind words, distances, what is said of them."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from frontmap.lexicons import load
from frontmap.recognition import Mention, recognize
from frontmap.resolution import resolve
from frontmap.resolution.candidates import Candidates, bare_kind_weight
from frontmap.resolution.containers import container_fit
from frontmap.resolution.groups import Group, another_fits
from frontmap.resolution.relations import Relation, relations
from frontmap.resolution.units import unit_cue, unit_cue_before
from frontmap.resolution.weighing import agreement
from frontmap.resolution.wording import of_context
from gazetteer import Gazetteer, Kind, Place, Status

TABLE = Path(__file__).parent / "cases" / "relations.tsv"
LON, LAT = 37.0, 48.5
DEGREE_M = 111_320.0


def rows() -> list[object]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t")
    return [pytest.param(row["text"], row["relations"] or "", id=row["text"]) for row in table]


def said(text: str, mentions: list[Mention]) -> list[str]:
    return [
        f"{mentions[r.subject].surface}<{mentions[r.anchor].surface} "
        f"{'-' if r.distance_m is None else round(r.distance_m)} "
        f"{'-' if r.bearing is None else round(r.bearing)}"
        for r in relations(text, mentions)
    ]


@pytest.mark.parametrize(("text", "expected"), rows())
def test_phrases(text: str, expected: str) -> None:
    text = text.replace("\\n", "\n")
    assert sorted(said(text, recognize(text))) == sorted(filter(None, re.split("; ?", expected)))


@pytest.mark.parametrize("entry", load("toponyms/relations.tsv"), ids=lambda entry: entry["form"])
def test_every_form_of_the_lexicon_is_found(entry: dict[str, str]) -> None:
    """What phrases are looked for by must not miss a line of the lexicon."""
    form = entry["form"]
    phrase = {
        "bearing": f"{form} von" if form.endswith("lich") else form,
        "number": f"{form} Kilometer von",
        "unit": f"700 {form} von",
    }[entry["sort"]]
    text = f"Bachmut {phrase} Soledar"
    first, last = Mention(0, 7, "Bachmut", "Bachmut"), Mention(0, 0, "Soledar", "Soledar")
    mentions = [first, replace(last, start=len(text) - 7, end=len(text))]
    (found,) = relations(text, mentions)
    value = float(entry["value"])
    if entry["sort"] == "bearing":
        assert found.bearing == value
    elif entry["sort"] == "number":
        assert found.distance_m == 1_000 * value
    else:
        assert found.distance_m == 700 * value


@pytest.mark.parametrize("entry", load("toponyms/relations.tsv"), ids=lambda entry: entry["form"])
def test_nothing_is_made_of_a_form_alone(entry: dict[str, str]) -> None:
    assert relations(f"Bachmut {entry['form']}", [Mention(0, 7, "Bachmut", "Bachmut")]) == []


def spot(east_m: float, north_m: float, *, precision: float = 100.0, extent: float = 0.0) -> Place:
    """A place so many metres east and north of another."""
    lat = LAT + north_m / DEGREE_M
    lon = LON + east_m / (DEGREE_M * 0.6626)  # the cosine of 48.5 degrees
    return Place("t:1", "x", "x", Kind.VILLAGE, lon, lat, precision, extent)


def weight(place: Place, distance_m: float | None, bearing: float | None) -> float:
    return agreement(place, spot(0, 0), Relation(0, 1, distance_m, bearing, ""))


def test_a_distance_kept_counts_most_and_less_the_farther_it_is_off() -> None:
    kept = weight(spot(0, 20_000), 20_000, None)
    assert kept == pytest.approx(3.0, abs=0.01)
    off = [weight(spot(0, metres), 20_000, None) for metres in range(20_000, 60_000, 4_000)]
    assert all(less < more for more, less in pairwise(off[:7])), off
    too_near = weight(spot(0, 12_000), 20_000, None)
    assert too_near == pytest.approx(weight(spot(0, 28_000), 20_000, None), abs=0.02)
    # beyond three times the slack (a quarter and 4 km) it is no worse: a slip of the writer's
    assert weight(spot(0, 47_500), 20_000, None) == pytest.approx(-4.5, abs=0.05)
    assert weight(spot(0, 300_000), 20_000, None) == pytest.approx(-4.5, abs=0.01)


def test_the_slack_grows_with_distance_and_with_the_other_place() -> None:
    wide = spot(0, 0, extent=15_000)
    loose = agreement(spot(0, 30_000), wide, Relation(0, 1, 20_000, None, ""))
    assert loose > weight(spot(0, 30_000), 20_000, None)
    huge = spot(0, 0, extent=90_000)
    assert agreement(spot(0, 30_000), huge, Relation(0, 1, 20_000, None, "")) == loose
    assert weight(spot(0, 110_000), 100_000, None) > weight(spot(0, 20_000), 10_000, None)


@pytest.mark.parametrize("centre", [0.0, 45.0, 180.0, 350.0])
def test_the_side_named_counts_by_how_far_it_is_turned(centre: float) -> None:
    def turned(degrees: float) -> float:
        at = math.radians(centre + degrees)
        place = spot(20_000 * math.sin(at), 20_000 * math.cos(at))
        return round(weight(place, 20_000, centre) - weight(place, 20_000, None), 6)

    for sign in (-1, 1):
        assert turned(0) == turned(sign * 49.5) == 1.5
        assert turned(sign * 50.5) == turned(sign * 89.5) == -1.0
        assert turned(sign * 90.5) == turned(sign * 170) == -5.0
    assert turned(180) == -5.0


def test_no_side_is_told_of_places_side_by_side_or_known_roughly() -> None:
    def sided(place: Place, anchor: Place) -> bool:
        plain = agreement(place, anchor, Relation(0, 1, 1_000, None, ""))
        return agreement(place, anchor, Relation(0, 1, 1_000, 0.0, "")) != plain

    here = spot(0, 0)
    assert not sided(spot(0, 490), here)
    assert sided(spot(0, 510), here)
    assert not sided(spot(0, 2_000, precision=2_000), here)
    assert not sided(spot(0, 2_000), spot(0, 0, precision=1_950))
    assert not sided(spot(0, 2_000), spot(0, 0, extent=1_900))
    assert sided(spot(0, 2_300), spot(0, 0, extent=1_900))
    assert not sided(spot(0, 3_400, precision=40_000), here)
    assert sided(spot(0, 3_600, precision=40_000), here)  # so far off the side counts all the same


def test_a_side_without_a_distance_is_said_of_what_lies_near() -> None:
    near, mid, far = (weight(spot(0, metres), None, 0.0) for metres in (200, 55_000, 65_000))
    assert near == pytest.approx(3.0, abs=0.1)
    assert near > mid - 1.5 > 0 > far - 1.5
    assert mid - far > 2.0


def test_what_is_said_to_lie_beside_lies_near() -> None:
    near, mid, far = (weight(spot(0, metres), None, None) for metres in (0, 55_000, 65_000))
    assert near == pytest.approx(4.0)
    assert near > mid > 0 > far
    assert mid - far > 4.0


# What a kind word says for (+), against (-) or strongly against (--) a place of a kind.
FITS = {
    "city": {"+": "city", "-": "village district oblast river"},
    "town": {"+": "city town", "-": "village district oblast"},
    "village": {"+": "village town", "-": "district oblast river", "--": "city"},
    "settlement": {"+": "town village", "-": "oblast river"},
    "oblast": {"+": "oblast region peninsula", "-": "city town village"},
    "raion": {"+": "raion district hromada", "-": "oblast city"},
    "hromada": {"+": "hromada", "-": "city village"},
    "district": {"+": "district raion", "-": "city oblast"},
    "river": {"+": "river", "-": "city lake"},
    "lake": {"+": "lake reservoir", "-": "city river"},
    "reservoir": {"+": "reservoir lake", "-": "city river"},
    "peninsula": {"+": "peninsula oblast region", "-": "city"},
    "island": {"+": "island", "-": "city"},
    "facility": {"+": "facility city", "-": "village"},
}


@pytest.mark.parametrize("word", FITS)
def test_kind_words_speak_for_and_against(word: str) -> None:
    for sign, kinds in FITS[word].items():
        for kind in map(Kind, kinds.split()):
            fit = container_fit(word, kind)
            assert fit > 0 if sign == "+" else fit < (-5 if sign == "--" else 0), (word, kind, fit)
    own = Kind(word) if word != "settlement" else Kind.TOWN
    assert all(container_fit(word, own) >= container_fit(word, kind) for kind in Kind)


def test_what_bore_a_name_long_ago_stands_behind_who_bears_it() -> None:
    candidates = Candidates(Gazetteer.default())
    told = {option.place.name_de: option for option in candidates.options("Nowooleksandriwka")}
    assert max(told.values(), key=lambda option: option.prior).place.kind is Kind.VILLAGE
    renamed = candidates.options("Nowomoskowsk")
    assert renamed[0].place.name_de == "Samar"
    assert renamed[0].prior > renamed[1].prior


def test_the_score_said_is_that_of_the_place_said() -> None:
    texts = ("In Iwaniwka schlug eine Rakete ein.", "Bei Iwaniwka und Pokrowsk.", "In Kamjanske.")
    for text in texts:
        found = resolve(text)
        assert found
        for toponym in found:
            best = toponym.candidates[0]
            last = toponym.reasons[-1]
            assert f"{best.score:.2f}" in last and best.place.name_de in last
            if toponym.place is None:
                assert "no place" in last and "less than 0.40" in last
            if len(toponym.candidates) > 1:
                second = toponym.candidates[1]
                told = next(reason for reason in toponym.reasons if reason.startswith("second:"))
                where = second.place.oblast or second.place.country
                assert f"with {second.score:.2f}" in told and second.place.name_de in told
                assert where in told


@pytest.mark.parametrize("entry", load("toponyms/unit_cues.tsv"), ids=lambda entry: entry["cue"])
def test_every_cue_of_the_lexicon_counts(entry: dict[str, str]) -> None:
    cue, weight = entry["cue"], float(entry["weight"])
    if entry["name"] == "<":
        text = f"Das teilte der {cue} Sumy mit."
        assert unit_cue_before(text, text.index(" Sumy") + 1) == weight
        assert unit_cue_before(text, len(text)) == 0
        return
    name = "Poltawa" if entry["name"] == "*" else entry["name"]
    # the words of an own cue may be one for any name too
    words = "nichts" if cue == "*" else cue
    general = unit_cue("Poltawa", f"Es ging um {words}.")
    if entry["name"] == "*":
        assert general == weight
        alone = unit_cue(name, f"Es ging um {words}.", alone=True)
        assert alone == (weight / 2 if weight > 0 else weight)
    else:
        always = unit_cue(name, "Es ging um nichts.") if cue != "*" else 0.0
        assert unit_cue(name, f"Es ging um {words}.") == pytest.approx(general + always + weight)


def test_a_unit_named_in_the_same_sentence_says_more() -> None:
    """The bounds of sentences count: the same words, with a comma or a full stop."""
    together = "In Iwaniwka fielen Bomben, im Gebiet Charkiw auch."
    apart = "In Iwaniwka fielen Bomben. Im Gebiet Charkiw auch."

    def share(text: str) -> float:
        found = resolve(text, threshold=0)[0].candidates
        return sum(c.score for c in found if c.place.oblast == "Charkiw")

    assert share(together) > share(apart) + 0.05


@pytest.mark.parametrize(
    "stem", ["Lyman", "Pokrowsk", "Bachmut", "Cherson", "Iwaniwka", "Nowomoskowsk", "Stalino"]
)
def test_a_place_counts_by_the_best_of_its_names(stem: str) -> None:
    order = [Status.HISTORICAL, Status.ROMANISED, Status.EXONYM, Status.OFFICIAL]
    gazetteer = Gazetteer.default()
    best: dict[str, int] = {}
    for match in gazetteer.lookup(stem):
        rank = min(2, order.index(match.name.status))  # an exonym counts like an official name
        best[match.place.id] = max(rank, best.get(match.place.id, 0))
    options = list(Candidates(gazetteer).options(stem))
    assert options
    for option in options:
        assert min(2, order.index(option.name.status)) == best[option.place.id]


def test_without_a_kind_word_a_settlement_is_meant() -> None:
    for kind in (Kind.OBLAST, Kind.RAION, Kind.HROMADA, Kind.RIVER, Kind.LAKE, Kind.FACILITY):
        assert bare_kind_weight(kind) < bare_kind_weight(Kind.VILLAGE) <= 0
    assert bare_kind_weight(Kind.CITY) > bare_kind_weight(Kind.TOWN) > 0


def test_a_slip_of_one_letter_is_sure_only_of_a_town_everybody_knows() -> None:
    known, village = resolve("In Mariopol brannte es."), resolve("In Wuhldar brannte es.")
    assert [(t.place and t.place.name_de) for t in known] == ["Mariupol"]
    assert known[0].score > 0.9
    assert [t.candidates[0].place.name_de for t in village] == ["Wuhledar"]
    assert village[0].score < 0.5


def test_an_article_speaks_for_rivers_and_against_towns() -> None:
    def weight(kind: Kind) -> float:
        return sum(item.weight for item in of_context(kind, True, False, part=False))

    assert weight(Kind.RIVER) > 0 > weight(Kind.FACILITY) > weight(Kind.VILLAGE)
    assert of_context(Kind.RIVER, False, False, part=False) == []


def test_a_region_named_speaks_for_the_bearer_that_lies_in_it() -> None:
    candidates = Candidates(Gazetteer.default())
    options = list(candidates.options("Kamjanske"))
    oblasts = {
        name: next(o for o in candidates.options(name) if o.place.kind is Kind.OBLAST)
        for name in ("Saporischschja", "Dnipropetrowsk", "Luhansk")
    }
    group = Group([0], options)
    lies_in = [option.place.oblast for option in options]
    group.best = lies_in.index("Saporischschja")
    assert another_fits(group, [oblasts["Dnipropetrowsk"]])
    assert not another_fits(group, [oblasts["Saporischschja"]])
    assert not another_fits(group, [oblasts["Dnipropetrowsk"], oblasts["Saporischschja"]])
    assert another_fits(group, [oblasts["Luhansk"]]) == ("Luhansk" in lies_in)
