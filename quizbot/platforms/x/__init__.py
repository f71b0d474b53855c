"""X, through its API v2 and tweepy. ``XPlatform`` is what the bot uses, ``XSignIn`` what the pages use;
the other modules are its parts.

``client`` makes the requests, ``clips`` brings clips in pieces, ``readings`` pages through posts, ``failures``,
``problems`` and ``connections`` tell what went wrong, ``dialect`` holds the field names of the day, and ``posts``,
``text``, ``answers`` and ``shapes`` read what comes back.
"""

from quizbot.platforms.x.dialect import Dialect
from quizbot.platforms.x.keys import XKeys
from quizbot.platforms.x.platform import XPlatform
from quizbot.platforms.x.readings import Billable
from quizbot.platforms.x.sign_in import XApp, XSignIn

__all__ = ["Billable", "Dialect", "XApp", "XKeys", "XPlatform", "XSignIn"]
