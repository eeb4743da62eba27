// Plain JavaScript: a Node that is too old to run TypeScript must still be able to say so.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This needs Node 24, and this is Node ${process.versions.node}. On Linux x64, npm ci installs Node 24; elsewhere, install it first.`,
  );
  process.exitCode = 1;
}
