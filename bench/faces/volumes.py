"""Sections of the volumes that packages ship, out of NIfTI-1 and NRRD files without a library for either."""

import gzip
import struct
from collections.abc import Iterator

import numpy as np

_SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)
_NIFTI_TYPES = {2: "u1", 4: "<i2", 8: "<i4", 16: "<f4", 64: "<f8", 256: "i1", 512: "<u2"}
_NRRD_TYPES = {
    "short": "<i2",
    "int16": "<i2",
    "ushort": "<u2",
    "unsigned char": "u1",
    "uchar": "u1",
    "float": "<f4",
    "int": "<i4",
    "double": "<f8",
}


def nifti(data: bytes) -> np.ndarray:
    """A compressed, little-endian NIfTI-1 volume, its first frame: x, y, z."""
    plain = gzip.decompress(data)
    shape = struct.unpack_from("<8h", plain, 40)[1:4]
    kind = _NIFTI_TYPES[struct.unpack_from("<h", plain, 70)[0]]
    start = int(struct.unpack_from("<f", plain, 108)[0])
    return np.frombuffer(plain, kind, int(np.prod(shape)), start).reshape(shape, order="F")


def nrrd(data: bytes) -> np.ndarray:
    """An NRRD volume of one part, raw or compressed, little-endian: x, y, z."""
    head, _, body = data.partition(b"\n\n")
    fields = dict(line.split(": ", 1) for line in head.decode("ascii", "replace").splitlines() if ": " in line)
    shape = tuple(int(size) for size in fields["sizes"].split())
    plain = gzip.decompress(body) if fields["encoding"] in ("gzip", "gz") else body
    return np.frombuffer(plain, _NRRD_TYPES[fields["type"]], int(np.prod(shape))).reshape(shape, order="F")


def sections(volume: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Five sections along each axis."""
    for axis in range(3):
        for share in _SHARES:
            section = np.take(volume, int(volume.shape[axis] * share), axis=axis)
            yield f"axis {axis} at {share}", np.rot90(section)
