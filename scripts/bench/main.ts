/**
 * Measures Spaceport and the tools that people deploy with today, on one local Hub, and writes the figures into
 * docs/benchmarks.md.
 *
 *     npm run bench                 n = 5, 100 and 5,000 files, 200 MB
 *     npm run bench -- --quick      n = 2, 500 files; prints the figures and writes nothing
 *
 * To change one size: --runs, --few, --many, --large-mb; with any of them, nothing is written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startHub } from './local-hub.ts';
import { machine } from './machine.ts';
import { figures } from './report.ts';
import { runAll } from './run.ts';

const PAGE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const FULL = { runs: 5, few: 100, many: 5_000, largeMb: 200 };
const QUICK = { runs: 2, few: 100, many: 500, largeMb: 200 };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    runs: { type: 'string' },
    few: { type: 'string' },
    many: { type: 'string' },
    'large-mb': { type: 'string' },
  },
});
const base = values.quick ? QUICK : FULL;
const size = {
  runs: Number(values.runs ?? base.runs),
  few: Number(values.few ?? base.few),
  many: Number(values.many ?? base.many),
  largeMb: Number(values['large-mb'] ?? base.largeMb),
};
const writes = process.argv.length === 2;

const hub = await startHub();
try {
  const measured = figures(await runAll(hub, size, (line) => console.error(line)), size, machine());
  console.log(measured);
  if (writes) {
    const between = /(?<=<!-- figures -->\n)[\s\S]*(?=<!-- \/figures -->)/;
    const page = readFileSync(PAGE, 'utf8');
    if (!between.test(page)) throw new Error(`${PAGE} has no place for figures: a "figures" comment and its end`);
    writeFileSync(
      PAGE,
      page.replace(between, () => `\n${measured}\n\n`),
    );
  }
} finally {
  await hub.close();
}
