import { Command } from "commander";
import { version } from "../version.ts";
import { addBench } from "./bench.ts";
import { addBuild } from "./build.ts";
import { addCheck } from "./check.ts";
import { addDiff } from "./diff.ts";
import { addExplain } from "./explain.ts";
import { addFmt } from "./fmt.ts";
import { addGraph } from "./graph.ts";
import { addInit } from "./init.ts";
import { addIr } from "./ir.ts";
import { addLint } from "./lint.ts";
import { addLsp } from "./lsp.ts";
import { addPlan } from "./plan.ts";
import { addReport } from "./report.ts";
import { addRun } from "./run.ts";
import { addSummary } from "./summary.ts";
import { addSweep } from "./sweep.ts";
import { addTune } from "./tune.ts";
import { addVerify } from "./verify.ts";
import { addWeights } from "./weights.ts";

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

/** All verbs. Their modules are small; what they need that is big they import when they run. */
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
