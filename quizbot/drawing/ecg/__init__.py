"""Draws 12-lead ECGs from a model of the heart's electrical activity; nobody's recording is copied.

The way from a diagnosis to a picture, one module each::

    rhythm      when the atria and the ventricles fire
    model       the heart vector of a beat: a sum of bell-shaped waves in space and time, global and regional
    leads       what twelve leads on the body see of it (lead field)
    noise       respiration, baseline wander, muscle, tremor, mains: on the electrodes, not on the leads
    patient     a healthy heart, varied from one person to the next
    diagnoses   the parameters of each diagnosis, varied by a seed
    tracing     all of these together: ten seconds of twelve leads
    paper       millimetre paper

and ``measure`` reads rate, intervals, axis and amplitudes off the finished signal without knowing how it was made
(``circling`` atrial waves that never rest, ``pacing`` a pacemaker's spikes, ``artefact`` what keeps no step with it),
``criteria`` holds them against the published criteria.
"""
