"""Sandbox X: a server on this machine that keeps X's rules, for trying the bot out and for its tests.

It speaks X's API over HTTP (``/2/…``, OAuth 1.0a verified), lets people sign in elsewhere (``/i/oauth2/authorize``:
OAuth 2.0 with PKCE, for a bearer token that opens ``/2/users/me``), shows a page where people take part (``/``), and
has a control endpoint (``/_control/…``) for what only a sandbox can do. Its state, one SQLite file, survives a crash.

    with SandboxServer(SandboxOptions(lag=5)) as sandbox:
        sandbox.url, sandbox.bot_id, sandbox.keys      # what the bot needs
        sandbox.control.post("amy", "wellens", reply_to=quiz_id)

Rules kept: 280 weighted characters; no text twice while the first stands; replies only to the bot's own posts and to
posts that name the bot in their text or quote one of its; no quotes; one cashtag; images only (JPEG, PNG, WebP, GIF by
their content, 5 MB, 4 a post), media ids for a day and for their owner; alt texts of 1,000 characters; the newest 800
mentions; search by ``conversation_id:`` over 7 days; 15-minute rate limits; credits by X's price list. Texts are handed
out as X does it: replies begin with the handles they answer, ``&<>`` are escaped, links are short with ``entities``,
pictures add a link at the end, and what is longer than 280 is cut unless ``note_post`` (``note_tweet``) is asked for.

Clips come in pieces (MP4, told by its boxes, not decoded). Not there: refresh tokens, polls, likes, direct messages,
more than one bot in a file.

The control endpoint takes and gives JSON, from this machine only; a wrong request is 4xx with ``{"error": …}``.

=========================== =====================================================================================
POST   /_control/users       make or change an account: ``handle``, ``name``, ``protected``, ``suspended``
GET    /_control/users       every account
POST   /_control/posts       post as anybody: ``handle``, ``text``, and ``reply_to``, ``quote`` or ``repost`` (an id)
POST   /_control/posts/batch  the same for up to 1,000 at once, 256 KB: ``posts``, a list; gives their ``ids``
POST   /_control/posts/edit  a new version, with a new id: ``id``, ``text``
POST   /_control/posts/delete  ``id``
GET    /_control/posts       every post, replaced and deleted ones too, oldest first, 1,000 a page: ``?after=ID``
GET    /_control/media       every upload with its alt text, warnings and SHA-256
GET    /_control/ledger      what was billed: ``entries`` and ``totals``, in thousandths of a US$
GET    /_control/ledger/totals  its ``totals`` alone
GET    /_control/state       clock, money, dials, and calls by route and outcome
POST   /_control/dials       lag, late_share, late_by, processing (s), credit, spend_cap (US$, null), limits
POST   /_control/faults      the next calls fail; see below
GET    /_control/faults      the faults still in force
DELETE /_control/faults      be well again
=========================== =====================================================================================

A fault: ``kind``, with ``method`` and ``path`` (a pattern such as ``/2/users/*/mentions``), ``times`` (1; null: until
cleared), ``skip`` (let so many pass first), ``delay`` (real seconds first). Kinds: ``rate_limit`` (429; ``reset``:
seconds until it ends, null: no headers), ``status`` (``status``; ``html``: an HTML page; ``title``: such as
SpendCapReached; ``detail``: X's sentence; ``effect``: the call takes effect all the same), ``cut_before`` and
``cut_after`` (the connection ends before, or after, the call took effect), ``delay``, ``garbage`` (200 with ``body``,
by default half a JSON object).
"""

from quizbot.platforms.sandbox.app import SandboxApp, create_app
from quizbot.platforms.sandbox.control_client import ControlClient
from quizbot.platforms.sandbox.options import Dialect, Keys, SandboxOptions
from quizbot.platforms.sandbox.server import Running, SandboxServer, serve

__all__ = [
    "ControlClient",
    "Dialect",
    "Keys",
    "Running",
    "SandboxApp",
    "SandboxOptions",
    "SandboxServer",
    "create_app",
    "serve",
]
