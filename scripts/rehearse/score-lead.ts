const LEAD = {
  lead_id: 'crm-1042',
  company_size: 240,
  budget_eur: 18_000,
  pages_viewed: 14,
  emails_opened: 5,
  days_since_last_contact: 3,
  demo_requested: true,
  industry: 'software',
  source: 'referral',
};

/** Asks the deployed API for one score and returns a sentence; throws when there is none. */
export async function scoreLead(appUrl: string): Promise<string> {
  const response = await fetch(`${appUrl}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(LEAD),
    signal: AbortSignal.timeout(10_000),
  });
  const body = await response.text();
  const { score, priority } = response.ok ? (JSON.parse(body) as { score?: unknown; priority?: unknown }) : {};
  if (typeof score !== 'number') throw new Error(`POST ${appUrl}/predict answered ${response.status} ${body}`);
  return `POST ${appUrl}/predict: score ${score}, ${priority}`;
}
