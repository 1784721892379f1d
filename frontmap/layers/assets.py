"""The page's own scripts and styles, and Leaflet's, as text to inline."""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["asset", "bundle", "leaflet_css", "leaflet_defaults", "leaflet_js"]

_IMPORT = re.compile(r"^import \{[^}]*\} from \"([./a-z]+/)([a-z]+)\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |class |function |async )", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const) (\w+)", re.MULTILINE)


@cache
def asset(name: str, package: str = __package__) -> str:
    """Return one file of the ``assets/`` of a package."""
    return files(package).joinpath("assets", name).read_text(encoding="utf-8")


@cache
def bundle(entry: str, package: str = __package__, *, name: str = "") -> str:
    """Join a module and what it imports, in order, into one script.

    The modules import each other by name and export only declarations, and no two of them declare
    the same name, so joining them needs no more than taking the two words away.

    Parameters
    ----------
    entry : str
        The module's name without suffix.
    package : str
        The package whose ``assets/`` it lies in.
    name : str
        If given, the script sets this global variable to what `entry` exports.
    """
    order: list[tuple[str, str]] = []
    _collect(entry, package, order)
    bodies = "\n".join(
        _EXPORT.sub("", _IMPORT.sub("", asset(f"{module}.js", home))) for module, home in order
    )
    exported = ", ".join(_EXPORTED.findall(asset(f"{entry}.js", package)))
    result = f"return Object.freeze({{ {exported} }});\n" if name else ""
    head = f"window.{name} ??= " if name else ""
    return f'{head}(() => {{\n"use strict";\n{bodies}\n{result}}})();\n'


def _collect(module: str, package: str, order: list[tuple[str, str]]) -> None:
    for folder, other in _IMPORT.findall(asset(f"{module}.js", package)):
        # The page's modules import the shared ones from where these lie.
        home = package if folder == "./" else __package__
        if (other, home) not in order:
            _collect(other, home, order)
    order.append((module, package))


def _leaflet(name: str) -> str:
    from xstatic.pkg import leaflet

    return (Path(leaflet.BASE_DIR) / name).read_text(encoding="utf-8")


@cache
def leaflet_js() -> str:
    """Return Leaflet's script, without the pointer to its source map."""
    return re.sub(r"^//# sourceMappingURL=.*$", "", _leaflet("leaflet.js"), flags=re.MULTILINE)


@cache
def leaflet_css(*, pictures: bool = False) -> str:
    """Return Leaflet's style, its pictures as data or the rules that need them left out.

    The default marker and the layer switch have pictures; the page uses neither, Folium both.
    """
    css = _leaflet("leaflet.css")
    if not pictures:
        return re.sub(r"[^{}]*\{[^{}]*url\(images/[^{}]*\}", "", css)
    return re.sub(r"url\(images/([\w.-]+)\)", lambda match: f"url({_picture(match[1])})", css)


@cache
def _picture(name: str) -> str:
    from xstatic.pkg import leaflet

    data = (Path(leaflet.BASE_DIR) / "images" / name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(data).decode('ascii')}"


@cache
def leaflet_defaults() -> str:
    """Return the script that gives Leaflet its default marker as data, and Folium's popups a `$`.

    Leaflet looks for its marker's picture beside a file that is not there once its style is inside
    the page; Folium's popups use jQuery for no more than making an element of HTML.
    """
    names = {
        "iconUrl": "marker-icon",
        "iconRetinaUrl": "marker-icon-2x",
        "shadowUrl": "marker-shadow",
    }
    icons = {option: _picture(f"{name}.png") for option, name in names.items()}
    return f"{{\nconst ICONS = {json.dumps(icons)};\n{asset('defaults.js')}}}\n"
