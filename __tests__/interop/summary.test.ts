import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Browser, openBrowser } from './support/browser.ts';
import { githubPage } from './support/github-page.ts';
import { HOSTILE_LINKS, hostileStory, type PageStory, usualStories } from './support/page-stories.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const isForPictures = process.env['UPDATE_SCREENSHOTS'] === '1';
/** The pictures show times that people know from real builds. */
const PACE = isForPictures ? { buildMs: 9_000, startMs: 4_000 } : { buildMs: 400, startMs: 300 };
const WINDOWS = [
  { name: 'wide', width: 1280, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'] as const;

let browser: Browser;
let stories: ReadonlyMap<string, PageStory>;

beforeAll(async () => {
  const all = [...(await usualStories(PACE)), await hostileStory()];
  stories = new Map(all.map((story) => [story.name, story]));
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const NAMES = ['green', 'red', 'plan', 'plan-comment', 'hostile'];

describe.each(NAMES)('%s', (name) => {
  test.each(WINDOWS)('fits into a $name window, in light and dark', async ({ width, height }) => {
    for (const scheme of SCHEMES) {
      const page = await show(name, { width, height }, scheme);
      expect([scheme, await tooWide(page)]).toEqual([scheme, []]);
      await page.close();
    }
    expect(browser.complaints).toEqual([]);
  });
});

test.each([
  ['green', ['Deployed me/app', 'What changed', 'Timeline', 'Health']],
  ['red', ['Rolled back me/app', 'What the new version changed', 'Timeline', 'Health']],
  ['plan', ['Plan for me/app', 'What would change', 'What the app would go through']],
  ['plan-comment', ['Plan for me/app', 'What would change', 'What the app would go through']],
])('%s has its parts as headings, and no empty lines between them', async (name, expected) => {
  const page = await show(name, { width: 1280, height: 900 }, 'light');
  const headings = await page.locator('.text :is(h1, h2, h3, h4)').allInnerTexts();
  expect(headings.map((text) => text.replace(/^\P{L}+/u, ''))).toEqual(expected);
  expect(stories.get(name)?.markdown).not.toMatch(/\n\n\n/);
  await page.close();
});

test('a failure comes before the facts, with its cause and fix, and the log below them', async () => {
  const page = await show('red', { width: 1280, height: 900 }, 'light');
  const text = await page.locator('.text').innerText();
  const inOrder = ['the app did not start', 'Cause:', 'Fix:', 'Application Startup', 'Environment', 'Timeline'];
  const places = inOrder.map((words) => text.indexOf(words));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  await page.close();
});

test('what others wrote stays text: no script, picture, form or link of theirs', async () => {
  const page = await show('hostile', { width: 1280, height: 900 }, 'light');
  const tags = await page
    .locator('.text *')
    .evaluateAll((elements) => [
      ...new Set(elements.map((element) => (element as unknown as { tagName: string }).tagName.toLowerCase())),
    ]);
  const ours = 'a code details h2 h3 li p pre strong summary table tbody td th thead tr ul'.split(' ');
  expect(tags.filter((tag) => !ours.includes(tag))).toEqual([]);
  const links = await page
    .locator('.text a')
    .evaluateAll((anchors) => anchors.map((anchor) => (anchor as unknown as { href: string }).href));
  expect(links.filter((link) => HOSTILE_LINKS.test(link))).toEqual([]);
  expect(await page.locator('.text').textContent()).toContain('<script>alert(1)</script>');
  expect(browser.complaints).toEqual([]);
  await page.close();
});

test.each(['green', 'red'])('the picture of a %s summary for the README', async (name) => {
  const page = await show(name, { width: 900, height: 900 }, 'light');
  expect(await tooWide(page)).toEqual([]);
  if (isForPictures) {
    mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
    await page.locator('.box').screenshot({ path: join(ROOT, `docs/images/summary-${name}.png`) });
  }
  await page.close();
});

function show(name: string, window: { width: number; height: number }, scheme: 'light' | 'dark'): Promise<Page> {
  const story = stories.get(name);
  if (story === undefined) throw new Error(`there is no story ${name}`);
  return browser.show(githubPage(story.markdown, story.place), window, scheme);
}

/** What is wider than the window, or cut by it. A block of lines may scroll; a table that has to is too wide. */
function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const page = document.documentElement;
    const found = page.scrollWidth > window.innerWidth ? ['the page'] : [];
    for (const element of document.querySelectorAll('.text *')) {
      if (element.closest('pre')) continue;
      const { right } = element.getBoundingClientRect();
      const scrolls = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible';
      if (right > window.innerWidth || scrolls) found.push(element.tagName + ': ' + element.textContent.slice(0, 80));
    }
    return found;
  })()`);
}
