import type { Command } from "commander";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { exitCode } from "../failure/cli-error.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { type ProgramOptions, withProgramOptions } from "../options/program-options.ts";
import { renderPlan } from "../print/render-plan.ts";
import { failWithFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { withTuning } from "../options/tuning-file.ts";
import { printData, printJson } from "../print/terminal.ts";

interface PlanCommandOptions extends SpecOptions, ProgramOptions {
  readonly json?: true;
}

export function addPlan(program: Command): void {
  withProgramOptions(withSpecOptions(program.command("plan")), "generic")
    .summary("dispatches of the WebGPU program, with reasons")
    .description(
      "Prints what a WebGPU build of a network would run: for each dispatch its layers, bytes, multiply-adds, estimated time and reason, then what each fusion saves, and the memory of all of it. Needs no weights and no adapter.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .option("--json", "all of it as JSON")
    .action(async (spec: string, options: PlanCommandOptions) => {
      const json = options.json === true;
      const compiled = await compileSpec(spec, options, { json, asserts: "show" });
      if (compiled === null) return;
      const { value, sources } = compiled;
      const { planNetwork } = await import("../../targets/webgpu/plan-network.ts");
      const { planReport } = await import("../../targets/webgpu/plan-report.ts");
      const { checkLimits } = await import("../../targets/webgpu/plan-details.ts");
      const plan = await withTuning(options, (planOptions) => planNetwork(value.inference, planOptions));
      const programs = plan.chosen.map(({ program }) => program);
      const diagnostics = checkLimits(plan.schedule, programs, plan.limits);
      if (hasErrors(diagnostics)) {
        failWithFindings({ diagnostics, sources }, json);
        return;
      }
      const report = planReport(value.inference, plan);
      if (json) printJson(report);
      else printData(renderPlan(report));
      process.exitCode = exitCode.clean;
    });
}
