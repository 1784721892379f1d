"""The spaCy component, where spaCy is installed."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy", reason="the extra spacy is not installed")


@pytest.fixture(scope="module")
def nlp() -> object:
    import frontmap.spacy_component  # noqa: F401  registers the factory

    language = spacy.blank("de")
    language.add_pipe("frontmap")
    return language


def test_entities_carry_places(nlp) -> None:
    doc = nlp("Der Fall Bachmuts und die Kämpfe in Tschassiw Jar beunruhigen die Ukraine.")
    found = {entity.text: entity for entity in doc.ents}
    assert set(found) == {"Bachmuts", "Tschassiw Jar"}
    place = found["Bachmuts"]._.place
    assert place.name == "Бахмут"
    assert found["Bachmuts"].kb_id_ == place.id
    assert found["Bachmuts"].label_ == "LOC"
    assert found["Bachmuts"]._.toponym.mention.stem == "Bachmut"


def test_overlapping_entities_give_way(nlp) -> None:
    language = spacy.blank("de")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "X", "pattern": "um Bachmut"}, {"label": "X", "pattern": "Generalstab"}]
    )
    language.add_pipe("frontmap", config={"label": "GPE"})
    doc = language("Der Generalstab meldet Kämpfe um Bachmut.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Generalstab", "X"), ("Bachmut", "GPE")]


def test_documents_go_through_a_pipe(nlp) -> None:
    docs = list(nlp.pipe(["In Isjum wird gekämpft.", "Nichts Neues."]))
    assert [len(doc.ents) for doc in docs] == [1, 0]
