"""Reads `reverie-data/2`: dataset.json beside shards of fixed-size packed records. Decoding runs on the device."""

import json
import os

import numpy as np
import torch

SCHEMA = 'reverie-data/2'
IMAGE_CHANNELS = (
    'red green blue inverseDepth normalRight normalUp normalBack sunVisibility '
    'ground wall arch pier column plinth stair sphere water plant '
    'noise0 noise1 noise2 jointAlong jointUp tileTone elevation cosSun'
).split()
STYLE_LENGTH = 36
# Slices of the image tensor, by meaning.
COLOR, INVERSE_DEPTH, NORMAL, SUN, CLASSES = slice(0, 3), slice(3, 4), slice(4, 7), slice(7, 8), slice(8, 18)
JOINTS = slice(21, 23)
# Slices of the style vector: sun direction in camera space, linear sun colour, then 10 linear palette colours.
SUN_DIRECTION, SUN_COLOR, PALETTE = slice(0, 3), slice(3, 6), slice(6, 36)

# How torch reads a stored type. Unsigned 16-bit is read as signed and masked: torch 1.13 has no uint16.
_TORCH_TYPES = {'|u1': torch.uint8, '|i1': torch.int8, '<u2': torch.int16, '<i2': torch.int16, '<f4': torch.float32}


class PaintDataset:
    """Frames of one split.

    folder: where dataset.json lies. split: 'train' or 'heldout'. device: where batches are decoded.
    preload: hold the raw bytes on the device (for a GPU); otherwise the shards are memory-mapped.
    Raises ValueError when a file does not match dataset.json.
    """

    def __init__(self, folder, split, device='cpu', preload=False):
        path = os.path.join(folder, 'dataset.json')
        if not os.path.exists(path):
            raise ValueError(f'There is no {path}. Make the data first, with `npm run data`.')
        with open(path, encoding='utf-8') as file:
            meta = json.load(file)
        if meta.get('schema') != SCHEMA:
            raise ValueError(
                f'{path}: schema is {meta.get("schema")!r}, this code reads {SCHEMA!r}. Make the data anew.')
        expected = ['sky'] + IMAGE_CHANNELS[CLASSES]
        if meta['classes'] != expected:
            raise ValueError(f'{path}: classes are {meta["classes"]}, the network was laid out for {expected}.')
        if meta['framesPerClip'] != 2:
            raise ValueError(f'{path}: clips have {meta["framesPerClip"]} frames, this code compares two. Make the data anew.')
        self.width, self.height = meta['width'], meta['height']
        self.device = torch.device(device)
        self._fields = _layout(meta, path)
        self._shards, starts = [], [0]
        for shard in meta['shards']:
            if shard['split'] == split and shard['frames'] > 0:
                file = os.path.join(folder, shard['file'])
                self._shards.append(_open_shard(file, shard['frames'], meta['recordBytes']))
                starts.append(starts[-1] + shard['frames'])
        if not self._shards:
            raise ValueError(f'{path} names no frames of split {split!r}. Make more data, with `npm run data`.')
        self._starts = np.array(starts)
        self._raw = None
        if preload:
            self._raw = torch.cat([torch.from_numpy(np.array(shard)).to(self.device) for shard in self._shards])

    def __len__(self):
        return int(self._starts[-1])

    def batch(self, indices):
        """Frames: {'image' [B,26,H,W], 'style' [B,36], 'color' [B,3,H,W] sRGB, 'inverseDepth' [B,1,H,W] 1/m,
        'worldFromCamera' [B,16] column-major, 'camera' [B,4] fx, fy, cx, cy}."""
        records = self._records(np.asarray(indices))
        read = lambda name: self._read(records, name)
        chw = lambda name: read(name).permute(0, 3, 1, 2)
        kinds = torch.arange(1, CLASSES.stop - CLASSES.start + 1, device=self.device).view(1, -1, 1, 1)
        one_hot = (read('mapClass').unsqueeze(1) == kinds).float()
        image = torch.cat([
            chw('mapColor'), read('mapInverseDepth').unsqueeze(1), chw('mapNormal'), read('mapSun').unsqueeze(1),
            one_hot, chw('noise'), chw('joints'), read('tileTone').unsqueeze(1), chw('rays'),
        ], dim=1)
        return {
            'image': image,
            'style': read('style'),
            'color': chw('color').contiguous(),
            'inverseDepth': read('inverseDepth').unsqueeze(1),
            'worldFromCamera': read('worldFromCamera'),
            'camera': read('camera'),
        }

    def _records(self, indices):
        if self._raw is not None:
            return self._raw[torch.as_tensor(indices, device=self.device)]
        shards = np.searchsorted(self._starts, indices, side='right') - 1
        rows = [self._shards[s][i - self._starts[s]] for s, i in zip(shards, indices)]
        return torch.from_numpy(np.stack(rows)).to(self.device)

    def _read(self, records, name):
        field = self._fields[name]
        values = records[:, field['begin']:field['end']].contiguous()
        values = values.view(_TORCH_TYPES[field['dtype']])
        if field['dtype'] == '<u2':
            values = values.to(torch.int32) & 0xFFFF
        values = values.float()
        if field['scale'] != 1:
            values = values * field['scale']
        if field['offset'] != 0:
            values = values + field['offset']
        return values.view(-1, *field['shape'])


def _layout(meta, path):
    """Byte range, type and scale of each field that the painter reads, from the packed record layout."""
    dtype = np.dtype([(f['name'], f['dtype'], tuple(f.get('shape') or ())) for f in meta['fields']])
    if dtype.itemsize != meta['recordBytes']:
        raise ValueError(f'{path}: the fields make {dtype.itemsize} bytes, recordBytes says {meta["recordBytes"]}.')
    h, w = meta['height'], meta['width']
    shapes = {
        'mapColor': (h, w, 3), 'mapInverseDepth': (h, w), 'mapNormal': (h, w, 3), 'mapSun': (h, w), 'mapClass': (h, w),
        'noise': (h, w, 3), 'joints': (h, w, 2), 'tileTone': (h, w), 'rays': (h, w, 2), 'color': (h, w, 3), 'inverseDepth': (h, w), 'style': (STYLE_LENGTH,),
        'worldFromCamera': (16,), 'camera': (4,),
    }
    by_name = {f['name']: f for f in meta['fields']}
    layout = {}
    for name, shape in shapes.items():
        if name not in by_name:
            raise ValueError(f'{path}: the field {name!r} is missing.')
        part, begin = dtype.fields[name][:2]
        base = part.base if part.subdtype is None else part.subdtype[0]
        if part.shape != shape or base.str not in _TORCH_TYPES:
            raise ValueError(
                f'{path}: the field {name!r} is {base.str}{list(part.shape)}, expected shape {list(shape)}.')
        layout[name] = {
            'begin': begin, 'end': begin + part.itemsize, 'dtype': base.str, 'shape': shape,
            'scale': by_name[name].get('scale', 1) or 1, 'offset': by_name[name].get('offset', 0) or 0,
        }
    return layout


def _open_shard(path, frames, record_bytes):
    if not os.path.exists(path):
        raise ValueError(
            f'{path} is named in dataset.json and does not exist. Make the data anew, with `npm run data`.')
    size = os.path.getsize(path)
    if size != frames * record_bytes:
        raise ValueError(f'{path} holds {size} bytes, dataset.json says {frames} x {record_bytes}. Make the data anew.')
    return np.memmap(path, dtype=np.uint8, mode='r', shape=(frames, record_bytes))
