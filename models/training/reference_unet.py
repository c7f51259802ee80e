"""Makes reference-unet.onnx: what times of `paint` are compared with, so that they mean something on any machine.

A plain U-Net of three levels with 32 base channels at 64x64, two 3x3 convolutions a level, max pooling, nearest
upsampling, three channels in and four out. Its weights are one number each, made inside the graph: time does not depend on
values, and the file stays small.

python3 reference_unet.py [--out reference-unet.onnx]
"""

import argparse

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE, BASE, INPUTS, OUTPUTS = 64, 32, 3, 4
# Small, and not so small that numbers become denormal on the way, which processors are slow with.
WEIGHT = 0.01


class Graph:
    """Nodes in the order in which they are made."""

    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def constant(self, name, values):
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def node(self, operator, inputs, **attributes):
        self.count += 1
        name = f'{operator.lower()}{self.count}'
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def convolution(self, x, inputs, outputs, size=3, activate=True):
        shape = self.constant(f'shape{self.count}', np.array([outputs, inputs, size, size], np.int64))
        value = helper.make_tensor('value', TensorProto.FLOAT, [1], [WEIGHT])
        weights = self.node('ConstantOfShape', [shape], value=value)
        x = self.node('Conv', [x, weights], kernel_shape=[size, size], pads=[size // 2] * 4)
        return self.node('Relu', [x]) if activate else x

    def double(self, x, inputs, outputs):
        return self.convolution(self.convolution(x, inputs, outputs), outputs, outputs)

    def up(self, x, skip, inputs, outputs):
        scales = self.constant(f'scales{self.count}', np.array([1, 1, 2, 2], np.float32))
        x = self.node('Resize', [x, '', scales], mode='nearest')
        return self.double(self.node('Concat', [x, skip], axis=1), inputs + outputs, outputs)


def make_graph():
    graph = Graph()
    fine = graph.double('image', INPUTS, BASE)
    middle = graph.double(graph.node('MaxPool', [fine], kernel_shape=[2, 2], strides=[2, 2]), BASE, 2 * BASE)
    coarse = graph.double(graph.node('MaxPool', [middle], kernel_shape=[2, 2], strides=[2, 2]), 2 * BASE, 4 * BASE)
    x = graph.up(coarse, middle, 4 * BASE, 2 * BASE)
    x = graph.up(x, fine, 2 * BASE, BASE)
    x = graph.convolution(x, BASE, OUTPUTS, 1, activate=False)
    graph.nodes[-1].output[0] = 'picture'
    shaped = lambda name, channels: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, channels, SIZE, SIZE])
    made = helper.make_graph(graph.nodes, 'reference', [shaped('image', INPUTS)], [shaped('picture', OUTPUTS)], graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', default='reference-unet.onnx')
    options = parser.parse_args()
    onnx.save(make_graph(), options.out)


if __name__ == '__main__':
    main()
