/**
 * A value, or the one problem that stopped it: what a reader returns for input that has no places in a spec, such as a file of weights
 * or an option. Whatever has places returns an `Outcome`, with diagnostics.
 */
export type Result<T, P> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };
