/** `dispatch 3 to 5`, or what stands for before the first and behind the last. */
export function lifeText(born: number, dies: number, dispatches: number): string {
  if (born >= 0 && born === dies) return `in dispatch ${born}`;
  const from = born < 0 ? "from the start" : `from dispatch ${born}`;
  return `${from} ${dies >= dispatches ? "to the end" : `to ${dies}`}`;
}
