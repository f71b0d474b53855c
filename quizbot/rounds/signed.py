"""What may leave: pictures drawn by the project, and those that people have signed off, in exactly the form signed.

It is asked three times: when the queue is made, when a round starts, and again before each upload, each time of the
bytes at hand. A file that is swapped in between, or a database that is edited, brings nothing out.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from quizbot.casebook import LoadedCase
from quizbot.core.case import Case, Video
from quizbot.core.compose import quiz_posts
from quizbot.core.errors import OutsideError, QuizbotError
from quizbot.core.media import CleanMedia
from quizbot.core.person import Person
from quizbot.deid import Refused, poster, release, release_captions, release_clip
from quizbot.deid.standing import Grant, Record, Rules, Standing, judge, standing, verified
from quizbot.deid.subject import Subject
from quizbot.deid.versions import current_versions
from quizbot.rounds.bot import Bot
from quizbot.rounds.media import kept_media
from quizbot.rounds.plan import Thread, plan
from quizbot.store import Media, OutboxRow, Round
from quizbot.store.people import known_people
from quizbot.store.rounds import media_of
from quizbot.store.signoffs import chain

# What reads pictures is imported inside the functions: Pillow takes longer to load than all other commands need.


class SignOffs:
    """How far cases have come; the record is read and verified once, when the first case needs it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def standing(self, subject: Subject) -> Standing:
        """How far a case has come.

        Raises:
            OutsideError: the database or the key cannot be read.
        """
        consent = self._bot.policy.require_consent
        if subject.by_machine:
            return judge(subject, (), {}, Rules(consent, {}))
        record, people = self._read
        return standing(subject, record, people, Rules(consent, current_versions()))

    @cached_property
    def _read(self) -> tuple[Record, Mapping[str, Person]]:
        if self._bot.seal is None:
            raise OutsideError("", "there is no key to tell sign-offs by", "start the bot by `quizbot run`")
        with self._bot.store.read() as session:
            links, people = chain(session), known_people(session)
        return verified(links, self._bot.seal()), people


def unsigned(bot: Bot, loaded: LoadedCase, sign_offs: SignOffs) -> str | None:
    """Why a case is not signed off, with the command to run; None if it may leave."""
    if loaded.case is None or not (loaded.case.images or loaded.case.video):
        return None
    try:
        _granted(sign_offs, _subject(bot, loaded, loaded.case))
    except QuizbotError as error:
        return f"{error.what}; {error.todo}"
    return None


def cleared(bot: Bot, slug: str, case: Case, folder: Path) -> list[CleanMedia]:
    """The pictures of a case, or its clip with poster and captions, to be stored with its round.

    Raises:
        QuizbotError: one of them may not leave.
    """
    if case.video is not None:
        return _cleared_clip(bot, slug, case, case.video, folder)
    if not case.images:
        return []
    from quizbot.deid.reading import picture_file, subject_of  # noqa: PLC0415  # see above

    files = [picture_file(folder / image.file) for image in case.images]
    grant = _granted(SignOffs(bot), subject_of(slug, case, files))
    return [_released(data, grant) for data in files]


def _cleared_clip(bot: Bot, slug: str, case: Case, video: Video, folder: Path) -> list[CleanMedia]:
    """In the order of ``quizbot.rounds.media``; all of it from bytes that were read once."""
    from quizbot.deid.reading import clip_files, subject_of  # noqa: PLC0415  # see above

    files = clip_files(video, folder)
    grant = _granted(SignOffs(bot), subject_of(slug, case, (), files))
    clip = release_clip(files.data, grant)
    captions = [] if files.captions is None else [release_captions(files.captions, grant)]
    return [clip, poster(clip), *captions]


