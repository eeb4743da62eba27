/** A command as a Dockerfile has it: JSON words, or a line for the shell. */
export type Words =
  | { readonly form: 'exec'; readonly words: readonly string[] }
  | { readonly form: 'shell'; readonly text: string };

/** A name and its value as it is written, with quotes and variables. */
export type Pair = readonly [name: string, value: string | undefined];

/** A file written down in the Dockerfile itself. */
export interface Heredoc {
  readonly name: string;
  readonly content: string;
  /** The delimiter is quoted: variables stay as they are. */
  readonly literal: boolean;
}

/** COPY or ADD. Words are as they are written, with quotes and variables. */
export interface Copy {
  readonly kind: 'copy' | 'add';
  readonly sources: readonly string[];
  readonly destination: string;
  /** A stage by name or number, or another image. */
  readonly from: string | undefined;
  readonly chmod: string | undefined;
  /** Keeps the directories of the sources. */
  readonly parents: boolean;
  readonly exclude: readonly string[];
  readonly heredocs: readonly Heredoc[];
}

/** `--mount` of RUN: its options by name; one without a value is `true`. */
export type Mount = Readonly<Record<string, string>>;

export type Step = { readonly text: string } & (
  | { readonly kind: 'env' | 'arg'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'workdir'; readonly path: string }
  | Copy
  | { readonly kind: 'run'; readonly command: Words; readonly mounts: readonly Mount[] }
  | { readonly kind: 'cmd' | 'entrypoint'; readonly command: Words }
  | { readonly kind: 'shell' | 'volume'; readonly words: readonly string[] }
  | { readonly kind: 'onbuild'; readonly step: Step }
  | { readonly kind: 'other' }
);

export interface Stage {
  /** The image or the earlier stage after FROM, variables not expanded. */
  readonly image: string;
  /** In small letters. */
  readonly name: string | undefined;
  readonly text: string;
  readonly steps: readonly Step[];
}

export interface Dockerfile {
  /** ARG before the first FROM: for FROM lines, and for stages that declare the name again. */
  readonly args: readonly Pair[];
  readonly stages: readonly Stage[];
}
