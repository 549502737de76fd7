import { word } from "../argument.ts";

/** Both a bias and a residual. */
export const auto = word(
  "Decided by the compiler: a bias where no norm follows, a residual where input and output can be added.",
);
