/** The taps `begin <= k < end` of a kernel that lie on the map. */
export interface Taps {
  readonly begin: number;
  readonly end: number;
}

/**
 * Cuts a kernel of `kernel` taps, `dilation` apart, to the taps that lie on `0 <= x < extent`. The first tap stands at coordinate
 * `origin`, which is negative in the padding. It is done once for a window, so that inner loops need no test.
 */
export function tapsOnMap(origin: number, kernel: number, dilation: number, extent: number): Taps {
  const begin = Math.max(0, Math.ceil(-origin / dilation));
  const end = Math.min(kernel, Math.ceil((extent - origin) / dilation));
  return { begin, end: Math.max(begin, end) };
}
