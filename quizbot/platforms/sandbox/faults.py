"""Faults on request: the next calls that match go wrong in the way that was asked for.

A fault is kept in memory only: after a restart X is well again.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fnmatch import fnmatchcase

from quizbot.core.errors import InputError

_DELAY_LIMIT = 600.0  # seconds
_HTML = "<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>Something went wrong</h1></body></html>"


class Kind(StrEnum):
    """The ways to fail."""

    RATE_LIMIT = "rate_limit"  # 429, with or without a reset header
    STATUS = "status"  # any status, with X's body for it, or an HTML page
    CUT_BEFORE = "cut_before"  # the connection ends, nothing happened
    CUT_AFTER = "cut_after"  # the connection ends, it happened all the same
    DELAY = "delay"  # the answer comes late
    GARBAGE = "garbage"  # 200 with a body that is no JSON, or not the right one


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong.

    Attributes:
        kind: how.
        method: HTTP method, or ``*``.
        path: pattern of the path, such as ``/2/users/*/mentions``.
        times: for how many calls; None: until cleared.
        skip: how many matching calls pass first.
        status: of ``status``.
        html: the body of ``status`` is an HTML page.
        title: of ``status``: X's title, such as ``SpendCapReached``.
        detail: of ``status``: X's sentence, such as that of a refused reply.
        effect: of ``status`` and ``garbage``: the call takes effect first.
        reset: of ``rate_limit``: seconds until the reset that the headers name; None: no headers.
        delay: real seconds before anything else, of every kind.
        body: of ``garbage``: the text sent instead.
    """

    kind: Kind
    method: str = "*"
    path: str = "*"
    times: int | None = 1
    skip: int = 0
    status: int = 503
    html: bool = False
    title: str = ""
    detail: str = ""
    effect: bool = False
    reset: float | None = 60
    delay: float = 0.0
    body: str = '{"data": ['

    @property
    def takes_effect(self) -> bool:
        """Whether the call happens behind the fault."""
        return self.kind in (Kind.CUT_AFTER, Kind.DELAY) or (self.effect and self.kind in (Kind.STATUS, Kind.GARBAGE))

    @property
    def page(self) -> str:
        """The HTML page of a broken gateway."""
        return _HTML.format(status=self.status)


def parse_fault(record: Mapping[str, object]) -> Fault:
    """Read a fault from JSON.

    Raises:
        InputError: a member is unknown or of the wrong type.
    """
    types: dict[str, tuple[type, ...]] = {
        "kind": (str,),
        "method": (str,),
        "path": (str,),
        "times": (int, type(None)),
        "skip": (int,),
        "status": (int,),
        "html": (bool,),
        "title": (str,),
        "detail": (str,),
        "effect": (bool,),
        "reset": (int, float, type(None)),
        "delay": (int, float),
        "body": (str,),
    }
    for name, value in record.items():
        if name not in types or not isinstance(value, types[name]):
            raise InputError(f"fault.{name}", f"{json.dumps(value)[:80]} cannot be", f"one of {', '.join(types)}")
    try:
        fault = Fault(**{**record, "kind": Kind(str(record.get("kind")))})  # type: ignore[arg-type]  # checked above
    except ValueError as error:
        raise InputError("fault.kind", "is unknown", f"give one of {', '.join(Kind)}") from error
    if not 100 <= fault.status <= 599 or not 0 <= fault.delay <= _DELAY_LIMIT:  # noqa: PLR2004  # HTTP's statuses
        raise InputError("fault", "status or delay is out of range", "give 100 to 599, and at most 600 s")
    return fault


@dataclass(slots=True)
class FaultBoard:
    """The faults in force."""

    _faults: dict[int, Fault] = field(default_factory=dict)
    _last: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> int:
        """Put a fault in force; returns its number."""
        with self._lock:
            self._last += 1
            self._faults[self._last] = fault
            return self._last

    def clear(self) -> None:
        """Take all faults back."""
        with self._lock:
            self._faults.clear()

    def listed(self) -> dict[int, Fault]:
        """The faults still in force, by number."""
        with self._lock:
            return dict(self._faults)

    def take(self, method: str, path: str) -> Fault | None:
        """The oldest fault that strikes this call, counted down."""
        with self._lock:
            for number, fault in list(self._faults.items()):
                if fault.method not in ("*", method) or not fnmatchcase(path, fault.path):
                    continue
                if fault.skip > 0:
                    self._faults[number] = replace(fault, skip=fault.skip - 1)
                    continue
                self._count_down(number, fault)
                return fault
        return None

    def _count_down(self, number: int, fault: Fault) -> None:
        if fault.times is None:
            return
        if fault.times <= 1:
            del self._faults[number]
        else:
            self._faults[number] = replace(fault, times=fault.times - 1)
