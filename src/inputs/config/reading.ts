import type { LineCounter, Node } from 'yaml';
import type { Problem } from '../../base/failure.ts';
import type { InputName } from '../inputs.ts';
import { type Position, placeOf } from './config.ts';

/** A file while it is read: where its parts stand, and what is wrong so far. */
export interface Reading {
  readonly file: string;
  /** The environment of the step. */
  readonly env: Readonly<Record<string, string | undefined>>;
  at(node: Pick<Node, 'range'> | null | undefined): Position;
  /** Adds a problem at a node; `input` is what nothing is known of because of it. */
  report(node: Pick<Node, 'range'> | null | undefined, problem: Problem, input?: InputName): void;
  /** Says that nothing more is known of what the file gives. */
  loseTrack(): void;
  /** Adds a text that must be masked before anything is printed. */
  addSecret(text: string): void;
  readonly problems: readonly Problem[];
  /** Inputs with a problem; undefined when nothing is known of any. */
  wrong(): ReadonlySet<InputName> | undefined;
  readonly secrets: readonly string[];
}

const SHORTEST_SECRET = 4;

/** Begins to read a file. */
export function startReading(file: string, env: Reading['env'], lines: LineCounter): Reading {
  const problems: Problem[] = [];
  const wrong = new Set<InputName>();
  const secrets: string[] = [];
  let isLost = false;
  const at: Reading['at'] = (node) => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return {
    file,
    env,
    at,
    problems,
    wrong: () => (isLost ? undefined : wrong),
    secrets,
    loseTrack() {
      isLost = true;
    },
    report(node, problem, input) {
      problems.push({ where: placeOf(file, at(node)), ...problem });
      if (input !== undefined) wrong.add(input);
    },
    // GitHub would mask each `1` in the log.
    addSecret: (text) => void (text.length < SHORTEST_SECRET || secrets.push(text)),
  };
}
