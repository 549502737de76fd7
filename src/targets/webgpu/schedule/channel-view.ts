/** Where a value lies in a wider map, pixel for pixel: it is `channels` of the map's `of` channels, from channel `first` on. */
export interface ChannelView {
  readonly channels: number;
  readonly first: number;
  readonly of: number;
}

/** Counts the elements of the wider map in which a value of `elements` lies. */
export function viewedElements(elements: number, { channels, of }: ChannelView): number {
  return (elements / channels) * of;
}

/** Tells whether a view begins and ends with whole vectors of `lanes` channels, so that a kernel can read or write it in those. */
export function holdsVectors({ channels, first, of }: ChannelView, lanes: 1 | 4): boolean {
  return [channels, first, of].every((count) => count % lanes === 0);
}
