import { word } from "../argument.ts";

/** Both a norm and an activation. */
export const none = word("Nothing: no norm, or the value as it is.", ["linear", "identity"]);
