/** Spelling suggestions live with the text code, where the grammar can reach them too. */
export { didYouMean } from "../text/did-you-mean.ts";
