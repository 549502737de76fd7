/** Names a value of a body by the position of the item, step or line that makes it. */
export type Ref = number;

/** The value that a body is given. */
export const INPUT: Ref = -1;
