import type { Source } from '../../source/source.ts';

/** Modules that are installed by a package of another name. */
const PACKAGES: Readonly<Record<string, string>> = {
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  cv2: 'opencv-python-headless',
  dateutil: 'python-dateutil',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  faiss: 'faiss-cpu',
  fitz: 'PyMuPDF',
  git: 'GitPython',
  google: 'the Google package that you use, such as google-genai or protobuf',
  jose: 'python-jose',
  jwt: 'PyJWT',
  magic: 'python-magic',
  MySQLdb: 'mysqlclient',
  OpenSSL: 'pyOpenSSL',
  PIL: 'Pillow',
  pptx: 'python-pptx',
  psycopg2: 'psycopg2-binary',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  telegram: 'python-telegram-bot',
  usb: 'pyusb',
  websocket: 'websocket-client',
  yaml: 'PyYAML',
  zmq: 'pyzmq',
};

/** Modules that newer versions of Python no longer have, and what helps. */
const GONE: Readonly<Record<string, string>> = {
  audioop:
    'Python 3.13 no longer has it: add audioop-lts to requirements.txt, or choose Python 3.12 (`python_version`, or FROM in the Dockerfile).',
  cgi: 'Python 3.13 no longer has it: add legacy-cgi to requirements.txt, or choose Python 3.12 (`python_version`, or FROM in the Dockerfile).',
  distutils:
    'Python 3.12 no longer has it: add setuptools to requirements.txt, or choose Python 3.11 (`python_version`, or FROM in the Dockerfile).',
  imp: 'Python 3.12 no longer has it: update the package that imports it, or choose Python 3.11 (`python_version`, or FROM in the Dockerfile).',
  pkg_resources: 'Add "setuptools<81" to requirements.txt: newer versions no longer have this module.',
};

/** What to do about a Python module that is not found; `own` are the modules that the source itself has. */
export function fixOfModule(name: string, own: ReadonlySet<string>): string {
  const [top = ''] = name.split('.');
  if (own.has(top)) {
    return 'It is part of what was deployed: set WORKDIR (or PYTHONPATH) to the directory that holds it, COPY it in the Dockerfile, and import it by its path from there.';
  }
  const gone = Object.hasOwn(GONE, top) ? GONE[top] : undefined;
  const packageName = Object.hasOwn(PACKAGES, top) ? PACKAGES[top] : undefined;
  if (gone !== undefined) return gone;
  return packageName === undefined
    ? 'Add the package that has it to requirements.txt; often it has the same name.'
    : `Add ${packageName} to requirements.txt: that package has this module.`;
}

/** Names by which the source's own Python files can be imported from some directory of it. */
export function pythonModulesOf({ files }: Pick<Source, 'files'>): ReadonlySet<string> {
  const paths = [...files.keys()].filter((path) => path.endsWith('.py'));
  return new Set(paths.flatMap((path) => path.replace(/\.py$/, '').split('/')).filter((name) => name !== '__init__'));
}
