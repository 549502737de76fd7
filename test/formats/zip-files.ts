import { deflateSync } from "fflate";
import { crc32 } from "../../src/formats/crc32.ts";

export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  /** What the directory says, if it lies. */
  readonly says?: Partial<Record<"flags" | "method" | "crc" | "packed" | "size" | "offset", number>>;
  /** What the local header says instead of the directory's name and method. */
  readonly local?: { readonly name?: string; readonly method?: number };
}

/** What the end of the archive says, if it lies. */
export type ZipEnd = Partial<Record<"disk" | "count" | "size" | "start", number>>;

const bytesOf = (name: string | Uint8Array) => (typeof name === "string" ? new TextEncoder().encode(name) : name);

/** A zip archive, or one that lies. PKWARE, APPNOTE 6.3.10, 4.3. */
export function zip(entries: readonly ZipEntry[], end: ZipEnd = {}, comment = ""): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data, deflate = false, says = {}, local = {} } of entries) {
    const stored = deflate ? deflateSync(data) : data;
    const method = deflate ? 8 : 0;
    const named = bytesOf(name);
    const tail = [
      ...u32(says.crc ?? parseInt(crc32(data), 16)),
      ...u32(says.packed ?? stored.length),
      ...u32(says.size ?? data.length),
    ];
    const localName = local.name === undefined ? named : bytesOf(local.name);
    const localMethod = local.method ?? says.method ?? method;
    const lengths = (of: Uint8Array) => [...u16(of.length), 0, 0];
    const head = (at: number) => [20, 0, ...u16(says.flags ?? 0), ...u16(at), 0, 0, 0, 0, ...tail];
    const header = [0x50, 0x4b, 3, 4, ...head(localMethod), ...lengths(localName), ...localName];
    parts.push(Uint8Array.from(header), stored);
    const place = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...u32(says.offset ?? offset)];
    directory.push(
      Uint8Array.from([0x50, 0x4b, 1, 2, 20, 0, ...head(says.method ?? method), ...lengths(named), ...place, ...named]),
    );
    offset += header.length + stored.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = u16(end.count ?? entries.length);
  const text = bytesOf(comment);
  const last = [...u16(end.disk ?? 0), ...u16(end.disk ?? 0), ...count, ...count, ...u32(end.size ?? size)];
  return Uint8Array.from(
    Buffer.concat([
      ...parts,
      ...directory,
      Uint8Array.from([0x50, 0x4b, 5, 6, ...last, ...u32(end.start ?? offset), ...u16(text.length), ...text]),
    ]),
  );
}

function u16(value: number): readonly number[] {
  return [value & 255, value >>> 8];
}

function u32(value: number): readonly number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}
