// Plays the stories in the real editors.
//
//   node editors/test/run.mjs [--install-editors] [--only vscode|neovim|helix|emacs] [--server PATH] [--story PART]
//                             [--pictures FOLDER]
//
// Editors are installed into a cache folder with --install-editors or CI=true; without, one that is not there is
// named and skipped. The last line is `N passed, N failed`, with `, N skipped` where some were.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { Missing, chromium, playwright, sharp } from './install.mjs';
import { play } from './player.mjs';
import { Report } from './report.mjs';
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
/** In the order of the output. */
const editors = { neovim: './neovim.mjs', helix: './helix.mjs', emacs: './emacs.mjs', vscode: './vscode.mjs' };
/** Played at the same time. VS Code takes longer than all the others together, which wait more than they compute. */
const LANES = [['vscode'], ['neovim', 'helix', 'emacs']];
/** A story is played at most this often: an editor under load may lose a key, and what fails twice is no accident. */
const TRIES = 2;
/** So many stories may pass with their second try alone; more are no accident either. */
const ACCIDENTS = 2;
/** Folders of second plays are numbered from here on. */
const SECOND_PLAY = 50;

const count = { passed: 0, failed: 0, skipped: 0 };
/** The stories that passed with their second try. */
const accidents = [];
/** The folders of this run. */
const made = new Set();
process.once('exit', () => made.forEach((run) => rmSync(run, { recursive: true, force: true, maxRetries: 5 })));

function findServer() {
  const built = ['release', 'debug'].map((profile) => path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, 'target'), profile, 'azapi-ls'));
  const found = (options.server ? [path.resolve(options.server)] : built).find((file) => existsSync(file));
  if (found) return found;
  console.error(`error: no server program; build one (cargo build) or name one (--server PATH). Looked for ${options.server ?? built.join(', ')}`);
  process.exit(1);
}

/**
 * The folders of one editor's run, and a name for the server that distinguishes its processes from others. `beside` is
 * a server of the folder of that name that runs in the editor, too. `environment` is for the editor.
 */
