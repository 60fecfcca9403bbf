#!/usr/bin/env python3
"""Measures how far exp and log of numerics.py are from the true value, in units in the last place.

Usage: accuracy.py [POINTS]. The truth comes from decimal arithmetic with 50 digits; the exit code is 1 above 1 ulp.
"""

import decimal
import math
import random
import sys

import numerics

decimal.getcontext().prec = 50


def error(value, truth):
    return float(abs(decimal.Decimal(value) - truth) / decimal.Decimal(math.ulp(value)))


def worst(function, true, inputs):
    return max((error(function(x), true(decimal.Decimal(x))), x) for x in inputs)


def main():
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    random.seed(1)
    exponents = [
        random.choice((random.uniform(-1, 1), random.uniform(-40, 0), random.uniform(-700, 709)))
        for _ in range(points)
    ]
    # 1 itself, whose logarithm is exactly 0, has no unit in the last place.
    numbers = [
        random.choice((random.uniform(0.5, 2), 10 ** random.uniform(-300, 300), random.uniform(1, 20)))
        for _ in range(points)
    ]
    found = {
        "exp": worst(numerics.exp, lambda x: x.exp(), exponents),
        "log": worst(numerics.log, lambda x: x.ln(), [x for x in numbers if x != 1.0]),
    }
    for name, (ulps, x) in found.items():
        print(f"{name}: at most {ulps:.3f} ulp, at {x!r}")
    sys.exit(any(ulps > 1.0 for ulps, _ in found.values()))


if __name__ == "__main__":
    main()
