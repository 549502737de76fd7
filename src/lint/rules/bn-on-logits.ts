import type { Fix } from "../../diagnostics/diagnostic.ts";
import { channelsOf } from "../../ir/shape.ts";
import { grouped } from "../../text/grouped.ts";
import { setAttribute } from "../edits.ts";
import { classifierOf } from "../network-roles.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, layerOf, originPlace, statementPlace } from "../trace-places.ts";

/** Reports a batch norm between the classifier and its softmax. */
export const bnOnLogits: NetworkRule = {
  id: "bn-on-logits",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "Batch norm on the output of the classifier",
  why: "The size of the logits says how sure the network is. Batch norm gives every class mean 0 and deviation 1 over the batch. So a rare class looks as likely as a common one, and in training the answer for a picture depends on the pictures beside it. No reference implementation normalises its classifier.",
  source:
    "slim's mobilenet (classifier with normalizer_fn=None), torchvision's Linear and Keras' Dense heads; found in a widely copied TensorFlow 1 port.",
  bad: `network N {\n  input image [8, 8, 16]\n  pool avg\n  logits: conv 1x1 10 norm=batch act=none\n  flatten\n}\n`,
  good: `network N {\n  input image [8, 8, 16]\n  pool avg\n  logits: conv 1x1 10 norm=none act=none\n  flatten\n}\n`,
  near: `// The norm is on the hidden layer, before the classifier.
network N {
  input image [8, 8, 16]
  pool avg
  hidden: conv 1x1 32 norm=batch act=relu
  logits: conv 1x1 10 norm=none act=none
  flatten
}
`,
  check(context) {
    const step = classifierOf(context);
    if (step?.norm == null) return [];
    const { node, norm } = step;
    const layer = layerOf(context, node);
    const origin = norm.layer === node.layer ? argumentOrigin(context, node, "norm") : null;
    const written = layer?.statement.attributes.some(({ value }) => value === origin?.expression) === true;
    const classes = channelsOf(norm.shape);
    const parameters = context.counts.get(norm.id)?.trainable ?? 0;
    const fix: Fix | null =
      norm.layer !== node.layer || layer === null || layer.scope.file.fromLibrary
        ? null
        : {
            message: "Leave the logits as they are",
            edits: [setAttribute(layer.scope.file, layer.statement, "norm", "none")],
            safety: "suggestion",
          };
    return [
      {
        span: origin !== null && written ? originPlace(origin) : statementPlace(context, norm),
        message: `Batch norm rescales the logits of ${grouped(classes)} classes, with ${grouped(parameters)} parameters.`,
        hint: `Give "${node.path}" norm=none.`,
        ...(origin === null || written
          ? {}
          : { related: [{ message: "the norm is set here", span: originPlace(origin) }] }),
        ...(fix === null ? {} : { fix }),
      },
    ];
  },
};
