const INDUSTRIES = ['software', 'finance', 'healthcare', 'manufacturing', 'retail', 'education', 'other'] as const;
const SOURCES = ['referral', 'partner', 'website', 'event', 'linkedin', 'cold_call'] as const;

/** Leads of all kinds, the same ones each time. */
export function leads(count: number) {
  let state = 7;
  // The generator of Park and Miller: nothing but spread is asked of it.
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  return Array.from({ length: count }, (_, index) => ({
    lead_id: `crm-${1001 + index}`,
    company_size: 3 + below(900),
    budget_eur: 500 + below(60_000),
    pages_viewed: below(30),
    emails_opened: below(12),
    days_since_last_contact: below(100),
    demo_requested: below(10) < 4,
    industry: INDUSTRIES[below(INDUSTRIES.length)],
    source: SOURCES[below(SOURCES.length)],
  }));
}
