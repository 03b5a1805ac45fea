// Builds the .vsix files: a universal one, and one for each platform that a server program was given for.
//
//   node package.mjs [--out FOLDER] [--server PROGRAM] [--servers FOLDER]
//
// --server is a program for this machine; --servers holds programs as FOLDER/<target>/azapi-ls[.exe], where <target>
// is a name of vsce's such as linux-x64, linux-arm64, alpine-x64, darwin-arm64, win32-x64.

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '..', '..');
const stage = path.join(here, 'stage');
const { values: options } = parseArgs({
  options: { out: { type: 'string', default: here }, server: { type: 'string' }, servers: { type: 'string' } },
});

/** The first day that a zip archive can state: equal files give an equal package, whenever and wherever it is made. */
const SAME_DATES = { SOURCE_DATE_EPOCH: '315532800', TZ: 'UTC' };

function run(program, ...args) {
  const env = { ...process.env, ...SAME_DATES };
  execFileSync(process.execPath, [path.join(here, 'node_modules', program), ...args], { cwd: stage, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Everything the extension is made of, as it is packed. */
function fillStage() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage);
  const manifest = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8'));
  // Bundled, so nothing is installed or built by whoever gets the package.
  for (const key of ['scripts', 'dependencies', 'devDependencies']) delete manifest[key];
  manifest.files = ['**'];
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const name of ['CHANGELOG.md', 'icon.png', 'language-configuration.json', 'syntaxes']) {
    cpSync(path.join(here, name), path.join(stage, name), { recursive: true });
  }
  copyFileSync(path.join(root, 'LICENSE'), path.join(stage, 'LICENSE'));
  stageReadme();
  const esbuild = ['src/extension.ts', '--bundle', '--platform=node', '--format=cjs', '--target=node20', '--external:vscode', '--minify'];
  execFileSync(path.join(here, 'node_modules', '.bin', 'esbuild'), [...esbuild, `--outfile=${path.join(stage, 'out', 'extension.js')}`, '--log-level=warning'], { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
}

/** Pictures lie in the project's docs; in the package they lie beside the README. */
function stageReadme() {
  const readme = readFileSync(path.join(here, 'README.md'), 'utf8');
  const packed = readme.replace(/\]\((\.\.\/\.\.\/docs\/pictures\/([\w.-]+))\)/g, (_, from, name) => {
    mkdirSync(path.join(stage, 'pictures'), { recursive: true });
    copyFileSync(path.join(here, from), path.join(stage, 'pictures', name));
    return `](pictures/${name})`;
  });
  writeFileSync(path.join(stage, 'README.md'), packed);
}

/** The servers to carry, as [target, program]. */
function servers() {
  const found = [];
  if (options.server) found.push([`${process.platform}-${process.arch}`, options.server]);
  for (const target of options.servers ? readdirSync(options.servers).sort() : []) {
    const program = ['azapi-ls', 'azapi-ls.exe'].map((name) => path.join(options.servers, target, name)).find(existsSync);
    if (program) found.push([target, program]);
  }
  return found;
}

function pack(target, program) {
  const { name, version } = JSON.parse(readFileSync(path.join(stage, 'package.json'), 'utf8'));
  const carried = path.join(stage, 'server');
  rmSync(carried, { recursive: true, force: true });
  if (program) {
    const copy = path.join(carried, target.startsWith('win32') ? 'azapi-ls.exe' : 'azapi-ls');
    mkdirSync(carried);
    copyFileSync(program, copy);
    chmodSync(copy, 0o755);
  }
  const file = path.resolve(options.out, `${name}-${version}${target ? `-${target}` : ''}.vsix`);
  const platform = target ? ['--target', target] : [];
  run('@vscode/vsce/vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', ...platform, '--out', file);
  console.log(file);
}

mkdirSync(options.out, { recursive: true });
fillStage();
pack();
for (const [target, program] of servers()) pack(target, program);
rmSync(stage, { recursive: true });
