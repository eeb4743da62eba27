import { expect, test } from '@jest/globals';
import { type Rig, rig } from '../rig.ts';

const SERVER = `import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write((sys.prefix + ' ' + os.getcwd()).encode())
    def log_message(self, *args): pass
print('listening', flush=True)
http.server.HTTPServer(('0.0.0.0', int(os.environ['PORT'])), Handler).serve_forever()
`;

function log(it: Rig): string {
  return it.space.buildLog.lines.map((line) => line.data).join('');
}

test('a Python Space runs in a virtual environment, and installs from requirements once', async () => {
  await using it = await rig();
  const Dockerfile = `FROM python:slim
WORKDIR /code
COPY ./requirements.txt /code/requirements.txt
RUN pip install --no-cache-dir --upgrade -r /code/requirements.txt
RUN python -m venv --without-pip /opt/own && /opt/own/bin/python -c 'import sys; print(sys.prefix)'
COPY . .
CMD ["python", "server.py"]
`;
  const files = { Dockerfile, 'server.py': SERVER, 'requirements.txt': '# nothing to install\n' };
  it.push(files);
  await it.until('RUNNING');
  const { body } = await it.get('/');
  expect(body).toMatch(/\/layers\/venv-[\w-]+ .*\/container-1\/code$/);
  expect(log(it)).toMatch(/build-1\/stage-0\/opt\/own\n/);
  it.push({ ...files, 'other.txt': '' });
  await it.until('RUNNING');
  expect(log(it)).toMatch(/^CACHED$/m);
});

test('a gradio Space without its app file has nothing to run', async () => {
  await using it = await rig({ card: { sdk: 'gradio', sdk_version: '5.0.0' } });
  it.push({ 'README.md': '' });
  await it.until('NO_APP_FILE');
  expect(it.space.counts).toEqual({ builds: 0, starts: 0 });
});
