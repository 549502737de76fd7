/** Where a value lies in a wider map, pixel for pixel: it is the channels from `first` on, `channels` many, of the map's `of`. */
export interface ChannelView {
  readonly channels: number;
  readonly first: number;
  readonly of: number;
}

/** Elements that a binding of the wider map has, for a value of `elements`. */
export function viewedElements(elements: number, { channels, of }: ChannelView): number {
  return (elements / channels) * of;
}

/** Whether the view of a value that is read or written in vectors of `lanes` begins and ends with whole ones. */
export function holdsVectors({ channels, first, of }: ChannelView, lanes: 1 | 4): boolean {
  return [channels, first, of].every((count) => count % lanes === 0);
}

/** A binding whose value is a view; all its accesses name an element as if the value lay alone. */
export interface ViewedBinding {
  readonly name: string;
  readonly lanes: 1 | 4;
  readonly view: ChannelView;
}

/** Declares where an element of the value lies in the map: `input_at(at)`. */
export function viewFunction({ name, lanes, view }: ViewedBinding): string {
  const [channels, first, of] = [view.channels, view.first, view.of].map((count) => count / lanes);
  const channel = `at % ${channels}u${first === 0 ? "" : ` + ${first}u`}`;
  return `// Channels ${view.first} to ${view.first + view.channels - 1} of ${view.of}.\nfn ${name}_at(at: u32) -> u32 {\n  return at / ${channels}u * ${of}u + ${channel};\n}`;
}

/** Every access to the binding in `code`, at its place in the map: `output[at]` becomes `output[output_at(at)]`. */
export function placeAccesses(code: string, { name }: ViewedBinding): string {
  let placed = "";
  let done = 0;
  for (const { index } of code.matchAll(new RegExp(`\\b${name}\\[`, "g"))) {
    const open = index + name.length;
    if (index < done) throw new Error(`internal: "${name}" is accessed inside its own index`);
    const close = closingBracket(code, open);
    placed += `${code.slice(done, open + 1)}${name}_at(${code.slice(open + 1, close)})`;
    done = close;
  }
  return placed + code.slice(done);
}

/** Where the bracket that opens at `open` closes. */
export function closingBracket(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if (code[at] === "[") depth++;
    if (code[at] === "]" && --depth === 0) return at;
  }
  throw new Error("internal: a bracket stays open");
}
