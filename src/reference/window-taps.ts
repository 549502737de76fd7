/** The taps `begin <= k < end` of a kernel that lie on the map. */
export interface Taps {
  readonly begin: number;
  readonly end: number;
}

/**
 * Returns the taps of a window that are inside `0 <= x < extent`. The kernel has `kernel` taps, `dilation` apart. The
 * first tap is at the coordinate `origin`, which is negative in the padding. The range is computed once for each
 * window, so that inner loops need no test.
 */
export function tapsOnMap(origin: number, kernel: number, dilation: number, extent: number): Taps {
  const begin = Math.max(0, Math.ceil(-origin / dilation));
  const end = Math.min(kernel, Math.ceil((extent - origin) / dilation));
  return { begin, end: Math.max(begin, end) };
}
