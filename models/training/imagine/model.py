"""The token model `imagine`: a small causal transformer that is told its surroundings first."""

import math

import torch
from torch import nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, HEAD_WIDTH, HIDDEN = 96, 3, 4, 32, 384


class Layer(nn.Module):
    """Attention in which all heads share keys and values (so that the cache is small), then a squared-ReLU network."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query = nn.Linear(WIDTH, HEADS * HEAD_WIDTH, bias=False)
        self.key_value = nn.Linear(WIDTH, 2 * HEAD_WIDTH, bias=False)
        self.out = nn.Linear(HEADS * HEAD_WIDTH, WIDTH, bias=False)
        self.up, self.down = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, WIDTH)

    def keys_values(self, x):
        """x [B,L,WIDTH], normed -> keys, values [B,L,HEAD_WIDTH]."""
        return self.key_value(x).split(HEAD_WIDTH, -1)

    def queries(self, x):
        """x [B,L,WIDTH], normed -> [B, L*HEADS, HEAD_WIDTH], scaled."""
        batch, length = x.shape[0], x.shape[1]
        return self.query(x).reshape(batch, length * HEADS, HEAD_WIDTH) * (1 / math.sqrt(HEAD_WIDTH))

    def finish(self, x, attended):
        """Adds what was attended to [B, L*HEADS, HEAD_WIDTH], and the network's part."""
        x = x + self.out(attended.reshape(x.shape[0], x.shape[1], HEADS * HEAD_WIDTH))
        hidden = functional.relu(self.up(self.norm2(x)))
        return x + self.down(hidden * hidden)

    def forward(self, x, mask):
        """mask [L, L], added to the scores: 0 where a row may look, very negative elsewhere."""
        normed = self.norm1(x)
        keys, values = self.keys_values(normed)
        scores = self.queries(normed) @ keys.transpose(1, 2) + mask.repeat_interleave(HEADS, 0)
        return self.finish(x, scores.softmax(-1) @ values)


class Imagine(nn.Module):
    """Symbols of what was said and of what stands around share one table, which also reads out the answer."""

    def __init__(self, info):
        super().__init__()
        self.info = info
        self.symbols, self.slots = info['symbolCount'], len(info['slots'])
        self.table = nn.Parameter(torch.randn(self.symbols, WIDTH) * 0.05)
        self.state = nn.Embedding(len(info['states']), WIDTH)
        self.cell = nn.Embedding(len(info['cellOrder']), WIDTH)
        self.thing = nn.Embedding(info['maxThingIndex'] + 1, WIDTH)
        self.slot = nn.Parameter(torch.randn(self.slots, WIDTH) * 0.05)
        self.known = nn.Parameter(torch.randn(WIDTH) * 0.05)
        self.style = nn.Embedding(len(info['styles']), WIDTH)
        self.habit = nn.Parameter(torch.randn(info['slotHead'] - 1 - len(info['styles']), WIDTH) * 0.05)
        for embedding in (self.state, self.cell, self.thing, self.style):
            nn.init.normal_(embedding.weight, std=0.05)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for layer in self.layers:
            for last in (layer.out, layer.down):
                nn.init.normal_(last.weight, std=0.02 / math.sqrt(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.zeros(self.symbols))
        first = torch.tensor([state['firstSymbol'] for state in info['states']])
        self.register_buffer('first', first, persistent=False)

    def embed_context(self, told, whole, known, styles, habits):
        """told [B,cell slots,K], whole [B,block slots,M], known and styles [B,slots], habits [B,slots,bits]
        -> [B,slots,WIDTH]."""
        padded = torch.cat([self.table, self.table.new_zeros(1, WIDTH)])
        sums = [functional.embedding_bag(part.flatten(0, 1), padded, mode='sum').unflatten(0, part.shape[:2])
                for part in (told, whole)]
        return torch.cat(sums, 1) + known[..., None] * self.known + self.style(styles) + habits @ self.habit + self.slot

    def embed_tokens(self, said, state, cell, thing):
        return self.table[said] + self.state(state) + self.cell(cell) + self.thing(thing)

    def read_out(self, x):
        """-> [..., symbols] logits."""
        return self.norm(x) @ self.table.T + self.bias

    def logits(self, batch):
        """[B,T,32] logits of the choices of each token's state; very negative where the grammar forbids one."""
        prefix = self.embed_context(batch['told'], batch['whole'], batch['known'], batch['styles'], batch['habits'])
        x = torch.cat([prefix, self.embed_tokens(batch['said'], batch['state'], batch['cell'], batch['thing'])], 1)
        length = x.shape[1]
        mask = torch.full((length, length), -1e9, device=x.device).triu(1)
        mask[:self.slots, :self.slots] = 0  # what stands around may be looked at in any order
        for layer in self.layers:
            x = layer(x, mask)
        every = self.read_out(x[:, self.slots:])
        choices = torch.arange(32, device=x.device)
        symbols = (self.first[batch['state']][..., None] + choices).clamp(max=self.symbols - 1)
        return every.gather(-1, symbols).masked_fill(~batch['possible'], -1e9)

    def losses(self, batch):
        """Natural log losses of all tokens, one after the other, and which [B,T] they belong to."""
        said = batch['choice'] >= 0
        logits = self.logits(batch)[said].float()
        return functional.cross_entropy(logits, batch['choice'][said], reduction='none'), said


def load_weights(model, weights):
    """Loads weights, also of a model that was told less of a region's habit: what is new begins at zero."""
    missing = len(model.habit) - len(weights['habit'])
    if missing > 0:
        weights = {**weights, 'habit': torch.cat([weights['habit'], weights['habit'].new_zeros(missing, WIDTH)])}
    model.load_state_dict(weights)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())
