import { callOf } from "../kinds.ts";
import { initializers } from "./initializers.ts";

const { zeros, ones, constant, normal, truncated_normal } = initializers;

/** How a vector of one number a channel starts. It has no fan, so the initialisers that scale by one are left out. */
export const vectorStart = {
  ...callOf({ zeros, ones, constant, normal, truncated_normal }),
  ofNumber: "constant",
} as const;
