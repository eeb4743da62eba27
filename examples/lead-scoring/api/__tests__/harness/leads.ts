import type { Lead } from '../../src/model/lead.ts';

export const hotLead: Lead = {
  lead_id: 'hot-1',
  company_size: 400,
  budget_eur: 40_000,
  pages_viewed: 25,
  emails_opened: 8,
  days_since_last_contact: 1,
  demo_requested: true,
  industry: 'software',
  source: 'referral',
};

export const coldLead: Lead = {
  company_size: 2,
  budget_eur: 0,
  pages_viewed: 0,
  emails_opened: 0,
  days_since_last_contact: 300,
  demo_requested: false,
  industry: 'education',
  source: 'cold_call',
};
