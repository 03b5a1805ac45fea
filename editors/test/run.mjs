// Plays the stories in the real editors.
//
//   node editors/test/run.mjs [--install-editors] [--only vscode|neovim|helix|emacs] [--server PATH] [--story PART]
//                             [--pictures FOLDER]
//
// Editors are installed into a cache folder with --install-editors or CI=true; without, one that is not there is
// named and skipped. The last line is `N passed, N failed`, with `, N skipped` where some were.

import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { Missing, chromium, playwright, sharp } from './install.mjs';
import { play } from './player.mjs';
import { Unmet } from './wait.mjs';
import { stories } from './stories.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    'install-editors': { type: 'boolean', default: process.env.CI === 'true' },
    only: { type: 'string' },
    server: { type: 'string' },
    story: { type: 'string' },
    pictures: { type: 'string' },
  },
});
const editors = { neovim: './neovim.mjs', helix: './helix.mjs', emacs: './emacs.mjs', vscode: './vscode.mjs' };
const count = { passed: 0, failed: 0, skipped: 0 };

function findServer() {
  const built = ['release', 'debug'].map((profile) => path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, 'target'), profile, 'azapi-ls'));
  const found = (options.server ? [path.resolve(options.server)] : built).find((file) => existsSync(file));
  if (found) return found;
  console.error(`error: no server program; build one (cargo build) or name one (--server PATH). Looked for ${options.server ?? built.join(', ')}`);
  process.exit(1);
}

/**
 * The folders of one editor's run, and a name for the server that distinguishes its processes from others. `beside` is
 * a server of the folder of that name that runs in the editor, too.
 */
function makePlace(name, server, beside) {
  const run = realpathSync(mkdtempSync(path.join(tmpdir(), `azapi-ls-${name}-`)));
  const place = { run, stories: path.join(run, 'stories'), second: path.join(run, 'second'), server: path.join(run, 'bin', 'azapi-ls'), root, version: undefined, beside };
  for (const folder of [place.stories, place.second, path.dirname(place.server)]) mkdirSync(folder);
  symlinkSync(server, place.server);
  if (beside) symlinkSync(path.join(import.meta.dirname, 'beside', beside), path.join(run, 'bin', beside));
  place.path = [path.dirname(place.server), path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  process.once('exit', () => rmSync(run, { recursive: true, force: true, maxRetries: 5 }));
  return place;
}

async function playAll(name, server) {
  const Editor = Object.values(await import(editors[name])).find((it) => it.title);
  let programs;
  try {
    programs = await Editor.install(options['install-editors']);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    count.skipped++;
    console.log(`${Editor.title}: skipped, ${error.message}; --install-editors installs it`);
    return;
  }
  const wanted = [...stories, ...(Editor.stories ?? [])].filter((story) => (story.editors ?? [name]).includes(name) && story.name.includes(options.story ?? ''));
  const alone = wanted.filter((story) => !story.beside);
  if (alone.length > 0 || options.pictures) await playGroup(name, Editor, programs, makePlace(name, server), alone);
  for (const beside of new Set(wanted.flatMap((story) => story.beside ?? []))) {
    await playGroup(name, Editor, programs, makePlace(name, server, beside), wanted.filter((story) => story.beside === beside));
  }
}

/** Stories played one after the other in one running editor; and the picture, where azapi-ls is alone. */
async function playGroup(name, Editor, programs, place, group) {
  const editor = new Editor(programs, place);
  try {
    await editor.start();
    const numbered = group.map((story, number) => ({ story, number }));
    const playRow = async (row) => {
      for (const { story, number } of row) await playOne(Editor.title, editor, place, story, number);
    };
    // Stories with a window of their own are played beside the others.
    await Promise.all([false, true].map((own) => playRow(numbered.filter(({ story }) => (story.window !== undefined) === own))));
    if (options.pictures && !place.beside) {
      const painter = Object.fromEntries(await Promise.all(Object.entries({ chromium, playwright, sharp }).map(async ([name, install]) => [name, await install(options['install-editors'])])));
      await editor.picture(path.resolve(options.pictures, `${name}.png`), painter);
    }
  } finally {
    await editor.stop();
  }
}

/** A story is played at most this often: an editor under load may lose a key, and what fails twice is no accident. */
const TRIES = 2;
/** Folders of second plays are numbered from here on. */
const SECOND_PLAY = 50;

async function playOne(title, editor, place, story, number, tries = TRIES) {
  const begin = Date.now();
  let window = editor;
  try {
    if (story.window) window = await editor.windowFor(story.window);
    await play(window, place, story, number);
    count.passed++;
    console.log(`${title}: ${story.name} (${Date.now() - begin} ms)`);
  } catch (error) {
    const outcome = tries > 1 ? 'did not hold, and is played again:' : 'FAILED';
    const seen = window.look ? `\n${(await window.look().catch(String)).replace(/^/gm, '      | ')}` : '';
    console.log(`${title}: ${outcome} ${story.name}\n    wanted: ${error instanceof Unmet ? error.message : error.stack}${seen}`);
    await window.recover?.().catch((failure) => console.log(`    ${failure}`));
    if (tries > 1) return playOne(title, editor, place, story, number + SECOND_PLAY, tries - 1);
    count.failed++;
  }
}

const server = findServer();
const chosen = Object.keys(editors).filter((name) => !options.only || options.only.split(',').includes(name));
for (const name of chosen) {
  const begin = Date.now();
  try {
    await playAll(name, server);
  } catch (error) {
    count.failed++;
    console.log(`${name}: FAILED to run\n    ${error.stack ?? error}`);
  }
  console.log(`${name}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}
const skipped = count.skipped ? `, ${count.skipped} skipped` : '';
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
const unplayed = count.passed + count.skipped === 0 || (process.env.CI === 'true' && count.skipped > 0);
process.exit(count.failed || unplayed ? 1 : 0);
