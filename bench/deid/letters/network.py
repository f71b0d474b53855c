"""The network: fully convolutional, 186 thousand parameters, from four channels to a map at half the size."""

import torch
from torch import Tensor, nn
from torch.nn import functional

_HALF, _QUARTER, _DEEP = 16, 32, 48  # channels at 1/2, at 1/4, and at 1/8 and 1/16 of the picture's size


def _conv(before: int, after: int, side: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    conv = nn.Conv2d(before, after, side, stride, side // 2, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    """Two convolutions beside an identity (He et al., 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _conv(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class _Wide(nn.Module):
    """Context for little: five pixels square for each channel alone, then all channels at one pixel."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.both = nn.Sequential(_conv(width, width, 5, groups=width), _conv(width, width, 1))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.both(x)


class Letters(nn.Module):
    """(n, 4, h, w), h and w multiples of 16, to logits (n, 1, h / 2, w / 2)."""

    def __init__(self) -> None:
        super().__init__()
        self.halves = _conv(4, _HALF, 5, stride=2)
        self.quarters = nn.Sequential(_conv(_HALF, _QUARTER, stride=2), _Residual(_QUARTER), _Residual(_QUARTER))
        self.eighths = nn.Sequential(_conv(_QUARTER, _DEEP, stride=2), _Residual(_DEEP))
        self.sixteenths = nn.Sequential(_conv(_DEEP, _DEEP, stride=2), _Wide(_DEEP), _Wide(_DEEP), _Wide(_DEEP))
        self.joined = _Residual(_DEEP)
        self.narrowed = _conv(_DEEP, _QUARTER, 1)
        self.fine = _conv(_QUARTER, _QUARTER)
        self.spread = _conv(_QUARTER, _HALF, 1)
        self.last = nn.Sequential(_conv(_HALF, _HALF), nn.Conv2d(_HALF, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        half = self.halves(x)
        quarter = self.quarters(half)
        eighth = self.eighths(quarter)
        deep = self.joined(eighth + _double(self.sixteenths(eighth)))
        fine = self.fine(quarter + _double(self.narrowed(deep)))
        return self.last(half + _double(self.spread(fine)))


class Marked(nn.Module):
    """The network as it is exported: probabilities instead of logits."""

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self.letters = letters

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(self.letters(x))


def _double(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")
