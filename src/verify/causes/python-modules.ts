import type { Source } from '../../source/source.ts';

/** Modules that are installed by a package of another name; of several that fit, the longest name counts. */
const PACKAGES: Readonly<Record<string, string>> = {
  absl: 'absl-py',
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  bson: 'pymongo',
  Crypto: 'pycryptodome',
  Cryptodome: 'pycryptodomex',
  cv2: 'opencv-python-headless',
  dateutil: 'python-dateutil',
  decouple: 'python-decouple',
  discord: 'discord.py',
  dns: 'dnspython',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  environ: 'django-environ',
  faiss: 'faiss-cpu',
  ffmpeg: 'ffmpeg-python',
  fitz: 'PyMuPDF',
  gi: 'PyGObject',
  git: 'GitPython',
  github: 'PyGithub',
  google: 'the Google package that you use, such as google-genai or protobuf',
  'google.auth': 'google-auth',
  'google.cloud': 'the package of the Google service that you use, such as google-cloud-storage',
  'google.cloud.bigquery': 'google-cloud-bigquery',
  'google.cloud.firestore': 'google-cloud-firestore',
  'google.cloud.storage': 'google-cloud-storage',
  'google.genai': 'google-genai',
  'google.generativeai': 'google-generativeai',
  'google.oauth2': 'google-auth',
  'google.protobuf': 'protobuf',
  googleapiclient: 'google-api-python-client',
  grpc: 'grpcio',
  hydra: 'hydra-core',
  jose: 'python-jose',
  jwt: 'PyJWT',
  kafka: 'kafka-python',
  ldap: 'python-ldap',
  llama_cpp: 'llama-cpp-python',
  magic: 'python-magic',
  mpl_toolkits: 'matplotlib',
  multipart: 'python-multipart',
  mysql: 'mysql-connector-python',
  MySQLdb: 'mysqlclient',
  nacl: 'PyNaCl',
  OpenSSL: 'pyOpenSSL',
  paho: 'paho-mqtt',
  PIL: 'Pillow',
  pptx: 'python-pptx',
  psycopg2: 'psycopg2-binary',
  pylab: 'matplotlib',
  pythonjsonlogger: 'python-json-logger',
  pywt: 'PyWavelets',
  rest_framework: 'djangorestframework',
  ruamel: 'ruamel.yaml',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  snowflake: 'snowflake-connector-python',
  socks: 'PySocks',
  speech_recognition: 'SpeechRecognition',
  telegram: 'python-telegram-bot',
  umap: 'umap-learn',
  usb: 'pyusb',
  websocket: 'websocket-client',
  wx: 'wxPython',
  Xlib: 'python-xlib',
  yaml: 'PyYAML',
  zmq: 'pyzmq',
};

/** Modules that newer versions of Python no longer have: since which version, and a package that has them. */
const GONE: readonly (readonly [since: string, last: string, modules: Readonly<Record<string, string>>])[] = [
  ['3.12', '3.11', { asynchat: 'pyasynchat', asyncore: 'pyasyncore', distutils: 'setuptools', imp: '', smtpd: '' }],
  [
    '3.13',
    '3.12',
    {
      aifc: 'standard-aifc',
      audioop: 'audioop-lts',
      cgi: 'legacy-cgi',
      cgitb: 'legacy-cgi',
      chunk: 'standard-chunk',
      crypt: 'crypt-r',
      imghdr: 'standard-imghdr',
      lib2to3: '',
      mailcap: 'standard-mailcap',
      msilib: '',
      nis: '',
      nntplib: 'standard-nntplib',
      ossaudiodev: '',
      pipes: 'standard-pipes',
      sndhdr: 'standard-sndhdr',
      spwd: '',
      sunau: 'standard-sunau',
      telnetlib: 'standard-telnetlib',
      uu: 'standard-uu',
      xdrlib: 'standard-xdrlib',
    },
  ],
];

/** Modules that need something else than a package. */
const SPECIAL: Readonly<Record<string, string>> = {
  pkg_resources: 'Add "setuptools<81" to requirements.txt: newer versions no longer have this module.',
  ...sameFor(
    ['tkinter', '_tkinter', 'turtle'],
    'It opens windows, and a Space has no screen: take out what imports it (of matplotlib: matplotlib.use("Agg")).',
  ),
  ...sameFor(
    ['win32api', 'win32con', 'win32com', 'pythoncom', 'winreg', 'winsound', 'msvcrt', '_winapi'],
    'It is there on Windows only, and a Space runs Linux: import it only where `sys.platform` is "win32".',
  ),
  ...sameFor(
    ['urllib2', 'ConfigParser', 'Queue', 'StringIO', 'cPickle', 'Tkinter', 'urlparse', '__builtin__'],
    'It belongs to Python 2: update the package or the code that imports it.',
  ),
};

function sameFor(names: readonly string[], fix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, fix]));
}

/** What to do about a Python module that is not found; `own` are the modules that the source itself has. */
export function fixOfModule(name: string, own: ReadonlySet<string>): string {
  const [top = ''] = name.split('.');
  if (own.has(top)) {
    return 'It is part of what was deployed: set WORKDIR (or PYTHONPATH) to the directory that holds it, COPY it in the Dockerfile, and import it by its path from there.';
  }
  const known = goneFix(top) ?? (Object.hasOwn(SPECIAL, top) ? SPECIAL[top] : undefined);
  if (known !== undefined) return known;
  const packageName = packageOf(name);
  return packageName === undefined
    ? 'Add the package that has it to requirements.txt; often it has the same name. If it is a file of yours, add it to git.'
    : `Add ${packageName} to requirements.txt: that package has this module.`;
}

function packageOf(name: string): string | undefined {
  const parts = name.split('.');
  const names = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
  const found = names.find((each) => Object.hasOwn(PACKAGES, each));
  return found === undefined ? undefined : PACKAGES[found];
}

function goneFix(module: string): string | undefined {
  for (const [since, last, modules] of GONE) {
    if (!Object.hasOwn(modules, module)) continue;
    const first = modules[module] ? `add ${modules[module]} to requirements.txt` : 'update the package that imports it';
    return `Python ${since} no longer has it: ${first}, or choose Python ${last} (\`python_version\`, or FROM in the Dockerfile).`;
  }
  return undefined;
}

/** Names by which the source's own Python files can be imported from some directory of it. */
export function pythonModulesOf({ files }: Pick<Source, 'files'>): ReadonlySet<string> {
  const paths = [...files.keys()].filter((path) => path.endsWith('.py'));
  return new Set(paths.flatMap((path) => path.replace(/\.py$/, '').split('/')).filter((name) => name !== '__init__'));
}
