"""From an article and its toponyms to claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frontmap.article import Article
from frontmap.article.records import of_text
from frontmap.claims.build import draft_claims
from frontmap.claims.events.unreal import Reality
from frontmap.claims.foreign import LANGUAGES, draft_foreign
from frontmap.claims.merging import finish
from frontmap.claims.naming import named_afterwards
from frontmap.claims.passage.context import Context
from frontmap.claims.passage.drafts import ClaimDraft
from frontmap.claims.passage.harm import HarmStory
from frontmap.claims.passage.inference import GAINS
from frontmap.claims.passage.memory import quote_spans
from frontmap.claims.passage.outline import outline
from frontmap.claims.passage.passage_sides import (
    offensive_sides,
    settle_sides,
    striking_sides,
)
from frontmap.claims.places.assignment import Assignment, assign_places
from frontmap.claims.records import Claim
from frontmap.claims.sentence.analysis import SentenceAnalysis, analyse_sentence
from frontmap.claims.verification import apply_verification
from frontmap.parameters import checked
from frontmap.resolution import Toponym
from frontmap.sentences import split_sentences

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["extract_claims"]


@checked
def extract_claims(
    article: Article | str,
    toponyms: Sequence[Toponym] | None = None,
    *,
    gazetteer: Gazetteer | None = None,
) -> list[Claim]:
    """Find who says what happened where in an article.

    Parameters
    ----------
    article : Article or str
        A string is read with `Article.from_text`.
    toponyms : sequence of Toponym, optional
        The resolved names of the article; by default they are resolved here.
    gazetteer : Gazetteer, optional
        Where names are looked up, if they are resolved here.

    Returns
    -------
    list[Claim]
        In the order of the text. Offsets index ``article.text``. German is read in full;
        of English, Ukrainian and Russian (by ``article.language``) the main events.

    Examples
    --------
    >>> import frontmap as fm
    >>> (claim,) = fm.extract_claims("Kiew bestritt, dass Torezk von Russland erobert wurde.")
    >>> print(claim.event, claim.actor, claim.modality, claim.claimant_side)
    capture RU denied UA
    """
    article = of_text(article)
    if toponyms is None:
        from frontmap.resolution import resolve

        toponyms = resolve(article, gazetteer=gazetteer)
    ordered = sorted(toponyms, key=lambda t: (t.mention.start, -t.mention.end))
    if article.language in LANGUAGES:
        return finish(article, draft_foreign(article, ordered, article.language))
    analyses = _analyse(article, ordered)
    context = Context(article, quote_spans(article.text), analyses)
    reality, harm = Reality(), HarmStory()
    drafts: list[ClaimDraft] = []
    paragraph: list[tuple[SentenceAnalysis, list[ClaimDraft]]] = []
    before: SentenceAnalysis | None = None
    for analysis, stretch in zip(analyses, outline(analyses), strict=True):
        if analysis.sentence.paragraph != context.paragraph:
            settle_sides(paragraph, context)
            paragraph = []
        context.enter(analysis, stretch)
        assignments: list[Assignment] = []
        reality.keep(analysis)
        if analysis.triggers:
            assignments = assign_places(analysis, context.focus)
        told = [d for d in drafts if d.start >= context.unit_start]
        new = draft_claims(analysis, assignments, context, told)
        if before is not None and before.sentence.start >= context.unit_start:
            new += named_afterwards(before, analysis, context)
        new = harm.tell(analysis, new, told, context)
        before = analysis
        drafts += new
        paragraph.append((analysis, new))
        context.leave(analysis, new)
        context.offensive += offensive_sides(analysis, context)
        context.striking += striking_sides(analysis, context)
        context.offensive += [
            d.actor.side
            for d in new
            if d.event in GAINS and d.actor.side is not None and d.shape != "attribute"
        ]
    settle_sides(paragraph, context)
    apply_verification(analyses, drafts)
    return finish(article, drafts)


_BLANKS = dict.fromkeys((0x9, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")


def _analyse(article: Article, toponyms: Sequence[Toponym]) -> list[SentenceAnalysis]:
    analyses: list[SentenceAnalysis] = []
    position = 0
    text = article.text.translate(_BLANKS)  # patterns write a blank; offsets stay
    for sentence in split_sentences(article.text):
        while position < len(toponyms) and toponyms[position].mention.start < sentence.start:
            position += 1
        inside: list[Toponym] = []
        while position < len(toponyms) and toponyms[position].mention.end <= sentence.end:
            inside.append(toponyms[position])
            position += 1
        # where a report was written is no place of what it tells
        analyses.append(analyse_sentence(text, sentence, [] if sentence.is_dateline else inside))
    return analyses
