"""Halves a graph's download: weights are stored as fp16 and cast to fp32 when the graph is loaded.

Every provider then computes in fp32, whether or not its device knows fp16; ONNX Runtime folds the casts once.
"""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

# Smaller tensors (biases, scales) stay fp32: they weigh nothing.
SMALLEST = 256


def round_to_half(model):
    """Rounds the weights that will be stored as fp16 in place, so that PyTorch computes what the graph will."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.numel() >= SMALLEST:
                parameter.copy_(parameter.half().float())


def store_weights_as_half(path):
    """Rewrites the graph at `path`. Raises ValueError when a weight does not fit into fp16."""
    model = onnx.load(path)
    graph, casts = model.graph, []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(tensor)
        if values.size < SMALLEST:
            continue
        if np.abs(values).max() > 6e4:
            raise ValueError(f'{path}: weight {tensor.name} is too large for fp16. Export with --weights fp32.')
        half = numpy_helper.from_array(values.astype(np.float16), tensor.name + '_half')
        graph.initializer.remove(tensor)
        graph.initializer.append(half)
        casts.append(helper.make_node('Cast', [half.name], [tensor.name], name='cast_' + tensor.name, to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)  # a graph's nodes are in the order of their use
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
