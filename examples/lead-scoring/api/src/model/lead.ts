export const INDUSTRIES = [
  'software',
  'finance',
  'healthcare',
  'manufacturing',
  'retail',
  'education',
  'other',
] as const;

export const SOURCES = ['referral', 'partner', 'website', 'event', 'linkedin', 'cold_call'] as const;

export type Industry = (typeof INDUSTRIES)[number];
export type Source = (typeof SOURCES)[number];

/** What the model looks at. */
export interface LeadFeatures {
  company_size: number;
  budget_eur: number;
  pages_viewed: number;
  emails_opened: number;
  days_since_last_contact: number;
  demo_requested: boolean;
  industry: Industry;
  source: Source;
}

export interface Lead extends LeadFeatures {
  /** The caller's own reference; stored and given back, never scored. */
  lead_id?: string;
}
