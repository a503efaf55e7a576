"""Parts of one set on two connections at a time: PostgreSQL has a process for each, so that a second core takes part."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from django.db import connection
from django_tenants.utils import tenant_context

WRITERS = 2
Item = TypeVar("Item")
Read = TypeVar("Read")
Ready = TypeVar("Ready")


class Abreast(Generic[Item, Read, Ready]):
    """Each item: `read` from the database, made ready without it, written in transactions of its own.

    Every connection makes its next item ready while it writes the one before.
    """

    def __init__(self, read: Callable[[Item], Read], ready: Callable[[Read], Ready], write: Callable[[Item, Ready], Any]) -> None:
        self.read, self.ready, self.write = read, ready, write

    def work_off(self, items: Iterable[Item]) -> None:
        """The first failure is raised, and what has not begun by then is left.

        Inside an open transaction one after the other: another connection would not see what it wrote.
        """
        waiting = deque(items)
        if len(waiting) < 2 or connection.in_atomic_block:
            self._chain(waiting)
            return
        tenant = connection.tenant  # type: ignore[attr-defined]
        with ThreadPoolExecutor(WRITERS) as pool:
            begun = [pool.submit(self._connected, waiting, tenant) for _writer in range(WRITERS)]
            for one in begun:
                one.result()

    def _connected(self, waiting: deque[Item], tenant: Any) -> None:
        try:
            with tenant_context(tenant):
                self._chain(waiting)
        except BaseException:
            waiting.clear()
            raise
        finally:
            connection.close()

    def _chain(self, waiting: deque[Item]) -> None:
        with ThreadPoolExecutor(1) as beside:
            ahead = self._next(waiting, beside)
            while ahead is not None:
                item, coming = ahead
                made = coming.result()
                ahead = self._next(waiting, beside)
                self.write(item, made)

    def _next(self, waiting: deque[Item], beside: ThreadPoolExecutor) -> tuple[Item, Future[Ready]] | None:
        try:
            item = waiting.popleft()
        except IndexError:  # the other writer has taken the last
            return None
        return item, beside.submit(self.ready, self.read(item))
