"""A dead link is never posted: the case waits, or its answer goes out without it."""


def test_a_case_whose_reference_is_dead_is_not_started_and_the_log_says_why(world, caplog, capsys):
    world.bot.dead = lambda url: "is dead (HTTP 404)"
    world.go(minutes=10)
    assert world.own_posts() == []
    assert "is dead (HTTP 404)" in capsys.readouterr().out + caplog.text


def test_a_case_whose_reference_cannot_be_judged_is_started(world):
    world.bot.dead = lambda url: None
    world.go(minutes=10)
    assert len(world.own_posts()) == 1


def test_a_reference_that_died_since_gives_way_to_the_next_one(world):
    case = next(one.case for one in world.bot.scan().cases)
    first, second = (reference.url for reference in case.references[:2])
    world.bot.dead = lambda url: None
    world.go(minutes=10)
    world.bot.dead = lambda url: "is dead" if url == first else None
    world.go(hours=25)
    text = " ".join(post["text"] for post in world.own_posts())
    assert second in text
    assert first not in text


def test_with_none_left_the_answer_goes_out_without_a_link(world):
    world.bot.dead = lambda url: None
    world.go(minutes=10)
    world.bot.dead = lambda url: "is dead"
    world.go(hours=25)
    posts = world.own_posts()
    assert any(post["text"].startswith("Answer: ") for post in posts)
    assert not any("doi.org" in post["text"] for post in posts)
