"""The weighted votes of docs/methods in plain Python: experts are weighed by how reliable they seem."""

from kos import Kos
from mmsr import Mmsr
from reweighting import Catd, GoldMajorityVote, Pm, Wawa, ZeroBasedSkill

METHODS = {
    "wawa": Wawa,
    "zero-based-skill": ZeroBasedSkill,
    "gold-majority-vote": GoldMajorityVote,
    "catd": Catd,
    "pm": Pm,
    "kos": Kos,
    "mmsr": Mmsr,
}


def fit(case):
    return METHODS[case["method"]](case).fit()
