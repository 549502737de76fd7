/**
 * The compiler as a library. Text goes in; values with diagnostics, and files as data, come out. Nothing here touches disk, clock or environment.
 *
 * Every type in the signature of an exported value is exported as well. `docs/api.md` is made from this file.
 */

// # Compiling
export { check, compile, compileProgram } from "./compile.ts";
export type { CheckReport, Compilation, CompiledNetwork, CompileRequest, ReadFile } from "./compile.ts";
export { loadProgram } from "./program/load-program.ts";
export type { BlockEntry, Program, ProgramFile } from "./program/program.ts";
/** The syntax tree of a file: plain data, with a span on every node. */
export type * as ast from "./syntax/ast.ts";
export { version } from "./version.ts";

// # Sources and diagnostics
export { createSource, positionAt } from "./text/source.ts";
export type { Position, Source } from "./text/source.ts";
export type { Span } from "./text/span.ts";
export type { Diagnostic, FigureChange, Fix, Outcome, Related, Severity, TextEdit } from "./diagnostics/diagnostic.ts";
export type { Result } from "./diagnostics/result.ts";
export { renderGithub } from "./diagnostics/render-github.ts";
export { renderJson } from "./diagnostics/render-json.ts";
export type { JsonFinding, JsonFindings, JsonFix } from "./diagnostics/render-json.ts";
export type { Place } from "./diagnostics/place.ts";
export { renderJunit } from "./diagnostics/render-junit.ts";
export { renderLine } from "./diagnostics/render-line.ts";
export { renderSarif } from "./diagnostics/render-sarif.ts";
export type { SarifRun } from "./diagnostics/render-sarif.ts";
export type { ExplainPage } from "./diagnostics/pages/page.ts";
export { renderTerminal } from "./diagnostics/render-terminal.ts";

// # Review and formatting
export { lint } from "./lint/lint.ts";
export type { LintOptions, LintReport } from "./lint/lint.ts";
export type { Budget, Budgets } from "./lint/budget.ts";
export type { DeviceTarget } from "./lint/device-targets.ts";
export type { LintSettings } from "./lint/lint-settings.ts";
export { fixSpec } from "./lint/fix-spec.ts";
export type { FixReport } from "./lint/fix-spec.ts";
export { parseConfig } from "./config/parse-config.ts";
export type { ParsedConfig } from "./config/parse-config.ts";
export type { Config } from "./config/config-schema.ts";
export { lintOptionsOf } from "./config/lint-options.ts";
export type { ConfigOverrides } from "./config/lint-options.ts";
export type { PresetName } from "./config/presets.ts";
export { formatSource } from "./format/format-source.ts";
export { withLineEndsOf } from "./format/line-ends.ts";

// # Graphs
export type {
  BlockInstance,
  Graph,
  GraphAssert,
  GraphOutput,
  LoweredGraph,
  Node,
  NodeFields,
  NodeId,
  Normalization,
  ResidualDecision,
  ResidualMode,
  Shaped,
  ShapedGraph,
  ShapedNode,
  WithFields,
} from "./ir/graph.ts";
export type { NetworkGraphs } from "./ir/network-graphs.ts";
export type { Op, OpName } from "./ir/op.ts";
export type { ActivationOp } from "./ir/ops/activation.ts";
export type { AdaptivePoolOp } from "./ir/ops/adaptive-pool.ts";
export type { AddOp } from "./ir/ops/add.ts";
export type { BatchNormOp } from "./ir/ops/batch-norm.ts";
export type { PreluOp } from "./ir/ops/prelu.ts";
export type { ResponseNormOp } from "./ir/ops/response-norm.ts";
export type { SampleNormOp } from "./ir/ops/sample-norm.ts";
export type { ScaleOp } from "./ir/ops/scale.ts";
export type { ShiftOp } from "./ir/ops/shift.ts";
export type { SubOp } from "./ir/ops/sub.ts";
export type { ConcatOp } from "./ir/ops/concat.ts";
export type { ConvOp } from "./ir/ops/conv.ts";
export type { CropOp } from "./ir/ops/crop.ts";
export type { ConvTransposeOp } from "./ir/ops/conv-transpose.ts";
export type { DenseOp } from "./ir/ops/dense.ts";
export type { BlockOrder, DepthToSpaceOp } from "./ir/ops/depth-to-space.ts";
export type { DepthwiseOp } from "./ir/ops/depthwise.ts";
export type { DropoutOp } from "./ir/ops/dropout.ts";
export type { FlattenOp } from "./ir/ops/flatten.ts";
export type { GlobalPoolOp } from "./ir/ops/global-pool.ts";
export type { InputOp } from "./ir/ops/input.ts";
export type { MulOp } from "./ir/ops/mul.ts";
export type { PadOp } from "./ir/ops/pad.ts";
export type { AxisOrder, PermuteOp } from "./ir/ops/permute.ts";
export type { PoolOp } from "./ir/ops/pool.ts";
export type { ReshapeOp } from "./ir/ops/reshape.ts";
export type { ResizeOp } from "./ir/ops/resize.ts";
export type { ShuffleOp } from "./ir/ops/shuffle.ts";
export type { SliceOp } from "./ir/ops/slice.ts";
export type { SpaceToDepthOp } from "./ir/ops/space-to-depth.ts";
export type { SqueezeOp } from "./ir/ops/squeeze.ts";
export type { Initializer } from "./ir/initializer.ts";
export type { Shape } from "./ir/shape.ts";
export type { Pads } from "./ir/window.ts";
export { printGraph } from "./ir/print.ts";
export { graphAfter, passNames } from "./passes/pipeline.ts";
export type { ReportDiagnostic } from "./passes/pass.ts";

