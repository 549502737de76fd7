import { irJsonSchema } from "../../src/ir/schema.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The JSON Schema of the IR. The output of `mnet ir --json` follows it, and the package exports it. */
export const irSchemaFile: GeneratedFile = {
  path: "generated/ir.schema.json",
  contents: () => JSON.stringify(irJsonSchema(), null, 2),
};
