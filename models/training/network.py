"""The painter: what a map looks like from here. One step, no state; only operators that ONNX Runtime Web runs well."""

import torch
import torch.nn.functional as F
from torch import nn

from dataset import COLOR, IMAGE_CHANNELS, INVERSE_DEPTH, STYLE_LENGTH

SLOPE = 0.1
# Channels that the full-resolution head sees raw: all but the classes, which the coarser levels tell it.
GUIDE = (0, 8), (18, 26)


def _conv(inputs, outputs, size=3, stride=1):
    layer = nn.Conv2d(inputs, outputs, size, stride, (size - stride + 1) // 2)
    nn.init.kaiming_normal_(layer.weight, SLOPE)
    nn.init.zeros_(layer.bias)
    return layer


class Block(nn.Module):
    """Residual block; the style scales and shifts its middle. Starts near the identity, for want of normalisation."""

    def __init__(self, channels, style):
        super().__init__()
        self.channels = channels
        self.first, self.second = _conv(channels, channels), _conv(channels, channels)
        self.film = nn.Linear(style, 2 * channels)
        with torch.no_grad():
            self.second.weight.mul_(0.2)
            self.film.weight.mul_(0.2)
            self.film.bias.zero_()

    def forward(self, x, style):
        film = self.film(style).unsqueeze(2).unsqueeze(3)
        scale, shift = film[:, :self.channels], film[:, self.channels:]
        h = self.first(x)
        h = F.leaky_relu(h + h * scale + shift, SLOPE)
        return x + self.second(h)


class Attention(nn.Module):
    """Self-attention over the coarsest grid, in plain MatMul and Softmax: light and colour agree across the picture.

    It knows places only by what is there, so that the same weights paint pictures of any size.
    """

    def __init__(self, channels, heads):
        super().__init__()
        self.channels, self.heads = channels, heads
        self.qkv, self.out = _conv(channels, 3 * channels, 1), _conv(channels, channels, 1)
        with torch.no_grad():
            self.qkv.weight.mul_(0.7)
            self.out.weight.mul_(0.1)

    def forward(self, x):
        height, width = int(x.shape[2]), int(x.shape[3])  # constants in the exported graph
        depth, tokens = self.channels // self.heads, height * width
        qkv = self.qkv(x).reshape(-1, 3, self.heads, depth, tokens)
        q, k, v = qkv[:, 0], qkv[:, 1], qkv[:, 2]
        weights = torch.softmax(torch.matmul(q.transpose(2, 3), k) * depth ** -0.5, dim=-1)
        mixed = torch.matmul(v, weights.transpose(2, 3)).reshape(-1, self.channels, height, width)
        return x + self.out(mixed)


class Painter(nn.Module):
    """image [B,26,H,W], style [B,36] -> rgb [B,3,H,W] sRGB 0..1, inverseDepth [B,1,H,W] 1/m, >= 0; H, W: times of 16.

    While training, the outputs are not clamped, so that a pixel outside the range still learns.
    """

    def __init__(self, widths=(48, 96, 128), fine=20, head=(28, 24), style=64):
        super().__init__()
        low, mid, deep = widths
        guide = 2 + sum(end - begin for begin, end in GUIDE)
        self.style = nn.Sequential(
            nn.Linear(STYLE_LENGTH, style), nn.LeakyReLU(SLOPE), nn.Linear(style, style), nn.LeakyReLU(SLOPE))
        # Windows that overlap: where the grid of four texels happens to fall must not show when the head moves.
        self.stem = _conv(len(IMAGE_CHANNELS), low, 8, 4)
        self.enc_low, self.enc_mid = Block(low, style), Block(mid, style)
        self.down_mid, self.down_deep = _conv(low, mid, 3, 2), _conv(mid, deep, 3, 2)
        self.deep1, self.deep2 = Block(deep, style), Block(deep, style)
        self.attention = Attention(deep, 4)
        self.up_mid, self.join_mid = _conv(deep, mid, 1), _conv(2 * mid, mid, 1)
        self.up_low, self.join_low = _conv(mid, low, 1), _conv(2 * low, low, 1)
        self.dec_mid, self.dec_low1, self.dec_low2 = Block(mid, style), Block(low, style), Block(low, style)
        self.fine = _conv(low, 16 * fine, 1)
        self.head1, self.head2, self.out = _conv(fine + guide, head[0]), _conv(*head), _conv(head[1], 10)
        with torch.no_grad():  # the untrained painter returns the raw map, nearly
            self.out.weight[:8].mul_(0.01)
            self.out.weight[8:].mul_(0.1)
            self.out.bias[8:] = -1.6

    def forward(self, image, style):
        s = self.style(style)
        low = self.enc_low(F.leaky_relu(self.stem(image), SLOPE), s)
        mid = self.enc_mid(F.leaky_relu(self.down_mid(low), SLOPE), s)
        deep = self.deep1(F.leaky_relu(self.down_deep(mid), SLOPE), s)
        deep = self.deep2(self.attention(deep), s)
        h = F.interpolate(self.up_mid(deep), scale_factor=2.0, mode='bilinear', align_corners=False)
        h = self.dec_mid(F.leaky_relu(self.join_mid(torch.cat([h, mid], 1)), SLOPE), s)
        h = F.interpolate(self.up_low(h), scale_factor=2.0, mode='bilinear', align_corners=False)
        h = self.dec_low1(F.leaky_relu(self.join_low(torch.cat([h, low], 1)), SLOPE), s)
        h = F.leaky_relu(self.fine(self.dec_low2(h, s)), SLOPE)
        # Nearest and farthest around each pixel: at a silhouette they are the two sides to choose from.
        depth = image[:, INVERSE_DEPTH]
        nearer = F.max_pool2d(depth, 5, 1, 2) - depth
        farther = F.max_pool2d(-depth, 5, 1, 2) + depth
        h = torch.cat([F.pixel_shuffle(h, 4), nearer, farther] + [image[:, begin:end] for begin, end in GUIDE], 1)
        h = F.leaky_relu(self.head2(F.leaky_relu(self.head1(h), SLOPE)), SLOPE)
        h = self.out(h)
        # Light multiplies what the map shows; what the map cannot show is added.
        rgb = image[:, COLOR] * (1.0 + h[:, 3:6]) + h[:, 0:3]
        choose = torch.sigmoid(h[:, 8:10] * 2.0)
        inverse_depth = depth + choose[:, 0:1] * nearer - choose[:, 1:2] * farther
        inverse_depth = inverse_depth + torch.sigmoid(h[:, 7:8]) * h[:, 6:7]
        if self.training:
            return rgb, F.leaky_relu(inverse_depth, 0.05)
        return torch.clamp(rgb, 0.0, 1.0), F.relu(inverse_depth)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())


def count_macs(model, size=128):
    """Multiply-adds of convolutions and linear layers for one frame (attention's two products are left out: 2 M)."""
    total, hooks = [0], []

    def count(layer, _inputs, output):
        total[0] += layer.weight.numel() * (output[0, 0].numel() if output.dim() == 4 else 1)

    for layer in model.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            hooks.append(layer.register_forward_hook(count))
    zeros = lambda *shape: torch.zeros(*shape, device=next(model.parameters()).device)
    with torch.no_grad():
        model(zeros(1, len(IMAGE_CHANNELS), size, size), zeros(1, STYLE_LENGTH))
    for hook in hooks:
        hook.remove()
    return total[0]
