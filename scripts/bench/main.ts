/**
 * Measures Spaceport and the tools that people deploy with today, on one local Hub, and writes the figures into
 * docs/benchmarks.md.
 *
 *     npm run bench                 n = 5; 100, 2,000 and 5,000 files, 200 MB; links of 0, 40 and 100 ms
 *     npm run bench -- --quick      n = 2; 100 and 500 files; prints the figures and writes nothing
 *     npm run bench -- --growth     1,000 and 20,000 files, and one of 2 GB; prints the figures and writes nothing
 *
 * To change one size: --runs, --few, --several, --many, --large-mb, --links; with any of them, nothing is written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { growth } from './growth.ts';
import { startHub } from './local-hub.ts';
import { machine } from './machine.ts';
import { figures } from './report.ts';
import { runAll } from './run.ts';

const PAGE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const FULL = { runs: 5, few: 100, several: 2_000, many: 5_000, largeMb: 200, links: '40,100' };
const QUICK = { runs: 2, few: 100, several: 500, many: 500, largeMb: 200, links: '100' };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    runs: { type: 'string' },
    few: { type: 'string' },
    several: { type: 'string' },
    many: { type: 'string' },
    links: { type: 'string' },
    'large-mb': { type: 'string' },
  },
});
const base = values.quick ? QUICK : FULL;
const size = {
  runs: Number(values.runs ?? base.runs),
  few: Number(values.few ?? base.few),
  several: Number(values.several ?? base.several),
  many: Number(values.many ?? base.many),
  largeMb: Number(values['large-mb'] ?? base.largeMb),
  links: (values.links ?? base.links).split(',').map(Number),
};
const writes = process.argv.length === 2;

const hub = await startHub();
try {
  const measured = values.growth
    ? await growth(hub, size.runs)
    : figures(await runAll(hub, size, (line) => console.error(line)), size, machine());
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
