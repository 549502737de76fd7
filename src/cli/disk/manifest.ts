import { createHash } from "node:crypto";
import * as z from "zod";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { containedPath } from "./contained-path.ts";

export const manifestName = "mnet.manifest.json";

const schema = z.object({
  schemaVersion: z.literal(1),
  generator: z.string().startsWith("mnet "),
  network: z.string(),
  target: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  files: z.array(z.object({ path: z.string(), bytes: z.int().min(0), sha256: z.string() })),
});

/** The list of files that a build wrote, which lies beside them. The next build may replace exactly these files. */
export type Manifest = z.infer<typeof schema>;

/** Returns the size and the checksum of a file. */
export function describeFile(file: EmittedFile): Manifest["files"][number] {
  const bytes = typeof file.contents === "string" ? new TextEncoder().encode(file.contents) : file.contents;
  return { path: file.path, bytes: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Reads a manifest. Returns null where the text is not a manifest of mnet, or names files outside its folder. */
export function parseManifest(text: string): Manifest | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    for (const file of parsed.data.files) containedPath(file.path);
    return parsed.data;
  } catch {
    return null;
  }
}
