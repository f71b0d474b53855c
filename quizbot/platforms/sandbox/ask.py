"""What an endpoint is given."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from quizbot.platforms.sandbox import params, render
from quizbot.platforms.sandbox.database import Tx
from quizbot.platforms.sandbox.options import Dialect
from quizbot.platforms.sandbox.problems import invalid
from quizbot.platforms.sandbox.render import Wanted
from quizbot.platforms.sandbox.wire import Call
from quizbot.platforms.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Ask:
    """One verified call, inside a transaction. ``path``: the values in the path; ``user_id``: who calls."""

    world: World
    tx: Tx
    call: Call
    now_ms: int
    path: Mapping[str, str]
    user_id: int

    @property
    def dialect(self) -> Dialect:
        """The dialect spoken."""
        return self.world.options.dialect

    @property
    def query(self) -> Mapping[str, str]:
        """The query parameters."""
        return self.call.query

    @property
    def base(self) -> str:
        """The sandbox's own address, as the client sees it."""
        return self.call.url.removesuffix(self.call.path)

    @property
    def post_word(self) -> str:
        """What a post is called in problems."""
        return "post" if self.dialect is Dialect.POST else "tweet"

    def path_id(self) -> int:
        """The id in the path.

        Raises:
            Refused: 400, it is none.
        """
        return params.identifier(self.path["id"], "id")

    def wanted(self) -> Wanted:
        """The fields asked for."""
        return render.wanted(self.query, self.dialect, strict=self.world.options.strict_fields)

    def json_body(self) -> dict[str, object]:
        """The body as an object.

        Raises:
            Refused: 400, it is none.
        """
        if self.call.content_type != "application/json":
            raise invalid("content-type", self.call.content_type, "Content-Type must be application/json")
        try:
            record = json.loads(self.call.body)
        except (ValueError, RecursionError) as error:
            raise invalid("body", "", "The request body is not valid JSON") from error
        if not isinstance(record, dict):
            raise invalid("body", "", "$: object expected")
        return record
