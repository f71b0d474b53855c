"""Draws ultrasound pictures in B-mode from a model of scatterers; nobody's recording is copied.

The way from a diagnosis to a picture, one module each::

    speckle     scatterers, blurred by the beam, to an envelope in decibels
    probe       where each sample of each beam lies in the body, and the picture that a scanner makes of them
    chest       the lung between two ribs: pleural line, A-lines, B-lines
    heart       the heart in the parasternal long axis, with fluid around it or without
    screen      what can be drawn, and the picture with its depth scale

``reading`` measures lines and dark bands off the finished grey levels without knowing how they were made, and holds
them against the published criteria.
"""
