"""`quizbot cost`."""

from quizbot.cli.frame import JsonLines, app, print_json, say
from quizbot.cli.tables import print_table
from quizbot.cli.wiring import account_of, make_bot, make_policy, missing_keys, opened_store
from quizbot.core.errors import InputError
from quizbot.rounds.costs import Forecast, Spent, forecast, spent, sum_of, users_read
from quizbot.rounds.scan import candidates, queues
from quizbot.settings import Settings, load_settings
from quizbot.store import Store


@app.command(epilog="Example: quizbot cost --json")
def cost(*, as_json: JsonLines = False) -> None:
    """What was spent on X, case by case, the month's budget, and what the queue is likely to cost."""
    settings = load_settings()
    with opened_store(settings) as store:
        so_far = spent(store, account_of(settings, store), make_policy(settings), settings.make_clock().now())
        coming, problem = _coming(settings, store, so_far)
    if as_json:
        _print_json(so_far, coming)
    else:
        _print(so_far, coming, problem)


def _coming(settings: Settings, store: Store, so_far: Spent) -> tuple[list[Forecast], str]:
    """The queue's forecast, or why there is none."""
    if missing_keys(settings):
        return [], "no forecast: the queue belongs to the account that the keys name"
    bot = make_bot(settings, store)
    now = bot.now()
    try:
        found = candidates(bot)
    except InputError as error:
        return [], f"no forecast: {error}"
    places = [place for lane in queues(bot, found, now) for place in lane if place.problem is None]
    ready = [(place.slug, case) for place in places if (case := found[place.slug][1].case)]
    return forecast(ready, so_far, bot.policy, users_read(store, bot.account)), ""


def _print_json(so_far: Spent, coming: list[Forecast]) -> None:
    purse = so_far.purse
    month = {"spent": purse.spent, "owed": purse.owed, "budget": purse.budget}
    print_json({"kind": "month"} | {name: _rounded(value) for name, value in month.items()})
    for item, units, dollars in so_far.items:
        print_json({"kind": "item", "item": item, "units": units, "cost": _rounded(dollars)})
    for line in so_far.rounds:
        record = {"kind": "round", "round": line.round_id, "case": line.case_id, "replies": line.replies}
        money = {"posts": line.posts, "reading": line.reading, "cost": line.total}
        print_json(record | {name: _rounded(value) for name, value in money.items()})
    print_json({"kind": "other", "cost": _rounded(so_far.other)})
    for one in coming:
        money = {"posts": one.posts, "reading": one.reading, "cost": one.total}
        print_json({"kind": "forecast", "case": one.case_id} | {name: _rounded(v) for name, v in money.items()})


def _rounded(dollars: float | None) -> float | None:
    return None if dollars is None else round(dollars, 4)


def _print(so_far: Spent, coming: list[Forecast], problem: str) -> None:
    say(f"this month: {so_far.purse}")
    print_table(("item", "units", "US$"), ((kind, str(n), f"{dollars:.3f}") for kind, n, dollars in so_far.items))
    say()
    columns = ("case", "round", "replies", "posts US$", "reading US$", "US$")
    rows = [
        (x.case_id, x.round_id, str(x.replies), f"{x.posts:.3f}", f"{x.reading:.3f}", f"{x.total:.3f}")
        for x in so_far.rounds
    ]
    rest = ("(look-ups, the own timeline, other mentions)", "", "", "", "", f"{so_far.other:.3f}")
    print_table(columns, [*rows, rest])
    say()
    say(problem or f"forecast for the queue: US$ {sum_of(coming):.2f} for {len(coming)} cases")
    if coming:
        lines = ((one.case_id, f"{one.posts:.3f}", f"{one.reading:.3f}", f"{one.total:.3f}") for one in coming)
        print_table(("case", "posts US$", "reading US$", "US$"), lines)
    say("counted from what X returned; X bills a post once a day, so the bill is this or less")
