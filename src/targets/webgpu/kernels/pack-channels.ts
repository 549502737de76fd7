/** Counts vectors of four channels. Channels that are missing to a multiple of four are zeros, computed and never stored. */
export function columnsOf(channels: number): number {
  return Math.ceil(channels / 4);
}

/** Lengthens each row of `channels` values with zeros to whole vectors. */
export function padRows(values: Float32Array, channels: number): Float32Array {
  if (channels % 4 === 0) return values;
  const width = columnsOf(channels) * 4;
  const rows = values.length / channels;
  const packed = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < channels; c++) packed[row * width + c] = values[row * channels + c] ?? 0;
  }
  return packed;
}
