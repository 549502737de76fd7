/** Independent, repeatable random numbers. */
export interface RandomSource {
  /** Uniform in [0, 1), 53 bits. */
  readonly uniform: () => number;
  /** Standard normal deviate. */
  readonly normal: () => number;
}

/** FNV-1a hash over UTF-16 units. It distributes names over 32 bits. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** The finaliser of MurmurHash3, a bijection that mixes all 32 bits (Appleby 2008). */
function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** True for a valid seed: a whole number from 0 to 2^53 - 1. */
export function isSeed(seed: number): boolean {
  return Number.isSafeInteger(seed) && seed >= 0;
}

/**
 * xoshiro128** (Blackman and Vigna 2021, "Scrambled Linear Pseudorandom Number Generators") whose state comes from
 * seed and name by split-mix. Each stream depends only on its own name, so a new layer does not change the numbers of
 * other layers.
 */
export function randomSource(seed: number, stream: string): RandomSource {
  if (!isSeed(seed)) throw new Error(`internal: seed ${seed} is not a whole number from 0 to 2^53 - 1`);
  let counter = mix(mix(mix(seed % 0x100000000) ^ Math.floor(seed / 0x100000000)) ^ hashName(stream));
  const split = () => mix((counter = (counter + 0x9e3779b9) >>> 0));
  let [a, b, c, d] = [split(), split(), split(), split()];
  // The all-zero state would produce only zeros.
  if ((a | b | c | d) === 0) a = 1;

  const next = (): number => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 2 ** 53;

  let spare: number | null = null;
  // Marsaglia's polar method (Marsaglia and Bray 1964): two deviates from a point drawn in the unit disc.
  const normal = (): number => {
    if (spare !== null) {
      const deviate = spare;
      spare = null;
      return deviate;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
  return { uniform, normal };
}
