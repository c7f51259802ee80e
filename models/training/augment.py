"""Changes a batch without changing what is true of it, and spoils the map a little: imagined maps are never perfect."""

import itertools

import torch
import torch.nn.functional as F

from dataset import CLASSES, COLOR, INVERSE_DEPTH, JOINTS, NORMAL, PALETTE, SUN, SUN_COLOR
from temporal import mirror_grid, pair_grid

_PERMUTATIONS = torch.tensor(list(itertools.permutations(range(3))))


def augment(batch, generator, corrupt=0.12):
    """Returns a changed batch; both frames of a clip are changed alike, and `grid` and `mask` say where they meet.

    generator: CPU torch.Generator. corrupt: chance of each way to spoil a frame's map.
    """
    grid, mask = pair_grid(batch)
    image, style = batch['image'].clone(), batch['style'].clone()
    color, depth = batch['color'], batch['inverseDepth']
    count, device = image.shape[0], image.device

    # Swap colour channels everywhere at once: six times as many palettes.
    order = _PERMUTATIONS[torch.randint(6, (count // 2,), generator=generator).repeat_interleave(2)].to(device)
    pixels = order.view(count, 3, 1, 1).expand(-1, -1, image.shape[2], image.shape[3])
    image[:, COLOR] = image[:, COLOR].gather(1, pixels)
    color = color.gather(1, pixels)
    style[:, SUN_COLOR] = style[:, SUN_COLOR].gather(1, order)
    palette = style[:, PALETTE].reshape(count, -1, 3)
    style[:, PALETTE] = palette.gather(2, order.unsqueeze(1).expand_as(palette)).reshape(count, -1)

    # Mirror left and right: what points right, and where the sun stands, turns round too.
    mirrored = (torch.rand(count // 2, generator=generator) < 0.5).repeat_interleave(2).to(device)
    flip = lambda x: torch.where(mirrored.view(-1, 1, 1, 1), x.flip(3), x)
    image, color, depth = flip(image), flip(color), flip(depth)
    sign = 1.0 - 2.0 * mirrored.float()
    image[:, NORMAL.start] *= sign.view(-1, 1, 1)
    image[:, JOINTS.start] *= sign.view(-1, 1, 1)  # told to the right of the camera
    style[:, 0] *= sign

    _spoil(image, style, generator, corrupt)
    grid, mask = mirror_grid(grid, mask, mirrored[0::2])
    return {'image': image, 'style': style, 'color': color, 'inverseDepth': depth, 'grid': grid, 'mask': mask}


def _spoil(image, style, generator, chance):
    rand = lambda *shape: torch.rand(*shape, generator=generator)
    size = image.shape[2]
    for b in range(image.shape[0]):
        if float(rand(1)) < chance:  # colours a little off, smoothly
            wobble = F.interpolate(rand(1, 3, 4, 4) - 0.5, size=(size, size), mode='bilinear', align_corners=False)
            image[b, COLOR] = (image[b, COLOR] + 0.12 * wobble[0].to(image.device)).clamp(0, 1)
        if float(rand(1)) < chance:  # depth a little off, smoothly and in proportion
            wobble = F.interpolate(rand(1, 1, 6, 6) - 0.5, size=(size, size), mode='bilinear', align_corners=False)
            image[b, INVERSE_DEPTH] *= 1 + 0.08 * wobble[0].to(image.device)
        if float(rand(1)) < chance:  # part of one kind of thing is missing: sky of the horizon's colour shows instead
            kind = CLASSES.start + 1 + int(rand(1) * (CLASSES.stop - CLASSES.start - 1))
            side = 8 + int(rand(1) * 20)
            y, x = int(rand(1) * (size - side)), int(rand(1) * (size - side))
            region = image[b, :, y:y + side, x:x + side]
            gone = region[kind:kind + 1] > 0.5
            horizon = style[b, PALETTE][3:6].clamp(0, 1) ** (1 / 2.2)
            empty = torch.zeros_like(region)
            empty[COLOR] = horizon.view(3, 1, 1)
            empty[SUN] = 1
            empty[CLASSES.stop:] = region[CLASSES.stop:]
            image[b, :, y:y + side, x:x + side] = torch.where(gone, empty, region)