def stored(bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow]) -> CleanMedia:
    """A round's picture, clip or captions as stored, if everything about it is still as it was signed.

    Raises:
        QuizbotError: it is not.
    """
    from quizbot.deid.bare import digest_of  # noqa: PLC0415  # see above
    from quizbot.deid.reading import subject_of  # noqa: PLC0415  # see above

    round_row, media = _stored(bot, row)
    if any(digest_of(one.data) != one.digest for one in media):
        raise Refused(row.round_id, "a stored picture is not the one that passed the gate", "restore a backup")
    case = Case.model_validate_json(round_row.case_json)
    if case.video is not None:
        return _stored_clip(bot, row, rows, round_row, media)
    subject = subject_of(round_row.case_id, case, [one.data for one in media])
    grant = _granted(SignOffs(bot), subject)
    if not subject.by_machine:
        _require_texts(case, media, rows)
    one = next(one for one in media if one.digest == row.media_digest)
    return release(one.data, one.mime, (one.width, one.height), grant, one.source_digest)


def _stored_clip(
    bot: Bot, row: OutboxRow, rows: Sequence[OutboxRow], round_row: Round, media: Sequence[Media]
) -> CleanMedia:
    """The clip or its captions; the poster goes to no platform."""
    from quizbot.deid.reading import ClipFiles, subject_of  # noqa: PLC0415  # see above

    case, kept = Case.model_validate_json(round_row.case_json), {one.digest: one.data for one in media}
    named = kept_media(case, round_row.media)
    files = ClipFiles(kept[named.clip or ""], kept[named.captions] if named.captions else None)
    grant = _granted(SignOffs(bot), subject_of(round_row.case_id, case, (), files))
    _require_texts(case, media, rows)
    if row.media_digest == named.clip:
        return release_clip(files.data, grant)
    if row.media_digest != named.captions or files.captions is None:
        raise Refused(row.round_id, "what is to be sent is neither the clip nor its captions", "restore a backup")
    return release_captions(files.captions, grant)


def _stored(bot: Bot, row: OutboxRow) -> tuple[Round, list[Media]]:
    with bot.store.read() as session:
        round_row = session.get_one(Round, row.round_id)
        media = [media_of(session, bot.account, digest) for digest in round_row.media]
    whole = [one for one in media if one is not None]
    if len(whole) != len(media) or row.media_digest not in round_row.media:
        raise Refused(row.media_digest or "", "the stored picture is missing", "restore a backup")
    return round_row, whole


def _require_texts(case: Case, media: Sequence[Media], rows: Sequence[OutboxRow]) -> None:
    """The posts that were written down say what was signed."""
    wanted = [one.text for one in plan("", "", case, quiz_posts(case), [one.digest for one in media], Thread())]
    if wanted != [one.text for one in rows[: len(wanted)]]:
        raise Refused(rows[0].round_id, "the posts are not those of the case that was signed off", "restore a backup")


def _subject(bot: Bot, loaded: LoadedCase, case: Case) -> Subject:
    """What a sign-off has to be about; its pictures are read only when the folder's content changed."""
    from quizbot.deid.reading import subject_in  # noqa: PLC0415  # see above

    known = bot.subjects.get(loaded.slug)
    if known is None or known[0] != loaded.digest:
        try:
            known = (loaded.digest, subject_in(loaded.slug, case, loaded.path))
        except QuizbotError as error:
            known = (loaded.digest, error)
        bot.subjects[loaded.slug] = known
    if isinstance(known[1], QuizbotError):
        raise known[1]
    return known[1]


def _granted(sign_offs: SignOffs, subject: Subject) -> Grant:
    found = sign_offs.standing(subject)
    if found.grant is None:
        raise Refused(subject.case, "; ".join(found.problems), f"run `quizbot sign-off {subject.case}`")
    return found.grant


def _released(data: bytes, grant: Grant) -> CleanMedia:
    from quizbot.deid.bare import bare_size, mime_of  # noqa: PLC0415  # see above

    mime = mime_of(data)
    return release(data, mime, bare_size(data, mime, ""), grant)
