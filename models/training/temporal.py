"""Whether a painted world keeps still: frames of a clip compared where both see the same point of the world.

Shapes: a batch of B = 2K frames holds K clips of two, one after the other. Grids are those of torch's grid_sample.
"""

import torch
import torch.nn.functional as F

# Depths that differ by more than this share (plus this much, 1/m) are not the same point.
SAME_SHARE, SAME_OFFSET = 0.03, 0.003


def pair_grid(batch):
    """Where each texel of a clip's first frame is seen in its second: grid [K,H,W,2] and mask [K,1,H,W], 1: seen there."""
    inverse_depth, pose, camera = batch['inverseDepth'], batch['worldFromCamera'], batch['camera']
    first, second = inverse_depth[0::2], inverse_depth[1::2]
    count, _, height, width = first.shape
    fx, fy, cx, cy = [camera[0::2, i].view(-1, 1, 1) for i in range(4)]
    v, u = torch.meshgrid(
        torch.arange(height, device=first.device) + 0.5, torch.arange(width, device=first.device) + 0.5, indexing='ij')
    # A point as (ray, w): the ray at depth 1 and the inverse depth, so that the sky needs no special case.
    ray = torch.stack([(u - cx) / fx, -(v - cy) / fy, -torch.ones(count, height, width, device=first.device)], 1)
    w = first[:, 0]
    matrix = pose.view(-1, 4, 4).transpose(1, 2)  # column-major on disk
    a, b = matrix[0::2], matrix[1::2]
    turn = b[:, :3, :3].transpose(1, 2) @ a[:, :3, :3]
    move = (b[:, :3, :3].transpose(1, 2) @ (a[:, :3, 3] - b[:, :3, 3]).unsqueeze(2)).view(-1, 3, 1, 1)
    point = torch.einsum('kij,kjhw->kihw', turn, ray) + move * w.unsqueeze(1)
    ahead = (-point[:, 2]).clamp_min(1e-4)
    there_u, there_v = cx + fx * point[:, 0] / ahead, cy - fy * point[:, 1] / ahead
    grid = torch.stack([2 * there_u / width - 1, 2 * there_v / height - 1], 3)
    inside = (point[:, 2] < -1e-3) & (grid.abs() < 1 - 2 / width).all(3)
    expected = w / ahead
    found = F.grid_sample(second, grid, mode='nearest', align_corners=False)[:, 0]
    same = (found - expected).abs() < SAME_SHARE * expected + SAME_OFFSET
    return grid, (inside & same).unsqueeze(1).to(first.dtype)


def mirror_grid(grid, mask, mirrored):
    """The same for clips that were mirrored left and right; mirrored: [K] bool."""
    turned = grid.flip(2) * grid.new_tensor([-1.0, 1.0])
    return (
        torch.where(mirrored.view(-1, 1, 1, 1), turned, grid),
        torch.where(mirrored.view(-1, 1, 1, 1), mask.flip(3), mask))


def change(rgb, grid):
    """How much each point of the first frames has changed in the second: [2K,3,H,W] -> [K,3,H,W]."""
    return F.grid_sample(rgb[1::2], grid, mode='bilinear', align_corners=False) - rgb[0::2]


def temporal_loss(rgb, truth, grid, mask):
    """Changes that the truth does not have, and the other way round; a scalar."""
    difference = (change(rgb, grid) - change(truth, grid)).abs() * mask
    return difference.sum() / (3 * mask.sum()).clamp_min(1)


def flicker(rgb, truth, grid, mask):
    """Mean change of what stands still, painted and true: two scalars."""
    mean = lambda image: float((change(image, grid).abs() * mask).sum() / (3 * mask.sum()).clamp_min(1))
    return mean(rgb), mean(truth)
