"""Lower quantiles of the chi-square distribution, as docs/methods/catd.md has them."""

from numerics import exp, log

LARGEST_DEGREES = 1e6
HALF_LOG_TWO_PI = float.fromhex("0x1.d67f1c864beb5p-1")
STIRLING = [float.fromhex(c) for c in (
    "0x1.5555555555555p-4",
    "-0x1.6c16c16c16c17p-9",
    "0x1.a01a01a01a01ap-11",
    "-0x1.3813813813814p-11",
    "0x1.b951e2b18ff23p-11",
)]


def log_gamma_above_one(z):
    """The logarithm of the gamma function of z >= 1."""
    product = 1.0
    while z < 16.0:
        product = product * z
        z = z + 1.0
    r = 1.0 / z
    s = r * r
    series = r * (STIRLING[0] + s * (STIRLING[1] + s * (STIRLING[2] + s * (STIRLING[3] + s * STIRLING[4]))))
    return (((z - 0.5) * log(z) - z) + (HALF_LOG_TWO_PI + series)) - log(product)


def chi_square_quantile(p, n):
    """What a chi-square variable with n degrees of freedom is below with probability p, for p up to 1/2."""
    if not n > 0.0:
        return 0.0
    degrees = min(n, LARGEST_DEGREES)
    a = 0.5 * degrees
    goal, norm = log(p), log_gamma_above_one(a + 1.0)
    t = (goal + norm) / a
    for _ in range(100):
        x = exp(t)
        term, total, k = 1.0, 1.0, 1.0
        while term > total * 1e-17:
            term = term * (x / (a + k))
            total = total + term
            k = k + 1.0
        excess = (((a * t - x) - norm) + log(total)) - goal
        following = t - excess * total / a
        if not following > t:
            break
        t = following
    x = 2.0 * exp(t)
    return x if n <= LARGEST_DEGREES else n * (x / LARGEST_DEGREES)
