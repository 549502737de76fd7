import type { BlockInstance } from "../ir/graph.ts";
import type { BlockTrace } from "../lower/trace.ts";
import type { NetworkContext } from "./network-context.ts";

/** A row of a table, or a statement that uses a block, with the block instances that it makes. */
export interface BlockRow {
  readonly use: BlockTrace;
  /** One instance for each repeat, in order. */
  readonly instances: readonly [BlockInstance, ...BlockInstance[]];
  /** The indices of the instances in the graph's list of blocks. */
  readonly indices: readonly [number, ...number[]];
}

interface OpenRow extends BlockRow {
  readonly instances: [BlockInstance, ...BlockInstance[]];
  readonly indices: [number, ...number[]];
}

/** Returns the rows and uses in order. A row inside a block comes once for each use of that block. */
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
