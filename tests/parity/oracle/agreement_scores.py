"""Calibration, correlation and error, as docs/methods/calibration.md specifies them."""

from math import ceil, sqrt

from agreement_base import NAN, scaled
from numerics import log

LEAST_PROBABILITY = 1e-15


def calibration(case):
    bins, k = int(case["options"][0]), case["labels"]
    brier = loss = right = confidence = 0.0
    scored = []
    for t, truth in enumerate(case["known"]):
        if truth < 0:
            continue
        row = case["first"][t * k : (t + 1) * k]
        best = max(range(k), key=lambda l: (row[l], -l))
        square = 0.0
        for l, p in enumerate(row):
            d = p - (1.0 if l == truth else 0.0)
            square = square + d * d
        brier = brier + square
        loss = loss - log(max(row[truth], LEAST_PROBABILITY))
        hit = 1.0 if best == truth else 0.0
        right, confidence = right + hit, confidence + row[best]
        scored.append((row[best], hit))
    n = float(len(scored))
    if not scored:
        return [0.0] + [NAN] * 7 + [0.0, NAN, NAN] * (2 * bins)
    equal = [[] for _ in range(bins)]
    for c, hit in scored:
        equal[max(ceil(c * bins) - 1, 0)].append((c, hit))
    ordered = sorted(scored, key=lambda pair: pair[0])
    adaptive = [ordered[b * len(ordered) // bins : (b + 1) * len(ordered) // bins] for b in range(bins)]
    widths, ece, worst = reliability(equal, n)
    sizes, adaptive_ece, _ = reliability(adaptive, n)
    return [n, right / n, confidence / n, ece, worst, adaptive_ece, brier / n, loss / n] + widths + sizes


def reliability(bins, n):
    out, error, worst = [], 0.0, 0.0
    for content in bins:
        if not content:
            out += [0.0, NAN, NAN]
            continue
        confidence = right = 0.0
        for c, hit in content:
            confidence, right = confidence + c, right + hit
        count = float(len(content))
        confidence, right = confidence / count, right / count
        gap = abs(right - confidence)
        error, worst = error + (count / n) * gap, max(worst, gap)
        out += [count, confidence, right]
    return out, error, worst


def correlation(case):
    x, y = case["first"], case["second"]
    return [float(len(x)), pearson(scaled(x), scaled(y)), pearson(ranks(x), ranks(y)), kendall(x, y)]


def pearson(x, y):
    n = float(len(x))
    sum_x = sum_y = 0.0
    for a, b in zip(x, y):
        sum_x, sum_y = sum_x + (a - x[0]), sum_y + (b - y[0])
    mean_x, mean_y = sum_x / n, sum_y / n
    xx = yy = xy = 0.0
    for a, b in zip(x, y):
        p, q = (a - x[0]) - mean_x, (b - y[0]) - mean_y
        xx, yy, xy = xx + p * p, yy + q * q, xy + p * q
    if not (xx > 0.0 and yy > 0.0):
        return NAN
    return min(max(xy / (sqrt(xx) * sqrt(yy)), -1.0), 1.0)


def ranks(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    result, begin = [0.0] * len(values), 0
    while begin < len(order):
        end = begin
        while end < len(order) and values[order[end]] == values[order[begin]]:
            end += 1
        for i in order[begin:end]:
            result[i] = (float(begin) + float(end - 1)) * 0.5 + 1.0
        begin = end
    return result


def kendall(x, y):
    balance = ties_x = ties_y = 0
    for i in range(len(x)):
        for j in range(i):
            a, b = (x[i] > x[j]) - (x[i] < x[j]), (y[i] > y[j]) - (y[i] < y[j])
            balance += a * b
            ties_x += a == 0
            ties_y += b == 0
    pairs = len(x) * (len(x) - 1) // 2
    if pairs == ties_x or pairs == ties_y:
        return NAN
    tau = float(balance) / (sqrt(float(pairs - ties_x)) * sqrt(float(pairs - ties_y)))
    return min(max(tau, -1.0), 1.0)


def error(case):
    off = [a - b for a, b in zip(case["first"], case["second"])]
    n = float(len(off))
    total = bias = worst = 0.0
    for d in off:
        total, bias, worst = total + abs(d), bias + d, max(worst, abs(d))
    small = 0.0 < worst < 2.0**-300
    square = 0.0
    for d in scaled(off):
        square = square + d * d
    root = sqrt(square / n)
    return [n, total / n, root * 2.0**-600 if small else root, bias / n, worst]
