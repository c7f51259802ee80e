"""What the network is measured against: counting models, in the same units on the same held-out tokens.

- unigram: how often each choice is made in a state (a word, or one field of one word).
- context: choices counted under longer and longer contexts, each backing off to the one before (Witten and Bell's
  interpolation): what was said in this thing and cell, which cell, the region's style, and the nearest neighbour: what the
  nearest decided cell and the last thing of this kind said in this place.

Both are renormalised over what the grammar allows, as the network is.

python3 baselines.py --data data/imagine
"""

import argparse
import math
from collections import defaultdict

import numpy as np

from blocks import PHASES, Blocks

NOTHING = -1
# For each cell of a block (k = row * 3 + column) its neighbours, nearest first: along x, along z, then across corners.
STEPS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1))


class Counts:
    """Interpolated counts: chains of contexts from the plainest to the richest."""

    def __init__(self):
        self.tables = defaultdict(dict)

    def learn(self, chain, choice):
        for level, context in enumerate(chain):
            counts = self.tables[(level, context)]
            counts[choice] = counts.get(choice, 0) + 1

    def chances(self, chain, allowed):
        """Chances of the allowed choices, in their order."""
        chances = np.full(len(allowed), 1 / len(allowed))
        for level, context in enumerate(chain):
            counts = self.tables.get((level, context))
            if not counts:
                continue
            found = np.array([counts.get(choice, 0) for choice in allowed], float)
            total, kinds = found.sum(), np.count_nonzero(found)
            if total:
                chances = (found + kinds * chances) / (total + kinds)
        return chances


class World:
    """What stood in each cell, by symbol, and for runs their words: read by the context model."""

    def __init__(self, blocks):
        self.blocks, self.order = blocks, blocks.info['cellOrder']
        self.words = len(blocks.info['words'])
        self.first = [state['firstSymbol'] for state in blocks.info['states']]

        self.knows = {(phase, slot['blockDi'], slot['blockDj']): known[index]
                      for phase, known in enumerate(blocks.known) for index, slot in enumerate(blocks.info['slots'])}

    def tokens(self, sample):
        start = self.blocks.starts[sample]
        return self.blocks.rows[start:start + self.blocks.lengths[sample]].tolist()

    def cell(self, sample, k):
        symbols = self.blocks.cells[sample * 9 + k]
        return tuple(int(symbol) for symbol in symbols if symbol < self.blocks.symbols)

    def words_of(self, symbols):
        return tuple(symbol for symbol in symbols if symbol <= self.words)

    def neighbours(self, sample, phase, k, told):
        """Symbols of decided cells next to cell k, nearest first; `told`: this block's cells so far, by k."""
        side = self.blocks.side
        found = []
        for dx, dy in STEPS:
            x, y = k % 3 + dx, k // 3 + dy
            block_x, block_y = x // 3, y // 3
            inside = x % 3 + 3 * (y % 3)
            if block_x == 0 and block_y == 0:
                if inside in told:
                    found.append(((dx, dy), told[inside]))
                continue
            if self.knows[phase, block_x, block_y]:
                found.append(((dx, dy), self.cell(sample + block_x + side * block_y, inside)))
        # Some are told of blocks two away too: what stands in the same cell there.
        for dx, dy in STEPS:
            if self.knows.get((phase, 2 * dx, 2 * dy)):
                found.append(((dx, dy), self.cell(sample + 2 * dx + 2 * side * dy, k)))
        return found


def chains(world, sample, phase):
    """For each token of a block its state, allowed choices, choice and context chain of the context model."""
    blocks = world.blocks
    style = int(blocks.styles[sample])
    # What the network is told of the region: its habit, and by the phase on which rows the block lies.
    code = (style, int(blocks.habits[sample]), phase)
    told, last_of_state, cell_tokens, word = {}, {}, [], NOTHING
    cell_index, thing_tokens, middle = NOTHING, (), ()
    for said, choice, state, cell, thing, _, possible in world.tokens(sample):
        if cell != cell_index:
            if cell_index >= 0:
                told[world.order[cell_index]] = tuple(cell_tokens)
                if cell_index == 0:
                    middle = world.words_of(cell_tokens)
            cell_index, cell_tokens, thing_tokens = cell, [], ()
            k = world.order[cell]
            near = world.neighbours(sample, phase, k, told)
        if state == 0:
            thing_tokens = ()
            so_far = world.words_of(cell_tokens)
            nearest = world.words_of(near[0][1]) if near else (NOTHING,)
            along = tuple((step, world.words_of(symbols)) for step, symbols in near[:2])
            chain = (
                (state,), (state, so_far[-1:]), (state, so_far[-1:], style), (state, so_far[-2:], style, k),
                (state, tuple(cell_tokens), style, k), (state, tuple(cell_tokens), style, k, middle),
                (state, tuple(cell_tokens), style, k, middle, nearest),
                (state, tuple(cell_tokens), style, k, middle, along), (state, tuple(cell_tokens), code, k, middle, along),
            )
        else:
            same = [symbol for _, symbols in near for symbol in symbols
                    if world.first[state] <= symbol < world.first[state] + blocks.info['states'][state]['choices']]
            copied = same[0] if same else NOTHING
            last = last_of_state.get(state, NOTHING)
            chain = (
                (state,), (state, style), (state, thing_tokens[-2:], style), (state, thing_tokens, style, copied),
                (state, thing_tokens, style, last, copied), (state, tuple(cell_tokens[-8:]), style, last, copied),
                (state, tuple(cell_tokens), k, style, last, copied),
            )
        allowed = [c for c in range(32) if possible >> c & 1]
        yield state, allowed, choice, chain
        symbol = world.first[state] + choice
        if state or choice:
            cell_tokens.append(symbol)
            thing_tokens += (symbol,)
            last_of_state[state] = symbol


def measure(train, heldout, train_limit=None, heldout_limit=None):
    """Bits a token of both models on held-out blocks, and of each state the context model's sum."""
    unigram, context = Counts(), Counts()
    world = World(train)
    rng = np.random.default_rng(1)
    samples = train.samples if train_limit is None else rng.choice(train.samples, train_limit, replace=False)
    for sample in samples:
        for state, _, choice, chain in chains(world, sample, int(rng.integers(PHASES))):
            unigram.learn(chain[:1], choice)
            context.learn(chain, choice)
    world = World(heldout)
    chosen = heldout.samples if heldout_limit is None else heldout.samples[::max(1, len(heldout.samples) // heldout_limit)]
    sums, tokens, of_states = np.zeros(2), 0, np.zeros(len(heldout.info['states']))
    for sample in chosen:
        for state, allowed, choice, chain in chains(world, sample, int(heldout.phases(sample))):
            at = allowed.index(choice)
            bits = [-math.log2(unigram.chances(chain[:1], allowed)[at]), -math.log2(context.chances(chain, allowed)[at])]
            sums += bits
            of_states[state] += bits[1]
            tokens += 1
    return {'unigram': sums[0] / tokens, 'context': sums[1] / tokens, 'tokens': tokens, 'states': of_states}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', default='data/imagine')
    parser.add_argument('--train-blocks', type=int, help='default: all')
    options = parser.parse_args()
    found = measure(Blocks(options.data, 'train'), Blocks(options.data, 'heldout'), options.train_blocks)
    print(f'unigram {found["unigram"]:.4f}, context model {found["context"]:.4f} bits a token, {found["tokens"]} tokens')


if __name__ == '__main__':
    main()
