import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { Span } from "../text/span.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import type { NetworkTarget } from "./network-target.ts";
import { reportError, type LoweringState } from "./state.ts";
import type { Scope } from "./environment.ts";
import { evaluate } from "./values/evaluate.ts";

/** Records the values that replace the defaults of params. Values of `--set` replace those of a preset. */
export function readOverrides(state: LoweringState, scope: Scope, { network, preset }: NetworkTarget): void {
  const params = network.body.filter((item) => item.kind === "param").map((item) => item.name.text);
  const unknown = (name: string, span: Span, how: string) => {
    const near = didYouMean(name, params);
    const message = `${how} names "${name}", and network "${network.name.text}" has no such param.`;
    reportError(state, "param/unknown", span, message, {
      hint:
        near !== null
          ? `Did you mean "${near}"?`
          : params.length === 0
            ? "Leave it out; the network has none."
            : `Use one of ${params.join(", ")}.`,
      ...rewriteFix(span, preset === null ? null : near),
    });
  };
  for (const { name, value } of preset?.args ?? []) {
    // An argument without a name is a syntax error, and its preset is not lowered.
    if (name === null) continue;
    if (!params.includes(name.text)) {
      unknown(name.text, name.span, `Preset "${preset?.name.text ?? ""}"`);
    } else {
      state.overrides.set(name.text, { value: evaluate(state, scope, value), span: value.span });
    }
  }
  for (const [name, value] of state.set) {
    if (params.includes(name)) state.overrides.set(name, { value, span: null });
    else unknown(name, network.name.span, "--set");
  }
}
