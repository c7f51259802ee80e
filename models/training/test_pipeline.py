"""Synthetic data -> short training -> resume -> export -> ONNX check. Run: python3 test_pipeline.py [seconds]"""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE = 128
CLASSES = 'sky ground wall arch pier column plinth stair sphere water plant'.split()


def fields():
    s = SIZE
    return [
        ('mapColor', '|u1', [s, s, 3], 1 / 255), ('mapInverseDepth', '<u2', [s, s], 4 / 65535),
        ('mapNormal', '|i1', [s, s, 3], 1 / 127), ('mapSun', '|u1', [s, s], 1 / 255), ('mapClass', '|u1', [s, s], 1),
        ('noise', '|u1', [s, s, 3], 1 / 255), ('joints', '|i1', [s, s, 2], 1 / 127), ('tileTone', '|u1', [s, s], 1 / 255),
        ('rays', '<i2', [s, s, 2], 1 / 32767),
        ('color', '|u1', [s, s, 3], 1 / 255),
        ('inverseDepth', '<u2', [s, s], 4 / 65535), ('style', '<f4', [36], 1), ('worldFromCamera', '<f4', [16], 1),
        ('camera', '<f4', [4], 1), ('action', '<f4', [5], 1), ('frameInClip', '<u4', [], 1), ('seed', '<u4', [], 1),
    ]


def synthetic_frame(rng, dtype):
    """Boxes on a plane; the truth adds texture from the noise, smooth shade and slightly narrower boxes."""
    record = np.zeros((), dtype)
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    noise = rng.random((SIZE, SIZE, 3))
    palette, kind = rng.random((10, 3)), np.where(y > 0.5, 1, 0)
    depth, color = np.where(y > 0.5, y - 0.45, 0.0), np.where((y > 0.5)[..., None], palette[2], palette[1])
    true_depth, truth = depth.copy(), color * (0.8 + 0.4 * noise[..., :1] * (y > 0.5)[..., None])
    for _ in range(5):
        left, top, wide = rng.random() * 0.8, 0.2 + rng.random() * 0.3, 0.1 + rng.random() * 0.2
        far = 0.1 + rng.random() * 0.9
        which, tint = int(rng.integers(2, 11)), palette[rng.integers(3, 8)]
        box = (x > left) & (x < left + wide) & (y > top) & (y < top + 0.35) & (depth < far)
        inner = box & (x > left + 0.015) & (x < left + wide - 0.015)
        kind, depth = np.where(box, which, kind), np.where(box, far, depth)
        color, true_depth = np.where(box[..., None], tint, color), np.where(inner, far, true_depth)
        truth = np.where(inner[..., None], tint * (0.7 + 0.3 * noise[..., 1:2]) * (1 - 0.3 * y[..., None]), truth)
    to_byte = lambda v: np.clip(v * 255 + 0.5, 0, 255).astype(np.uint8)
    record['mapColor'], record['color'], record['noise'] = to_byte(color), to_byte(truth), to_byte(noise)
    record['mapInverseDepth'], record['inverseDepth'] = depth / 4 * 65535, true_depth / 4 * 65535
    record['mapClass'], record['mapSun'], record['mapNormal'][..., 1] = kind, 255, 127
    record['rays'][..., 0] = (0.5 - y) * 32767
    record['style'][6:] = palette.ravel()
    record['worldFromCamera'], record['camera'] = np.eye(4).ravel(), [SIZE, SIZE, SIZE / 2, SIZE / 2]
    return record


