import type { InputName } from '../inputs.ts';

/** A place in the file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One key of a map. */
export interface Entry {
  readonly at: Position;
  /** Any YAML of a card; else a text. Undefined: to be taken from the environment of the step. */
  readonly value: unknown;
}

/** What the file gives for one input. */
export interface FileValue {
  readonly at: Position;
  /** As the step's input would be written; empty for a map, and where the file says that nothing is given. */
  readonly text: string;
  /** Of what is written as a map, and of a list of names. */
  readonly entries?: ReadonlyMap<string, Entry> | undefined;
}

/** What `defaults`, or one environment, gives. */
export type Layer = ReadonlyMap<InputName, FileValue>;

/** One environment of the file; its key may be a pattern. */
export interface Environment {
  readonly at: Position;
  readonly layer: Layer;
}

/** What a spaceport.yml says. */
export interface Config {
  /** Its path, as a person wrote it. */
  readonly file: string;
  readonly defaults: Layer;
  /** Undefined where the file does not speak of environments: then any is good. */
  readonly environments: ReadonlyMap<string, Environment> | undefined;
}

/** The place as people read it. */
export function placeOf(file: string, { line, column }: Position): string {
  return `${file}, line ${line}, column ${column}`;
}
