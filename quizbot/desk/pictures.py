"""Whether the pictures of a case can be posted, as far as the privacy gate can tell before it is asked to."""

from collections.abc import Iterator

from quizbot.casebook import Finding, LoadedCase, error, warning
from quizbot.core.case import Image
from quizbot.core.errors import QuizbotError
from quizbot.deid import is_known


def picture_findings(loaded: LoadedCase) -> Iterator[Finding]:
    """What is wrong with the pictures that are there; those that are not, the loader has reported."""
    reported = {finding.key for finding in loaded.findings}
    for n, image in enumerate(loaded.case.images if loaded.case else ()):
        if f"images[{n}].file" not in reported:
            yield from _picture(loaded, n, image)


def _picture(loaded: LoadedCase, n: int, image: Image) -> Iterator[Finding]:
    key = ("images", n, "file")
    try:
        if is_known(loaded.path / image.file):
            return
    except QuizbotError as refused:
        yield loaded.locate(error(f'"{image.file}" {refused.what}; {refused.todo}', *key))
        return
    if image.origin == "synthetic":
        message = (
            "was not drawn by this project, and this version has no privacy gate for other pictures: not posted yet"
        )
        yield loaded.locate(warning(f'"{image.file}" {message}', *key))
        return
    message = f'is "{image.origin}" and no output of the privacy gate (`quizbot deid FILE -o DIR`, in a later version)'
    yield loaded.locate(error(f'"{image.file}" {message}; keep it out of the repository until then', *key))
