import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Hub } from '../../emulator/api.ts';
import { createHub } from '../../emulator/create-hub.ts';
import { runAction } from '../scenarios/support/run-action.ts';
import { type Browser, openBrowser } from './support/browser.ts';
import { leads } from './support/leads.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const API = 'me/oc6-bizdev-ml-api-staging';
const DASHBOARD = 'me/oc6-bizdev-monitoring-staging';
const DESKTOP = { width: 1280, height: 1120 };
const PHONE = { width: 390, height: 844 };
/** Two builds from the registries, on a machine that may be busy. */
const PATIENCE_MS = 900_000;
/** For what the dashboard does by itself: looks every two seconds, tries that time out. */
const SOON_MS = 60_000;

/** A database of this run only; the API's own choice outlives the local Hub. */
const database = mkdtempSync(join(tmpdir(), 'spaceport-dashboard-'));

let hub: Hub;
let browser: Browser;
let page: Page;
let apiUrl: string;
let dashboardUrl: string;

beforeAll(async () => {
  hub = await createHub();
  apiUrl = await deployApi();
  dashboardUrl = await deploy({
    space: DASHBOARD,
    path: 'examples/lead-scoring/dashboard',
    exclude: 'tests/**',
    sdk: 'streamlit',
    rename: 'requirements-streamlit.txt -> requirements.txt',
    card: [
      'title: Lead scoring monitor (staging)',
      'emoji: 📊',
      'colorFrom: indigo',
      'colorTo: pink',
      'short_description: Watches the lead scoring API',
    ].join('\n'),
    variables: `API_ENDPOINT=${apiUrl}\nREFRESH_SECONDS=2`,
  });
  await deployApi(`CORS_ORIGINS=${dashboardUrl}`);
  browser = await openBrowser();
  page = await browser.open(dashboardUrl, DESKTOP);
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  await hub?.close();
  rmSync(database, { recursive: true, force: true });
});

test('the dashboard is a docker Space with what the inputs made of it', async () => {
  const space = hub.space(DASHBOARD);
  const files = Object.keys((await space?.files()) ?? {});
  expect(files.filter((file) => !file.startsWith('monitor/')).sort()).toEqual([
    '.gitattributes',
    '.streamlit/config.toml',
    'Dockerfile',
    'README.md',
    'requirements.txt',
    'streamlit_app.py',
  ]);
  expect(space?.sdk).toBe('docker');
  expect(space?.variables).toMatchObject({ API_ENDPOINT: { value: apiUrl }, APP_ENV: { value: 'staging' } });
  expect(String(await space?.read('README.md'))).toMatch(
    /^---\n[\s\S]*title: Lead scoring monitor \(staging\)[\s\S]*app_port: 8501[\s\S]*\n---\n/,
  );
});

test('a visitor sees whose API it is, and numbers that come by themselves', async () => {
  await expectText(page, '.banner', /^STAGING environment, not for real decisions; predictions are kept for 30 days$/);
  await visible(page, 'No predictions yet');
  await scoreLeads(60);
  await expectText(page, metric('Predictions'), /^60$/);
  await expectText(page, metric('Latency p50'), /^[\d.,]+ ms$/);
  await expectText(page, metric('Mean score'), /^\d+\.\d%$/);
  for (const words of ['healthy', 'staging', 'sqlite answers', 'Score distribution', 'Recent predictions'])
    await visible(page, words);
  await page.locator('[data-testid="stVegaLiteChart"] :is(canvas, svg.marks)').nth(2).waitFor();
  await screenshot(page, 'dashboard-staging');
  expect(browser.complaints).toEqual([]);
});

test('it can be read on a phone', async () => {
  const phone = await browser.open(dashboardUrl, PHONE);
  await expectText(phone, metric('Predictions'), /^60$/);
  const tooWide = await phone.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  expect(tooWide).toBeLessThanOrEqual(0);
  await screenshot(phone, 'dashboard-phone');
  await phone.close();
  expect(browser.complaints).toEqual([]);
});

