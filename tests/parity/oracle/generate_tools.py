"""What the generators of golden vectors share: random numbers and their written form."""

import struct

import numerics


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, n):
        return (self.next() >> 11) % n

    def unit(self):
        return (self.next() >> 11) * 2.0**-53


def f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def hex64(x):
    return format(numerics.bits(x), "016x")


def hex32(x):
    return format(struct.unpack("<I", struct.pack("<f", x))[0], "08x")


def numbers(key, values, form=str):
    return key + "".join(" " + form(v) for v in values) + "\n"
