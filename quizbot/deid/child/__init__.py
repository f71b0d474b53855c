"""The process that decodes strangers' bytes, so that the one that knows keys and people never does.

``server`` runs in a process of its own: it loads the decoders, then forks once for every file. The fork closes itself
in (``jail``: no network, no files, no new processes; little memory and time), reads one request, decodes it
(``raster``, or ``quizbot.deid.dicom``), answers in ``wire``'s form and ends. No file shares a process with another.
"""
