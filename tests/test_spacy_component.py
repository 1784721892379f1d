"""The spaCy component, where spaCy is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent / "pyproject.toml"

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


def test_the_component_is_found_without_an_import(tmp_path: Path) -> None:
    declared = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    folder = tmp_path / "declared-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: declared\nVersion: 0\n")
    lines = [f"{name} = {value}" for name, value in declared["spacy_factories"].items()]
    (folder / "entry_points.txt").write_text("\n".join(["[spacy_factories]", *lines, ""]))
    script = "import spacy; spacy.blank('de').add_pipe('frontmap')"
    paths = os.pathsep.join([str(tmp_path), str(PROJECT.parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
