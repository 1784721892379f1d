"""``frontmap evaluate``: scores against a file of annotated passages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from frontmap.cli.common import gazetteer_option, open_gazetteer, say
from frontmap.printing import cell

if TYPE_CHECKING:
    from frontmap.evaluation import ToponymEvaluation
    from gazetteer import Gazetteer

__all__ = ["evaluate"]


@click.command("evaluate", epilog="Example: frontmap evaluate gold.jsonl --errors")
@click.argument("gold", metavar="GOLD.jsonl")
@click.option("--json", "as_json", is_flag=True, help="Write everything as one JSON object.")
@click.option("--errors", is_flag=True, help="List what went wrong, to be read.")
@click.option("--claims", is_flag=True, help="Score the claims too.")
@gazetteer_option
def evaluate(
    gold: str, as_json: bool, errors: bool, claims: bool, gazetteer_path: str | None
) -> None:
    """Score the toponyms found in the annotated passages of a file.

    Recognition by exact and overlapping span; resolution by id and by distance, over the gold
    spans and end to end; the area under the log-error curve; a reliability table of the scores.
    """
    from frontmap.article import Article
    from frontmap.evaluation import evaluate_toponyms, load_gold
    from frontmap.resolution import resolve

    gazetteer = open_gazetteer(gazetteer_path)
    by_geonameid = {place.ids.get("geonames", ""): place for place in gazetteer}
    outcome = evaluate_toponyms(
        load_gold(gold),
        # offsets of gold files count the text as given, so it is not repaired
        lambda text: resolve(Article(text=text), gazetteer=gazetteer),
        place_of_geonameid=lambda number: by_geonameid.get(str(number)),
    )
    figures = _claim_figures(gold, gazetteer) if claims else None
    if as_json:
        report = outcome.as_dict() | ({"claims": figures} if figures else {})
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    _print_tables(outcome, errors)
    for name, value in (figures or {}).items():
        say(f"claims, {name.replace('_', ' ')}: {value}")


def _claim_figures(path: str, gazetteer: Gazetteer) -> dict[str, float | int]:
    """Score the claims of the passages that have any annotated or none."""
    from frontmap.article import Article
    from frontmap.claims import extract_claims
    from frontmap.evaluation.claims import read_gold, score_claims

    score = score_claims(
        read_gold(path),
        lambda passage: extract_claims(Article(text=passage["text"]), gazetteer=gazetteer),
    )
    return score.summary()


def _print_tables(outcome: ToponymEvaluation, errors: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(title=f"{outcome.passages} passages", title_justify="left")
    for heading in ("", "right", "superfluous", "missed", "precision", "recall", "F1"):
        table.add_column(heading, justify="right" if heading else "left")
    rows = [("recognition, exact span", outcome.exact), ("recognition, overlap", outcome.overlap)]
    rows += [(f"end to end, {km} km", counts) for km, counts in outcome.end_to_end.items()]
    rows += [(f"  {name}", counts) for name, counts in sorted(outcome.by_phenomenon.items())]
    for name, counts in rows:
        numbers = (counts.right, counts.superfluous, counts.missed)
        shares = (counts.precision, counts.recall, counts.f1)
        table.add_row(cell(name), *map(str, numbers), *(f"{share:.3f}" for share in shares))
    console.print(table)
    spans = Table(title="resolution over the gold spans found", title_justify="left")
    spans.add_column("")
    spans.add_column("", justify="right")
    for name, value in outcome.gold_spans.as_dict().items():
        spans.add_row(name.replace("_", " "), str(value))
    console.print(spans)
    scores = Table(title="reliability of the scores", title_justify="left")
    for heading in ("score", "number", "share right"):
        scores.add_column(heading, justify="right")
    for low, high, number, share in outcome.reliability:
        scores.add_row(f"{low:.1f} to {high:.1f}", str(number), f"{share:.3f}")
    console.print(scores)
    if errors:
        for error in outcome.errors:
            where = "" if error.distance_km is None else f", {error.distance_km} km off"
            console.print(
                cell(
                    f"{error.passage} {error.sort}: {error.surface!r}; expected "
                    f"{error.expected or 'nothing'}; found {error.found or 'nothing'}{where}"
                )
            )
            console.print(cell(f"    {error.context!r}"), style="dim")
