import type { Rule } from "../rule.ts";
import { biasBeforeBn } from "./bias-before-bn.ts";
import { bnOnLogits } from "./bn-on-logits.ts";
import { unknownOption } from "./unknown-option.ts";

/** Every rule, in order of name. A new one is a file beside this and a line here. */
export const rules: readonly Rule[] = [biasBeforeBn, bnOnLogits, unknownOption];
