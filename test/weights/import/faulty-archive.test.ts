import { describe, expect, it } from "vitest";
import { readCheckpoint } from "../../../src/weights/import/read-checkpoint.ts";
import { readHdf5 } from "../../../src/formats/read-hdf5.ts";
import { readZip } from "../../../src/formats/read-zip.ts";
import { randomSource } from "../../../src/weights/random.ts";
import { accepted, fixtureBytes } from "./fixtures.ts";
import { numberedFile } from "../../formats/hdf5-files.ts";
import { zip, type ZipEntry } from "../../formats/zip-files.ts";

const read = (bytes: Uint8Array) => readCheckpoint(bytes, { readBeside: () => null, readHdf5 });
const text = (value: string) => new TextEncoder().encode(value);

const weights = await numberedFile({ dense: [{ shape: [4, 2] }, { shape: [2] }] });
const json = text('{"class_name":"Sequential","config":{"layers":[{"class_name":"Dense","config":{"name":"head"}}]}}');
const config: ZipEntry = { name: "config.json", data: json };
const model: ZipEntry = { name: "model.weights.h5", data: weights };
const sound = zip([config, model]);
const keras = fixtureBytes("keras-residual.keras");

/** The sound archive with one change to its weights. */
const lying = (says: ZipEntry["says"], more: Partial<ZipEntry> = {}) =>
  zip([config, { ...model, says: says ?? {}, ...more }]);
const beside = (entry: ZipEntry) => zip([config, model, entry]);
const named = (name: string | Uint8Array) => beside({ name, data: text("x") });
const configured = (data: Uint8Array) => zip([{ ...config, data }, model]);
const holding = (data: Uint8Array) => zip([config, { ...model, data }]);
const zeros = new Uint8Array(3_000_000);

type Case = readonly [what: string, bytes: Uint8Array, code: string, message: string];

const archives: readonly Case[] = [
  ["nothing behind its mark", text("PK\u0003\u0004"), "file-archive", "a directory at its end, found none there"],
  ["no directory", sound.slice(0, weights.length), "file-archive", "a directory at its end, found none there"],
  ["a byte too many", Uint8Array.of(...sound, 0), "file-archive", "none there: it is cut off, or bytes follow"],
  ["bytes before it", Uint8Array.of(0x50, 0x4b, ...sound), "file-archive", "its directory at its end, "],
  ["two in one", Buffer.concat([sound, sound]), "file-archive", `its directory at its end, ${2 * sound.length - 22}`],
  [
    "the marks of zip64",
    zip([config, model], { start: 0xffffffff }),
    "file-archive",
    "less than 4 GiB, found the marks",
  ],
  [
    "several disks",
    zip([config, model], { disk: 1 }),
    "file-archive",
    "all its parts in one file, found one of several",
  ],
  [
    "an entry too few",
    zip([config, model], { count: 1 }),
    "file-archive",
    "a directory of 119 bytes, found 57 bytes of entries",
  ],
  ["an entry too many", zip([config, model], { count: 3 }), "file-archive", "3 entries in its directory, found 2"],
  [
    "sixty thousand entries",
    zip([config, model], { count: 60_000 }),
    "file-archive",
    "60000 entries in its directory, found 2",
  ],
  ["a directory elsewhere", zip([config, model], { start: 0 }), "file-archive", "one from 0 to 119"],
  ["a name that is no text", named(Uint8Array.of(255, 254)), "file-archive", "names in UTF-8, found one that is not"],
  ["a parent in a name", named("../evil"), "file-archive", 'names inside the archive, found "../evil"'],
  ["a parent deep in a name", named("assets/../../evil"), "file-archive", 'found "assets/../../evil"'],
  ["an absolute name", named("/etc/passwd"), "file-archive", 'found "/etc/passwd"'],
  ["a drive", named("C:evil"), "file-archive", 'found "C:evil"'],
  ["a backslash", named("..\\evil"), "file-archive", 'found "..\\\\evil"'],
  ["a NUL in a name", named("a\0b"), "file-archive", 'found "a\\u0000b"'],
  ["a name twice", beside(model), "file-archive", 'each name once, found "model.weights.h5" twice'],
  ["an encrypted entry", lying({ flags: 1 }), "file-archive", '"model.weights.h5" in the open, found it encrypted'],
  ["a strongly encrypted entry", lying({ flags: 0x40 }), "file-archive", "found it encrypted"],
  ["another method", lying({ method: 12 }), "file-archive", "stored or deflated, found method 12"],
  [
    "two sizes of a stored entry",
    lying({ size: 7 }),
    "file-archive",
    `7 bytes as "model.weights.h5", which is stored, found ${weights.length}`,
  ],
  [
    "a size past the archive",
    lying({ size: 4e9, packed: 4e9 }),
    "file-archive",
    'at most 1073741824 bytes in "model.weights.h5"',
  ],
  ["a bomb that says its size", lying({ size: 1e9 }, { deflate: true }), "file-archive", "found 1000000000"],
  [
    "a bomb that hides its size",
    lying({ size: 1000 }, { data: zeros, deflate: true }),
    "file-archive",
    '1000 bytes in "model.weights.h5", found more',
  ],
  ["too few bytes", lying({ size: 3_000_001 }, { data: zeros, deflate: true }), "file-archive", "3000001 bytes"],
  [
    "no deflate",
    lying({ method: 8 }, { data: text("\u0007\u0007\u0007\u0007") }),
    "file-archive",
    '"model.weights.h5" deflated, found ',
  ],
  [
    "deflate that is cut",
    lying({ packed: 100 }, { deflate: true }),
    "file-archive",
    '"model.weights.h5" deflated, found unexpected EOF',
  ],
  [
    "a flipped bit",
    sound.map((byte, i) => (i === 500 ? byte ^ 1 : byte)),
    "file-archive",
    '"model.weights.h5" with the checksum',
  ],
  ["a place that is none", lying({ offset: 1 }), "file-archive", '"model.weights.h5"'],
  [
    "a place behind the end",
    lying({ offset: 4e9 }),
    "file-archive",
    '"model.weights.h5" at 4000000000, found no entry there',
  ],
  ["one place for two", lying({ offset: 0 }), "file-archive", "apart from other entries"],
  ["another name in place", lying({}, { local: { name: "model.weights.h6" } }), "file-archive", "another entry there"],
  ["another method in place", lying({}, { local: { method: 8 } }), "file-archive", "another entry there"],
  [
    "more than is left",
    lying({ size: 9e6, packed: 9e6 }),
    "file-archive",
    '9000000 bytes of "model.weights.h5", found ',
  ],
];

