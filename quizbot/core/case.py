"""The case: what an educator writes in ``case.yaml``, as a frozen model.

The field descriptions are the JSON Schema that ``quizbot schema`` prints. Rules between keys, or with the folder, live
in ``casebook``, those that need the grader or the pictures in ``desk``; here stand only those that a value has by
itself. Texts are stripped and in NFC, so that nobody else has to care.
"""

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from quizbot.core.weight import ALT_LIMIT

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LIMIT = 80  # characters
FILE_NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
TAG_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9 -]*$"
HASHTAG_PATTERN = r"^[A-Za-z][A-Za-z0-9_]*$"
HANDLE_PATTERN = r"^@[A-Za-z0-9_]{1,30}$"
EXAMPLE_AUTHOR = "@quizbot_examples"
TEXT_LIMIT = 1000  # characters; more than any post or page needs, little enough that any check of it is quick
NAME_LIMIT = 200  # characters of the name of a diagnosis

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_TIME_FORM = "with its zone, such as 2026-10-05T12:00+02:00 or 2026-10-05T10:00Z"
# Format characters that steer the direction of text or leave no trace: what a reviewer reads would not be what is sent.
_STEERING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]")


class Kind(StrEnum):
    """What a case is."""

    IMAGE_QUIZ = "image-quiz"
    QUESTION = "question"
    PEARL = "pearl"
    LINK = "link"

    @property
    def is_quiz(self) -> bool:
        """Whether it asks for a diagnosis: it has an answer, a reveal and scores."""
        return self in (Kind.IMAGE_QUIZ, Kind.QUESTION)


def _plain_text(value: str) -> str:
    hidden = _STEERING.search(value)
    if hidden:
        raise ValueError(f"holds an invisible character (U+{ord(hidden[0]):04X}); type the text anew")
    return unicodedata.normalize("NFC", value)


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        host = ""
    if not host or parts.scheme not in ("http", "https") or "." not in host:
        raise ValueError("is not a web address; write it out, https:// first")
    if parts.username is not None or parts.password is not None or any(c.isspace() for c in value):
        raise ValueError("holds a user name, a password or a blank; give the plain address")
    return value


def _certain_enough(value: object) -> object:
    if value == "possible":
        raise ValueError('"possible" is not certain enough for a quiz; prove the diagnosis or choose another case')
    return value


def _plain_bool(value: object) -> object:
    """True and false in their own words only: pydantic would take "yes", "on", "t" and "1" too, editors would not."""
    if not isinstance(value, str):
        return value
    if value.lower() not in ("true", "false"):
        raise ValueError("is neither true nor false; write one of these, without quotes")
    return value.lower() == "true"


def _plain_date(value: object) -> object:
    """Only the form 2026-10-01: pydantic would take "20261001" as seconds since 1970."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(_DATE.fullmatch(value)[0])  # type: ignore[index]  # None raises what is caught
    except (TypeError, ValueError):
        raise ValueError("is not a date; write year-month-day, such as 2026-10-01") from None


def _zoned_time(value: object) -> object:
    """A date-time with its zone, as YAML and ISO 8601 write it."""
    if isinstance(value, str):
        try:
            day, time, zone = _DATE_TIME.fullmatch(value).groups("")  # type: ignore[union-attr]  # as above
            value = datetime.fromisoformat(f"{day}T{time}{zone.upper()}")
        except (AttributeError, ValueError):
            raise ValueError(f"is not a date-time; write it {_TIME_FORM}") from None
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise ValueError(f"has no time zone; write it {_TIME_FORM}")
    return value


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT), AfterValidator(_plain_text)
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LIMIT), AfterValidator(_plain_text)
]
AltText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=ALT_LIMIT), AfterValidator(_plain_text)
]
Url = Annotated[Text, AfterValidator(_web_address)]
FileName = Annotated[str, StringConstraints(pattern=FILE_NAME_PATTERN, max_length=100)]
Tag = Annotated[str, StringConstraints(pattern=TAG_PATTERN, max_length=40)]
Hashtag = Annotated[str, StringConstraints(pattern=HASHTAG_PATTERN, max_length=40)]
Handle = Annotated[str, StringConstraints(pattern=HANDLE_PATTERN)]
Credit = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False, description="Between 0 and 1, both excluded.")]
Flag = Annotated[bool, BeforeValidator(_plain_bool)]
Day = Annotated[date, BeforeValidator(_plain_date)]
Instant = Annotated[datetime, BeforeValidator(_zoned_time)]
Origin = Literal["synthetic", "patient", "licensed"]


class Model(BaseModel):
    """Frozen, and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Image(Model):
    """One of the images, in the order posted."""

    file: FileName = Field(description="The file's name in this folder: PNG, JPEG, WebP or TIFF.")
    alt: AltText = Field(description="Alt text posted with the image: describes, does not give the answer away.")
    alt_answer: AltText | None = Field(None, description="The full description, shown after the reveal.")
    origin: Origin = Field(description="Where the image comes from.")
    photo: Flag = Field(default=False, description="A photograph of a person, or of a part of one.")
    credit: Text | None = Field(None, description="Who made it; shown on the page.")


