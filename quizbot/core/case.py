"""The case: what an educator writes in ``case.yaml``, as a frozen model.

The field descriptions are the JSON Schema that ``quizbot schema`` prints. Rules that need the file (line numbers,
images, the grader) live in ``casebook`` and ``desk``; here stand only those that a value has by itself.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from quizbot.core.weight import ALT_LIMIT

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FILE_NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
EXAMPLE_AUTHOR = "@quizbot_examples"


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


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname:
        raise ValueError("is not a web address; write it out, https:// first")
    if parts.username or parts.password or any(c.isspace() for c in value):
        raise ValueError("holds a user name, a password or a blank; give the plain address")
    return value


def _certain_enough(value: str) -> str:
    if value == "possible":
        raise ValueError('"possible" is not certain enough for a quiz; prove the diagnosis or choose another case')
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[Text, AfterValidator(_web_address)]
FileName = Annotated[str, StringConstraints(pattern=FILE_NAME_PATTERN, max_length=100)]
Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$", max_length=40)]
Hashtag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
Handle = Annotated[str, StringConstraints(pattern=r"^@[A-Za-z0-9_]{1,30}$")]
AltText = Annotated[Text, StringConstraints(max_length=ALT_LIMIT)]
Credit = Annotated[float, Field(gt=0, lt=1, description="Between 0 and 1, both excluded.")]
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
    photo: bool = Field(default=False, description="A photograph of a person, or of a part of one.")
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

    answer: Text = Field(description="The answer, as a respondent would write it.")
    credit: Credit
    because: Text | None = Field(None, description="Why it is not the whole answer; shown to respondents.")


class Reject(Model):
    """A look-alike or a finding, wrong for a reason worth telling."""

    answer: Text = Field(description="The answer, as a respondent would write it.")
    because: Text | None = Field(None, description="Why it is wrong; shown to respondents.")


class Answer(Model):
    """The key that replies are graded by."""

    diagnosis: Text = Field(description="The diagnosis, as it will be posted.")
    accept: tuple[Text, ...] = Field((), description="Other names of it: full credit.")
    partial: tuple[Partial, ...] = Field((), description="Answers worth part of the points.")
    reject: tuple[Reject, ...] = Field((), description="Look-alikes and findings, wrong for a reason worth telling.")


class Reference(Model):
    """Where the answer can be read; the first is posted."""

    title: Text = Field(description="Its title.")
    url: Url = Field(description="Its address; a DOI as https://doi.org/….")
    kind: Literal["article", "guideline", "podcast", "video", "page"] = Field("page", description="What it is.")
    year: int | None = Field(None, ge=1800, le=2200, description="The year it came out.")
    unconfirmed: bool = Field(default=False, description="Nobody could confirm title, year and address yet.")


class Review(Model):
    """A second person's reading."""

    by: Handle = Field(description="Who read it; not the author.")
    on: date = Field(description="When.")
    again_by: date | None = Field(None, description="When it has to be read again.")


class Case(Model):
    """A case folder's ``case.yaml``."""

    kind: Kind = Field(description="image-quiz, question (a quiz without an image), pearl (a factoid) or link.")
    prompt: Text = Field(description="The text of the post; the bot adds nothing but the hashtags.")
    images: tuple[Image, ...] = Field((), max_length=4, description="1 to 4 images of an image-quiz, in order.")
    video: Video | None = Field(None, description="Pearls and links only.")
    answer: Answer | None = Field(None, description="Required for a quiz, absent otherwise.")
    certainty: Annotated[Literal["probable", "almost-certain", "certain"] | None, Field()] = Field(
        None, description='How certain the diagnosis is; "possible" is refused.'
    )
    proof: Text | None = Field(None, description="How the diagnosis was proved.")
    pearl: Text | None = Field(None, description="The lesson, posted with the answer.")
    references: tuple[Reference, ...] = Field((), description="At least one for a quiz or a link; the first is posted.")
    author: Handle = Field(description="Who wrote the case.")
    reviewed: Review | None = Field(None, description="Who read it a second time, and when it is due again.")
    consent: Literal["synthetic", "written-consent", "not-identifiable", "licence"] = Field(
        description="On what ground it may be shown."
    )
    consent_ref: Text | None = Field(None, description="An opaque reference to the consent; never a record number.")
    sensitive: Literal["none", "graphic"] = Field("none", description="graphic: behind X's sensitive-media warning.")
    difficulty: int | None = Field(None, ge=1, le=5, description="1 to 5, the educator's guess.")
    tags: tuple[Tag, ...] = Field((), description="For the archive's search.")
    hashtags: tuple[Hashtag, ...] = Field((), description="Added to the post, without the #.")
    post_on: datetime | None = Field(None, description="A date-time with zone to pin it; else the queue decides.")

    @model_validator(mode="before")
    @classmethod
    def _refuse_possible(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("certainty"), str):
            _certain_enough(data["certainty"])
        return data

    @property
    def is_example(self) -> bool:
        """Whether it is one of the starter cases, which ``run`` posts only when told to."""
        return self.author == EXAMPLE_AUTHOR
