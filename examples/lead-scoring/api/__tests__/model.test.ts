import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fitToJson } from '../scripts/fit.ts';
import { generateData } from '../scripts/generate-data.ts';
import type { LeadFeatures } from '../src/model/lead.ts';
import { loadModel } from '../src/model/load-model.ts';
import { scoreLead } from '../src/model/score-lead.ts';
import { coldLead, hotLead } from './harness/leads.ts';

const committed = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('the scripts', () => {
  test('generate the committed data, byte by byte', () => {
    expect(generateData()).toBe(committed('data/leads.csv'));
  });

  test('fit the committed model, byte by byte', () => {
    expect(fitToJson(committed('data/leads.csv'))).toBe(committed('model.json'));
  });

  test('fit another model to other data', () => {
    const without = committed('data/leads.csv').split('\n').slice(0, 2000).join('\n');
    expect(fitToJson(without)).not.toBe(committed('model.json'));
  });
});

describe('the model', () => {
  const model = loadModel();
  const score = (lead: LeadFeatures): number => scoreLead(model, lead).score;

  test('is better than chance on rows that it did not see', () => {
    const { auc, brier, base_rate } = model.metrics;
    expect(auc).toBeGreaterThan(0.75);
    expect(brier).toBeLessThan(base_rate * (1 - base_rate));
  });

  test('puts a hot lead before a cold one', () => {
    expect(scoreLead(model, hotLead)).toEqual({ score: 0.9833, priority: 'hot' });
    expect(scoreLead(model, coldLead)).toEqual({ score: 0.0002, priority: 'cold' });
  });

  test.each<[string, Partial<LeadFeatures>]>([
    ['a larger company', { company_size: 5000 }],
    ['a larger budget', { budget_eur: 500_000 }],
    ['more pages viewed', { pages_viewed: 40 }],
    ['more emails opened', { emails_opened: 20 }],
    ['a demo asked for', { demo_requested: true }],
    ['a fresher contact', { days_since_last_contact: 0 }],
    ['a referral', { source: 'referral' }],
  ])('%s raises the score', (_, better) => {
    expect(score({ ...coldLead, ...better })).toBeGreaterThan(score(coldLead));
  });

  test('stays within 0 and 1 at the ends of what is accepted', () => {
    const most = { company_size: 5e6, budget_eur: 1e9, pages_viewed: 1e5, emails_opened: 1e5 };
    expect(score({ ...hotLead, ...most, days_since_last_contact: 0 })).toBe(1);
    expect(score({ ...coldLead, days_since_last_contact: 36_500 })).toBe(0);
  });

  test('calls a lead hot, warm or cold at its thresholds', () => {
    const at = (hot: number, warm: number) => scoreLead({ ...model, priorities: { hot, warm } }, hotLead).priority;
    expect([at(0.9833, 0.3), at(0.9834, 0.9833), at(1, 0.9834)]).toEqual(['hot', 'warm', 'cold']);
  });
});
