"""The kernels of docs/numerics.md, operation by operation, in plain Python.

Python's float is an IEEE 754 binary64 and rounds each operation to nearest even, so this file is an
executable copy of the specification: slow, independent of the Rust and Java engines, and the source of
the golden vectors in tests/data/golden.
"""

import struct

LANES = 32

INV_LN2 = float.fromhex("0x1.71547652b82fep+0")
LN2_HI = float.fromhex("0x1.62e42fee00000p-1")
LN2_LO = float.fromhex("0x1.a39ef35793c76p-33")
ROUND = float.fromhex("0x1.8p+52")

EXP = [
    float.fromhex(c)
    for c in (
        "0x1.000000000000bp-1",
        "0x1.5555555555561p-3",
        "0x1.55555555503d0p-5",
        "0x1.111111110d7abp-7",
        "0x1.6c16c18504e19p-10",
        "0x1.a01a01ba78d26p-13",
        "0x1.a0199806ff218p-16",
        "0x1.71dde0981601cp-19",
        "0x1.28af1e7e21b5ep-22",
        "0x1.af846970a53a5p-26",
    )
]

LOG = [
    float.fromhex(c)
    for c in (
        "0x1.555555555558fp-1",
        "0x1.9999999980d1dp-2",
        "0x1.249249413b398p-2",
        "0x1.c71c528a107a7p-3",
        "0x1.7466274cbf1c6p-3",
        "0x1.39a3e5655c1a1p-3",
        "0x1.2ef13e812fa4bp-3",
    )
]

# The coefficients of the asymptotic series of digamma and of lgamma.
PSI = [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0]
GAMMA = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360360.0, 1.0 / 156.0]
HALF_LOG_2PI = float.fromhex("0x1.d67f1c864beb5p-1")

SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
ONE_BITS = 0x3FF0000000000000
MANTISSA = 0x000FFFFFFFFFFFFF


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def from_bits(b):
    return struct.unpack("<d", struct.pack("<Q", b & 0xFFFFFFFFFFFFFFFF))[0]


def exp(x):
    if x != x:
        return x
    x = min(max(x, -746.0), 710.0)
    t = x * INV_LN2 + ROUND
    n = t - ROUND
    hi = x - n * LN2_HI
    lo = n * LN2_LO
    r = hi - lo
    z = r * r
    even = (((EXP[8] * z + EXP[6]) * z + EXP[4]) * z + EXP[2]) * z + EXP[0]
    odd = (((EXP[9] * z + EXP[7]) * z + EXP[5]) * z + EXP[3]) * z + EXP[1]
    q = even + r * odd
    y = 1.0 + (hi + (z * q - lo))
    k = bits(t) - bits(ROUND) + 2048
    k1 = k >> 1
    k2 = k - k1
    return (y * from_bits((k1 - 1) << 52)) * from_bits((k2 - 1) << 52)


def log(x):
    if x != x or x == float("inf"):
        return x
    if x == 0.0:
        return float("-inf")
    if x < 0.0:
        return from_bits(0x7FF8000000000000)
    bias = 1023.0
    if x < float.fromhex("0x1p-1022"):
        x = x * float.fromhex("0x1p+54")
        bias = 1077.0
    u = bits(x) + (ONE_BITS - SQRT_HALF_BITS)
    d = (from_bits((u >> 52) | 0x4330000000000000) - float.fromhex("0x1p+52")) - bias
    m = from_bits((u & MANTISSA) + SQRT_HALF_BITS)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (LOG[1] + w * (LOG[3] + w * LOG[5]))
    even = z * (LOG[0] + w * (LOG[2] + w * (LOG[4] + w * LOG[6])))
    rest = odd + even
    half = (0.5 * f) * f
    return d * LN2_HI - ((half - (s * (half + rest) + d * LN2_LO)) - f)


def horner(coefficients, z):
    p = coefficients[-1]
    for c in coefficients[-2::-1]:
        p = p * z + c
    return p


def digamma(x):
    if x != x or x == float("inf"):
        return x
    if x < 0.0:
        return from_bits(0x7FF8000000000000)
    if x == 0.0:
        return float("-inf")
    small = x < 16.0
    y = x + 10.0 if small else x
    r = 1.0 / y
    z = r * r
    value = (log(y) - 0.5 * r) - z * horner(PSI, z)
    if small:
        q = x * (x + 9.0)
        n = (((5.0 * q + 240.0) * q + 3924.0) * q + 24352.0) * q + 40320.0
        d = q * ((((q + 60.0) * q + 1308.0) * q + 12176.0) * q + 40320.0)
        value = value - ((2.0 * x + 9.0) * n) / d
    return value


def lgamma(x):
    if x != x or x == float("inf"):
        return x
    if x < 0.0:
        return from_bits(0x7FF8000000000000)
    if x == 0.0:
        return float("inf")
    small = x < 16.0
    y = x + 10.0 if small else x
    r = 1.0 / y
    z = r * r
    value = ((y - 0.5) * log(y) - y) + (HALF_LOG_2PI + r * horner(GAMMA, z))
    if small:
        q = x * (x + 9.0)
        value = value - log(q * ((((q + 60.0) * q + 1308.0) * q + 12176.0) * q + 40320.0))
    return value


class SplitMix64:
    """Random numbers from a seed; `skip` jumps over some of them."""

    GAMMA = 0x9E3779B97F4A7C15
    MASK = 0xFFFFFFFFFFFFFFFF

    def __init__(self, seed):
        self.state = seed & self.MASK

    def skip(self, count):
        self.state = (self.state + count * self.GAMMA) & self.MASK
        return self

    def next(self):
        self.state = (self.state + self.GAMMA) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return z ^ (z >> 31)

    def unit(self):
        return (self.next() >> 11) * 2.0**-53


def fold(lanes):
    """The fixed final tree over 32 lanes."""
    lanes = list(lanes)
    width = LANES
    while width > 1:
        width //= 2
        for i in range(width):
            lanes[i] = lanes[i] + lanes[i + width]
    return lanes[0]


def striped_sum(values):
    lanes = [0.0] * LANES
    for i, v in enumerate(values):
        lanes[i % LANES] = lanes[i % LANES] + v
    return fold(lanes)


def softmax(row):
    """Returns the probabilities and the logarithm of the normaliser of one row of logits."""
    top = max(row)
    e = [exp(x - top) for x in row]
    s = striped_sum(e)
    return [v / s for v in e], top + log(s)
