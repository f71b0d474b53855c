"""Long lists, a page at a time. Pure."""


def page_of(wanted: int, total: int, size: int) -> tuple[int, int]:
    """The page that is shown and the number of pages, both from 1: a number that is none becomes the nearest.

    Args:
        wanted: which page was asked for.
        total: how many entries there are.
        size: entries a page.
    """
    pages = max(1, -(-total // size))
    return min(max(wanted, 1), pages), pages
