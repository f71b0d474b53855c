"""Ending on SIGINT or SIGTERM, with exit code 0 and nothing half done."""

import signal
import threading


def stop_event() -> threading.Event:
    """An event that the first SIGINT or SIGTERM sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
