import { ownValue } from '../../base/own-value.ts';
import { flagValues, type Instruction } from './read-dockerfile.ts';

/** A stage of a Dockerfile: FROM and what follows. */
interface Stage {
  readonly name: string | undefined;
  /** The image or the earlier stage that it begins with. */
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

export interface BuiltStages {
  /** Instructions of the stages that the image is made from; BuildKit builds no others. */
  readonly built: readonly Instruction[];
  /** Those whose settings the image has: of the last stage, and of the stages that it begins with. */
  readonly inherited: readonly Instruction[];
}

/** The Space's variables are build arguments, so they may choose another stage than the defaults of ARG. */
export function builtStages(
  instructions: readonly Instruction[],
  variables: Readonly<Record<string, string>>,
): BuiltStages {
  const stages = stagesOf(instructions, variables);
  const inherited = chainOf(stages);
  const needed = new Set<Stage>();
  const visit = (stage: Stage | undefined) => {
    if (stage === undefined || needed.has(stage)) return;
    needed.add(stage);
    visit(stageNamed(stages, stage.base, stages.indexOf(stage)));
    for (const name of stage.instructions.flatMap(sourcesOf)) {
      visit(/^\d+$/.test(name) ? stages[Number(name)] : stageNamed(stages, name, stages.length));
    }
  };
  visit(stages.at(-1));
  const all = (some: Iterable<Stage>) => [...some].flatMap((stage) => stage.instructions);
  return { built: all(stages.filter((stage) => needed.has(stage))), inherited: all(inherited) };
}

function stagesOf(instructions: readonly Instruction[], variables: Readonly<Record<string, string>>): readonly Stage[] {
  const globals: Record<string, string> = {};
  const stages: { name: string | undefined; base: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    const { keyword, content } = instruction;
    if (keyword === 'FROM') {
      const [, base = '', name] = /^(\S+)(?:\s+AS\s+(\S+))?/i.exec(content) ?? [];
      stages.push({ name: name?.toLowerCase(), base: expand(unquote(base), globals), instructions: [] });
    } else if (keyword === 'ARG' && stages.length === 0) {
      for (const [, name = '', value = ''] of content.matchAll(/(\w+)(?:=("[^"]*"|'[^']*'|\S*))?/g)) {
        globals[name] = ownValue(variables, name) ?? expand(unquote(value), globals);
      }
    } else {
      if (stages.length === 0) stages.push({ name: undefined, base: '', instructions: [] });
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return stages;
}

/** The last stage, and what it begins with, earliest first. */
function chainOf(stages: readonly Stage[]): readonly Stage[] {
  const chain: Stage[] = [];
  for (let stage = stages.at(-1); stage !== undefined; ) {
    chain.unshift(stage);
    stage = stageNamed(stages, stage.base, stages.indexOf(stage));
  }
  return chain;
}

function stageNamed(stages: readonly Stage[], name: string, before: number): Stage | undefined {
  return stages.slice(0, before).findLast((stage) => stage.name === name.toLowerCase());
}

/** Stages and images that an instruction takes files from. */
function sourcesOf(instruction: Instruction): readonly string[] {
  switch (instruction.keyword) {
    case 'COPY':
      return flagValues(instruction, 'from');
    case 'RUN':
      return flagValues(instruction, 'mount').flatMap((mount) => /(?:^|,)from=([^,]+)/.exec(mount)?.[1] ?? []);
    default:
      return [];
  }
}

function unquote(word: string): string {
  return word.replace(/^(["'])(.*)\1$/, '$2');
}

function expand(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (...found: (string | undefined)[]) => {
    const [, plain, braced, operator = '', word = ''] = found;
    const value = ownValue(values, plain ?? braced ?? '');
    const isSet = value !== undefined && !(value === '' && operator.startsWith(':'));
    if (operator.endsWith('-')) return isSet ? (value ?? '') : expand(word, values);
    if (operator.endsWith('+')) return isSet ? expand(word, values) : '';
    return value ?? '';
  });
}

const VARIABLE = /\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?\})/g;
