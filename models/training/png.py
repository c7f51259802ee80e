"""Pictures without an imaging library: PNG files, contact sheets and loss curves."""

import csv
import os
import struct
import zlib

import numpy as np
import torch

from dataset import COLOR

# 3x5 digits for the axes, one number a glyph, bits from the top left.
_GLYPHS = dict(zip('0123456789.', [31599, 11415, 29671, 29647, 23497, 31183, 31215, 29257, 31727, 31695, 2]))
_CURVE_COLORS = [
    (31, 119, 180), (255, 127, 14), (44, 160, 44), (214, 39, 40), (148, 103, 189), (140, 86, 75), (20, 20, 20),
]


def write_png(path, pixels):
    """pixels: uint8 [H,W,3], sRGB, rows from the top. Replaces the file in one go."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, width * 3)], axis=1)
    chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    header = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 6)
    data = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', body) + chunk(b'IEND', b'')
    with open(path + '.tmp', 'wb') as file:
        file.write(data)
    os.replace(path + '.tmp', path)


def write_contact_sheet(path, model, dataset, frames=6):
    """One row a held-out frame: raw map, painted, truth, painted depth, true depth (bright is near)."""
    count = min(frames, len(dataset))
    batch = dataset.batch([int((i + 0.5) * len(dataset) / count) for i in range(count)])
    was_training = model.training
    model.eval()
    with torch.no_grad():
        rgb, depth = model(batch['image'], batch['style'])
    model.train(was_training)
    gray = lambda d: d.clamp(0, 1).sqrt().expand(-1, 3, -1, -1)
    columns = [batch['image'][:, COLOR], rgb, batch['color'], gray(depth), gray(batch['inverseDepth'])]
    sheet = torch.cat(columns, 3).permute(0, 2, 3, 1).reshape(-1, dataset.width * len(columns), 3)
    write_png(path, (sheet.clamp(0, 1) * 255 + 0.5).byte().cpu().numpy())


def write_loss_curves(csv_path, png_path):
    """Draws every loss column of the log over minutes, on a logarithmic axis; by matplotlib when it is there."""
    with open(csv_path, encoding='utf-8') as file:
        rows = list(csv.DictReader(file))
    if len(rows) < 2:
        return
    names = [n for n in rows[0] if n not in ('minutes', 'steps', 'samples', 'lr')]
    minutes = np.array([float(r['minutes']) for r in rows])
    curves = {n: np.maximum([float(r[n]) for r in rows], 1e-6) for n in names}
    try:
        import matplotlib
        matplotlib.use('Agg')
        from matplotlib import pyplot
    except ImportError:
        _draw_curves(png_path, minutes, curves)
        return
    figure, axes = pyplot.subplots(figsize=(8, 5))
    for name, values in curves.items():
        axes.semilogy(minutes, values, label=name, linewidth=1)
    axes.set_xlabel('minutes')
    axes.legend()
    figure.savefig(png_path)
    pyplot.close(figure)


def _draw_curves(path, minutes, curves, width=800, height=480, margin=44):
    canvas = np.full((height, width, 3), 255, np.uint8)
    low = np.floor(np.log10(min(v.min() for v in curves.values())))
    high = np.ceil(np.log10(max(v.max() for v in curves.values())))
    span = max(minutes[-1] - minutes[0], 1e-6)
    to_y = lambda v: (height - margin - (np.log10(v) - low) / max(high - low, 1) * (height - 2 * margin)).astype(int)
    for decade in np.arange(low, high + 1):
        y = int(to_y(np.array(10.0 ** decade)))
        canvas[y, margin:width - margin] = 220
        _text(canvas, f'{10.0 ** decade:.4f}'.rstrip('0').rstrip('.') or '0', 2, y - 5)
    for part in range(5):
        x = margin + part * (width - 2 * margin) // 4
        canvas[margin:height - margin, x] = 235
        _text(canvas, f'{minutes[0] + span * part / 4:.1f}', x - 8, height - margin + 8)
    xs = np.arange(margin, width - margin)
    times = minutes[0] + (xs - margin) / (width - 2 * margin - 1) * span
    for values, color in zip(curves.values(), _CURVE_COLORS):
        ys = to_y(10 ** np.interp(times, minutes, np.log10(values)))
        for x, y0, y1 in zip(xs[1:], ys[:-1], ys[1:]):
            canvas[min(y0, y1):max(y0, y1) + 1, x] = color
    write_png(path, canvas)


def _text(canvas, text, x, y):
    for glyph in text:
        bits = _GLYPHS.get(glyph, 0)
        for i in range(15):
            if bits >> (14 - i) & 1:
                row, column = y + i // 3 * 2, x + i % 3 * 2
                canvas[max(row, 0):row + 2, max(column, 0):column + 2] = 90
        x += 8
