"""Writes the trained painter as a world package's graph, with a stored input and output to check devices against.

python3 export.py --run runs/paint --data data/paint --out models/courtyards
python3 export.py --run runs/paint --data data/paint --out models/courtyards-256 --size 256
"""

import argparse
import hashlib
import inspect
import json
import os

import numpy as np
import onnx
import torch

from dataset import PaintDataset
from metrics import describe, evaluate
from half_weights import round_to_half, store_weights_as_half
from network import Painter, count_macs, count_parameters
from train import checkpoint_path

# Operators known to run on both the WebGPU and the WASM provider of ONNX Runtime Web 1.30.
SAFE_OPERATORS = {
    'Add', 'Cast', 'Clip', 'Concat', 'Constant', 'Conv', 'DepthToSpace', 'Gather', 'Gemm', 'Identity', 'LeakyRelu',
    'MatMul', 'MaxPool', 'Mul', 'Neg', 'Relu', 'Reshape', 'Resize', 'Sigmoid', 'Slice', 'Softmax', 'Split',
    'Squeeze', 'Sub', 'Transpose', 'Unsqueeze',
}
OUTPUTS = ('rgb', 'inverseDepth')


def load_painter(run):
    """The moving average of the weights, in evaluation mode. Raises SystemExit when the run has no checkpoint."""
    path = checkpoint_path(run)
    if not os.path.exists(path):
        raise SystemExit(f'There is no {path}. Train first, with train.py --out {run}.')
    model = Painter()
    try:
        model.load_state_dict(torch.load(path, map_location='cpu')['ema'])
    except RuntimeError as error:
        raise SystemExit(f'{path} was made by another version of network.py; train anew. {error}')
    return model.eval()


def export_onnx(model, image, style, path):
    """Writes and checks an opset 17 graph of fixed shapes; returns its operators. Raises ValueError on unsafe ones."""
    old = {'dynamo': False} if 'dynamo' in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        model, (image, style), path, input_names=['image', 'style'], output_names=list(OUTPUTS), opset_version=17,
        do_constant_folding=True, **old)
    graph = onnx.load(path)
    onnx.checker.check_model(graph, full_check=True)
    used = {node.op_type for node in graph.graph.node}
    if used - SAFE_OPERATORS:
        raise ValueError(
            f'{path} uses {sorted(used - SAFE_OPERATORS)}, not known to run in ONNX Runtime Web. Rewrite the layer.')
    return sorted(used)


def enlarge(image, size):
    """A map of `size` texels a side from a smaller one: flat classes stay classes, and nothing new is known."""
    factor = size // image.shape[2]
    return image.repeat_interleave(factor, 2).repeat_interleave(factor, 3)


def write_self_check(path, tensors):
    """Little-endian float32, one tensor after the other: inputs in manifest order, then outputs in manifest order."""
    with open(path, 'wb') as file:
        for tensor in tensors:
            file.write(tensor.numpy().astype('<f4').tobytes())


def compare_with_onnx(path, inputs, outputs):
    """Largest difference of each output between PyTorch and ONNX Runtime, or ONNX's own slow reference without it."""
    feeds = {name: tensor.numpy() for name, tensor in inputs.items()}
    try:
        import onnxruntime
        name = 'ONNX Runtime'
        results = onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider']).run(list(OUTPUTS), feeds)
    except ImportError:
        try:
            from onnx.reference import ReferenceEvaluator
        except ImportError:
            return 'no parity check here: neither onnxruntime nor onnx.reference is installed'
        name, results = 'the ONNX reference', ReferenceEvaluator(path).run(list(OUTPUTS), feeds)
    worst = [float(np.abs(got - want.numpy()).max()) for got, want in zip(results, outputs)]
    if max(worst) > 1e-3:
        raise ValueError(f'{path} differs from PyTorch by {worst} in {name}. Do not ship it.')
    return f'largest difference from {name}: rgb {worst[0]:.2e}, inverseDepth {worst[1]:.2e}'


def update_manifest(folder, graph_path):
    """Writes size and hash of the graph into an existing manifest; returns them."""
    with open(graph_path, 'rb') as file:
        data = file.read()
    size, digest = len(data), hashlib.sha256(data).hexdigest()
    path = os.path.join(folder, 'manifest.json')
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            manifest = json.load(file)
        manifest['graphs']['step'].update({'bytes': size, 'sha256': digest})
        with open(path + '.tmp', 'w', encoding='utf-8') as file:
            file.write(json.dumps(manifest, indent=2, ensure_ascii=False) + '\n')
        os.replace(path + '.tmp', path)
    return size, digest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--run', default='runs/paint')
    parser.add_argument('--data', default='data/paint')
    parser.add_argument('--out', default='models/courtyards')
    parser.add_argument('--size', type=int, default=128, choices=(128, 256), help='texels a side of the picture')
    parser.add_argument('--weights', default='fp16', choices=('fp16', 'fp32'), help='how weights are stored; all is computed in fp32')
    parser.add_argument('--eval-frames', type=int, default=400, help='held-out frames of the figures that are printed')
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    model = load_painter(options.run)
    if options.weights == 'fp16':
        round_to_half(model)  # what is checked and measured below is what ships
    try:
        heldout = PaintDataset(options.data, 'heldout')
    except ValueError as error:
        raise SystemExit(str(error))
    frame = heldout.batch([len(heldout) // 2])
    inputs = {'image': enlarge(frame['image'], options.size).contiguous(), 'style': frame['style'].contiguous()}
    graph_path = os.path.join(options.out, 'paint.onnx')
    operators = export_onnx(model, inputs['image'], inputs['style'], graph_path)
    if options.weights == 'fp16':
        store_weights_as_half(graph_path)
    with torch.no_grad():
        outputs = model(inputs['image'], inputs['style'])
    write_self_check(os.path.join(options.out, 'self-check.bin'), [*inputs.values(), *outputs])
    size, digest = update_manifest(options.out, graph_path)
    print(f'{graph_path}: {size} bytes, sha256 {digest}')
    print(f'{count_parameters(model)} parameters, {count_macs(model, options.size) / 1e9:.3f} G multiply-adds a frame')
    print('operators:', *operators)
    print(compare_with_onnx(graph_path, inputs, outputs))
    for split in ('heldout', 'newPalette'):
        try:
            figures = evaluate(model, PaintDataset(options.data, split), options.eval_frames)
        except ValueError:  # data made without this split
            continue
        print(f'{split}, {figures["frames"]} frames:\n{describe(figures)}')


if __name__ == '__main__':
    main()
