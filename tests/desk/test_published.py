"""The answers are public where the repository is."""

import pytest

from quizbot.core.case import EXAMPLE_AUTHOR
from quizbot.desk.check import check_paths
from quizbot.desk.published import remote_host
from tests.casebook.given import PEARL, with_, write

CONFIG = '[core]\n\tbare = false\n[remote "origin"]\n\turl = {}\n\tfetch = +refs/heads/*\n'


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://github.com/a/b.git", "github.com"),
        ("https://user:s3cret@github.com/a/b", "github.com"),
        ("git@github.com:a/b.git", "github.com"),
        ("ssh://git@codeberg.org:22/a/b", "codeberg.org"),
        ("/srv/git/a.git", None),
        ("../a", None),
        ("file:///srv/a.git", None),
    ],
)
def test_the_host_of_a_remote_never_its_password(url, host):
    assert remote_host(CONFIG.format(url)) == host


def test_no_remote():
    assert remote_host("[core]\n\tbare = false\n") is None


def repository(tmp_path, *cases):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(CONFIG.format("https://github.com/a/b"))
    for n, case in enumerate(cases):
        write(tmp_path / "cases" / f"c{n}", case)
    return check_paths([tmp_path / "cases"]).findings


def test_cases_in_a_repository_with_a_remote_get_one_warning(tmp_path):
    (finding,) = repository(tmp_path, PEARL, with_(PEARL, prompt="Another."))
    assert (finding.level, finding.file, "github.com" in finding.message) == ("warning", str(tmp_path / "cases"), True)


def test_examples_get_none(tmp_path):
    assert repository(tmp_path, with_(PEARL, author=EXAMPLE_AUTHOR)) == ()
