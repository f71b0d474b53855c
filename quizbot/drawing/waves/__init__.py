"""Draws capnograms and M-mode pictures of the lung from models; nobody's recording is copied.

The way from a diagnosis to a picture, one module each::

    capnogram   the model: breaths one after another, and what each diagnosis does to them
    screen      the monitor's picture
    mmode       the lung's M-mode: model, measure and picture

and ``reading`` measures breaths, levels and slopes off the finished curve without knowing how it was made, and holds
them against the published criteria.
"""
