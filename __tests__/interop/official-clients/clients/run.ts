import { execFile } from 'node:child_process';

/** What a program printed; what it complained of is the error's message. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly cwd?: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { maxBuffer: 64 << 20, ...options }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`));
    });
    // A question would otherwise be waited for.
    child.stdin?.end();
  });
}
