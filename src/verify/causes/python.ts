import type { KnownCause } from './known-cause.ts';
import { fixOfModule } from './python-modules.ts';

/** What pip and Python say. */
export const PYTHON_CAUSES: readonly KnownCause[] = [
  {
    sign: /ResolutionImpossible|(?:conflicting dependencies|No solution found when resolving dependencies|version solving failed)/i,
    example:
      'ERROR: Cannot install -r requirements.txt (line 1) and numpy==2.1.0 because these package versions have conflicting dependencies.',
    cause: 'Some of the Python packages cannot be installed together: they ask for different versions of another one.',
    fix: 'Loosen or correct the versions in requirements.txt that the log names; `pip install -r requirements.txt` says the same on your own machine.',
  },
  {
    sign: /No matching distribution found for ([^\s'"]+)/i,
    example: 'ERROR: No matching distribution found for pandas==99',
    cause: 'pip finds no version of $1 for this Python.',
    fix: 'Fix the line in requirements.txt, or choose another Python version.',
  },
  {
    sign: /(?:Failed building wheel for|Could not build wheels for|Failed to build) ([^\s,]+)|error: command '(?:gcc|g\+\+|cc|cmake)'|subprocess-exited-with-error|metadata-generation-failed/,
    example: '  ERROR: Failed building wheel for psycopg2',
    cause: 'pip could not compile the package $1.',
    fix: 'Take a version that has a wheel for this Python, or install its compiler and headers with apt-get in the Dockerfile.',
  },
  {
    sign: /Could not open requirements file: .*?'([^']+)'/i,
    example: "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'",
    cause: 'pip is to read $1, which is not there.',
    fix: 'Commit the file, or COPY it in the Dockerfile before the line that installs from it.',
  },
  {
    sign: /(?:Error loading ASGI app\. (?:Could not import module|Attribute) |Failed to find attribute |AppImportError\(")(?:"|')?([\w.:]+)/i,
    example: 'ERROR:    Error loading ASGI app. Could not import module "main".',
    cause: 'The server finds no app named $1.',
    fix: 'Name it as file:variable (main:app for `app` in main.py), and set WORKDIR to the folder that holds the file.',
  },
  {
    sign: /can't open file '([^']+)'|File does not exist: (\S+)/,
    example: "python: can't open file '/app/app.py': [Errno 2] No such file or directory",
    cause: 'The start command names $1, which is not there.',
    fix: 'Correct the name in CMD or `app_file`; only what git tracks is deployed, and only what the Dockerfile copies is in the image.',
  },
  {
    sign: /^(?:IndentationError|TabError|SyntaxError): (?!.*JSON)/m,
    example: "SyntaxError: expected ':'",
    cause: 'A file of the app is not valid in the language version that runs it.',
    fix: 'Fix the line that the log names, or choose the version that you develop with (`python_version`, or FROM in the Dockerfile).',
  },
  {
    sign: /ImportError: (?:lib(?:GL|gthread|glib)[\w.-]*): cannot open shared object file/,
    example: 'ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
    cause: 'OpenCV needs graphics libraries that a slim image does not have.',
    fix: 'Use opencv-python-headless, or install libgl1 and libglib2.0-0 with apt-get in the Dockerfile (or packages.txt).',
  },
  {
    sign: /version `(GLIBC(?:XX)?_[\d.]+)' not found/,
    example:
      "node: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /app/node_modules/better-sqlite3/build/Release/better_sqlite3.node)",
    cause: 'A program or package was built for a newer system than the image has: it needs $1.',
    fix: 'Use a newer base image (bookworm or later), and none of Alpine; build inside the image, not on your own machine.',
  },
  {
    sign: /\b(lib[\w.+-]+\.so(?:\.\d+)*)\b[^\n]*(?:cannot open shared object file|No such file or directory)|Error loading shared library ([\w.+-]+)/,
    example: 'OSError: libgomp.so.1: cannot open shared object file: No such file or directory',
    cause: 'The image lacks the system library $1.',
    fix: 'Install the package that holds it with apt-get in the Dockerfile, or name it in packages.txt.',
  },
  {
    sign: /ModuleNotFoundError: No module named '([^']+)'|\bpython[\d.]*: No module named ([\w.]+)|Form data requires "(python-multipart)" to be installed/,
    example: "ModuleNotFoundError: No module named 'numpy'",
    cause: 'The Python module $1 is not found.',
    fix: 'Add the package that has it to requirements.txt.',
    fixFor: fixOfModule,
  },
  {
    sign: /ImportError: cannot import name '([^']+)'/,
    example: "ImportError: cannot import name 'url_quote'",
    cause: 'A package is there in another version than the code was written for: it has no $1.',
    fix: 'Write the versions that you develop with into requirements.txt (pip freeze shows them).',
  },
  {
    sign: /(?:\bos\.environ\b|<frozen os>|\/os\.py")[\s\S]{0,400}?KeyError: '([^']+)'|validation errors? for \w*Settings\s+(\w+)\s+field required|^(?:Error: )?Missing (?:required )?environment variable:? "?'?([A-Z][A-Z0-9_]*)|environment variable "?'?([A-Z][A-Z0-9_]*)"?'? (?:is )?(?:not set|missing|required)/im,
    example:
      '  File "/app/app.py", line 5, in <module>\n    key = os.environ["API_KEY"]\n          ~~~~~~~~~~^^^^^^^^^^^\n  File "<frozen os>", line 714, in __getitem__\nKeyError: \'API_KEY\'',
    cause: 'The app wants the environment variable $1, which is not set.',
    fix: 'Give it in `secrets` or `variables`; a secret is there at run time, not during the build.',
  },
];
