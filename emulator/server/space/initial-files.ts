import { initialReadme, type NewCard } from './initial-readme.ts';

/** Patterns that the Hub sends to LFS in every new repository. */
const lfsPatterns = [
  '*.7z',
  '*.arrow',
  '*.bin',
  '*.bz2',
  '*.ckpt',
  '*.ftz',
  '*.gz',
  '*.h5',
  '*.joblib',
  '*.lfs.*',
  '*.mlmodel',
  '*.model',
  '*.msgpack',
  '*.npy',
  '*.npz',
  '*.onnx',
  '*.ot',
  '*.parquet',
  '*.pb',
  '*.pickle',
  '*.pkl',
  '*.pt',
  '*.pth',
  '*.rar',
  '*.safetensors',
  'saved_model/**/*',
  '*.tar.*',
  '*.tar',
  '*.tflite',
  '*.tgz',
  '*.wasm',
  '*.xz',
  '*.zip',
  '*.zst',
  '*tfevents*',
];

const gitAttributes = lfsPatterns.map((pattern) => `${pattern} filter=lfs diff=lfs merge=lfs -text\n`).join('');

const stubPage = `<!doctype html>
<html>
	<head>
		<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width" />
		<title>My static Space</title>
		<link rel="stylesheet" href="style.css" />
	</head>
	<body>
		<div class="card">
			<h1>Welcome to your static Space!</h1>
			<p>You can modify this app directly by editing <i>index.html</i> in the Files and versions tab.</p>
		</div>
	</body>
</html>
`;

const stubStyle = `body {
	padding: 2rem;
	font-family: -apple-system, BlinkMacSystemFont, "Arial", sans-serif;
}

.card {
	max-width: 620px;
	margin: 0 auto;
	padding: 16px;
	border: 1px solid lightgray;
	border-radius: 16px;
}
`;

/** The files of the first commit of a new Space (hub-contract §5.1). */
export function initialFiles(card: NewCard): { path: string; content: Buffer }[] {
  const files: [string, string][] = [
    ['.gitattributes', gitAttributes],
    ['README.md', initialReadme(card)],
  ];
  if (card.sdk === 'static') files.push(['index.html', stubPage], ['style.css', stubStyle]);
  return files.map(([path, content]) => ({ path, content: Buffer.from(content) }));
}
