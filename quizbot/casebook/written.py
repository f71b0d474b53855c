"""A case.yaml written by a program: every value in a form that the reader takes for what it is."""

from typing import Any

import yaml

from quizbot.casebook.schema import SCHEMA_FILE

_WIDTH = 110
_HEAD = f"# yaml-language-server: $schema=../{SCHEMA_FILE}\n"


class _Plain(yaml.SafeDumper):
    """Writes a value that stands in two places twice: the format has no aliases."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def case_file(data: dict[str, Any]) -> str:
    """The text of a case.yaml with this content, its keys in the order given."""
    return _HEAD + yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=_WIDTH)
