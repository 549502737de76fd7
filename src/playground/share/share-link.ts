import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { limits } from "../../../grammar/limits.ts";
import { crc32 } from "../../formats/crc32.ts";
import type { PlayDocument } from "../compiler/play-document.ts";

/** The version of the link format. A fragment begins with it. */
const version = "v1";

/** No spec gives a longer fragment. */
const mostCharacters = 100_000;
/**
 * A limit is necessary, because deflated data can inflate to a thousand times its size. In JSON, line ends and quotes
 * take two bytes each.
 */
const mostBytes = 2 * limits.fileBytes;

export type SharedDocument =
  | { readonly kind: "none" }
  | { readonly kind: "document"; readonly document: PlayDocument }
  /** A sentence for people. */
  | { readonly kind: "broken"; readonly problem: string };

/**
 * Returns the fragment of a link that contains a document: `v1.<crc>.<data>`, with a checksum and the deflated
 * document in base64url.
 */
export function fragmentOf({ name, text, network, params }: PlayDocument): string {
  const bytes = deflateSync(strToU8(JSON.stringify([name, text, network, params])), { level: 9 });
  const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
  return `#${version}.${crc32(bytes)}.${data}`;
}

/** Returns true if {@link documentOf} reads a fragment of this length. */
export function fitsLink(fragment: string): boolean {
  return fragment.length <= mostCharacters;
}

/**
 * Reads the document of a fragment. The whole fragment is checked, because links are often cut or altered when they
 * are passed on.
 */
export function documentOf(fragment: string): SharedDocument {
  if (fragment === "" || fragment === "#") return { kind: "none" };
  const broken = (why: string): SharedDocument => ({ kind: "broken", problem: `This link contains no spec: ${why}.` });
  const [found, sum, data, ...rest] = fragment.slice(1).split(".");
  if (found !== version || sum === undefined || data === undefined || rest.length > 0) {
    return /^#v\d+\./.test(fragment) && found !== version
      ? broken(`it is of version ${(found ?? "").slice(1)}, and this page reads version ${version.slice(1)}`)
      : broken("it does not have the form that this page writes");
  }
  if (!fitsLink(fragment)) return broken(`it has more than ${mostCharacters} characters`);
  if (!/^[\w-]*$/.test(data)) return broken("it has characters that do not occur in such a link");
  try {
    const bytes = Uint8Array.from(atob(data.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    if (crc32(bytes) !== sum) return broken("a part of it is missing or altered");
    // Inflating stops at the end of `out` without an error.
    const unfolded = inflateSync(bytes, { out: new Uint8Array(mostBytes) });
    if (unfolded.length === mostBytes) return broken(`it inflates to ${mostBytes} bytes or more`);
    const document = read(JSON.parse(strFromU8(unfolded)));
    return document === null ? broken("its data is not a document") : { kind: "document", document };
  } catch {
    return broken("a part of it is missing or altered");
  }
}

function read(value: unknown): PlayDocument | null {
  if (!Array.isArray(value)) return null;
  const [name, text, network, params] = value as readonly unknown[];
  const isParams = (found: unknown): found is Readonly<Record<string, string>> =>
    typeof found === "object" && found !== null && Object.values(found).every((item) => typeof item === "string");
  if (typeof name !== "string" || typeof text !== "string" || !isParams(params)) return null;
  if (network !== null && typeof network !== "string") return null;
  return { name, text, network, params };
}
