"""Compares what the models of references.json compute with what mnet computes with their weights.

    pip install torch torchvision timm safetensors
    npx tsx scripts/bundle.ts
    python scripts/zoo/compare_outputs.py ResNet18 RepVGGA0     these networks
    python scripts/zoo/compare_outputs.py                       each network whose model is one of PyTorch

Each model gets random weights, which `mnet weights import` finds without a map. The network runs in the float64 interpreter, on an
image of 64 x 64, or of the row's `smallest`. The largest difference, relative to the largest output, goes into the row as `outputs`.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import save_file

from count_references import FILE, declare_operators, text_of, torch_model

ROOT = Path(__file__).resolve().parents[2]
SMALL = 64


def scramble(model):
    """Random numbers: kernels that keep activations alive, norms that all differ."""
    generator = torch.Generator().manual_seed(1)
    uniform = lambda like, low, high: torch.rand(like.shape, generator=generator) * (high - low) + low
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if not tensor.is_floating_point():
                continue
            if name.endswith("running_var"):
                value = uniform(tensor, 0.5, 1.5)
            elif name.endswith("running_mean") or name.endswith("bias"):
                value = uniform(tensor, -0.3, 0.3)
            elif tensor.dim() == 1:
                value = uniform(tensor, 0.5, 1.5)
            else:
                value = torch.randn(tensor.shape, generator=generator) * (2 / tensor[0].numel()) ** 0.5
            tensor.copy_(value)


def mnet(*arguments):
    done = subprocess.run(["node", "dist/cli.js", *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError((done.stderr or done.stdout).strip()[:400])
    return done.stdout


def spec_of(network):
    for path in sorted((ROOT / "specs").glob("*.mnet")):
        if f"\nnetwork {network} " in "\n" + path.read_text():
            return path
    raise RuntimeError(f"no spec has {network}")


def compare(row):
    package, name = row["model"].split("/")
    size = row.get("smallest", SMALL)
    model = torch_model(package, name, row.get("build", {})).eval()
    scramble(model)
    image = torch.tensor([(i * 37 % 101) / 50 - 1 for i in range(size * size * 3)]).reshape(size, size, 3)
    with torch.no_grad():
        wanted = model(image.permute(2, 0, 1)[None]).flatten().double()
    spec = ["--network", row["network"], "--set", f"size={size}"]
    path = str(spec_of(row["network"]))
    with tempfile.TemporaryDirectory() as folder:
        checkpoint, weights, pixels = (f"{folder}/{name}" for name in ("torch.safetensors", "mnet.safetensors", "image.bin"))
        save_file({key: tensor.contiguous() for key, tensor in model.state_dict().items()}, checkpoint)
        Path(pixels).write_bytes(image.numpy().tobytes())
        mnet("weights", "import", path, *spec, "--from", checkpoint, "--out", weights)
        found = mnet("run", path, *spec, "--weights", weights, "--input", pixels, "--target", "interp", "--json")
    (output,) = json.loads(found)["outputs"].values()
    given = torch.tensor(output, dtype=torch.double).flatten()
    return float((given - wanted).abs().max() / wanted.abs().max())


def record(network, difference):
    document = json.loads(FILE.read_text())
    for row in document["rows"]:
        if row["network"] == network:
            row["outputs"] = float(f"{difference:.1e}")
    FILE.write_text(text_of(document))


def main():
    library = declare_operators()
    document = json.loads(FILE.read_text())
    wanted = sys.argv[1:]
    for row in document["rows"]:
        chosen = row["network"] in wanted if wanted else "outputs" not in row
        if not chosen or row.get("model", "keras/").startswith("keras/"):
            continue
        try:
            difference = compare(row)
        except RuntimeError as error:
            print(row["network"], error, flush=True)
            continue
        print(row["network"], f"{difference:.1e}", flush=True)
        record(row["network"], difference)
    del library


main()
