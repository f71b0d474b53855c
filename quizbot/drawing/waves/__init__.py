"""Draws capnograms, pressure curves and M-mode pictures of the lung from models; nobody's recording is copied.

The way from a diagnosis to a picture, one module each::

    capnogram   the model: breaths one after another, and what each diagnosis does to them
    screen      the monitor's picture of them
    pressure    the model of arterial and central venous pressure under an ECG lead
    bedside     the monitor's picture of those
    mmode       the lung's M-mode: model, measure and picture

``reading`` measures breaths, levels and slopes off the finished capnogram without knowing how it was made, ``swings``
waves and damping off the finished pressures; both hold them against the published criteria.
"""
