"""Counts the models that the rows of references.json name, and writes their parameters and multiply-adds into the rows.

    pip install torch torchvision timm keras tensorflow-cpu
    python scripts/zoo/count_references.py          counts the rows that have no counts
    python scripts/zoo/count_references.py --all    counts every row again

Parameters are those that training changes. Multiply-adds are those of convs, dense layers and products of matrices, for one
image, without biases. The models are built without weights; those of PyTorch on the meta device, which computes nothing.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).with_name("references.json")


def declare_operators():
    """Declares compiled operators of torchvision, which no classifier uses, where its build does not fit torch's."""
    import torch

    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        try:
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        except RuntimeError:
            pass
    return library


def torch_model(package, name, build):
    if package == "torch":
        # Of papers: models.py beside this file.
        from models import MODELS

        return MODELS[name](**build)
    if package == "timm":
        import timm

        return timm.create_model(name, pretrained=False, **build)
    import torchvision

    return torchvision.models.get_model(name, weights=None, **build)


def count_torch(package, name, build, size):
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    try:
        with torch.device("meta"):
            model = torch_model(package, name, build)
    except (NotImplementedError, RuntimeError):
        # Some builders read numbers out of tensors.
        model = torch_model(package, name, build)
    model = model.to("meta").eval()
    with torch.device("meta"):
        image = torch.zeros(1, size[2], size[0], size[1])
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            model(image)
    # The counter takes a multiplication and an addition as two.
    return sum(parameter.numel() for parameter in model.parameters()), counter.get_total_flops() // 2


def count_keras(name, build, size):
    import keras
    import numpy as np

    model = getattr(keras.applications, name)(weights=None, input_shape=tuple(size), **build)
    macs = 0
    for layer in model._flatten_layers():
        pixels = int(np.prod(layer.output.shape[1:-1])) if isinstance(layer, keras.layers.Layer) and layer.weights else 0
        for weight in layer.weights if type(layer).__name__ in KERAS_PRODUCTS else []:
            # A dense kernel is used once, any other once a pixel; biases are vectors.
            if len(weight.shape) > 1:
                macs += int(np.prod(weight.shape)) * (1 if type(layer).__name__ == "Dense" else pixels)
    return int(sum(np.prod(weight.shape) for weight in model.trainable_weights)), macs


KERAS_PRODUCTS = {"Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Dense"}


def count(row):
    package, name = row["model"].split("/")
    build = row.get("build", {})
    size = row.get("size", 224)
    extents = size if isinstance(size, list) else [size, size, 3]
    if package == "keras":
        return count_keras(name, build, extents)
    return count_torch(package, name, build, extents)


def text_of(document):
    rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in document["rows"])
    head = json.dumps(document["versions"])
    return f'{{\n  "versions": {head},\n  "rows": [\n{rows}\n  ]\n}}\n'


def main():
    document = json.loads(FILE.read_text())
    library = declare_operators()
    for row in document["rows"]:
        if "model" not in row or ("params" in row and "--all" not in sys.argv):
            continue
        row["params"], row["macs"] = count(row)
        print(row["network"], row["params"], row["macs"], flush=True)
        FILE.write_text(text_of(document))
    del library
    packages = sorted({row["model"].split("/")[0] for row in document["rows"] if "model" in row})
    # A build for one kind of device has the same models.
    document["versions"] = {name: version(name).split("+")[0] for name in packages}
    FILE.write_text(text_of(document))


if __name__ == "__main__":
    main()
