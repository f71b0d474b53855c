"""Putting a backup back without bringing back what was erased, and without posting anything a second time."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from quizbot.core.errors import InputError, OutsideError
from quizbot.rounds.counting import count_all_owed
from quizbot.rounds.forget import Memory, merge
from quizbot.rounds.plan import Action
from quizbot.rounds.retract import Why, take_back
from quizbot.store import BackupRow, OutboxRow, Session, Store
from quizbot.store.accounts import accounts
from quizbot.store.backup import backups_since, is_empty, note_backup, prepared, put_back, require_file
from quizbot.store.forgotten import forgotten
from quizbot.store.forgotten_file import Entry, append_entries, read_entries
from quizbot.store.lock import sole_user
from quizbot.store.rounds import all_rounds, outbox_rows


def restore(target: Store, file: Path, memory: Memory, now: datetime, *, overwrite: bool) -> int:
    """Put a backup in the place of the database; returns how many people were erased from it anew.

    What the database knows of erased people, private cases and other backups is carried over. The bot is paused then.

    Raises:
        InputError: there is no such backup, or the database holds something and may not be overwritten.
        OutsideError: a bot is running, the backup is damaged or from a newer version, or nothing can be written.
    """
    require_file(file)
    with sole_user(target):
        if not overwrite and not is_empty(target):
            raise InputError(target.where, "holds a database already", "add --yes to put the backup in its place")
        with prepared(file, target) as copy:
            _keep_promises(target, memory)
            count_all_owed(copy)
            erased = sum(merge(copy, account, memory) for account in _accounts(copy))
            _take_back_again(copy, _private_rounds(target), now)
            _mark(copy, _known_backups(target), file, now)
            put_back(copy, target)
    return erased


def in_doubt(rows: Iterable[OutboxRow], since: datetime | None) -> None:
    """After a restore a post may have been made already that this database does not know of.

    So what is not sent yet counts as tried when the backup was made, with an end that nobody knows: it is looked for
    on the timeline first. ``since``: the age of the backup; None: there was no restore.
    """
    for row in rows if since is not None else ():
        if row.action == Action.POST and row.state == "planned":
            row.state, row.first_tried_at = "unknown", since


def _accounts(store: Store) -> list[str]:
    with store.read() as session:
        return [row.id for row in accounts(session)]


def _keep_promises(target: Store, memory: Memory) -> None:
    """Bring those into the file whom only the old database remembers, if it can still be read."""
    try:
        with target.read() as session:
            rows = [row for account in accounts(session) for row in forgotten(session, account.id)]
    except OutsideError:
        return
    known = {(one.account, one.hash) for one in read_entries(memory.file)}
    entries = [Entry(r.account, r.hash, r.key_check, r.forgotten_at) for r in rows]
    append_entries(memory.file, [one for one in entries if (one.account, one.hash) not in known])


def _private_rounds(target: Store) -> set[str]:
    try:
        with target.read() as session:
            rows = [row for account in accounts(session) for row in all_rounds(session, account.id)]
    except OutsideError:
        return set()
    return {row.id for row in rows if row.retraction == Why.PRIVACY}


def _take_back_again(copy: Store, round_ids: set[str], now: datetime) -> None:
    """What was taken back for privacy since the backup is taken back once more: the bot erases it at its next start."""
    with copy.read() as session:
        rows = [row for account in accounts(session) for row in all_rounds(session, account.id)]
    for row in rows:
        if row.id in round_ids:
            take_back(copy, row, Why.PRIVACY, now)


def _known_backups(target: Store) -> list[BackupRow]:
    try:
        with target.read() as session:
            return backups_since(session, None)
    except OutsideError:
        return []


def _mark(copy: Store, backups: list[BackupRow], file: Path, now: datetime) -> None:
    with copy.write() as session:
        for row in accounts(session):
            row.restored_from = row.restored_from or row.heartbeat_at or row.started_at
            row.paused_at = row.paused_at or now
            row.next_poll_at = None
            in_doubt(outbox_rows(session, row.id, ["planned"]), row.restored_from)
        for backup in backups:
            session.merge(BackupRow(path=backup.path, host=backup.host, made_at=backup.made_at))
        session.flush()
        _note_itself(session, file, now)


def _note_itself(session: Session, file: Path, now: datetime) -> None:
    times = [row.heartbeat_at or row.started_at for row in accounts(session)]
    note_backup(session, file, max(times, default=now))
