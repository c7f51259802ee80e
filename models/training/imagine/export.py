"""Writes the trained token model as two ONNX graphs: `imagine-prefill.onnx` (what stands around a block -> keys and
values) and `imagine-step.onnx` (one symbol more -> logits, and its keys and values).

python3 export.py --run runs/imagine --out models/courtyards
"""

import argparse
import hashlib
import inspect
import json
import math
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from blocks import Blocks
from model import HEAD_WIDTH, HEADS, LAYERS, Imagine, count_parameters, load_weights
from train import checkpoint_path

BATCH = 8
PAST = 64
# For CPU and WASM only: imagining must give the same bits on every device.
SAFE_OPERATORS = {
    'Add', 'Cast', 'Concat', 'Constant', 'Gather', 'Gemm', 'Identity', 'LayerNormalization', 'MatMul', 'Mul', 'Neg',
    'Relu', 'Reshape', 'Slice', 'Softmax', 'Split', 'Squeeze', 'Sub', 'Transpose', 'Unsqueeze',
}


class Prefill(nn.Module):
    """context [B,slots,1+styles+bits+symbols] -> keys [layers,B,HEAD_WIDTH,slots], values [layers,B,slots,HEAD_WIDTH]."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        with torch.no_grad():
            self.rows = nn.Parameter(torch.cat([model.known[None], model.style.weight, model.habit, model.table]))

    def forward(self, context):
        x = context @ self.rows + self.model.slot
        keys, values = [], []
        for index, layer in enumerate(self.model.layers):
            normed = layer.norm1(x)
            key, value = layer.keys_values(normed)
            key = key.transpose(1, 2)
            keys.append(key)
            values.append(value)
            # Nobody looks at what the last layer makes of the slots.
            if index + 1 < LAYERS:
                x = layer.finish(x, (layer.queries(normed) @ key).softmax(-1) @ value)
        return torch.stack(keys), torch.stack(values)


class Step(nn.Module):
    """One token of each block: tokens [B,4] (said, state, cell, thing), mask [P] (0 where the past is filled, very
    negative behind it) and of each layer keys [B,HEAD_WIDTH,P] and values [B,P,HEAD_WIDTH] -> logits [B,symbols], and
    the token's own keys and values [B, layers*2*HEAD_WIDTH]. As few nodes as possible: each costs a WASM build time."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        tables = (model.table, model.state.weight, model.cell.weight, model.thing.weight)
        firsts = np.cumsum([0] + [len(table) for table in tables[:-1]])
        self.register_buffer('firsts', torch.tensor(firsts, dtype=torch.int32))
        self.register_buffer('ones', torch.ones(1, 4))
        with torch.no_grad():
            self.tables = nn.Parameter(torch.cat(tables))
            self.projections = nn.ParameterList(
                torch.cat([layer.query.weight, layer.key_value.weight]).T for layer in model.layers)

    def forward(self, tokens, mask, *past):
        x = self.ones @ self.tables[tokens + self.firsts]
        new = []
        for index, layer in enumerate(self.model.layers):
            past_keys, past_values = past[2 * index:2 * index + 2]
            projected = layer.norm1(x) @ self.projections[index]
            queries, own = projected.split([HEADS * HEAD_WIDTH, 2 * HEAD_WIDTH], 2)
            key, value = own.split(HEAD_WIDTH, 2)
            queries = queries.reshape(BATCH, HEADS, HEAD_WIDTH) * (1 / math.sqrt(HEAD_WIDTH))
            # The newest one is kept apart, so that the cache need not be copied to append it.
            scores = torch.cat([queries @ past_keys + mask, queries @ key.reshape(BATCH, HEAD_WIDTH, 1)], 2).softmax(-1)
            x = layer.finish(x, scores[:, :, :-1] @ past_values + scores[:, :, -1:] * value)
            new.append(own)
        return self.model.read_out(x).reshape(BATCH, -1), torch.cat(new, 2).reshape(BATCH, -1)


def load_model(run):
    """The trained model with weights as fp16 stores them. Raises SystemExit when the run has no checkpoint."""
    path = checkpoint_path(run)
    if not os.path.exists(path):
        raise SystemExit(f'There is no {path}. Train first, with train.py --out {run}.')
    saved = torch.load(path, map_location='cpu')
    model = Imagine(saved['info'])
    load_weights(model, saved['ema'])
    return round_weights(model)


def round_weights(model):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
    return model.eval()


def export_graph(module, inputs, names, outputs, path, dynamic=None):
    """Writes and checks an opset 17 graph with its weights in fp16; returns its operators."""
    old = {'dynamo': False} if 'dynamo' in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(module, inputs, path, input_names=names, output_names=outputs, opset_version=17,
                      do_constant_folding=True, dynamic_axes=dynamic, **old)
    graph = onnx.load(path)
    halve_weights(graph.graph)
    onnx.checker.check_model(graph, full_check=True)
    used = {node.op_type for node in graph.graph.node}
    if used - SAFE_OPERATORS:
        raise ValueError(f'{path} uses {sorted(used - SAFE_OPERATORS)}, which export.py does not know. Rewrite the layer.')
    onnx.save(graph, path)
    return sorted(used)


