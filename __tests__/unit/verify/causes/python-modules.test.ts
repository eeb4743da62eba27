import { expect, test } from '@jest/globals';
import { likelyCause } from '../../../../src/verify/causes/likely-cause.ts';
import { fixOfModule, pythonModulesOf } from '../../../../src/verify/causes/python-modules.ts';
import { sizedFile } from '../../files.ts';

const NONE: ReadonlySet<string> = new Set();

test.each([
  ['cv2', 'Add opencv-python-headless to requirements.txt: that package has this module.'],
  ['sklearn.linear_model', 'Add scikit-learn to requirements.txt: that package has this module.'],
  ['PIL', 'Add Pillow to requirements.txt: that package has this module.'],
  ['yaml', 'Add PyYAML to requirements.txt: that package has this module.'],
  ['dotenv', 'Add python-dotenv to requirements.txt: that package has this module.'],
  ['bs4', 'Add beautifulsoup4 to requirements.txt: that package has this module.'],
  ['fitz', 'Add PyMuPDF to requirements.txt: that package has this module.'],
  [
    'audioop',
    'Python 3.13 no longer has it: add audioop-lts to requirements.txt, or choose Python 3.12 (`python_version`, or FROM in the Dockerfile).',
  ],
  ['pkg_resources', 'Add "setuptools<81" to requirements.txt: newer versions no longer have this module.'],
  [
    'distutils.core',
    'Python 3.12 no longer has it: add setuptools to requirements.txt, or choose Python 3.11 (`python_version`, or FROM in the Dockerfile).',
  ],
  ['skimage.io', 'Add scikit-image to requirements.txt: that package has this module.'],
  ['jwt', 'Add PyJWT to requirements.txt: that package has this module.'],
  ['OpenSSL', 'Add pyOpenSSL to requirements.txt: that package has this module.'],
  ['google.cloud.storage', 'Add google-cloud-storage to requirements.txt: that package has this module.'],
  ['google.protobuf.message', 'Add protobuf to requirements.txt: that package has this module.'],
  [
    'google.cloud',
    'Add the package of the Google service that you use, such as google-cloud-storage to requirements.txt: that package has this module.',
  ],
  [
    'imp',
    'Python 3.12 no longer has it: update the package that imports it, or choose Python 3.11 (`python_version`, or FROM in the Dockerfile).',
  ],
  [
    'asyncore',
    'Python 3.12 no longer has it: add pyasyncore to requirements.txt, or choose Python 3.11 (`python_version`, or FROM in the Dockerfile).',
  ],
  [
    'imghdr',
    'Python 3.13 no longer has it: add standard-imghdr to requirements.txt, or choose Python 3.12 (`python_version`, or FROM in the Dockerfile).',
  ],
  ['urllib2', 'It belongs to Python 2: update the package or the code that imports it.'],
  [
    'tkinter',
    'It opens windows, and a Space has no screen: take out what imports it (of matplotlib: matplotlib.use("Agg")).',
  ],
  ['win32api', 'It is there on Windows only, and a Space runs Linux: import it only where `sys.platform` is "win32".'],
  [
    'pandas',
    'Add the package that has it to requirements.txt; often it has the same name. If it is a file of yours, add it to git.',
  ],
  [
    'constructor',
    'Add the package that has it to requirements.txt; often it has the same name. If it is a file of yours, add it to git.',
  ],
])('the module %s', (name, fix) => {
  expect(fixOfModule(name, NONE)).toBe(fix);
  expect(likelyCause(`ModuleNotFoundError: No module named '${name}'`)?.fix).toBe(fix);
});

test('a module of the source itself is not looked for in a package', () => {
  const paths = ['app.py', 'lib/yaml/__init__.py', 'lib/scores.py', 'notes/cv2.txt'];
  const own = pythonModulesOf({ files: new Map(paths.map((path) => [path, sizedFile(path, 1)])) });
  expect([...own].sort()).toEqual(['app', 'lib', 'scores', 'yaml']);
  expect(['yaml.x', 'scores', 'lib', 'cv2'].map((name) => fixOfModule(name, own).split(/[ :]/, 2).join(' '))).toEqual([
    'It is',
    'It is',
    'It is',
    'Add opencv-python-headless',
  ]);
});
