import { Command } from "commander";
import { version } from "../version.ts";
import { addBench } from "./verbs/bench.ts";
import { addBuild } from "./verbs/build.ts";
import { addCheck } from "./verbs/check.ts";
import { addDiff } from "./verbs/diff.ts";
import { addExplain } from "./verbs/explain.ts";
import { addFmt } from "./verbs/fmt.ts";
import { addGraph } from "./verbs/graph.ts";
import { addInit } from "./verbs/init.ts";
import { addIr } from "./verbs/ir.ts";
import { addLint } from "./verbs/lint.ts";
import { addLsp } from "./verbs/lsp.ts";
import { addPlan } from "./verbs/plan.ts";
import { addReport } from "./verbs/report.ts";
import { addRun } from "./verbs/run.ts";
import { addSummary } from "./verbs/summary.ts";
import { addSweep } from "./verbs/sweep.ts";
import { addTune } from "./verbs/tune.ts";
import { addVerify } from "./verbs/verify.ts";
import { addWeights } from "./verbs/weights.ts";

const verbs = [
  addCheck,
  addLint,
  addFmt,
  addBuild,
  addSummary,
  addSweep,
  addDiff,
  addGraph,
  addIr,
  addPlan,
  addReport,
  addRun,
  addVerify,
  addBench,
  addTune,
  addWeights,
  addExplain,
  addInit,
  addLsp,
];

/** Makes the program with all verbs. The modules of verbs are small, and import what is big when they run. */
export function createProgram(): Command {
  const program = new Command("mnet")
    .description("A compiler for convolutional networks: .mnet specs to tf.js models and stand-alone WebGPU programs.")
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showHelpAfterError(false);
  for (const add of verbs) add(program);
  return program;
}