function makePlace(name, server, beside) {
  const run = realpathSync(mkdtempSync(path.join(tmpdir(), `azapi-ls-${name}-`)));
  made.add(run);
  const place = { run, stories: path.join(run, 'stories'), second: path.join(run, 'second'), server: path.join(run, 'bin', 'azapi-ls'), log: path.join(run, 'server.log'), root, version: undefined, beside };
  for (const folder of [place.stories, place.second, path.dirname(place.server)]) mkdirSync(folder);
  symlinkSync(server, place.server);
  if (beside) symlinkSync(path.join(import.meta.dirname, 'beside', beside), path.join(run, 'bin', beside));
  place.path = [path.dirname(place.server), path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  place.environment = { XDG_CACHE_HOME: path.join(run, 'cache'), AZAPI_LS_LOG_FILE: place.log, AZAPI_LS_LOG: 'error' };
  return place;
}

/** The class of an editor and its programs; nothing where they are not there. */
async function findEditor(name, report) {
  const Editor = Object.values(await import(editors[name])).find((it) => it.title);
  try {
    return { name, Editor, programs: await Editor.install(options['install-editors']), report };
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    count.skipped++;
    report.say(`${Editor.title}: skipped, ${error.message}; --install-editors installs it`);
  }
}

async function playAll({ name, Editor, programs, report }, server) {
  const wanted = [...stories, ...(Editor.stories ?? [])].filter((story) => (story.editors ?? [name]).includes(name) && story.name.includes(options.story ?? ''));
  const alone = wanted.filter((story) => !story.beside);
  const group = async (stories, beside) => {
    const place = makePlace(name, server, beside);
    await playGroup(name, new Editor(programs, place), place, stories, report);
  };
  if (alone.length > 0 || options.pictures) await group(alone);
  for (const beside of new Set(wanted.flatMap((story) => story.beside ?? []))) await group(wanted.filter((story) => story.beside === beside), beside);
}

/** Stories played one after the other in one running editor; and the picture, where azapi-ls is alone. */
async function playGroup(name, editor, place, group, report) {
  const numbered = group.map((story, number) => ({ story, number }));
  // Stories with a window of their own are played beside the others.
  const rows = [false, true].map((own) => ({ row: numbered.filter(({ story }) => (story.window !== undefined) === own), said: report.part() }));
  try {
    await editor.start();
    await Promise.all(rows.map(async ({ row, said }) => {
      for (const { story, number } of row) await playOne(editor, place, story, number, said);
      said.end();
    }));
    if (options.pictures && !place.beside) {
      const painter = Object.fromEntries(await Promise.all(Object.entries({ chromium, playwright, sharp }).map(async ([name, install]) => [name, await install(options['install-editors'])])));
      await editor.picture(path.resolve(options.pictures, `${name}.png`), painter);
    }
  } finally {
    rows.forEach(({ said }) => said.end());
    await editor.stop();
  }
  // A panic costs an editor one answer, which a story may not miss.
  const log = existsSync(place.log) ? readFileSync(place.log, 'utf8') : '';
  if (log !== '') {
    count.failed++;
    report.say(`${editor.constructor.title}: FAILED, the server logged errors:\n${log.replace(/^(?=.)/gm, '    ')}`);
  }
}

async function playOne(editor, place, story, number, report, tries = TRIES) {
  const title = `${editor.constructor.title}: ${story.name}`;
  const begin = Date.now();
  let window = editor;
  try {
    if (story.window) window = await editor.windowFor(story.window);
    await play(window, place, story, number);
    count.passed++;
    if (tries < TRIES) accidents.push(title);
    report.say(`${title} (${Date.now() - begin} ms)`);
  } catch (error) {
    const outcome = tries > 1 ? 'did not hold, and is played again' : 'FAILED';
    const seen = window.look ? `\n${(await window.look().catch(String)).replace(/^/gm, '      | ')}` : '';
    report.say(`${title}: ${outcome}\n    wanted: ${error instanceof Unmet ? error.message : error.stack}${seen}`);
    await window.recover?.().catch((failure) => report.say(`    ${failure}`));
    if (tries > 1) return playOne(editor, place, story, number + SECOND_PLAY, report, tries - 1);
    count.failed++;
  }
}

/** Whatever happens to an editor, the others are played. */
async function guarded(name, report, work) {
  try {
    return await work();
  } catch (error) {
    count.failed++;
    report.say(`${name}: FAILED to run\n    ${error.stack ?? error}`);
  }
}

const server = findServer();
const chosen = Object.keys(editors).filter((name) => !options.only || options.only.split(',').includes(name));
const all = new Report((text) => console.log(text));
const found = new Map();
// One after the other: what is installed may be the same.
for (const name of chosen) {
  const report = all.part();
  const editor = await guarded(name, report, () => findEditor(name, report));
  if (editor) found.set(name, editor);
  else report.end();
}
await Promise.all(LANES.map(async (lane) => {
  for (const editor of lane.flatMap((name) => found.get(name) ?? [])) {
    const begin = Date.now();
    await guarded(editor.name, editor.report, () => playAll(editor, server));
    editor.report.say(`${editor.name}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    editor.report.end();
  }
}));
if (accidents.length > ACCIDENTS) count.failed++;
if (accidents.length > 0) {
  const verdict = accidents.length > ACCIDENTS ? `FAILED: more than ${ACCIDENTS} are no accident` : `${ACCIDENTS} may`;
  console.log(`passed with the second try alone (${verdict}):${accidents.map((title) => `\n    ${title}`).join('')}`);
}
const skipped = count.skipped ? `, ${count.skipped} skipped` : '';
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
const unplayed = count.passed + count.skipped === 0 || (process.env.CI === 'true' && count.skipped > 0);
process.exit(count.failed || unplayed ? 1 : 0);
