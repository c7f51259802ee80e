"""Reads the blocks that generate-tokens.ts writes, and puts together batches of blocks with what each is told."""

import json
import os

import numpy as np
import torch

ROW = np.dtype([('said', '<u2'), ('choice', 'u1'), ('state', 'u1'), ('cell', 'u1'), ('thing', 'u1'), ('', '<u2'),
                ('possible', '<u4')])
PHASES = 9
BORDER = 2
ALL_CELLS = 9
PARITY_BITS = 2


def phase_of(i, j):
    """As phaseOf in workers/imagine/order.ts: in which phase a block is decided, by its indices (arrays of integers)."""
    column, row = i // 2 % 2, j // 2 % 2
    even_row = np.where(i % 2 == 0, column + 2 * row, 4 + row)
    return np.where(j % 2 == 0, even_row, np.where(i % 2 == 0, 6 + column, 8))


def known_slots(slots):
    """[phases, slots] bool: whether a block of this phase is told what this slot's block holds (`knows` in order.ts)."""
    known = np.zeros((PHASES, len(slots)), bool)
    for j in range(4):
        for i in range(4):
            for slot, at in enumerate(slots):
                di, dj = at['blockDi'], at['blockDj']
                phase = int(phase_of(i, j))
                known[phase, slot] = (di, dj) != (0, 0) and phase_of(i + di, j + dj) < phase
    return known


class Blocks:
    """All blocks of one split. Raises SystemExit with a sentence when the data is not there or of another version."""

    def __init__(self, folder, split):
        path = os.path.join(folder, 'tokens.json')
        if not os.path.exists(path):
            raise SystemExit(f'There is no {path}. Make the data first, with generate-tokens.ts --out {folder}.')
        with open(path, encoding='utf-8') as file:
            self.info = json.load(file)
        if self.info['version'] != 3:
            raise SystemExit(f'{path} is of version {self.info["version"]}, not 3. Make the data anew.')
        read = lambda name, kind: np.fromfile(os.path.join(folder, f'{split}.{name}.bin'), kind)
        self.rows, self.lengths = read('rows', ROW), read('lengths', '<u2').astype(np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.styles, self.habits = read('regions', 'u1').astype(np.int64).reshape(-1, 2).T
        self.symbols, self.side = self.info['symbolCount'], self.info['side']
        counts, symbols = read('cell-counts', '<u2').astype(np.int64), read('cell-symbols', '<u2')
        # Symbols of each cell, and of each block as a whole, filled up with `symbols`, which means nothing.
        self.cells = self._padded(counts, symbols)
        self.whole = self._padded(counts.reshape(-1, ALL_CELLS).sum(1), symbols)
        slots = self.info['slots']
        self.known = known_slots(slots)
        self.slot_blocks = np.array([slot['blockDi'] + self.side * slot['blockDj'] for slot in slots])
        self.slot_cells = np.array([slot['cells'][0] for slot in slots if len(slot['cells']) == 1])
        if any(len(slot['cells']) != ALL_CELLS for slot in slots[len(self.slot_cells):]):
            raise SystemExit(f'{path}: slots of one cell must come first, then slots of nine. Correct blocks.py.')
        inside = np.arange(BORDER, self.side - BORDER)
        first = np.arange(len(self.lengths) // self.side ** 2) * self.side ** 2
        self.samples = (first[:, None, None] + inside[:, None] * self.side + inside).reshape(-1)

    def _padded(self, counts, symbols):
        padded = np.full((len(counts), max(int(counts.max()), 1)), self.symbols, np.int16)
        padded[np.arange(padded.shape[1]) < counts[:, None]] = symbols
        return padded

    def phases(self, samples):
        """The phase that each block has in the world."""
        return phase_of(samples % self.side, samples // self.side % self.side)

    def _bits(self, blocks):
        """[...,HABIT_BITS]: as writeHabit in workers/imagine/context.ts."""
        habits, column, row = self.habits[blocks], blocks % self.side, blocks // self.side % self.side
        bits = [habits >> bit for bit in range(self.info['habitBits'])]
        for bit in range(PARITY_BITS):
            bits += [column ^ habits >> bit, row ^ habits >> bit]
        return torch.from_numpy((np.stack(bits, -1) & 1).astype(np.float32))

    def _trimmed(self, symbols, known):
        symbols = np.where(known[..., None], symbols, self.symbols)
        return symbols[..., :max(1, int((symbols != self.symbols).sum(-1).max()))]

    def batch(self, samples, phases=None, rng=None, corrupt=0.0):
        """Blocks and what they are told, as tensors.

        samples: indices of blocks. phases: as which phase each is told; None: as in the world. corrupt: share of known
        cells that are swapped for a cell of some other block, for imagined neighbours are not perfect either.
        Returns told [B,cell slots,K] and whole [B,block slots,M] symbols (symbolCount: nothing), known and styles
        [B,slots], habits [B,slots,bits], and for each token said, state, cell, thing, choice [B,T] and possible [B,T,32]; behind a block's end
        `choice` is -1.
        """
        phases = self.phases(samples) if phases is None else phases
        known = self.known[phases]
        blocks = samples[:, None] + self.slot_blocks
        single = len(self.slot_cells)
        cells, far = blocks[:, :single] * ALL_CELLS + self.slot_cells, blocks[:, single:]
        if corrupt:
            other = lambda shape: rng.choice(self.samples, shape)
            swapped = other(cells.shape) * ALL_CELLS + rng.integers(0, ALL_CELLS, cells.shape)
            cells = np.where(rng.random(cells.shape) < corrupt, swapped, cells)
            far = np.where(rng.random(far.shape) < corrupt, other(far.shape), far)
        told = self._trimmed(self.cells[cells], known[:, :single])
        whole = self._trimmed(self.whole[far], known[:, single:])
        lengths = self.lengths[samples]
        at = np.arange(lengths.max())
        inside = at < lengths[:, None]
        rows = self.rows[np.where(inside, self.starts[samples][:, None] + at, 0)]
        bits = (rows['possible'][..., None] >> np.arange(32, dtype=np.uint32)) & 1
        tensor = lambda a: torch.from_numpy(a.astype(np.int64))
        return {
            'told': tensor(told), 'whole': tensor(whole),
            'known': torch.from_numpy(known.astype(np.float32)),
            'styles': tensor(self.styles[blocks]), 'habits': self._bits(blocks),
            **{name: tensor(rows[name]) for name in ('said', 'state', 'cell', 'thing')},
            'choice': tensor(np.where(inside, rows['choice'].astype(np.int64), -1)), 'possible': torch.from_numpy(bits.astype(bool)),
        }


def sorted_batches(blocks, samples, size, rng=None):
    """Batches of blocks of like length, so that little is padding; in random order when there is a generator."""
    keys = blocks.lengths[samples] + (rng.random(len(samples)) * 6 if rng else 0)
    order = samples[np.argsort(keys, kind='stable')]
    batches = [order[k:k + size] for k in range(0, len(order), size)]
    return [batches[k] for k in rng.permutation(len(batches))] if rng else batches
