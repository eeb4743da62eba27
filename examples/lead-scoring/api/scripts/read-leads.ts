import type { Industry, LeadFeatures, Source } from '../src/model/lead.ts';

export interface Outcome {
  lead: LeadFeatures;
  converted: boolean;
}

function readLead(cells: Record<string, string>): Outcome {
  return {
    lead: {
      company_size: Number(cells['company_size']),
      budget_eur: Number(cells['budget_eur']),
      pages_viewed: Number(cells['pages_viewed']),
      emails_opened: Number(cells['emails_opened']),
      days_since_last_contact: Number(cells['days_since_last_contact']),
      demo_requested: cells['demo_requested'] === 'true',
      industry: cells['industry'] as Industry,
      source: cells['source'] as Source,
    },
    converted: cells['converted'] === 'true',
  };
}

/** The rows of data/leads.csv, which has no quotes. */
export function readLeads(csv: string): Outcome[] {
  const [header = '', ...lines] = csv.trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return readLead(Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])));
  });
}
