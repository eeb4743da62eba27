import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { deployments, OWN, readWorkflow, spaceOf, workflowsIn } from './support/workflow.ts';

const secretsPage = readFileSync('docs/secrets.md', 'utf8');
const promotionPage = readFileSync('docs/promotion.md', 'utf8');

test('the guide names every secret and every variable that the workflows read, and no other', () => {
  const text = workflowsIn(OWN)
    .map((path) => readFileSync(path, 'utf8'))
    .join('');
  const read = (context: string) =>
    new Set([...text.matchAll(new RegExp(`\\b${context}\\.([A-Z_]+)`, 'g'))].map(([, name]) => name));
  const told = (kind: string) =>
    new Set(
      [...secretsPage.matchAll(new RegExp(`^\\| (.+?) \\| ${kind} \\|`, 'gm'))].flatMap(([, names = '']) =>
        [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
      ),
    );
  expect(told('secret')).toEqual(read('secrets'));
  expect(told('variable')).toEqual(read('vars'));
});

test('the page on promotion names every Space, and the workflow that deploys it', () => {
  for (const name of ['staging', 'ci']) {
    const workflow = readWorkflow(`${OWN}/${name}.yml`);
    expect(promotionPage).toContain(`../.github/workflows/${name}.yml`);
    for (const deploying of deployments(workflow)) {
      expect(promotionPage).toContain(`https://huggingface.co/spaces/${spaceOf(workflow, deploying)})`);
    }
  }
});

test('a trusted publisher is entered by the name of its file', () => {
  const [, ...entered] = /^ *\| `workflow` .*?\| `(.+)` \| `(.+)` \|$/m.exec(secretsPage) ?? [];
  expect(entered.map((file) => readWorkflow(`${OWN}/${file}`).name)).toEqual(['Staging', 'CI']);
});

describe.each(['docs/secrets.md', 'docs/databases.md', 'docs/promotion.md', 'docs/previews.md'])('%s', (page) => {
  test('is linked from the README', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(`](${page})`);
  });

  test('leads nowhere that is not there', () => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) => to);
    expect(links.filter((to) => !existsSync(join(dirname(page), to)))).toEqual([]);
  });
});
