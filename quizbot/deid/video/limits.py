"""What a clip may be. X's limits: docs.x.com, "Media best practices": 0.5 to 140 s, 512 MB, 1280 x 720 or upright."""

MOST_SECONDS = 140.0
LEAST_SECONDS = 0.5
MAX_SOURCE_BYTES = 512 * 1024 * 1024
MAX_POSTED_BYTES = (
    64 * 1024 * 1024
)  # kept in the database with its round, and copied by each backup: X would take 512 MB
MOST_BITS_A_SECOND = 3_500_000  # of the new clip: 140 s of it stay below that bound
LONG_SIDE, SHORT_SIDE = 1280, 720  # pixels
LEAST_SIDE = 32
FRAMES_A_SECOND = 30
MOST_FRAMES = int(MOST_SECONDS * FRAMES_A_SECOND)

# Of the closed-in ffmpeg. A decoder of H.264 at 4096 pixels needs some 600 MB of address space for each thread's stack.
MEMORY_BYTES = 4 * 1024 * 1024 * 1024
CPU_SECONDS = 600
WALL_SECONDS = 900
SOUND_RATE = 48_000  # samples a second, one channel of two bytes each: speech
SOUND_BITS_A_SECOND = 96_000
MOST_SOUND_BYTES = int(MOST_SECONDS + 1) * SOUND_RATE * 2
