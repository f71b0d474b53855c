"""The life of a quiz: calendar, queue, publish, collect, reveal, score. ``engine.advance`` does whatever is due."""
