"""Districts -> tokens -> short training -> resume -> baselines -> export -> parity. Run: python3 test_pipeline.py [seconds]"""

import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))


def run(*command):
    print('$', *command, flush=True)
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(result.stdout, result.stderr if result.returncode else '', flush=True)
    assert result.returncode == 0, f'{command[1]} failed'
    return result.stdout


def python(name, *options):
    return run(sys.executable, '-W', 'ignore', os.path.join(HERE, name), *options)


def check_blocks(folder):
    """What a batch holds, against a slow reading of the same files."""
    from blocks import Blocks
    blocks = Blocks(folder, 'heldout')
    sample = blocks.samples[[0, 33]]
    batch = blocks.batch(sample)
    for b, index in enumerate(sample):
        start, length = blocks.starts[index], blocks.lengths[index]
        assert (batch['choice'][b, :length].numpy() == blocks.rows['choice'][start:start + length]).all()
        assert (batch['choice'][b, length:] == -1).all()
        chosen = np.take_along_axis(batch['possible'][b].numpy(), batch['choice'][b, :, None].clamp(min=0).numpy(), 1)
        assert chosen[:length].all(), 'a choice that was made is not possible'
        for slot, at in enumerate(blocks.info['slots']):
            neighbour = index + at['blockDi'] + blocks.side * at['blockDj']
            wanted = [s for k in at['cells'] for s in blocks.cells[neighbour * 9 + k] if s < blocks.symbols]
            single = len(blocks.slot_cells)
            told = batch['told'][b, slot] if slot < single else batch['whole'][b, slot - single]
            told = told[told < blocks.symbols].tolist()
            assert sorted(told) == sorted(wanted if batch['known'][b, slot] else [])
            assert batch['styles'][b, slot] == blocks.styles[neighbour]


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        data, out, package = (os.path.join(folder, name) for name in ('data', 'run', 'package'))
        run('node', 'scripts/run-ts.mjs', 'models/training/imagine/generate-tokens.ts', '--out', data, '--train', '4',
            '--heldout', '1')
        check_blocks(data)
        options = ['--data', data, '--out', out, '--eval-minutes', '0.1']
        python('train.py', *options, '--minutes', str(seconds / 120))
        text = python('train.py', *options, '--minutes', str(seconds / 60), '--resume')
        bits = float(text.split(' held out')[-2].split()[-1])
        unigram = float(python('baselines.py', '--data', data).split()[1].rstrip(','))
        assert bits < unigram + 1, f'{bits} bits a token after training, unigram {unigram}'
        assert os.path.getsize(os.path.join(out, 'loss.png')) > 0
        assert 'largest difference' in python('export.py', '--run', out, '--data', data, '--out', package)
        for name in ('imagine-prefill.onnx', 'imagine-step.onnx'):
            assert os.path.getsize(os.path.join(package, name)) < 1.2e6
    print('The pipeline works.')


if __name__ == '__main__':
    main()
