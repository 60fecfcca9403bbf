#!/usr/bin/env python3
"""Writes reference.json: what others make of texts with the model of coterie-embeddings.

Usage: generate.py FOLDER, where FOLDER holds the content of the model's jar. Needs the packages tokenizers, onnxruntime
and numpy. Word pieces are those of the tokenizers library; vectors are computed in numpy from the model's states.
"""

import json
import pathlib
import sys

import numpy
import onnxruntime
import tokenizers

WINDOW = 254
FOLDER = pathlib.Path(__file__).parent

WORDS = "the quick brown fox, unbelievably, jumps over 13 lazy dogs' kennels; antidisestablishmentarianism wins. ".split(" ")[:-1]
TEXTS = [
    "",
    " \t\r\n\u00a0\u3000",
    "A man is eating food.",
    "The cat sits outside, doesn't it?",
    "HELLO hello HeLLo",
    "na\u00efve caf\u00e9 \u00c5ngstr\u00f6m \u0130stanbul \u1e9e \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
    "e\u0301 and \u00e9 are one",
    "\u4f60\u597d\u4e16\u754c, \u6771\u4eac",
    "\ud55c\uad6d\uc5b4 \u0440\u0443\u0441\u0441\u043a\u0438\u0439 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e2\u05d1\u05e8\u05d9\u05ea \u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 thumbs\U0001f44dup \U0001f1e9\U0001f1ea",
    "zero\u200bwidth soft\u00adhyphen bell\u0007 nul\u0000 bom\ufeff private\ue000 broken\ufffd tab\ttab",
    "x = (a+b)*c^2 - $3.50 ~ 100% <tag> `code` [list] {set} a_b #1 @me \\ | / & \"q\"",
    "\u00bfQu\u00e9? \u2014 \u2026 \u201cquoted\u201d \u00a35 \u20ac6 \u00b0C \u00ac \u00d7 \u3002\u3001",
    "a" * 100,
    "a" * 101,
    "b" * 5000 + " end",
    "http://example.org/a-b_c?d=e&f=%20g#h",
    "line one\nline two\r\nline three\u2028line four\u0085five\u000bsix",
    "\ufb01ne \uff21\uff22 \u2460 \u00bd \u2122 K \u212b \u1fef",
    "\U0001d54c\U0001d552 \U00020000\U0002a6d6 \U00010400",
    " ".join(WORDS * 12),
    " ".join(WORDS * 60),
    "!" * 600,
    "word " * 254,
    "word " * 255,
]


def windows(encoding):
    """Whole words, at most WINDOW pieces each, framed."""
    words = {}
    for number, word in zip(encoding.ids, encoding.word_ids):
        words.setdefault(word, []).append(number)
    found, window = [], []
    for word in words.values():
        if len(window) + len(word) > WINDOW:
            found.append(window)
            window = []
        window = window + word
    if window or not found:
        found.append(window)
    return [[101, *window, 102] for window in found]


def mean(session, window):
    ids = numpy.array([window], dtype=numpy.int64)
    states = session.run(None, {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)})[0]
    vector = states[0].astype(numpy.float64).mean(axis=0)
    return vector / numpy.linalg.norm(vector)


def main():
    source = pathlib.Path(sys.argv[1])
    tokenizer = tokenizers.Tokenizer.from_file(str(source / "all-minilm-l6-v2-q-tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(str(source / "all-minilm-l6-v2-q.onnx"), providers=["CPUExecutionProvider"])
    texts = []
    for text in TEXTS:
        pieces = windows(tokenizer.encode(text, add_special_tokens=False))
        vector = sum(len(window) * mean(session, window) for window in pieces)
        vector = vector / numpy.linalg.norm(vector)
        texts.append({"text": text, "windows": pieces, "vector": [round(float(number), 4) for number in vector]})
    with open(FOLDER / "reference.json", "w", encoding="ascii") as out:
        out.write("[\n" + ",\n".join(json.dumps(text, separators=(",", ":")) for text in texts) + "\n]\n")


if __name__ == "__main__":
    main()
