import type { BlockInstance } from "../ir/graph.ts";
import type { BlockTrace } from "../lower/trace.ts";
import type { NetworkContext } from "./network-context.ts";

/** A row of a table, or a statement that uses a block, with what it came to. */
export interface BlockRow {
  readonly use: BlockTrace;
  /** One a repeat, in order. */
  readonly instances: readonly [BlockInstance, ...BlockInstance[]];
  /** Their places among the graph's blocks. */
  readonly indices: readonly [number, ...number[]];
}

interface OpenRow extends BlockRow {
  readonly instances: [BlockInstance, ...BlockInstance[]];
  readonly indices: [number, ...number[]];
}

/** Rows and uses in order; those inside blocks too, once for each use of the outer block. */
export function blockRows({ graph, trace }: NetworkContext): readonly BlockRow[] {
  const rows: OpenRow[] = [];
  const open = new Map<object, OpenRow>();
  for (const [index, instance] of graph.blocks.entries()) {
    const use = trace.blocks[index];
    if (use === undefined) continue;
    const key = use.row ?? use.statement;
    const row = open.get(key);
    if (row !== undefined && use.repeat > 1) {
      row.instances.push(instance);
      row.indices.push(index);
    } else {
      const made: OpenRow = { use, instances: [instance], indices: [index] };
      open.set(key, made);
      rows.push(made);
    }
  }
  return rows;
}
