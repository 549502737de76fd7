import type { BlockOrder } from "../../ir/ops/depth-to-space.ts";
import { defaulted, required, word, type Word } from "../argument.ts";
import { oneOf, whole } from "../kinds.ts";
import { MAX_CHANNELS } from "../limits.ts";

/** The largest block with a channel for each of its pixels. */
const MAX_BLOCK = Math.sqrt(MAX_CHANNELS);

const orders = {
  tensorflow: word("The channels of one place of the block lie together, as in TensorFlow."),
  torch: word("The places of one channel lie together, as in PyTorch's pixel shuffle."),
} as const satisfies Record<BlockOrder, Word>;

export const blockSize = required(whole(1, MAX_BLOCK), "Rows and columns of a block.");

export const order = defaulted(oneOf(orders), "tensorflow", "Order of the channels: `tensorflow` or `torch`.", {
  elsewhere: ["mode"],
});
