import { describe, expect, it } from "vitest";
import { importWeights } from "../../../src/weights/import/import-weights.ts";
import { torchCheckpoint } from "../../../src/weights/import/torch-checkpoint.ts";
import type { WeightStore, WeightTensor } from "../../../src/formats/tensor.ts";
import { compiled, network } from "../../support/compile-text.ts";

type Shapes = Readonly<Record<string, readonly number[]>>;

/** A state dict in which every number tells its tensor and place. */
function torch(shapes: Shapes, change: (name: string, data: Float32Array) => void = () => undefined): WeightStore {
  let next = 1;
  const tensors = Object.entries(shapes).map(([name, shape]): [string, WeightTensor] => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).map(() => next++);
    change(name, data);
    return [name, { name, shape, data }];
  });
  return new Map(tensors);
}

const norm = (name: string, channels: number): Shapes =>
  Object.fromEntries(["weight", "bias", "running_mean", "running_var"].map((leaf) => [`${name}.${leaf}`, [channels]]));

function run(body: string, shapes: Shapes, names: Readonly<Record<string, string>> = {}) {
  const { training } = compiled(network(body));
  const {
    value: weights,
    table,
    diagnostics,
  } = importWeights(training, torchCheckpoint(torch(shapes)), new Map(Object.entries(names)));
  return {
    weights,
    pairs: Object.fromEntries(table.map(({ name, from, reason }) => [name, `${from} ${reason}`])),
    findings: diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
}

const plain = (names: string) =>
  names
    .split(" ")
    .map((name) => `  ${name}: conv 1x1 4 norm=none`)
    .join("\n");

describe("norms", () => {
  const rep = `  a: branch add {
    dense: path { conv 3x3 4 norm=batch }
    one: path { conv 1x1 4 norm=batch }
    same: path { norm batch }
  }
  b: branch add {
    dense: path { conv 3x3 4 norm=batch }
    one: path { conv 1x1 4 norm=batch }
    same: path { norm batch }
  }`;
  const block = (name: string): Shapes => ({
    ...norm(`${name}.identity`, 4),
    [`${name}.conv_kxk.conv.weight`]: [4, 4, 3, 3],
    ...norm(`${name}.conv_kxk.bn`, 4),
    [`${name}.conv_1x1.conv.weight`]: [4, 4, 1, 1],
    ...norm(`${name}.conv_1x1.bn`, 4),
  });

  it("of parallel branches belong to the convs that their names pair them with", () => {
    const { pairs, findings } = run(rep, { ...block("blocks.0"), ...block("blocks.1") });
    expect(findings).toEqual([]);
    expect(pairs["b/dense/conv1/norm/gamma"]).toBe("blocks.1.conv_kxk.bn.weight order");
    expect(pairs["b/one/conv1/norm/mean"]).toBe("blocks.1.conv_1x1.bn.running_mean order");
    expect(pairs["a/same/norm1/beta"]).toBe("blocks.0.identity.bias order");
  });

  it("are refused there where a norm has other channels than the conv of its name, and so belongs to another", () => {
    const other = { "head.conv.weight": [8, 4, 1, 1], ...norm("head.bn", 4) };
    const { findings } = run(`${rep}\n  norm batch\n  conv 1x1 8 bias=false`, {
      ...block("blocks.0"),
      ...block("blocks.1"),
      ...other,
    });
    expect(findings).toEqual([expect.stringMatching(/^weights\/ambiguous The network has 7 layers with beta 4/)]);
  });

  it("without moving averages, and learned scales, are known by their shapes and names", () => {
    const { pairs, findings } = run("  norm layer\n  conv 1x1 8 bias=false\n  norm group(2)\n  scale", {
      "blocks.0.norm.weight": [4],
      "blocks.0.norm.bias": [4],
      "blocks.0.conv.weight": [8, 4, 1, 1],
      "blocks.1.weight": [8],
      "blocks.1.bias": [8],
      "blocks.1.layer_scale": [8, 1, 1],
    });
    expect(findings).toEqual([]);
    expect(pairs["norm1/gamma"]).toBe("blocks.0.norm.weight shape");
    expect(pairs["norm2/beta"]).toBe("blocks.1.bias shape");
    expect(pairs["scale1/gamma"]).toBe("blocks.1.layer_scale shape");
  });
});

describe("layers of one shape", () => {
  it("are taken in the order of their numbers, which is not the alphabet's", () => {
    const names = Array.from({ length: 11 }, (_unused, i) => `c${i}`);
    const shapes = Object.fromEntries(names.map((_name, i) => [`unheard.${i}.weight`, [4, 4, 1, 1]]));
    const { pairs, findings } = run(plain(names.join(" ")).replaceAll("norm=none", "norm=none bias=false"), shapes);
    expect(findings).toEqual([]);
    expect(pairs["c2/kernel"]).toBe("unheard.2.weight order");
    expect(pairs["c10/kernel"]).toBe("unheard.10.weight order");
  });

  it("are taken block by block, also where the words of the names are unknown", () => {
    const shapes = Object.fromEntries(
      ["s1.b1.conv1", "s1.b1.conv3", "s1.b2.conv1", "s2.b1.conv3"].map((name) => [`${name}.weight`, [4, 4, 1, 1]]),
    );
    const { pairs, findings } = run(plain("a b c d").replaceAll("norm=none", "bias=false"), shapes);
    expect(findings).toEqual([]);
    expect(pairs["b/kernel"]).toBe("s1.b1.conv3.weight order");
    expect(pairs["c/kernel"]).toBe("s1.b2.conv1.weight order");
  });

  it("are refused where their names do not say which is first", () => {
    const { weights, findings } = run("  a: conv 1x1 4 bias=false\n  b: conv 1x1 4 bias=false", {
      "apple.weight": [4, 4, 1, 1],
      "pear.weight": [4, 4, 1, 1],
    });
    expect(weights).toBeNull();
    expect(findings).toEqual([
      'weights/ambiguous The network has 2 layers with kernel 1x1x4x4 ("a", "b"), and the checkpoint 2 ("apple", "pear"); neither structure nor names tell which is which.',
    ]);
  });

  it("are told apart by a map; one entry is enough for two", () => {
    const { pairs, findings } = run(
      "  a: conv 1x1 4 bias=false\n  b: conv 1x1 4 bias=false",
      { "apple.weight": [4, 4, 1, 1], "pear.weight": [4, 4, 1, 1] },
      { "a/kernel": "pear.weight" },
    );
    expect(findings).toEqual([]);
    expect(pairs).toEqual({ "a/kernel": "pear.weight map", "b/kernel": "apple.weight shape" });
  });

  const branches = `  sum: branch add {
    main: path {
      one: conv 1x1 4 bias=false
      two: conv 1x1 4 bias=false
    }
    side: path { conv: conv 1x1 4 bias=false }
  }`;

  it("keep a projection apart from the path beside it", () => {
    const { pairs, findings } = run(branches, {
      "layer1.0.conv1.weight": [4, 4, 1, 1],
      "layer1.0.conv2.weight": [4, 4, 1, 1],
      "layer1.0.downsample.0.weight": [4, 4, 1, 1],
    });
    expect(findings).toEqual([]);
    expect(pairs).toEqual({
      "sum/main/one/kernel": "layer1.0.conv1.weight order",
      "sum/main/two/kernel": "layer1.0.conv2.weight order",
      "sum/side/conv/kernel": "layer1.0.downsample.0.weight order",
    });
  });

  it("are refused on two paths where no name says which is the projection", () => {
    const { findings } = run(branches, {
      "layer1.0.conv1.weight": [4, 4, 1, 1],
      "layer1.0.conv2.weight": [4, 4, 1, 1],
      "layer1.0.conv3.weight": [4, 4, 1, 1],
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^weights\/ambiguous .*"sum\/main\/one", "sum\/main\/two", "sum\/side\/conv"/);
  });

  it("are refused where the checkpoint has more of them", () => {
    const { findings } = run("  a: conv 1x1 4 bias=false", {
      "conv1.weight": [4, 4, 1, 1],
      "conv2.weight": [4, 4, 1, 1],
    });
    expect(findings).toEqual([
      'weights/ambiguous The network has 1 layer with kernel 1x1x4x4 ("a"), and the checkpoint has 2 ("conv1", "conv2").',
    ]);
  });
});

describe("a misfit names both sides", () => {
  it("of a kernel's shape", () => {
    const { training } = compiled(network("  a: conv 3x3 8 bias=false"));
    const shapes = { "conv1.weight": [16, 4, 3, 3], "conv1.bias": [16] };
    const { diagnostics } = importWeights(training, torchCheckpoint(torch(shapes)), new Map());
    expect(diagnostics[0]).toMatchObject({
      code: "weights/misfit",
      message: 'The network has 1 layer with kernel 3x3x4x8 ("a"), and the checkpoint has none.',
      hint: 'Compare with the unused layers of the checkpoint: "conv1 16x4x3x3".',
    });
    expect(diagnostics[0]?.span.start).toBe(network("  a: conv").indexOf("a: conv"));
  });

  it("of a bias that is missing", () => {
    const { findings } = run("  a: conv 3x3 8 bias=true", { "conv1.weight": [8, 4, 3, 3] });
    expect(findings[0]).toContain("kernel 3x3x4x8, bias 8");
  });

  it("says what no layer reads, and goes on", () => {
    const { weights, findings } = run("  a: conv 3x3 8 bias=false", {
      "conv1.weight": [8, 4, 3, 3],
      "fc.weight": [10, 8],
      "fc.bias": [10],
    });
    expect(weights?.size).toBe(1);
    expect(findings).toEqual(['weights/unused 2 tensors are read by no layer of "N": "fc.weight 10x8", "fc.bias 10".']);
  });
});

describe("a map", () => {
  const body = "  a: conv 3x3 8 bias=false";
  const shapes = { "conv1.weight": [8, 4, 3, 3], "fc.weight": [10, 8] };
  it.each([
    [{ "a/kernal": "conv1.weight" }, 'The map names weight "a/kernal", which "N" does not read.'],
    [
      { "a/kernel": "conv.weight" },
      'The map gives "a/kernel" the tensor "conv.weight", which the checkpoint does not hold.',
    ],
  ])("is refused: %o", (names, message) => {
    expect(run(body, shapes, names as Record<string, string>).findings[0]).toBe(`weights/map ${message}`);
  });

  it("is refused where the shapes differ", () => {
    expect(run(body, shapes, { "a/kernel": "fc.weight" }).findings[0]).toBe(
      'weights/misfit Weight "a/kernel" of shape 3x3x4x8: expected a tensor of shape 8x4x3x3, found "fc.weight" of 10x8.',
    );
  });

  it("is refused where it gives one tensor to two weights", () => {
    const { findings } = run(
      plain("a b"),
      { "x.weight": [4, 4, 1, 1], "x.bias": [4], "y.weight": [4, 4, 1, 1], "y.bias": [4] },
      {
        "a/kernel": "x.weight",
        "b/kernel": "x.weight",
      },
    );
    expect(findings[0]).toBe('weights/map The map gives tensor "x.weight" to both "a/kernel" and "b/kernel".');
  });

  it("takes a layer's other tensors along, and never one twice", () => {
    const layers = { "x.weight": [4, 4, 1, 1], "x.bias": [4], "y.weight": [4, 4, 1, 1], "y.bias": [4] };
    expect(run(plain("a b"), layers, { "a/kernel": "y.weight" }).pairs["a/bias"]).toBe("y.bias map");
    expect(
      run(plain("a b"), layers, { "a/kernel": "y.weight", "b/kernel": "x.weight", "b/bias": "y.bias" }).findings[0],
    ).toBe('weights/misfit Weight "a/bias" of shape 4 has no counterpart in layer "y" of the checkpoint.');
  });
});

describe("values", () => {
  const body = "  a: conv 1x2 2 norm=batch";
  const shapes = { "conv1.weight": [2, 4, 1, 2], ...norm("bn1", 2) };

  it("are turned from OIHW to HWIO", () => {
    const { weights } = run(body, shapes);
    // The number at output o, input i, column w of PyTorch is 1 + o * 8 + i * 2 + w.
    expect([...weights!.get("a/kernel")!.data]).toEqual([1, 9, 3, 11, 5, 13, 7, 15, 2, 10, 4, 12, 6, 14, 8, 16]);
  });

  it("are refused where a variance is negative: a tensor was swapped", () => {
    const { training } = compiled(network(body));
    const store = torch(shapes, (name, data) => name === "bn1.running_var" && (data[1] = -0.5));
    const { value: weights, diagnostics } = importWeights(training, torchCheckpoint(store), new Map());
    expect(weights).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(["weights/negative-variance"]);
  });
});

describe("weights of one axis", () => {
  it("are a norm's beside a bias, slopes of a prelu alone, and factors where the name says so", () => {
    const { pairs, findings } = run(
      "  a: conv 1x1 4 bias=false act=prelu\n  b: conv 1x1 4 bias=false norm=layer\n  c: norm rms",
      {
        "features.0.weight": [4, 4, 1, 1],
        "features.1.weight": [4],
        "features.2.weight": [4, 4, 1, 1],
        "features.3.weight": [4],
        "features.3.bias": [4],
        "norm.weight": [4],
      },
    );
    expect(findings).toEqual([]);
    expect(pairs).toEqual({
      "a/kernel": "features.0.weight order",
      "a/act/alpha": "features.1.weight shape",
      "b/kernel": "features.2.weight order",
      "b/norm/gamma": "features.3.weight shape",
      "b/norm/beta": "features.3.bias shape",
      "c/gamma": "norm.weight shape",
    });
  });
});