// # Figures
export { summarize } from "./analysis/summary.ts";
export type { PerAxis, Summary, SummaryBlock, SummaryLayer } from "./analysis/summary.ts";
export type { AssertRow } from "./analysis/asserts.ts";

// # Comparing networks
export { diffClasses } from "./analysis/diff/diff-classes.ts";
export type { DiffClass } from "./analysis/diff/diff-classes.ts";
export { diffNetworks } from "./analysis/diff/diff-networks.ts";
export type { DiffSide, NetworkDiff } from "./analysis/diff/diff-networks.ts";
export type {
  AttributeChange,
  AttributeValue,
  BlockChange,
  CountDelta,
  CountsDiff,
  GraphDiff,
  IoChange,
  NodePlace,
  SourceChange,
  SourceLineChange,
  WeightChange,
  WeightsDiff,
} from "./analysis/diff/diff-parts.ts";

// # Sweeps
export { expandValues } from "./analysis/sweep/expand-values.ts";
export type { ExpandedValues, SweepProblem } from "./analysis/sweep/expand-values.ts";
export { countVariants, variantAt, variantIndices } from "./analysis/sweep/variants.ts";
export type { Shard, SweepAxis } from "./analysis/sweep/variants.ts";
export { measureVariant } from "./analysis/sweep/measure-variant.ts";
export type { VariantFigures } from "./analysis/sweep/measure-variant.ts";
export { paretoFront } from "./analysis/sweep/pareto.ts";
export type { Tradeoff } from "./analysis/sweep/pareto.ts";
export { plotSweep } from "./analysis/sweep/plot-svg.ts";
export type { SweepRow } from "./analysis/sweep/sweep-row.ts";

// # Weights
export { expectedWeights } from "./weights/expected-weights.ts";
export type { ExpectedWeight } from "./weights/expected-weights.ts";
export type { WeightSlot } from "./ir/op-definition.ts";
export { checkWeights } from "./weights/check-weights.ts";
export { initializeWeights } from "./weights/initialize.ts";
export { readSafetensors, writeSafetensors } from "./formats/safetensors.ts";
export type { Safetensors } from "./formats/safetensors.ts";
export type { HeaderOptions } from "./formats/safetensors-header.ts";
export type { FileProblem, FileProblemCode, FileResult } from "./formats/file-problem.ts";
export type { WeightStore, WeightTensor } from "./formats/tensor.ts";
export { WeightError } from "./formats/weight-error.ts";

// # Running in float64
export { interpret, interpretOutputs } from "./reference/interpret.ts";
export { InputError } from "./reference/input-error.ts";

// # Targets
export { emitTfjs } from "./targets/tfjs/emit-tfjs.ts";
export type { TfjsOptions } from "./targets/tfjs/emit-tfjs.ts";
export type { Language } from "./targets/tfjs/language.ts";
export { emitWebgpu } from "./targets/webgpu/emit.ts";
export type { PlanOptions } from "./targets/webgpu/plan-network.ts";
export type {
  DeviceClass,
  FusionMode,
  LimitProfile,
  LimitsName,
  PlanBudget,
  Precision,
} from "./targets/webgpu/plan-choices.ts";
export type { TuningRecord } from "./targets/webgpu/files/tuning-record.ts";
export { TuningError } from "./targets/webgpu/files/tuning-error.ts";
export type { EmittedFile } from "./targets/emitted-file.ts";
