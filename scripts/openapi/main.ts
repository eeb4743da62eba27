import { createHub } from '../../emulator/create-hub.ts';
import { askTheRest } from './ask-the-rest.ts';
import { compare } from './compare.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { readSpecification } from './specification.ts';
import { runStories } from './stories.ts';

/**
 * Holds the action's requests and the local Hub's answers to the Hub's OpenAPI, a file of the reader: it runs the key
 * stories with the built bundle, then asks for what the action does not use. Exits with 1 when something differs
 * without a known reason.
 */
const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/openapi/main.ts <openapi.json>   (after npm run build)');
  process.exit(2);
}
const operations = readSpecification(file);
const hub = await createHub();
const proxy = await startRecordingProxy(hub.url);
await runStories(proxy.url, console.log);
const byAction = compare([...proxy.exchanges], operations);
await askTheRest(proxy.url, console.log);
const all = compare(proxy.exchanges, operations);
await proxy[Symbol.asyncDispose]();
await hub.close();

const unused = operations.map(({ name }) => name).filter((name) => !all.used.has(name));
const own = [...byAction.differences].filter((line) => line.includes(': request '));
console.log(`\nThe action: ${byAction.requests} requests to ${byAction.used.size} operations, ${own.length} differ.`);
console.log(
  `The local Hub: ${all.answers} answers of ${all.answering.size} operations held to a schema (${all.used.size} of ${operations.length} asked for).`,
);
console.log(`Never asked for:\n${unused.map((name) => `  ${name}`).join('\n')}`);
const fresh = [...all.differences].filter((difference) => !KNOWN_DIFFERENCES.has(difference)).sort();
console.log(`Differences: ${all.differences.size}, ${fresh.length} of them without a known reason.`);
for (const [difference, why] of KNOWN_DIFFERENCES) console.log(`  ${difference}\n    stays: ${why}`);
for (const difference of fresh) console.log(`  ${difference}`);
process.exitCode = fresh.length === 0 ? 0 : 1;