class Video(Model):
    """The video of a pearl or a link."""

    file: FileName = Field(description="The file's name in this folder.")
    captions: FileName | None = Field(None, description="Captions, a WebVTT or SubRip file in this folder.")
    alt: AltText = Field(description="What the video shows, in words.")
    origin: Origin = Field(description="Where the video comes from.")
    credit: Text | None = Field(None, description="Who made it; shown on the page.")


class Partial(Model):
    """An answer worth part of the points."""

    answer: Name = Field(description="The answer, as a respondent would write it.")
    credit: Credit
    because: Text | None = Field(None, description="Why it is not the whole answer; shown to respondents.")


class Reject(Model):
    """A look-alike or a finding, wrong for a reason worth telling."""

    answer: Name = Field(description="The answer, as a respondent would write it.")
    because: Text | None = Field(None, description="Why it is wrong; shown to respondents.")


class Answer(Model):
    """The key that replies are graded by."""

    diagnosis: Name = Field(description="The diagnosis, as it will be posted.")
    accept: tuple[Name, ...] = Field((), max_length=100, description="Other names of it: full credit.")
    partial: tuple[Partial, ...] = Field((), max_length=100, description="Answers worth part of the points.")
    reject: tuple[Reject, ...] = Field(
        (), max_length=100, description="Look-alikes and findings, wrong for a reason worth telling."
    )


class Reference(Model):
    """Where the answer can be read; the first is posted."""

    title: Text = Field(description="Its title.")
    url: Url = Field(description="Its address; a DOI as https://doi.org/….")
    kind: Literal["article", "guideline", "podcast", "video", "page"] = Field("page", description="What it is.")
    year: int | None = Field(None, ge=1800, le=2200, description="The year it came out.")
    unconfirmed: Flag = Field(default=False, description="Nobody could confirm title, year and address yet.")


class Review(Model):
    """A second person's reading."""

    by: Handle = Field(description="Who read it; not the author.")
    on: Day = Field(description="When.")
    again_by: Day | None = Field(None, description="When it has to be read again.")


class Case(Model):
    """A case folder's ``case.yaml``."""

    kind: Kind = Field(description="image-quiz, question (a quiz without an image), pearl (a factoid) or link.")
    prompt: Text = Field(description="The text of the post; the bot adds nothing but the hashtags.")
    images: tuple[Image, ...] = Field((), max_length=4, description="1 to 4 images of an image-quiz, in order.")
    video: Video | None = Field(None, description="Pearls and links only.")
    answer: Answer | None = Field(None, description="Required for a quiz, absent otherwise.")
    certainty: Annotated[Literal["probable", "almost-certain", "certain"] | None, BeforeValidator(_certain_enough)] = (
        Field(None, description='How certain the diagnosis is; "possible" is refused.')
    )
    proof: Text | None = Field(None, description="How the diagnosis was proved.")
    pearl: Text | None = Field(None, description="The lesson, posted with the answer.")
    references: tuple[Reference, ...] = Field(
        (), max_length=20, description="At least one for a quiz or a link; the first is posted."
    )
    author: Handle = Field(description="Who wrote the case.")
    reviewed: Review | None = Field(None, description="Who read it a second time, and when it is due again.")
    consent: Literal["synthetic", "written-consent", "not-identifiable", "licence"] = Field(
        description="On what ground it may be shown."
    )
    consent_ref: Text | None = Field(None, description="An opaque reference to the consent; never a record number.")
    sensitive: Literal["none", "graphic"] = Field("none", description="graphic: behind X's sensitive-media warning.")
    difficulty: int | None = Field(None, ge=1, le=5, description="1 to 5, the educator's guess.")
    tags: tuple[Tag, ...] = Field((), max_length=20, description="For the archive's search.")
    hashtags: tuple[Hashtag, ...] = Field((), max_length=10, description="Added to the post, without the #.")
    asks_again: str | None = Field(
        None,
        pattern=SLUG_PATTERN,
        max_length=SLUG_LIMIT,
        description="The id of the case whose diagnosis this one asks again, with another image, four weeks later.",
    )
    post_on: Instant | None = Field(None, description="A date-time with zone to pin it; else the queue decides.")

    @property
    def is_example(self) -> bool:
        """Whether it is one of the starter cases, which ``run`` posts only when told to."""
        return self.author == EXAMPLE_AUTHOR
