import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from '@jest/globals';
import { nodeApp, rig } from '../rig.ts';

test('a private app is not found without a token', async () => {
  await using it = await rig({ token: 'hf_x' });
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  expect(await it.get('/')).toMatchObject({ status: 404, body: expect.stringContaining('<html>') });
  expect(await it.get('/', { authorization: 'Bearer hf_y' })).toMatchObject({ status: 404 });
  expect(await it.get('/', { authorization: 'Bearer hf_x' })).toEqual({ status: 200, body: 'one' });
});

test('X-HF-Authorization lets in and leaves Authorization to the app', async () => {
  await using it = await rig({ token: 'hf_x' });
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  const { body } = await it.get('/headers', { authorization: 'Basic own', 'x-hf-authorization': 'Bearer hf_x' });
  const seen = JSON.parse(body) as Record<string, string>;
  expect(seen).toMatchObject({ authorization: 'Basic own', 'x-forwarded-proto': 'http' });
  expect(seen['x-forwarded-for']).toContain('127.0.0.1');
  expect(seen['x-forwarded-host']).toBe(new URL(it.space.appUrl).host);
  expect(seen).not.toHaveProperty('x-hf-authorization');
});

test('Authorization alone lets in, too, and reaches the app', async () => {
  await using it = await rig({ token: 'hf_x' });
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  const { body } = await it.get('/headers', { authorization: 'Bearer hf_x' });
  expect(JSON.parse(body)).toMatchObject({ authorization: 'Bearer hf_x' });
  const wrong = { authorization: 'Bearer hf_x', 'x-hf-authorization': 'Bearer hf_y' };
  expect(await it.get('/headers', wrong)).toMatchObject({ status: 404 });
});

test('a request under way is answered by the old version although the new one has taken over', async () => {
  await using it = await rig();
  const slow = `import { createServer } from 'node:http';
createServer((_, response) => setTimeout(() => response.end('slow'), 400)).listen(process.env.PORT);`;
  it.push({ ...nodeApp('one'), 'server.mjs': slow });
  await it.until('RUNNING');
  const answer = it.get('/');
  await new Promise((resolve) => setTimeout(resolve, 50));
  it.push(nodeApp('two'));
  await it.until('RUNNING');
  expect(await it.get('/')).toEqual({ status: 200, body: 'two' });
  expect(await answer).toEqual({ status: 200, body: 'slow' });
});

test('websockets reach the app', async () => {
  await using it = await rig();
  const server = `import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
createServer().on('upgrade', (request, socket) => {
  const key = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nupgrade: websocket\\r\\nconnection: Upgrade\\r\\nsec-websocket-accept: ' + key + '\\r\\n\\r\\n');
  socket.pipe(socket);
}).listen(process.env.PORT);`;
  it.push({ ...nodeApp('one'), 'server.mjs': server });
  await it.until('RUNNING');
  const key = Buffer.from('0123456789abcdef').toString('base64');
  const echoed = await new Promise<{ accept: string | undefined; text: string }>((resolve, reject) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': key,
      'sec-websocket-version': '13',
    };
    request(it.space.appUrl, { headers })
      .on('upgrade', (response, socket) => {
        socket.write('over and out');
        socket.once('data', (data: Buffer) => {
          socket.destroy();
          resolve({ accept: response.headers['sec-websocket-accept'], text: data.toString() });
        });
      })
      .on('error', reject)
      .end();
  });
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  expect(echoed).toEqual({ accept, text: 'over and out' });
});
