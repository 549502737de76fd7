import type { OpName } from "../ir/op.ts";
import type { AnyLanguageOp } from "./language-op.ts";
import type { joins } from "./joins.ts";
import { act } from "./ops/act.ts";
import { adaptivePool } from "./ops/adaptive-pool.ts";
import { conv } from "./ops/conv.ts";
import { crop } from "./ops/crop.ts";
import { convTranspose } from "./ops/conv-transpose.ts";
import { dense } from "./ops/dense.ts";
import { depthToSpace } from "./ops/depth-to-space.ts";
import { depthwise } from "./ops/depthwise.ts";
import { dropPath } from "./ops/drop-path.ts";
import { dropout } from "./ops/dropout.ts";
import { flatten } from "./ops/flatten.ts";
import { norm } from "./ops/norm.ts";
import { pad } from "./ops/pad.ts";
import { permute } from "./ops/permute.ts";
import { pool } from "./ops/pool.ts";
import { reshape } from "./ops/reshape.ts";
import { resize } from "./ops/resize.ts";
import { scale } from "./ops/scale.ts";
import { shift } from "./ops/shift.ts";
import { shuffle } from "./ops/shuffle.ts";
import { slice } from "./ops/slice.ts";
import { spaceToDepth } from "./ops/space-to-depth.ts";
import { squeeze } from "./ops/squeeze.ts";
import { upsample } from "./ops/upsample.ts";

/** The ops that a statement can name; docs/language.md, "Layers". */
export const opEntries = {
  conv,
  conv_transpose: convTranspose,
  depthwise,
  dense,
  pool,
  adaptive_pool: adaptivePool,
  norm,
  scale,
  shift,
  act,
  dropout,
  drop_path: dropPath,
  flatten,
  squeeze,
  reshape,
  permute,
  shuffle,
  slice,
  upsample,
  resize,
  depth_to_space: depthToSpace,
  space_to_depth: spaceToDepth,
  pad,
  crop,
} as const satisfies Readonly<Record<string, AnyLanguageOp>>;

export type LanguageOp = keyof typeof opEntries;

export const languageOps = Object.keys(opEntries) as readonly LanguageOp[];

/** The entry of an op by name; null for what is no op. */
export function opEntry(name: string): AnyLanguageOp | null {
  return Object.hasOwn(opEntries, name) ? opEntries[name as LanguageOp] : null;
}

type MadeByStatement = NonNullable<ReturnType<(typeof opEntries)[LanguageOp]["make"]>["own"]>["op"];

/** Ops of the graph that no entry, no join of a branch and no input makes; a test holds that there is none. */
export type UnmadeOp = Exclude<OpName, MadeByStatement | keyof typeof joins | "input">;
