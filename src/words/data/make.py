#!/usr/bin/env python3
"""Makes words.txt, the list that `words.fst` is built of.

    pip download jieba==0.42.1 --no-deps --no-binary :all:
    tar xzf jieba-0.42.1.tar.gz
    python3 make.py jieba-0.42.1/jieba/dict.txt > words.txt
    UPDATE=1 cargo test --lib the_bundled_words

A line is a cost and the words that have it; a `+` behind the cost marks own terms, which are made of words. The cost is the negative binary logarithm of a word's share of the text
that was counted, in eighths of a bit: the rarer, the dearer.
"""

import collections
import math
import pathlib
import sys

# So many words of two characters and more, and so many single characters.
WORDS, SINGLES = 100_000, 6_000
# An own term is as likely as this many occurrences make it: likelier than its parts side by side.
OWN = 2_000
# Names of persons: of them, short and frequent ones are mostly other words as well; the rest are heroes of novels.
NAMES_FROM = 60


def is_hanzi(word):
    return all("\u4e00" <= c <= "\u9fff" for c in word)


def main(path):
    counts = {}
    tags = {}
    total = 0
    for line in open(path, encoding="utf-8"):
        word, count, tag = line.split()
        total += int(count)
        if is_hanzi(word):
            counts[word], tags[word] = int(count), tag
    names = {w for w, tag in tags.items() if tag.startswith("nr") and (len(w) > 2 or counts[w] < NAMES_FROM)}
    order = sorted(counts, key=lambda word: (-counts[word], word))
    singles = [word for word in order if len(word) == 1][:SINGLES]
    several = [word for word in order if len(word) > 1 and word not in names][:WORDS]
    chosen = {word: max(counts[word], 1) for word in singles + several}
    terms = set()
    here = pathlib.Path(__file__).parent
    for line in (here / "office.txt").read_text(encoding="utf-8").splitlines():
        for term in line.split("#")[0].split():
            if is_hanzi(term):
                chosen[term] = max(chosen.get(term, 0), OWN)
                terms.add(term)
    by_cost = collections.defaultdict(list)
    for word, count in chosen.items():
        by_cost[round(-8 * math.log2(count / total)), word in terms].append(word)
    for cost, is_term in sorted(by_cost):
        print(f"{cost}{'+' * is_term}", *sorted(by_cost[cost, is_term]))


main(sys.argv[1])
