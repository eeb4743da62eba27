import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import: the file that has it, and the file or package that it names. */
export interface Import {
  readonly file: string;
  readonly target: string;
}

/** TypeScript files of a directory, with their paths from the root of the repository. */
export function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.c?ts$/.test(file))
    .map((file) => join(directory, file));
}

/** All imports of the files, those of types included; a `.cjs` is the `.cts` that it is compiled from. */
export function importsOf(files: readonly string[]): readonly Import[] {
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport(?:\((?:\/\*.*?\*\/)?)?|\brequire\()\s*'([^'\s,]+)'/g)]
      .map(([, target = '']) => (target.startsWith('.') ? normalize(join(dirname(file), target)) : target))
      .map((target) => ({ file, target: target.replace(/\.cjs$/, '.cts') })),
  );
}

/** Packages that a program needs which starts at a file, by the imports that lead to them. */
export function packagesFrom(entry: string, imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of imports) targets.set(file, [...(targets.get(file) ?? []), target]);
  const seen = new Set([entry]);
  for (const file of seen) for (const target of targets.get(file) ?? []) seen.add(target);
  const names = [...seen].flatMap((target) => /^(@[^/]+\/[^/]+|[^./@][^/]*)/.exec(target)?.[1] ?? []);
  return [...new Set(names.filter((name) => !/^(src|emulator)$|^node:/.test(name)))].sort();
}

/** Every way on which a file comes back to itself by its imports. */
export function circlesIn(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of imports) targets.set(file, [...(targets.get(file) ?? []), target]);
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) return circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file)) return 0;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
    return 0;
  };
  for (const file of targets.keys()) visit(file, []);
  return circles;
}
