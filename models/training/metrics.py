"""Held-out figures: the network against the truth, beside the raw map against the truth. Colour range is 0..1."""

import math

import torch
import torch.nn.functional as F

from dataset import COLOR, INVERSE_DEPTH
from losses import gradients, silhouettes
from temporal import flicker, pair_grid


def psnr(a, b):
    """Peak signal to noise, dB, of each frame; [B,C,H,W] in 0..1 -> [B]."""
    mse = (a - b).pow(2).mean(dim=(1, 2, 3)).clamp_min(1e-10)
    return -10 * torch.log10(mse)


def ssim(a, b):
    """Structural similarity of each frame, [B,C,H,W] in 0..1 -> [B]: 11x11 Gaussian of sigma 1.5, no padding."""
    x = torch.arange(11, dtype=a.dtype, device=a.device) - 5
    g = torch.exp(-x * x / (2 * 1.5 * 1.5))
    g = g / g.sum()
    channels = a.shape[1]
    across, down = g.view(1, 1, 1, 11).repeat(channels, 1, 1, 1), g.view(1, 1, 11, 1).repeat(channels, 1, 1, 1)
    blur = lambda v: F.conv2d(F.conv2d(v, across, groups=channels), down, groups=channels)
    ma, mb = blur(a), blur(b)
    va, vb, cov = blur(a * a) - ma * ma, blur(b * b) - mb * mb, blur(a * b) - ma * mb
    c1, c2 = 0.01 ** 2, 0.03 ** 2
    score = (2 * ma * mb + c1) * (2 * cov + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    return score.mean(dim=(1, 2, 3))


def sharpness(rgb):
    """Mean gradient magnitude of the luma of each frame, [B,3,H,W] -> [B]."""
    luma = (rgb * rgb.new_tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1, keepdim=True)
    dx, dy = gradients(luma)
    return (dx * dx + dy * dy).sqrt().mean(dim=(1, 2, 3))


def _figures(rgb, inverse_depth, batch):
    error = (inverse_depth - batch['inverseDepth']).abs()
    edge = silhouettes(batch['inverseDepth'])
    inside = lambda mask: (error * mask).sum(dim=(1, 2, 3)) / mask.sum(dim=(1, 2, 3)).clamp_min(1)
    return {
        'psnrDb': psnr(rgb, batch['color']),
        'ssim': ssim(rgb, batch['color']),
        'sharpness': sharpness(rgb) / sharpness(batch['color']).clamp_min(1e-6),
        'inverseDepthError': error.mean(dim=(1, 2, 3)),
        'inverseDepthErrorAtEdges': inside(edge),
    }


def evaluate(model, dataset, frames, batch_size=16):
    """Mean figures over `frames` frames spread evenly over the dataset: {'frames', 'network': {..}, 'map': {..}}."""
    count = min(frames, len(dataset)) // 2 * 2
    clips = [int((i + 0.5) * (len(dataset) // 2) / (count // 2)) for i in range(count // 2)]
    chosen = [frame for clip in clips for frame in (2 * clip, 2 * clip + 1)]
    changes = {'network': [0.0, 0.0], 'map': [0.0, 0.0]}
    sums = {'network': {}, 'map': {}}
    was_training = model.training
    model.eval()
    with torch.no_grad():
        for start in range(0, count, batch_size):
            batch = dataset.batch(chosen[start:start + batch_size])
            meeting = pair_grid(batch)
            painted = model(batch['image'], batch['style'])
            raw = batch['image'][:, COLOR], batch['image'][:, INVERSE_DEPTH]
            for who, (rgb, depth) in (('network', painted), ('map', raw)):
                for k, value in enumerate(flicker(rgb, batch['color'], *meeting)):
                    changes[who][k] += value
                for name, values in _figures(rgb, depth, batch).items():
                    sums[who][name] = sums[who].get(name, 0.0) + float(values.sum())
    model.train(was_training)
    mean = lambda who: {
        **{name: round(value / count, 5) for name, value in sums[who].items()},
        'flicker': round(changes[who][0] / max(changes[who][1], 1e-9), 4),
    }
    figures = {'frames': count, 'network': mean('network'), 'map': mean('map')}
    if not all(math.isfinite(v) for v in figures['network'].values()):
        raise FloatingPointError('The network gives NaN or infinity on held-out frames. Train anew with a lower --lr.')
    return figures


def describe(figures):
    """Two lines for a terminal."""
    row = lambda who, f: (
        f'  {who:8} PSNR {f["psnrDb"]:6.2f} dB  SSIM {f["ssim"]:.4f}  sharpness {f["sharpness"]:.3f}  flicker {f["flicker"]:.3f}  '
        f'inverse depth error {f["inverseDepthError"]:.5f} 1/m, at edges {f["inverseDepthErrorAtEdges"]:.5f}')
    return row('network', figures['network']) + '\n' + row('raw map', figures['map'])
