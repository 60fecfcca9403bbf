"""The agreement measures of docs/methods in plain Python: the independent, slow oracle of both engines.

A case is a dictionary: `measure`, the sizes, the columns `task`, `expert`, `label` and perhaps `weight` of a table, the
number arrays `first` and `second`, the labels `known`, the list `options` and the `seed`. A result is a list of numbers in
the layout that the page gives for the measure. Numbers that are undefined are the canonical NaN.
"""

from agreement_alpha import Alpha
from agreement_kappa import cohen, fleiss, observed_agreement
from agreement_scores import calibration, correlation, error
from agreement_shares import accuracy, consistency, uncertainty

MEASURES = {
    "krippendorff-alpha": lambda case: Alpha(case).measure(),
    "cohen-kappa": cohen,
    "fleiss-kappa": fleiss,
    "observed-agreement": observed_agreement,
    "uncertainty": uncertainty,
    "consistency": consistency,
    "accuracy": accuracy,
    "calibration": calibration,
    "correlation": correlation,
    "error": error,
}


def measure(case):
    return MEASURES[case["measure"]](case)
