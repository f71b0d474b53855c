"""Trying many addresses at once: each once, a few at a time, one at a time of a host, none for ever."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from quizbot.desk.links.trying import Failure, Tried

AT_ONCE = 8
WHOLE_SECONDS = 90.0  # for one address, all redirects and slow answers together

Try = Callable[[str], Tried]


def try_all(urls: Iterable[str], try_one: Try, seconds: float = WHOLE_SECONDS) -> dict[str, Tried]:
    """What came of each address.

    A server can keep an answer going for ever, a byte at a time. So the threads are left behind, to end with the
    process, when an address's share of time is over.
    """
    waiting = _by_host(urls)
    tasks: SimpleQueue[list[str]] = SimpleQueue()
    for of_host in waiting:
        tasks.put(of_host)
    found: dict[str, Tried] = {}
    threads = [
        threading.Thread(target=_work, args=(tasks, try_one, found), name=f"links-{n}", daemon=True)
        for n in range(min(AT_ONCE, len(waiting)))
    ]
    for thread in threads:
        thread.start()
    longest = max(map(len, waiting), default=0)
    turns = max(longest, -(-sum(map(len, waiting)) // AT_ONCE))
    ends = time.monotonic() + seconds * turns
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    return {url: found.get(url, Tried(url, failure=Failure.TIMEOUT)) for of_host in waiting for url in of_host}


def _by_host(urls: Iterable[str]) -> list[list[str]]:
    """The addresses by their host, each once; those of one host are tried one after another."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        hosts[urlsplit(url).netloc.lower()].append(url)
    return list(hosts.values())


def _work(tasks: "SimpleQueue[list[str]]", try_one: Try, found: dict[str, Tried]) -> None:
    while True:
        try:
            of_host = tasks.get_nowait()
        except Empty:
            return
        for url in of_host:
            found[url] = try_one(url)
