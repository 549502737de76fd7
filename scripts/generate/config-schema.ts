import { configJsonSchema } from "../../src/config/config-schema.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The JSON Schema of mnet.config.json. Editors use it for completion, and the package exports it. */
export const configSchemaFile: GeneratedFile = {
  path: "generated/config.schema.json",
  contents: () => JSON.stringify(configJsonSchema(), null, 2),
};
