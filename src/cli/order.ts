/** What a person wants, once the arguments are understood. */
export interface Order {
  /** Name of the command. */
  readonly command: string;
  /** Inputs of the action by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Everything else, by the name of its flag. */
  readonly options: Readonly<Record<string, string | boolean>>;
}

/** An order, or what is said in place of one: help, or what is wrong. */
export type CommandLine =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: string };
