"""Where the pictures and the sound of an MP4 lie, by its tables of samples (ISO/IEC 14496-12, 8.7)."""

import struct
from dataclasses import dataclass, field


class NotBareError(Exception):
    """The file holds something that is neither picture nor sound."""


@dataclass
class Track:
    """A track as its boxes describe it: tables by name, the kind of its handler, its size as shown in pixels."""

    kind: bytes = b""
    size: tuple[int, int] = (0, 0)
    tables: dict[bytes, bytes] = field(default_factory=dict)

    def samples(self) -> list[tuple[int, int]]:
        """Each sample's first byte in the file and the one after its last, in the order of the chunks.

        Raises:
            NotBareError: the tables contradict each other.
        """
        sizes, offsets = iter(_sizes(self.tables)), _numbers(self.tables, b"stco")
        found = []
        for offset, count in zip(offsets, _counts(self.tables, len(offsets)), strict=True):
            at = offset
            for _ in range(count):
                size = next(sizes, None)
                if size is None:
                    raise NotBareError("chunks of more samples than there are")
                found.append((at, at + size))
                at += size
        if next(sizes, None) is not None:
            raise NotBareError("samples in no chunk")
        return found


def _table(tables: dict[bytes, bytes], name: bytes, width: int, skip: int = 8) -> list[tuple[int, ...]]:
    """The rows of a table: ``width`` numbers of four bytes each, after ``skip`` bytes that end with their count."""
    body = tables.get(name, b"")
    if len(body) < skip:
        raise NotBareError(f"no table {name!r}")
    (count,) = struct.unpack_from(">I", body, skip - 4)
    if len(body) != skip + 4 * width * count:
        raise NotBareError(f"a table {name!r} that is not as long as it says")
    return list(struct.iter_unpack(f">{width}I", body[skip:])) if count else []


def _numbers(tables: dict[bytes, bytes], name: bytes) -> list[int]:
    return [row[0] for row in _table(tables, name, 1)]


def _sizes(tables: dict[bytes, bytes]) -> list[int]:
    body = tables.get(b"stsz", b"")
    if len(body) < 12:  # noqa: PLR2004  # version, the size of all samples if they are alike, their count
        raise NotBareError("no table of sizes")
    alike, count = struct.unpack_from(">II", body, 4)
    if not alike:
        return [row[0] for row in _table(tables, b"stsz", 1, skip=12)]
    if len(body) != 12 or count > _MOST_SAMPLES:  # noqa: PLR2004  # as above
        raise NotBareError("a table of sizes that is not as long as it says")
    return [alike] * count


def _counts(tables: dict[bytes, bytes], chunks: int) -> list[int]:
    """How many samples each chunk holds; a row of the table holds from its chunk on until the next row's."""
    rows = _table(tables, b"stsc", 3)
    firsts = [row[0] for row in rows] + [chunks + 1]
    if chunks and (firsts[0] != 1 or firsts != sorted(firsts) or firsts[-2] > chunks):
        raise NotBareError("a table of chunks out of order")
    counts = [row[1] for n, row in enumerate(rows) for _ in range(firsts[n + 1] - firsts[n])]
    if sum(counts) > _MOST_SAMPLES:
        raise NotBareError("more samples than a clip can have")
    return counts


_MOST_SAMPLES = 20_000  # 140 s of 30 pictures a second, or of 47 packets of sound
