"""What the generators of golden vectors share: random numbers and their written form."""

import struct

import numerics


class SplitMix64(numerics.SplitMix64):
    def below(self, n):
        return (self.next() >> 11) % n


def f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def hex64(x):
    return format(numerics.bits(x), "016x")


def hex32(x):
    return format(struct.unpack("<I", struct.pack("<f", x))[0], "08x")


def numbers(key, values, form=str):
    return key + "".join(" " + form(v) for v in values) + "\n"
