import type { Fix } from "../../diagnostics/diagnostic.ts";
import { replace } from "../edits.ts";
import { familyNames } from "../families.ts";
import { misspeltFamily } from "../misspelt-family.ts";
import type { FileRule, Finding } from "../rule.ts";

/** Reports a family that the rules do not know and that is spelt nearly like one that they know. */
export const unknownFamily: FileRule = {
  id: "unknown-family",
  over: "file",
  category: "correctness",
  severity: "warning",
  summary: "A family that the rules do not know, spelt like one that they know with a slip",
  why: "The family says what the rules compare a network with: its stages and strides, the sizes it was published with, and whether its depthwise convs are activated. The rules know nothing of a misspelt family, so these checks find nothing. Only a slip of the keys is reported: letters swapped, dropped, doubled or replaced, and other separators. Any other name is taken as another family.",
  source: "The families of src/lint/families.ts, with the paper of each.",
  bad: `network N family=moblienet_v2 {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n}\n`,
  good: `network N family=mobilenet_v2 {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n}\n`,
  near: `// ResNeXt is a family of its own, and no slip of resnet.
network N family=resnext {
  input image [32, 32, 3]
  conv 3x3 16 act=relu
}
`,
  check({ file }) {
    return file.ast.items.flatMap((item): readonly Finding[] => {
      if (item.kind !== "network") return [];
      const value = item.attributes.find(({ key }) => key.text === "family")?.value;
      const name = value?.kind === "reference" ? value.name : value?.kind === "string" ? value.value : null;
      const near = name === null || familyNames.includes(name) ? null : misspeltFamily(name, familyNames);
      if (value === undefined || near === null) return [];
      const fix: Fix = { message: `Make it ${near}`, edits: [replace(value.span, near)], safety: "suggestion" };
      return [
        {
          span: value.span,
          message: `The rules do not know the family "${name ?? ""}"; the nearest that they know is "${near}".`,
          hint: `Write family=${near} if it is meant, or hide this finding by "// mnet-ignore unknown-family: REASON".`,
          fix,
        },
      ];
    });
  },
};
