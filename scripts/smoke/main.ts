import { smokeTest } from './smoke-test.ts';

const [environment, apiUrl, dashboardUrl] = process.argv.slice(2);
if (!environment || !apiUrl || !dashboardUrl) {
  console.error('usage: node scripts/smoke/main.ts <environment> <api-url> <dashboard-url>');
  process.exit(2);
}
const attempts = Number(process.env['SMOKE_ATTEMPTS'] ?? 20);
const pauseMs = Number(process.env['SMOKE_PAUSE_MS'] ?? 5_000);
const isHealthy = await smokeTest({ environment, apiUrl, dashboardUrl, attempts, pauseMs, say: console.log });
process.exitCode = isHealthy ? 0 : 1;
