"""Models of papers that no package has, written from the papers in plain PyTorch, for count_references.py."""

import torch
import torch.nn.functional as functional
from torch import nn


def double(inputs, middle, outputs):
    layers = []
    for read, made in ((inputs, middle), (middle, outputs)):
        layers += [nn.Conv2d(read, made, 3, padding=1, bias=False), nn.BatchNorm2d(made), nn.ReLU()]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    """Ronneberger et al. 2015, with norms and padding."""

    def __init__(self, bilinear=False, base=64, classes=2):
        super().__init__()
        part = 2 if bilinear else 1
        widths = [base, 2 * base, 4 * base, 8 * base, 16 * base // part]
        self.down = nn.ModuleList(double(i, o, o) for i, o in zip([3, *widths], widths))
        self.up, self.join = nn.ModuleList(), nn.ModuleList()
        for times in (16, 8, 4, 2):
            half = times * base // 2
            self.up.append(nn.Upsample(scale_factor=2, mode="bilinear") if bilinear else nn.ConvTranspose2d(2 * half, half, 2, stride=2))
            self.join.append(double(2 * half, half, half // part if times > 2 else half))
        self.masks = nn.Conv2d(base, classes, 1)

    def forward(self, x):
        kept = []
        for index, layer in enumerate(self.down):
            x = layer(x if index == 0 else functional.max_pool2d(x, 2))
            kept.append(x)
        for skip, up, join in zip(reversed(kept[:-1]), self.up, self.join):
            x = join(torch.cat([skip, up(x)], 1))
        return self.masks(x)


def espcn(factor=3):
    """Shi et al. 2016."""
    return nn.Sequential(
        nn.Conv2d(1, 64, 5, padding=2), nn.Tanh(),
        nn.Conv2d(64, 32, 3, padding=1), nn.Tanh(),
        nn.Conv2d(32, factor * factor, 3, padding=1), nn.PixelShuffle(factor),
    )


def fsrcnn(factor=3, features=56, mapped=12, layers=4):
    """Dong et al. 2016."""
    chain = [nn.Conv2d(1, features, 5, padding=2), nn.PReLU(features), nn.Conv2d(features, mapped, 1), nn.PReLU(mapped)]
    for _ in range(layers):
        chain += [nn.Conv2d(mapped, mapped, 3, padding=1), nn.PReLU(mapped)]
    chain += [nn.Conv2d(mapped, features, 1), nn.PReLU(features)]
    last = nn.ConvTranspose2d(features, 1, 9, stride=factor, padding=4, output_padding=factor - 1)
    return nn.Sequential(*chain, last)


class CenterNet(nn.Module):
    """Zhou et al. 2019 on torchvision's ResNet-18, with the transposed convs of Xiao et al. 2018."""

    def __init__(self, classes=80):
        super().__init__()
        from torchvision.models import resnet18

        self.trunk = nn.Sequential(*list(resnet18(weights=None).children())[:-2])
        self.up = nn.Sequential()
        for read in (512, 256, 256):
            self.up.extend([nn.ConvTranspose2d(read, 256, 4, stride=2, padding=1, bias=False), nn.BatchNorm2d(256), nn.ReLU()])
        self.heads = nn.ModuleList(
            nn.Sequential(nn.Conv2d(256, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, count, 1)) for count in (classes, 2, 2)
        )

    def forward(self, x):
        x = self.up(self.trunk(x))
        return [head(x) for head in self.heads]


def autoencoder():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(32, 64, 7), nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 7), nn.ReLU(),
        nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1), nn.ReLU(),
        nn.ConvTranspose2d(16, 1, 4, stride=2, padding=1), nn.Sigmoid(),
    )


def dcgan_generator(base=64):
    """Radford et al. 2016."""
    widths = [8 * base, 4 * base, 2 * base, base]
    layers = [nn.ConvTranspose2d(100, widths[0], 4, bias=False)]
    for read, made in zip(widths, [*widths[1:], 3]):
        layers += [nn.BatchNorm2d(read), nn.ReLU(), nn.ConvTranspose2d(read, made, 4, stride=2, padding=1, bias=False)]
    return nn.Sequential(*layers, nn.Tanh())


MODELS = {"unet": UNet, "espcn": espcn, "autoencoder": autoencoder, "dcgan_generator": dcgan_generator, "fsrcnn": fsrcnn, "centernet": CenterNet}
