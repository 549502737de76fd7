import { refuseFile } from "./refusal.ts";

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The positions of the size of offsets and of the end-of-file address, by the superblock's version. HDF5 file format
 * 3.0, II.A.
 */
const places = [
  { offsetSize: 13, end: 40 },
  { offsetSize: 13, end: 44 },
  { offsetSize: 9, end: 28 },
  { offsetSize: 9, end: 28 },
] as const;

export function isHdf5(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/**
 * Refuses a file whose length differs from the stated one. HDF5 itself opens files that are cut off or that have extra
 * bytes at the end.
 */
export function checkHdf5Length(bytes: Uint8Array): void {
  if (!isHdf5(bytes)) {
    const found = bytes.length === 0 ? "no bytes" : `${bytes.length} bytes that begin otherwise`;
    refuseFile("weights/file-format", "the signature of HDF5", found);
  }
  const version = bytes[8];
  const place = places[version ?? places.length];
  if (place === undefined || bytes.length < place.end + 8) {
    const found = version === undefined || place !== undefined ? "a part of one: it is cut off" : `version ${version}`;
    refuseFile("weights/file-format", "an HDF5 superblock of version 0 to 3", found);
  }
  const offsetSize = bytes[place.offsetSize];
  if (offsetSize !== 8) refuseFile("weights/file-format", "HDF5 addresses of 8 bytes", `addresses of ${offsetSize}`);
  const end = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(place.end, true);
  const more = BigInt(bytes.length) - end;
  if (more < 0n) refuseFile("weights/file-length", `${end} bytes`, `${bytes.length}: it is cut off`);
  if (more > 0n) refuseFile("weights/file-length", `${end} bytes`, `${bytes.length}: ${more} trailing bytes`);
}
