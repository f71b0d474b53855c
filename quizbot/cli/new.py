"""`quizbot new`."""

from pathlib import Path
from typing import Annotated

import typer

from quizbot.casebook.finding import Key
from quizbot.casebook.scaffold import Given
from quizbot.cli.asking import ACCEPT, ask_kind, ask_rest, ask_slug, at_a_terminal
from quizbot.cli.frame import app, say
from quizbot.core.case import Kind
from quizbot.core.errors import UsageError
from quizbot.desk.start import begin, kind_facts, picture_facts, require_free
from quizbot.settings import load_settings

Text = str | None


@app.command(epilog='Example: quizbot new wellens-syndrome --author @an_educator --diagnosis "Wellens syndrome"')
def new(  # noqa: PLR0913  # each is a blank of the case, and an option of the command
    slug: Annotated[Text, typer.Argument(metavar="CASE", help="Its id and folder: a-z, 0-9 and '-'.")] = None,
    *,
    kind: Annotated[Kind | None, typer.Option(help="What the case is; else an image-quiz.")] = None,
    image: Annotated[
        Path | None, typer.Option(help="A picture: copied if the project drew it, else it goes through `quizbot deid`.")
    ] = None,
    author: Annotated[Text, typer.Option(help="Your handle, such as @an_educator.")] = None,
    prompt: Annotated[Text, typer.Option(help="The text of the post.")] = None,
    diagnosis: Annotated[Text, typer.Option(help="The diagnosis, as it will be posted.")] = None,
    accept: Annotated[list[str] | None, typer.Option(help="Another name of it; may be given several times.")] = None,
    certainty: Annotated[Text, typer.Option(help="probable, almost-certain or certain.")] = None,
    proof: Annotated[Text, typer.Option(help="How it was proved.")] = None,
    pearl: Annotated[Text, typer.Option(help="The lesson, posted with the answer.")] = None,
    alt: Annotated[Text, typer.Option(help="The image in words, without giving the answer away.")] = None,
    origin: Annotated[Text, typer.Option(help="synthetic, patient or licensed.")] = None,
    consent: Annotated[Text, typer.Option(help="synthetic, written-consent, not-identifiable or licence.")] = None,
    consent_ref: Annotated[Text, typer.Option(help="Where a written consent is kept; never a record number.")] = None,
    url: Annotated[Text, typer.Option("--reference", help="A reference's address.")] = None,
    title: Annotated[Text, typer.Option(help="The reference's title.")] = None,
    folder: Annotated[Path | None, typer.Option("--dir", help="The folder of cases; else QUIZBOT_CASES_DIR.")] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Ask nothing, at a terminal either.")] = False,
) -> None:
    """Make a case folder with a commented case.yaml, whose blanks `check` then points at.

    At a terminal it asks for what the options leave out; anywhere else that stays blank.
    """
    texts: dict[Key, Text] = {
        ("author",): author,
        ("prompt",): prompt,
        ("answer", "diagnosis"): diagnosis,
        ("certainty",): certainty,
        ("proof",): proof,
        ("pearl",): pearl,
        ("images", 0, "alt"): alt,
        ("images", 0, "origin"): origin,
        ("consent",): consent,
        ("consent_ref",): consent_ref,
        ("references", 0, "url"): url,
        ("references", 0, "title"): title,
    }
    asking = at_a_terminal() and not blank
    _make(slug, kind, _given(texts, accept or []), image, folder or load_settings().cases_dir, asking=asking)


def _given(texts: dict[Key, Text], accept: list[str]) -> Given:
    given: Given = {key: text.strip() for key, text in texts.items() if text is not None}
    names = tuple(name.strip() for name in accept if name.strip())
    return {**given, ACCEPT: names} if names else given


def _make(  # what was given, and whether to ask for the rest
    slug: Text, kind: Kind | None, given: Given, image: Path | None, cases: Path, *, asking: bool
) -> None:
    if slug is None and not asking:
        raise UsageError("new", "the case has no name", "give one, such as `quizbot new wellens-syndrome`")
    slug = ask_slug() if slug is None else slug
    require_free(cases, slug)
    kind = kind or (ask_kind() if asking else Kind.IMAGE_QUIZ)
    if image is not None and kind is not Kind.IMAGE_QUIZ:
        raise UsageError("--image", f"is for an image-quiz, and this is a {kind}", "leave one of them out")
    known = {**kind_facts(kind), **given, **picture_facts(image)}
    has_cases = cases.is_dir()
    begun = begin(cases, slug, kind, ask_rest(kind, known) if asking else known, image)
    if not has_cases:
        say(f"made a folder of cases, for there was none: {cases.absolute()} (another place: --dir, QUIZBOT_CASES_DIR)")
    say(f"made {begun.file}")
    for step in begun.next:
        say(f"next: {step}")
