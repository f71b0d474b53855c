"""Programs that draw clinical pictures from models; nobody's recording is copied. They need numpy (the extra ``draw``).

``catalogue`` names what can be drawn and draws it; ``ecg`` and ``waves`` hold the models, each with what measures the
finished signal against the published criteria; ``scanner`` lays a sheet a little askew, as a scanner does.
"""
