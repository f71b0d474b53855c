"""What a picture may cost: one place for the bounds that both sides of the decoding process hold."""

MAX_SOURCE_BYTES = 50 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000  # pixels
MAX_FRAMES = 1_000  # of a file that has to be walked through to count them
MAX_FACTS_BYTES = 4 * 1024 * 1024  # what the child may say beside the pixels

# A picture of MAX_PIXELS with transparency and a colour profile needs about 0.7 GB.
MEMORY_BYTES = 1536 * 1024 * 1024  # of address space, the interpreter and its libraries included
CPU_SECONDS = 20
WALL_SECONDS = 30
START_SECONDS = 30  # for the interpreter and its libraries to load, on a busy machine
LAYER_SECONDS = 90  # for a layer that looks at the pixels


def too_large() -> tuple[str, str]:
    """What to say of a picture beyond the limits, and what to do about it."""
    what = f"has more than {MAX_SIDE:,} pixels on a side or {MAX_PIXELS // 1_000_000} million in all"
    return what, "scale it down"


def fits(width: int, height: int) -> bool:
    """Whether a picture of this size, in pixels, is within the limits."""
    return 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS
