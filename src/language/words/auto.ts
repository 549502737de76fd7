import { word } from "../argument.ts";

/** Both a bias and a residual. */
export const auto = word(
  "Decided by the compiler: a bias where no batch or instance norm of its own follows, a residual where input and output can be added.",
);