def write_dataset(folder):
    dtype = np.dtype([(name, kind, tuple(shape)) for name, kind, shape, _ in fields()])
    rng, shards = np.random.default_rng(0), []
    for split, frames in (('train', 40), ('train', 24), ('heldout', 12)):
        name = f'{split}-{len(shards):03d}.bin'
        # The two frames of a clip are the same: what stands still must be painted still.
        np.repeat(np.stack([synthetic_frame(rng, dtype) for _ in range(frames // 2)]), 2).tofile(os.path.join(folder, name))
        shards.append({'file': name, 'frames': frames, 'split': split, 'seeds': [len(shards)]})
    meta = {
        'schema': 'reverie-data/2', 'framesPerClip': 2, 'width': SIZE, 'height': SIZE, 'classes': CLASSES, 'recordBytes': dtype.itemsize,
        'fields': [{'name': n, 'dtype': d, 'shape': s, 'scale': k} for n, d, s, k in fields()], 'shards': shards,
    }
    with open(os.path.join(folder, 'dataset.json'), 'w', encoding='utf-8') as file:
        json.dump(meta, file)


def check_reading(folder):
    """Decoded values agree with numpy's own reading of the record, and mirroring twice is no change."""
    sys.path.insert(0, HERE)
    import torch
    from augment import augment
    from dataset import PaintDataset
    dataset = PaintDataset(folder, 'train')
    dtype = np.dtype([(name, kind, tuple(shape)) for name, kind, shape, _ in fields()])
    record, batch = np.fromfile(os.path.join(folder, 'train-001.bin'), dtype)[3], dataset.batch([43])
    assert len(dataset) == 64
    image = batch['image'][0].numpy()
    assert np.allclose(image[0:3], record['mapColor'].transpose(2, 0, 1) / 255, atol=1e-6)
    assert np.allclose(image[3], record['mapInverseDepth'] * (4 / 65535), atol=1e-6)
    assert np.allclose(image[8:18].sum(0), record['mapClass'] > 0)
    assert np.allclose(image[24], record['rays'][..., 0] / 32767, atol=1e-6)
    assert np.allclose(image[21:23], record['joints'].transpose(2, 0, 1) / 127, atol=1e-6)
    assert np.allclose(batch['style'][0], record['style'])
    same = dataset.batch([43] * 64)
    changed = augment(same, torch.Generator().manual_seed(0), corrupt=0.0)
    # A pixel's colour stays one of the permutations of the original, at its place or at the mirrored one.
    total = lambda image: image[:, 0:3].sum(1)
    there, back = total(same['image']), total(same['image'].flip(3))
    distance = lambda other: (total(changed['image']) - other).abs().amax((1, 2))
    error = torch.minimum(distance(there), distance(back))
    assert float(error.max()) < 1e-5, 'augmentation changed more than channel order and side'
    assert not torch.equal(changed['image'], same['image'])


def check_stillness(folder):
    """A clip that stands still meets itself in every texel, mirrored or not."""
    import torch
    from augment import augment
    from dataset import PaintDataset
    from temporal import temporal_loss
    changed = augment(PaintDataset(folder, 'train').batch(range(16)), torch.Generator().manual_seed(1), corrupt=0.0)
    assert float(changed['mask'].mean()) > 0.9
    loss = lambda rgb: float(temporal_loss(rgb, changed['color'], changed['grid'], changed['mask']))
    assert loss(changed['color']) == 0
    flickering = changed['color'].clone()
    flickering[1::2] += 0.1
    assert abs(loss(flickering) - 0.1) < 0.01


def check_start():
    """The untrained painter returns the raw map."""
    import torch
    from network import Painter
    image, style = torch.rand(1, 26, SIZE, SIZE), torch.rand(1, 36)
    with torch.no_grad():
        rgb, depth = Painter().eval()(image, style)
    assert float((rgb - image[:, 0:3]).abs().mean()) < 0.05 and float((depth - image[:, 3:4]).abs().mean()) < 0.05


def run(script, *arguments):
    print('$', script, *arguments, flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, script), *arguments], check=True)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        data, out, package = (os.path.join(folder, name) for name in ('data', 'run', 'package'))
        for path in (data, package):
            os.makedirs(path)
        write_dataset(data)
        check_reading(data)
        check_stillness(data)
        check_start()
        with open(os.path.join(package, 'manifest.json'), 'w', encoding='utf-8') as file:
            json.dump({'graphs': {'step': {'file': 'paint.onnx', 'bytes': 0, 'sha256': ''}}}, file)
        common = ['--data', data, '--out', out, '--eval-minutes', '0.4']
        run('train.py', *common, '--minutes', str(seconds / 60 * 0.7), '--workers', '2')
        run('train.py', *common, '--minutes', str(seconds / 60), '--workers', '2', '--resume')
        run('export.py', '--run', out, '--data', data, '--out', package)
        large = os.path.join(folder, 'large')
        run('export.py', '--run', out, '--data', data, '--out', large, '--size', '256')
        assert os.path.getsize(os.path.join(large, 'self-check.bin')) > 4 * 26 * 256 * 256
        with open(os.path.join(out, 'eval.jsonl'), encoding='utf-8') as file:
            last = [json.loads(line) for line in file][-1]
        assert last['network']['psnrDb'] > last['map']['psnrDb'] + 1, 'the painter learned nothing'
        with open(os.path.join(package, 'manifest.json'), encoding='utf-8') as file:
            step = json.load(file)['graphs']['step']
        assert step['bytes'] == os.path.getsize(os.path.join(package, 'paint.onnx')) <= 3_200_000
        assert len(step['sha256']) == 64
        floats = 26 * SIZE * SIZE + 36 + 4 * SIZE * SIZE
        assert os.path.getsize(os.path.join(package, 'self-check.bin')) == 4 * floats
        if os.environ.get('KEEP'):  # a look at the pictures
            for name in ('sheet.png', 'loss.png'):
                os.replace(os.path.join(out, name), os.path.join(os.environ['KEEP'], name))
        print('pipeline: all checks passed')


if __name__ == '__main__':
    main()
