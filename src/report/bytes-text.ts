/** `3.2 MB`: three digits and a power of a thousand. */
export function bytesText(bytes: number): string {
  // 999 600 is 1 MB, not 1000 kB.
  if (bytes >= 999_500) return `${Number((bytes / 1e6).toPrecision(3))} MB`;
  return bytes >= 1e3 ? `${Number((bytes / 1e3).toPrecision(3))} kB` : `${bytes} B`;
}
