import { ProcessGroup } from '../process/process-group.ts';

/** The command of a container engine on this machine. */
export interface Client {
  readonly kind: 'docker' | 'podman';
  /** Its path. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the engine can limit, and what there is to share out. */
export interface Capacity {
  readonly cpus: number;
  readonly limitsMemory: boolean;
  readonly limitsSwap: boolean;
  readonly limitsCpus: boolean;
}

export interface Answer {
  readonly code: number;
  readonly lines: readonly string[];
}

/** The groups of the first line that is like this; a client may warn on other lines. */
export function groupsOf({ lines }: Answer, pattern: RegExp): readonly (string | undefined)[] {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match) return match.slice(1);
  }
  return [];
}

interface Options {
  /** Variables over the client's own. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Runs the client without waiting. It is killed when this process dies, in whatever way. */
export function launch(client: Client, args: readonly string[], { env, onLine }: Options = {}): ProcessGroup {
  return new ProcessGroup({
    command: client.program,
    args,
    cwd: '/',
    env: { ...client.env, ...env },
    onLine: onLine ?? (() => undefined),
  });
}

/** Runs the client to its end, or for so long; code 124 says that it was too long. Never throws. */
export async function ask(client: Client, args: readonly string[], timeoutMs = 60_000): Promise<Answer> {
  const lines: string[] = [];
  const group = launch(client, args, { onLine: (line) => lines.push(line) });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void group.stop(0);
  }, timeoutMs);
  const code = await group.exited;
  clearTimeout(timer);
  return { code: isLate ? 124 : code, lines };
}
