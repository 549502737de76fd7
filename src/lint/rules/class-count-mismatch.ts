import type { Fix, Related } from "../../diagnostics/diagnostic.ts";
import { outputClasses, statedClasses, type StatedClasses } from "../classes.ts";
import { replace } from "../edits.ts";
import { classifierOf } from "../network-roles.ts";
import type { NetworkContext } from "../network-context.ts";
import type { Origin } from "../origin.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, originPlace } from "../trace-places.ts";

/** Reports a last layer whose width is not the stated number of classes. */
export const classCountMismatch: NetworkRule = {
  id: "class-count-mismatch",
  over: "network",
  category: "correctness",
  severity: "error",
  summary: "A last layer that is not as wide as the stated number of classes",
  why: "Labels are read by position, so one class too many or too few shifts every name. The ImageNet networks of slim have 1001 outputs, the first of them for background; those of Keras and PyTorch have 1000. Nothing fails: every answer is the label beside the right one.",
  source:
    "Keras' check that ImageNet weights come with classes == 1000; slim's default of 1001; huggingface/transformers pull 37948.",
  bad: `network N labels=["cat", "dog"] {\n  input image [8, 8, 16]\n  pool avg\n  flatten\n  dense 3 act=softmax\n}\n`,
  good: `network N labels=["cat", "dog"] {\n  input image [8, 8, 16]\n  pool avg\n  flatten\n  dense 2 act=softmax\n}\n`,
  near: `// A detector has several outputs, each with values for every class and anchor.
network N labels=["cat", "dog"] {
  input image [4, 4, 16]
  fine: conv 3x3 12 padding=same
  branch concat {
    path from=fine { pool max 4x4 }
    path from=fine { pool avg 4x4 }
  }
  output fine = fine
}
`,
  check(context) {
    const stated = statedClasses(context);
    const actual = outputClasses(context);
    if (stated === null || actual === null || stated.count === actual) return [];
    const { declaration } = context;
    const labels = declaration.attributes.find(({ key }) => key.text === "labels");
    const param = declaration.body.find((item) => item.kind === "param" && item.name.text === stated.name);
    const where = stated.by === "labels" ? labels?.span : param?.span;
    const related: readonly Related[] = where === undefined ? [] : [{ message: "stated here", span: where }];
    const origin = widthOrigin(context);
    const background = actual === stated.count + 1 ? " One value more is usually slim's class for background." : "";
    const fix = origin === null ? null : fixOf(context, origin, stated);
    return [
      {
        span: origin === null ? declaration.name.span : originPlace(origin),
        message: `The output has ${actual} values, and ${stated.by === "labels" ? `there are ${stated.count} labels` : `the param "${stated.name}" says ${stated.count}`}.`,
        hint: `Give the last layer a width of ${stated.count}, or correct ${stated.by === "labels" ? "the labels" : `"${stated.name}"`}.${background}`,
        related,
        ...(fix === null ? {} : { fix }),
      },
    ];
  },
};

/** Returns the place where the width of the last layer was written; null if there is none. */
function widthOrigin(context: NetworkContext): Origin | null {
  const node = (classifierOf(context) ?? context.steps.at(-1))?.node;
  return node === undefined ? null : argumentOrigin(context, node, node.op === "dense" ? "units" : "filters");
}

function fixOf(context: NetworkContext, { expression, scope }: Origin, stated: StatedClasses): Fix | null {
  const message = `Make it ${stated.count}`;
  if (expression.kind === "number" && !scope.file.fromLibrary) {
    const text = stated.by === "param" ? stated.name : String(stated.count);
    return { message, edits: [replace(expression.span, text)], safety: "suggestion" };
  }
  if (expression.kind !== "reference" || context.preset !== null) return null;
  const param = context.declaration.body.find((item) => item.kind === "param" && item.name.text === expression.name);
  if (
    param?.kind !== "param" ||
    param.value.kind !== "number" ||
    context.graph.params[param.name.text] !== param.value.value
  )
    return null;
  return { message, edits: [replace(param.value.span, String(stated.count))], safety: "suggestion" };
}
