"""Worker processes: the same function on many batches, results in order, a few batches ahead.

Workers are prepared once: where processes fork, the asking one loads gazetteer, lexicons and tagger
first and all workers share its memory; elsewhere each loads them when it starts. They leave
interrupts to the asking process, and end at once when it ends, however it does, or gives up.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from frontmap.errors import ArticleError

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["Workers", "open_gazetteer"]

_AHEAD = 3  # batches a worker that are under way or waiting to be taken
_WARMING = "Russische Truppen haben nach Angaben aus Moskau Torezk erobert."
Batch = TypeVar("Batch")
Result = TypeVar("Result")


@cache
def open_gazetteer(path: str | None) -> Gazetteer:
    """The gazetteer of this process, opened once; None for the default one."""
    from gazetteer import Gazetteer

    return Gazetteer.open(path) if path else Gazetteer.default()


def _warm(path: str | None) -> None:
    """Load what every analysis needs."""
    from frontmap.report import analyze

    analyze(_WARMING, gazetteer=open_gazetteer(path))


def _start(path: str | None, loaded: bool, given_up: Connection) -> None:
    """Prepare a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        signs = [given_up, parent.sentinel]
        threading.Thread(target=_end_on, args=(signs,), daemon=True).start()
    if not loaded:
        _warm(path)
    gc.freeze()  # lexicons and names live as long as the worker: no need to walk them again


def _end_on(signs: list[Any]) -> None:
    """End this worker, whatever it is at, on a sign that nobody will take its results.

    Its parent gave up or is gone, killed or not.
    """
    wait(signs)  # what gives up is never read from the pipe, so all workers see it
    os._exit(1)


class Workers:
    """A context with so many processes; with one, everything happens in this one.

    Parameters
    ----------
    count : int
    gazetteer : str or None
        The gazetteer file that all of them open.

    Raises
    ------
    ArticleError
        If `count` is less than 1.
    """

    def __init__(self, count: int, gazetteer: str | None) -> None:
        if count < 1:
            raise ArticleError(f"workers={count}: give 1 or more")
        open_gazetteer(gazetteer)  # a bad path is an error of the call, not of every document
        self.count = count
        self._gazetteer = gazetteer
        self._pool: ProcessPoolExecutor | None = None
        self._given_up, self._give_up = multiprocessing.Pipe(duplex=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            if kind is not None:
                self._give_up.send_bytes(b"!")
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._give_up.close()
        self._given_up.close()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            forks = multiprocessing.get_start_method() == "fork"
            if forks:
                _warm(self._gazetteer)
            self._pool = ProcessPoolExecutor(
                self.count, initializer=_start, initargs=(self._gazetteer, forks, self._given_up)
            )
        return self._pool

    def map(
        self, function: Callable[..., Result], batches: Iterable[Batch], *arguments: Any
    ) -> Generator[Result, None, None]:
        """Give ``function(batch, *arguments)`` for each batch, in the order of the batches.

        Batches are taken from their source only as they are needed.

        Raises
        ------
        ArticleError
            If a worker process died (out of memory, killed).
        """
        if self.count == 1:
            for batch in batches:
                yield function(batch, *arguments)
            return
        pool = self._started()
        waiting: deque[Future[Result]] = deque()
        source = iter(batches)
        try:
            for batch in source:
                waiting.append(pool.submit(function, batch, *arguments))
                if len(waiting) >= self.count * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ArticleError(
                "a worker process died, perhaps for want of memory; use fewer workers"
            ) from error
        finally:
            for future in waiting:
                future.cancel()