const contents: readonly Case[] = [
  ["nothing", zip([]), "file-structure", '"config.json" in its archive, found nothing'],
  ["no configuration", zip([model]), "file-structure", '"config.json" in its archive, found "model.weights.h5"'],
  ["no weights", zip([config]), "file-structure", '"model.weights.h5" in its archive, found "config.json"'],
  [
    "weights of numpy",
    zip([config, { ...model, name: "model.weights.npz" }]),
    "file-structure",
    '"config.json", "model.weights.npz"',
  ],
  [
    "a pickle of PyTorch",
    zip([{ name: "net/data.pkl", data: Uint8Array.of(128, 2) }]),
    "file-format",
    "safetensors.torch.save_file",
  ],
  ["no JSON", configured(text("{")), "file-structure", 'valid JSON in UTF-8 as "config.json"'],
  ["no UTF-8", configured(Uint8Array.of(0x7b, 0xff)), "file-structure", 'valid JSON in UTF-8 as "config.json"'],
  ["empty JSON", configured(text("")), "file-structure", 'valid JSON in UTF-8 as "config.json"'],
  ["a list", configured(text("[1]")), "file-structure", 'a JSON object as "config.json", found [1]'],
  ["a number", configured(text("7")), "file-structure", 'a JSON object as "config.json", found 7'],
  ["null", configured(text("null")), "file-structure", 'a JSON object as "config.json", found null'],
  [
    "a name twice",
    configured(text('{"a":1,"\\u0061":2}')),
    "file-structure",
    'each name once in an object as "config.json"',
  ],
  [
    "a larger model",
    configured(text(new TextDecoder().decode(json).replace("]", ',{"class_name":"Conv2D","config":{"name":"c"}}]'))),
    "file-structure",
    'weights of its layer "c", a Conv2D, found none',
  ],
  ["no HDF5", holding(text("hello")), "file-format", 'as "model.weights.h5" the signature of HDF5, found 5 bytes'],
  [
    "empty weights",
    holding(new Uint8Array()),
    "file-format",
    'as "model.weights.h5" the signature of HDF5, found no bytes',
  ],
  ["an archive in the archive", holding(sound), "file-format", 'as "model.weights.h5" the signature of HDF5'],
  [
    "weights that are cut",
    holding(weights.slice(0, 1000)),
    "file-length",
    `as "model.weights.h5" ${weights.length} bytes, found 1000`,
  ],
];

describe.each([
  ["archive", archives],
  ["content", contents],
] as const)("a faulty %s", (_kind, cases) => {
  it.each(cases)("%s", async (_what, bytes, code, message) => {
    const result = await read(bytes);
    if (result.ok) throw new Error("read without a problem");
    expect(result.problem.code).toBe(`weights/${code}`);
    expect(result.problem.message).toContain(message);
  });
});

it("has no directory wherever it is cut off", async () => {
  for (let length = 4; length < keras.length; length += 307) {
    const result = await read(keras.subarray(0, length));
    expect(result).toMatchObject({ ok: false, problem: { code: "weights/file-archive" } });
  }
});

it("is read or refused, whatever bytes are changed, and never thrown over", () => {
  const random = randomSource(1, "archive");
  const pick = (below: number) => Math.floor(random.uniform() * below);
  let refused = 0;
  for (let i = 0; i < 400; i++) {
    const bytes = Uint8Array.from(sound);
    // The directory and the local headers; a checksum guards the bytes between them.
    for (let k = 0; k <= pick(3); k++) bytes[pick(2) === 0 ? pick(200) : sound.length - 1 - pick(143)] = pick(256);
    try {
      for (const unpack of readZip(bytes).values()) unpack();
    } catch (cause) {
      expect(cause).toMatchObject({ problem: { code: "weights/file-archive" } });
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(100);
});

describe("sound archives", () => {
  it.each([
    ["stored", sound],
    [
      "deflated",
      zip([
        { ...config, deflate: true },
        { ...model, deflate: true },
      ]),
    ],
    ["with a comment", zip([config, model], {}, "PK\u0005\u0006 is how the end begins")],
    [
      "with assets, a folder among them",
      zip([config, { name: "assets/", data: new Uint8Array() }, { name: "assets/ä b.txt", data: text("x") }, model]),
    ],
  ])("%s", async (_what, bytes) => {
    const { layers } = accepted(await read(bytes));
    expect(layers.map(({ name, tensors }) => [name, [...tensors.values()].map((tensor) => tensor.name)])).toEqual([
      ["head", ["head/kernel", "head/bias"]],
    ]);
  });
});
