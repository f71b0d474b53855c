"""`quizbot web`."""

from quizbot.cli.frame import app
from quizbot.cli.logs import set_up_logs
from quizbot.cli.stopping import stop_event
from quizbot.cli.wiring import opened_store
from quizbot.settings import load_settings


@app.command(epilog="Example: quizbot web")
def web() -> None:
    """The pages: the current case, revealed cases, the board; and the console, under /console."""
    from quizbot.cli.serving import pages_in_background  # noqa: PLC0415  # the web server is loaded only if asked for

    stop = stop_event()
    settings = load_settings()
    set_up_logs(settings)
    with opened_store(settings, upgrading=True) as store:
        pages_in_background(settings, store)
        stop.wait()