def halve_weights(graph):
    """Stores large fp32 weights as fp16 with a Cast behind them, which ONNX Runtime folds when it loads the graph."""
    for initializer in list(graph.initializer):
        weights = numpy_helper.to_array(initializer)
        if initializer.data_type != TensorProto.FLOAT or weights.size < 64:
            continue
        name = initializer.name
        graph.initializer.remove(initializer)
        graph.initializer.append(numpy_helper.from_array(weights.astype(np.float16), f'{name}_half'))
        graph.node.insert(0, helper.make_node('Cast', [f'{name}_half'], [name], to=TensorProto.FLOAT))


def export_model(model, out):
    """Writes both graphs; returns their operators."""
    info = model.info
    prefill, step = Prefill(model).eval(), Step(model).eval()
    features = info['slotHead'] + info['symbolCount']
    context = torch.rand(BATCH, len(info['slots']), features)
    tokens = torch.zeros(BATCH, 4, dtype=torch.int32)
    past, names, dynamic = [], [], {'mask': {0: 'past'}}
    for layer in range(LAYERS):
        past += [torch.randn(BATCH, HEAD_WIDTH, PAST), torch.randn(BATCH, PAST, HEAD_WIDTH)]
        names += [f'keys{layer}', f'values{layer}']
        dynamic |= {f'keys{layer}': {2: 'past'}, f'values{layer}': {1: 'past'}}
    with torch.no_grad():
        operators = export_graph(prefill, (context,), ['context'], ['keys', 'values'],
                                 os.path.join(out, 'imagine-prefill.onnx'))
        operators += export_graph(
            step, (tokens, torch.zeros(PAST), *past), ['tokens', 'mask', *names], ['logits', 'keysValues'],
            os.path.join(out, 'imagine-step.onnx'), dynamic)
    return sorted(set(operators))


def check_parity(model, batch, out):
    """Largest difference of the step-by-step graphs' logits to the model's, on real blocks, by ONNX's own reference."""
    from onnx.reference import ReferenceEvaluator
    read = lambda name: ReferenceEvaluator(os.path.join(out, name))
    prefill, step = read('imagine-prefill.onnx'), read('imagine-step.onnx')
    info, slots = model.info, len(model.info['slots'])
    first_bit = 1 + len(info['styles'])
    first_symbol = info['slotHead']
    context = np.zeros((BATCH, slots, first_symbol + info['symbolCount'] + 1), np.float32)
    context[..., 0] = batch['known'].numpy()
    np.put_along_axis(context, 1 + batch['styles'].numpy()[..., None], 1, -1)
    context[..., first_bit:first_symbol] = batch['habits'].numpy()
    for symbols, first in ((batch['told'], 0), (batch['whole'], batch['told'].shape[1])):
        b, slot, _ = np.indices(symbols.shape)
        np.add.at(context, (b, first + slot, first_symbol + symbols.numpy()), 1)
    keys, values = prefill.run(None, {'context': context[..., :-1]})
    with torch.no_grad():
        truth = model.logits(batch)
    worst, length = 0.0, min(12, truth.shape[1])
    for t in range(length):
        tokens = np.stack([batch[name][:, t].numpy() for name in ('said', 'state', 'cell', 'thing')], 1).astype(np.int32)
        mask = np.zeros(keys.shape[3], np.float32)
        past = {f'{name}{k}': cache[k] for k in range(LAYERS) for name, cache in (('keys', keys), ('values', values))}
        logits, new = step.run(None, {'tokens': tokens, 'mask': mask, **past})
        key, value = new.reshape(BATCH, LAYERS, 2, HEAD_WIDTH).transpose(2, 1, 0, 3)
        keys, values = np.concatenate([keys, key[..., None]], 3), np.concatenate([values, value[:, :, None]], 2)
        for b in range(BATCH):
            first = model.first[batch['state'][b, t]]
            for c in torch.nonzero(batch['possible'][b, t]).flatten():
                if batch['choice'][b, t] >= 0:
                    worst = max(worst, abs(float(truth[b, t, c] - logits[b, first + c])))
    if worst > 1e-3:
        raise ValueError(f'The graphs in {out} differ from PyTorch by {worst}. Do not ship them.')
    return f'largest difference of a logit from PyTorch over {length} steps: {worst:.1e}'


def update_manifest(folder, graphs):
    """Writes size and hash of the graphs into an existing manifest. graphs: key in the manifest -> file name."""
    path = os.path.join(folder, 'manifest.json')
    manifest = None
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            manifest = json.load(file)
    for key, name in graphs.items():
        with open(os.path.join(folder, name), 'rb') as file:
            data = file.read()
        digest = hashlib.sha256(data).hexdigest()
        print(f'{name}: {len(data)} bytes, sha256 {digest}')
        if manifest:
            manifest['graphs'][key] = {'file': name, 'bytes': len(data), 'sha256': digest}
    if manifest:
        with open(path + '.tmp', 'w', encoding='utf-8') as file:
            file.write(json.dumps(manifest, indent=2, ensure_ascii=False) + '\n')
        os.replace(path + '.tmp', path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--run', default='runs/imagine')
    parser.add_argument('--data', default='data/imagine')
    parser.add_argument('--out', default='models/courtyards')
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    model = load_model(options.run)
    print('operators:', *export_model(model, options.out))
    print(f'{count_parameters(model)} parameters; batch {BATCH}')
    update_manifest(options.out, {'imaginePrefill': 'imagine-prefill.onnx', 'imagineStep': 'imagine-step.onnx'})
    heldout = Blocks(options.data, 'heldout')
    print(check_parity(model, heldout.batch(heldout.samples[:BATCH]), options.out))


if __name__ == '__main__':
    main()
