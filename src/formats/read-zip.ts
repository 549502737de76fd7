import { Inflate } from "fflate";
import { crc32 } from "./crc32.ts";
import { quote } from "./file-problem.ts";
import { refuseFile } from "./refusal.ts";

/** The files of an archive by name. Each is unpacked when it is read. */
export type ZipFiles = ReadonlyMap<string, () => Uint8Array>;

/** The sizes of the fixed parts of the three records. PKWARE, APPNOTE 6.3.10, 4.3. */
const endLength = 22;
const entryLength = 46;
const localLength = 30;
const mostBytes = 2 ** 30;
/** The largest expansion of one byte by deflate. */
const bestCompression = 1032;

interface Entry {
  readonly name: string;
  readonly stored: boolean;
  readonly crc: string;
  /** The bytes in the archive and the bytes after unpacking. */
  readonly packed: number;
  readonly size: number;
  /** The offset of its local header. */
  readonly at: number;
}

/**
 * Reads the directory of a zip archive. It is strict in the points in which readers differ, because attacks use them.
 * There must be one directory, at the end of the file. Names must be unique and inside the folder. Local headers must
 * equal the directory. Entries must not overlap or be encrypted. Unpacking checks the stated size and checksum.
 */
export function readZip(bytes: Uint8Array): ZipFiles {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, end } = readEnd(view);
  const entries = new Map<string, Entry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + entryLength > end || view.getUint32(at, true) !== 0x02014b50) {
      refuse(`${count} entries in its directory`, `${i}`);
    }
    const [entry, next] = readEntry(bytes, view, at, end);
    if (entries.has(entry.name)) refuse("each name once", `${quote(entry.name)} twice`);
    entries.set(entry.name, entry);
    at = next;
  }
  if (at !== end) refuse(`a directory of ${end - start} bytes`, `${at - start} bytes of entries`);
  const begins = checkPlaces(bytes, view, [...entries.values()], start);
  return new Map([...entries].map(([name, entry]) => [name, () => unpack(bytes, entry, begins.get(entry)!)]));
}

function refuse(expected: string, found: string): never {
  refuseFile("weights/file-archive", expected, found);
}

/** Finds the record at the end of the file. Only its own comment may follow it. */
function readEnd(view: DataView) {
  const length = view.byteLength;
  for (let at = length - endLength; at >= Math.max(0, length - endLength - 0xffff); at--) {
    if (view.getUint32(at, true) !== 0x06054b50 || at + endLength + view.getUint16(at + 20, true) !== length) continue;
    const [disk, firstDisk, here, count = 0] = [4, 6, 8, 10].map((offset) => view.getUint16(at + offset, true));
    const [size = 0, start = 0] = [12, 16].map((offset) => view.getUint32(at + offset, true));
    if (count === 0xffff || size === 0xffffffff || start === 0xffffffff)
      refuse("less than 4 GiB", "the marks of zip64");
    if (disk !== 0 || firstDisk !== 0 || here !== count) refuse("all its parts in one file", "one of several");
    if (start + size !== at) refuse(`its directory at its end, ${at}`, `one from ${start} to ${start + size}`);
    return { count, start, end: at };
  }
  return refuse("a directory at its end", "none there: it is cut off, or bytes follow");
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, end: number): readonly [Entry, number] {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const [crc = 0, packed = 0, size = 0] = [16, 20, 24].map((offset) => view.getUint32(at + offset, true));
  const [named = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
  const next = at + entryLength + named + extra + comment;
  if (next > end) refuse("a directory of whole entries", "one that ends inside an entry");
  const name = nameAt(bytes, at + entryLength, named);
  if (/^\/|\\|^[A-Za-z]:|\0|(?:^|\/)\.\.(?:\/|$)/.test(name)) refuse("names inside the archive", quote(name));
  if ((flags & 0x41) !== 0) refuse(`${quote(name)} in the open`, "it encrypted");
  if (method !== 0 && method !== 8) refuse(`${quote(name)} stored or deflated`, `method ${method}`);
  const stored = method === 0;
  if (stored && packed !== size) refuse(`${size} bytes as ${quote(name)}, which is stored`, `${packed}`);
  const most = Math.min(packed * bestCompression, mostBytes);
  if (size > most) refuse(`at most ${most} bytes in ${quote(name)}, ${packed} packed`, `${size}`);
  const entry = { name, stored, crc: hex(crc), packed, size, at: view.getUint32(at + 42, true) };
  return [entry, next];
}

function nameAt(bytes: Uint8Array, at: number, length: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at, at + length));
  } catch {
    return refuse("names in UTF-8", "one that is not");
  }
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}

/**
 * Returns the offset of the bytes of each entry. They follow a local header, which must equal the entry in the
 * directory.
 */
function checkPlaces(bytes: Uint8Array, view: DataView, entries: readonly Entry[], directory: number) {
  const begins = new Map<Entry, number>();
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    const { name, at, packed, stored } = entry;
    if (at < free) refuse(`${quote(name)} apart from other entries`, `it at ${at}, inside another`);
    if (at + localLength > directory || view.getUint32(at, true) !== 0x04034b50) {
      refuse(`${quote(name)} at ${at}`, "no entry there");
    }
    const [named = 0, extra = 0] = [26, 28].map((offset) => view.getUint16(at + offset, true));
    const begin = at + localLength + named + extra;
    const method = view.getUint16(at + 8, true);
    if (nameAt(bytes, at + localLength, named) !== name || (method === 0) !== stored) {
      refuse(`${quote(name)} at ${at}`, "another entry there");
    }
    if (begin + packed > directory) refuse(`${packed} bytes of ${quote(name)}`, `${Math.max(0, directory - begin)}`);
    begins.set(entry, begin);
    free = begin + packed;
  }
  return begins;
}

/** The input is passed on in small pieces, so that an entry that expands too much is detected early. */
const sliceBytes = 64 * 1024;

function unpack(bytes: Uint8Array, { name, stored, crc, packed, size }: Entry, begin: number): Uint8Array {
  const data = bytes.subarray(begin, begin + packed);
  const unpacked = stored ? data : inflate(data, size, name);
  const found = crc32(unpacked);
  if (found !== crc) refuse(`${quote(name)} with the checksum ${crc}`, found);
  return unpacked;
}

function inflate(data: Uint8Array, size: number, name: string): Uint8Array {
  const unpacked = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > size) refuse(`${size} bytes in ${quote(name)}`, "more");
    unpacked.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at < data.length; at += sliceBytes) {
    const slice = data.subarray(at, at + sliceBytes);
    push(stream, slice, at + sliceBytes >= data.length, name);
  }
  if (length !== size) refuse(`${size} bytes in ${quote(name)}`, `${length}`);
  return unpacked;
}

function push(stream: Inflate, slice: Uint8Array, last: boolean, name: string): void {
  try {
    stream.push(slice, last);
  } catch (cause) {
    // Errors of fflate have numeric codes.
    if (cause instanceof Error && "code" in cause) refuse(`${quote(name)} deflated`, cause.message);
    throw cause;
  }
}
