"""The right to be forgotten: erase a person, keep a keyed hash of the id, and drop whoever has it unseen.

The hashes stand in the database, where every replica sees them, and in a file beside the installation's key
(``store.forgotten_file``). Each start of the bot and each restore makes both whole again (``merge``), so that neither
an older backup nor a copy put back by hand brings anybody back.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quizbot.core.errors import InputError, OutsideError
from quizbot.core.keyed import KeyedHash
from quizbot.platforms.protocol import Post
from quizbot.store import Forgotten, Session, Store
from quizbot.store.accounts import account_row
from quizbot.store.forgotten import Held, erase, erase_hashed, forgotten, forgotten_hashes, guard, held, user_by_handle
from quizbot.store.forgotten_file import Entry, append_entries, read_entries
from quizbot.store.replies import reply_of

_ADDRESS = "/status/"


@dataclass(frozen=True, slots=True)
class Memory:
    """What forgetting needs: the installation's keyed hash, and the file beside its key."""

    keyed: KeyedHash
    file: Path

    def of(self, user_id: str) -> str:
        """The hash by which a forgotten person is known again."""
        return self.keyed.of("forgotten", user_id)

    @property
    def key_check(self) -> str:
        """The same for as long as the key is."""
        return self.keyed.of("forgotten: key", "")[:16]


def find_user(store: Store, account: str, named: str) -> str:
    """The id of a person, named by id, by handle, or by the address of one of the replies.

    Raises:
        InputError: nobody like that is known.
    """
    if named.isascii() and named.isdigit():
        return named
    with store.read() as session:
        if _ADDRESS in named:
            reply = reply_of(session, account, named.partition(_ADDRESS)[2].partition("/")[0].partition("?")[0])
            found = [reply.author_id] if reply else []
        else:
            found = user_by_handle(session, account, named.removeprefix("@"))
    if len(found) == 1:
        return found[0]
    what = "several people had this handle" if found else "no such person is stored (handles are kept with points only)"
    raise InputError(named, what, "give the address of one of the replies, or the numeric user id")


def what_is_held(store: Store, account: str, user_id: str) -> Held:
    """What is stored of a person."""
    with store.read() as session:
        return held(session, account, user_id)


def forget(store: Store, account: str, user_id: str, memory: Memory, now: datetime) -> Held:
    """Erase a person and keep the hash; returns what was erased. A second time does no harm.

    The file comes first: if this ends in between, the next start of the bot erases the person.

    Raises:
        InputError: it is the bot itself.
        OutsideError: the file or the database cannot be written.
    """
    if user_id == account:
        raise InputError(user_id, "is the bot's own account", "name a respondent")
    entry = Entry(account, memory.of(user_id), memory.key_check, now)
    if entry.hash not in {one.hash for one in read_entries(memory.file)}:
        append_entries(memory.file, [entry])
    with store.write() as session:
        guard(session, exclusive=True)
        found = held(session, account, user_id)
        account_row(session, account, now)
        _note(session, entry)
        erase(session, account, user_id)
    store.empty_log()
    return found


def merge(store: Store, account: str, memory: Memory) -> int:
    """Bring file and database together, and erase whoever is back; returns how many people were erased.

    Raises:
        OutsideError: the file is damaged, or the key is not the one that the hashes were made with.
    """
    filed = [one for one in read_entries(memory.file) if one.account == account]
    with store.read() as session:
        known = [Entry(r.account, r.hash, r.key_check, r.forgotten_at) for r in forgotten(session, account)]
    _require_same_key([*filed, *known], memory)
    fresh = _without(filed, known)
    append_entries(memory.file, _without(known, filed))
    if not fresh:
        return 0
    with store.write() as session:
        guard(session, exclusive=True)
        for entry in fresh:
            _note(session, entry)
        count = erase_hashed(session, account, {entry.hash for entry in fresh}, memory.of)
    store.empty_log()
    return count


def _without(entries: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    present = {entry.hash for entry in others}
    return list({entry.hash: entry for entry in entries if entry.hash not in present}.values())


def _require_same_key(entries: Iterable[Entry], memory: Memory) -> None:
    strange = sum(entry.key_check != memory.key_check for entry in entries)
    if strange:
        raise OutsideError(
            str(memory.file),
            f"{strange} entries were made with another installation's key, so those people would not be known again",
            "restore that key (QUIZBOT_SECRET_KEY or QUIZBOT_SECRET_FILE)",
        )


def _note(session: Session, entry: Entry) -> None:
    if session.get(Forgotten, (entry.account, entry.hash)) is None:
        session.add(Forgotten(account=entry.account, hash=entry.hash, key_check=entry.key_check, forgotten_at=entry.at))
        session.flush()


def remembered(session: Session, account: str, posts: Iterable[Post], memory: Memory | None) -> list[Post]:
    """The posts of those who did not ask to be forgotten; the others are dropped unseen."""
    known = people(session, account, {post.author_id for post in posts}, memory)
    return [post for post in posts if post.author_id in known]


def people(session: Session, account: str, user_ids: Collection[str], memory: Memory | None) -> set[str]:
    """Those of some people who did not ask to be forgotten. Nobody can ask until this transaction ends."""
    guard(session)
    hashes = forgotten_hashes(session, account)
    if not hashes:
        return set(user_ids)
    if memory is None:
        raise OutsideError("QUIZBOT_SECRET_FILE", "people asked to be forgotten, and no key was given to know them by")
    return {user_id for user_id in user_ids if memory.of(user_id) not in hashes}
