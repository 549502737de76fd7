/** The largest extent of a map. */
export const MAX_EXTENT = 16_384;

/** The largest number of channels. */
export const MAX_CHANNELS = 65_536;
