import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/** Headless Chromium with a profile of its own. */
export interface Browser {
  /** What pages had to complain about: console errors, exceptions, answers of 400 and more, requests that failed. */
  readonly complaints: readonly string[];
  open(url: string, viewport: Viewport): Promise<Page>;
  /** A page of this text, for those who prefer this colour scheme. */
  show(html: string, viewport: Viewport, colorScheme: 'light' | 'dark'): Promise<Page>;
  close(): Promise<void>;
}

interface Viewport {
  readonly width: number;
  readonly height: number;
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'spaceport-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] || '/usr/bin/chromium',
    args: FLAGS,
    timeout: 120_000,
  });
  context.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  const newPage = async (viewport: Viewport) => {
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    page.on('console', (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('response', (answer) => answer.status() >= 400 && complaints.push(`${answer.status()} ${answer.url()}`));
    page.on('requestfailed', (request) => complaints.push(`${request.failure()?.errorText} ${request.url()}`));
    return page;
  };
  return {
    complaints,
    async open(url, viewport) {
      const page = await newPage(viewport);
      const answer = await page.goto(url);
      if (!answer?.ok()) throw new Error(`${url} answered ${answer?.status()}: ${await answer?.text()}`);
      return page;
    },
    async show(html, viewport, colorScheme) {
      const page = await newPage(viewport);
      await page.emulateMedia({ colorScheme });
      await page.setContent(html);
      return page;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
