"""The whole suite runs without a network: only this machine itself can be reached."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from browser import browser

__all__ = ["browser", "no_network"]  # the browser is one for all modules

LOOK_UP = socket.getaddrinfo


class NetworkError(RuntimeError):
    """Something reached for the network."""


def is_local(family: int, address: Any) -> bool:
    """Whether an address lies on this machine: databases, notebooks and workers are asked there."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0] if isinstance(address, tuple) else address
    if host in ("localhost", "", None):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or host in own_addresses()
    except ValueError:
        return False


@cache
def own_addresses() -> frozenset[str]:
    """The addresses of this machine under its own name, which Spark uses."""
    try:
        found = LOOK_UP(socket.gethostname(), None)
    except OSError:
        return frozenset()
    return frozenset(str(entry[4][0]) for entry in found)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Let every connection and every look-up of a host fail that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not is_local(self.family, address):
            raise NetworkError(f"a test connects to {address!r}")
        connect(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_local(socket.AF_INET, (host,)) and host not in (
            b"localhost",
            socket.gethostname(),
        ):
            raise NetworkError(f"a test looks up {host!r}")
        return LOOK_UP(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield
