interface OptionText {
  /** What the option sets, for the help of the command line. */
  readonly description: string;
  /** The placeholder for a value in that help: `class` in `--device <class>`. */
  readonly placeholder: string;
}

/** One of a few words. */
export interface ChoiceOption<C extends string> extends OptionText {
  readonly kind: "choice";
  readonly choices: readonly C[];
  /** What a target takes when the option is left out. */
  readonly default: C | null;
}

/** A whole number above 0. It is a count, or a number of bytes that may have a unit. */
export interface NumberOption extends OptionText {
  readonly kind: "count" | "bytes";
}

/** A record that a person gives as a JSON file. */
export interface RecordOption<T> extends OptionText {
  readonly kind: "record";
  /** What the record is, for messages: `tuning record`. */
  readonly what: string;
  /** How to make a valid record, for the hint of the error. */
  readonly remedy: string;
  /** Checks parsed JSON. Returns the record, or null if it is not a record of this version. */
  readonly read: (json: unknown) => Promise<T | null>;
}

export type TargetOption = ChoiceOption<string> | NumberOption | RecordOption<unknown>;

/** A target's options by name. The command line writes `maxMemory` as `--max-memory`. */
export type OptionSchema = Readonly<Record<string, TargetOption>>;

type OptionValue<O> = O extends { readonly kind: "choice"; readonly choices: readonly (infer C)[] }
  ? C
  : O extends { readonly kind: "record"; readonly read: (json: unknown) => Promise<infer T> }
    ? Exclude<T, null>
    : number;

/** Values of a target's options. An option that is left out has the target's default. */
export type OptionValues<S> = { readonly [N in keyof S]?: OptionValue<S[N]> };
