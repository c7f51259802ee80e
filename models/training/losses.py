"""What the painter is asked for: right colours, right edges, the right amount of detail, right depth."""

import torch
import torch.nn.functional as F

from temporal import temporal_loss

WEIGHTS = {'rgb': 1.0, 'gradient': 1.0, 'scales': 0.5, 'texture': 0.3, 'depth': 2.0, 'depthGradient': 2.0, 'temporal': 5.0}
# Silhouettes are few pixels and decide where the picture is cut: their depth counts this much more.
EDGE_WEIGHT = 8.0
# Neighbours whose inverse depth differs by more than this (1/m) make a silhouette.
SILHOUETTE_STEP = 0.03


def gradients(x):
    """Finite differences right and down, each [B,C,H-1,W-1]."""
    here = x[:, :, :-1, :-1]
    return x[:, :, :-1, 1:] - here, x[:, :, 1:, :-1] - here


def silhouettes(inverse_depth):
    """1 where the depth jumps to a neighbour, and one texel around; [B,1,H,W] -> [B,1,H,W]."""
    dx, dy = gradients(inverse_depth)
    jump = (torch.maximum(dx.abs(), dy.abs()) > SILHOUETTE_STEP).to(inverse_depth.dtype)
    return F.max_pool2d(F.pad(jump, (0, 1, 0, 1)), 3, 1, 1)


def paint_losses(rgb, inverse_depth, batch):
    """Unweighted terms, each a scalar. rgb and inverse_depth are the network's, batch is `PaintDataset.batch`.

    texture compares the local amount of detail, not its place: pixelwise terms alone answer
    what cannot be known with blur.
    """
    truth, depth = batch['color'], batch['inverseDepth']
    error = rgb - truth
    dx, dy = gradients(rgb)
    tx, ty = gradients(truth)
    ex, ey = gradients(inverse_depth - depth)
    scales = rgb.new_zeros(())
    for _ in range(3):
        error = F.avg_pool2d(error, 2)
        scales = scales + error.abs().mean()
    detail = lambda a, b: F.avg_pool2d((a.pow(2) + b.pow(2) + 1e-6).sqrt(), 8, 4)
    return {
        'rgb': ((rgb - truth).pow(2) + 1e-6).sqrt().mean(),
        'gradient': (dx - tx).abs().mean() + (dy - ty).abs().mean(),
        'scales': scales,
        'texture': (detail(dx, dy) - detail(tx, ty)).abs().mean(),
        'depth': ((inverse_depth - depth).abs() * (1 + EDGE_WEIGHT * silhouettes(depth))).mean(),
        'depthGradient': ex.abs().mean() + ey.abs().mean(),
        'temporal': temporal_loss(rgb, truth, batch['grid'], batch['mask']),
    }


def total_loss(terms, weights=None):
    weights = weights or WEIGHTS
    return sum(weights[name] * value for name, value in terms.items())
