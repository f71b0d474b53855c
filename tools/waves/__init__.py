"""Draws capnograms as a monitor shows them, from a model of the breath; nobody's recording is copied.

The way from a diagnosis to a picture, one module each::

    capnogram   the model: breaths one after another, and what each diagnosis does to them
    screen      the monitor's picture

and ``reading`` measures breaths, levels and slopes off the finished curve without knowing how it was made, and holds
them against the published criteria.
"""