test('a visitor scores a lead', async () => {
  // By keyboard: the form unfolds for half a second, and a click on what moves is lost between pressing and letting go.
  await page.locator('summary').filter({ hasText: 'Score a lead' }).press('Enter');
  await page.getByRole('button', { name: 'Score it' }).press('Enter');
  await visible(page, 'likely to become a customer');
  await expectText(page, metric('Predictions'), /^61$/);
  expect(browser.complaints).toEqual([]);
});

test('pages of the dashboard may call the API, and no other pages', async () => {
  const allowed = async (origin: string) =>
    (await fetch(`${apiUrl}/metrics/summary`, { headers: { origin } })).headers.get('access-control-allow-origin');
  expect(await allowed(dashboardUrl)).toBe(dashboardUrl);
  expect(await allowed('https://elsewhere.example')).toBeNull();
});

test('while the API is paused the page says so, and comes back with it', async () => {
  await order('pause');
  await visible(page, 'The API cannot be reached');
  await visible(page, `GET ${apiUrl}/health: answered with status 503`);
  await visible(page, 'the Space is paused, asleep, being built, or has failed');
  expect(await page.locator('[data-testid="stMetric"]').count()).toBe(0);
  await page.setViewportSize({ ...DESKTOP, height: 560 });
  await screenshot(page, 'dashboard-unreachable');
  await order('restart');
  await appears(page, page.locator('.banner'));
  expect(browser.complaints).toEqual([]);
});

function deployApi(variables = ''): Promise<string> {
  return deploy({
    space: API,
    path: 'examples/lead-scoring/api',
    'health-expect': 'status=healthy\nenvironment=staging',
    variables: `SQLITE_PATH=${database}/leads.sqlite\n${variables}`,
  });
}

/** Deploys to staging as a workflow would, from this repository; gives the app's URL. */
async function deploy(inputs: Readonly<Record<string, string>>): Promise<string> {
  const run = await runAction({
    workspace: ROOT,
    inputs: { environment: 'staging', visibility: 'public', timeout: '10m', 'hub-url': hub.url, ...inputs },
    env: { HF_TOKEN: 'hf_me_write' },
  });
  if (run.exitCode !== 0) throw new Error(`${inputs['space']} was not deployed:\n${run.log}`);
  return run.outputs['app-url'] ?? '';
}

async function order(what: 'pause' | 'restart'): Promise<void> {
  const headers = { authorization: 'Bearer hf_me_write' };
  const answer = await fetch(`${hub.url}/api/spaces/${API}/${what}`, { method: 'POST', headers });
  expect(answer.status).toBe(200);
}

async function scoreLeads(count: number): Promise<void> {
  for (const lead of leads(count)) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${apiUrl}/predict`, { method: 'POST', headers, body: JSON.stringify(lead) });
    expect(answer.status).toBe(200);
  }
}

const metric = (label: string) => `[data-testid="stMetric"]:has-text("${label}") [data-testid="stMetricValue"]`;

function visible(on: Page, text: string): Promise<void> {
  return appears(on, on.getByText(text).first());
}

/** Waits until it says so. */
function expectText(on: Page, selector: string, text: RegExp): Promise<void> {
  return appears(on, on.locator(selector).filter({ hasText: text }));
}

/** Fails with what the visitor sees instead. */
async function appears(on: Page, element: Locator): Promise<void> {
  try {
    await element.waitFor({ timeout: SOON_MS });
  } catch (cause) {
    const seen = await on.locator('body').innerText();
    throw new Error(`${cause}\n${browser.complaints.join('\n')}\nThe page says:\n${seen}`, { cause });
  }
}

/** For the documentation, on request only: they differ from run to run. */
async function screenshot(on: Page, name: string): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  // Charts and tables are drawn a little after they are there.
  await on.waitForTimeout(3000);
  await on.screenshot({ path: join(ROOT, 'docs/images', `${name}.png`) });
}
