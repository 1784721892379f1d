"""The direction of flow: which module may import which, and what loads when."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Stages in the order of the flow; a module imports its own stage and earlier ones only.
STAGES = [
    ("frontmap.errors", "frontmap.lexicons"),
    (
        "frontmap.collecting",
        "frontmap.files",
        "frontmap.keeping",
        "frontmap.parameters",
        "frontmap.printing",
    ),
    ("frontmap.article", "frontmap.sentences", "frontmap.style", "frontmap.geocoder"),
    ("frontmap.recognition",),
    ("frontmap.resolution",),
    ("frontmap.claims",),
    ("frontmap.basemap", "frontmap.serialization"),
    ("frontmap.geometry",),
    ("frontmap.control",),
    ("frontmap.frames",),
    ("frontmap.layers",),
    ("frontmap.page", "frontmap.export"),
    ("frontmap.report",),
    ("frontmap.corpus", "frontmap.evaluation", "frontmap.ledger", "frontmap.spacy_component"),
    ("frontmap.cli",),
    ("frontmap.__main__",),
]
RANK = {stage: rank for rank, stages in enumerate(STAGES) for stage in stages}

# Steps inside the claims stage, in order; `records` is the vocabulary of all of them.
CLAIM_STEPS = [
    "records",
    "lexicon",
    "syntax",
    "sentence",
    "events",
    "places",
    "sides",
    "modality",
    "passage",
    "foreign",
    "build",
    "naming",
    "verification",
    "merging",
    "extraction",
]

# Third-party packages that a stage may import when it is itself imported; elsewhere they are
# imported inside functions, so that `import frontmap` and the light commands stay light.
TOP_LEVEL = {
    "frontmap.cli": {"click"},
    "frontmap.geocoder": {"geopy"},
    "frontmap.layers": {"folium", "branca", "jinja2"},
    "frontmap.page": {"folium", "branca", "jinja2"},
    "frontmap.spacy_component": {"spacy"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("frontmap", "gazetteer"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(p for p in parts if p != "__init__"), path


def stage_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def imports(path: Path, *, top_level_only: bool = False) -> Iterator[str]:
    """Yield what a file imports; without type-checking blocks when `top_level_only`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module in {"frontmap", "gazetteer"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = dict(modules())


@pytest.mark.parametrize("module", MODULES)
def test_modules_import_earlier_stages_only(module: str) -> None:
    for imported in imports(MODULES[module]):
        if module.startswith("gazetteer"):
            assert not imported.startswith("frontmap"), f"{module} imports {imported}"
            continue
        stage, other = stage_of(module), stage_of(imported)
        if module == "frontmap" or other not in RANK or other == stage:
            continue
        assert RANK[other] < RANK[stage], f"{module} imports the later stage {imported}"


def test_the_page_on_the_code_shows_every_stage_and_step() -> None:
    page = (ROOT / "docs" / "code.md").read_text(encoding="utf-8")
    packages = {s for stages in STAGES for s in stages if MODULES.get(s, ROOT).stem == "__init__"}
    assert {name for name in packages if f"`{name}`" not in page} == {"frontmap.lexicons"}
    told = [step for step in CLAIM_STEPS if f"`{step}`" in page.partition("the steps")[2]]
    assert set(CLAIM_STEPS) - set(told) == {"records", "naming"}


def claim_step(module: str) -> int | None:
    """Return the number of a claims module's step; None outside and for the package itself."""
    parts = module.split(".")
    if parts[:2] != ["frontmap", "claims"] or len(parts) == 2:
        return None
    return CLAIM_STEPS.index(parts[2])


@pytest.mark.parametrize("module", [m for m in MODULES if claim_step(m) is not None])
def test_steps_of_claims_import_earlier_steps_only(module: str) -> None:
    own = claim_step(module)
    assert own is not None
    for imported in imports(MODULES[module]):
        other = claim_step(imported)
        assert other is None or other <= own, f"{module} imports the later step {imported}"


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("frontmap.")])
def test_every_module_has_its_stage(module: str) -> None:
    assert stage_of(module) in RANK, f"say in this test where {module} stands in the flow"


@pytest.mark.parametrize("module", MODULES)
def test_heavy_packages_load_when_used(module: str) -> None:
    allowed = {"__future__", "frontmap", "gazetteer", *sys.stdlib_module_names}
    allowed |= TOP_LEVEL.get(stage_of(module), set())
    found = {name.split(".")[0] for name in imports(MODULES[module], top_level_only=True)}
    if not module.startswith("gazetteer.sources"):
        assert found <= allowed


def test_importing_frontmap_loads_nothing_heavy() -> None:
    code = "import sys, frontmap, gazetteer; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    heavy = {"numpy", "pandas", "geopandas", "folium", "shapely", "pyproj", "ftfy", "HanTa"}
    assert not heavy & set(loaded)


@pytest.mark.parametrize("package", ["frontmap", "gazetteer"])
def test_all_names_exist_and_are_listed_in_order(package: str) -> None:
    namespace = __import__(package)
    assert list(namespace.__all__) == sorted(namespace.__all__, key=str.casefold) or list(
        namespace.__all__
    ) == sorted(namespace.__all__)
    for name in namespace.__all__:
        assert getattr(namespace, name) is not None


def test_public_names_of_frontmap_are_exactly_all() -> None:
    import frontmap

    homes = {name for names in frontmap._HOMES.values() for name in names}
    assert homes | {"__version__"} == set(frontmap.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        frontmap.nothing  # noqa: B018


# Modules allowed over the line limit, each with its reason; the aim is to keep this empty.
LONG_MODULES: dict[str, str] = {}


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_readable(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    assert module in LONG_MODULES or text.count("\n") <= 500
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 80, f"{module}.{node.name} is {length} lines long"
            first = node.body[0]
            told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
            assert length - told <= 60, f"{module}.{node.name} has {length - told} lines of code"
