// Steps that only VS Code's stories have: what its window shows around the text. `this` is the player.

import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { repair } from './stand-ins.mjs';
import { Seen, sleep, until } from './wait.mjs';

const TOAST = '.notifications-toasts .notification-list-item';
const PICKER = '.quick-input-widget:not([style*="display: none"])';
const collapse = (text) => text.replace(/\s+/g, ' ').trim();

/** The texts of all that is found, once each of `pieces` is in them. */
function shows(what, pieces, locator) {
  return until(`${what} with “${pieces.join('” and “')}”`, async () => {
    const texts = (await locator.allTextContents()).map(collapse);
    if (!pieces.every((piece) => texts.join('\n').includes(piece))) throw new Seen(texts);
    return texts;
  });
}

/** What a list shows of a resource type: its namespace stands beside the name, in smaller letters. */
export const listedName = (label) => label.replace(/^Microsoft\.[^/]+\//, '');

/** The format of the type data's layout. */
const layout = readFileSync(path.resolve(import.meta.dirname, '../../schemas/src/layout.rs'), 'utf8');
const FORMAT = Number(/^pub const FORMAT: u32 = (\d+);$/m.exec(layout)[1]);

/** The bundle in the program: it begins with these letters, and its length stands behind them. */
function bundleOf(program) {
  const bytes = readFileSync(program);
  for (let at = -1; (at = bytes.indexOf('azapityp', at + 1)) >= 0; ) {
    const length = bytes.readUInt32LE(at + 16);
    if (bytes.readUInt32LE(at + 8) === FORMAT && at + length <= bytes.length) return bytes.subarray(at, at + length);
  }
  throw new Error(`${program} holds no type data`);
}

async function openPalette(editor, text) {
  const input = editor.page.locator(`${PICKER} input[type="text"]`);
  await until('the palette is open', async () => {
    if (!(await input.isVisible())) await editor.press('F1');
    await input.fill(`>${text}`, { timeout: 1_000 });
    return true;
  });
}

export const steps = {
  /** One notification is shown, and says this. */
  async notified(...pieces) {
    const texts = await shows('a notification', pieces, this.editor.page.locator(`${TOAST} .notification-list-item-message`));
    if (texts.length !== 1) throw new Seen(texts);
  },

  async choose(button) {
    await this.editor.page.locator(`${TOAST} .monaco-button`, { hasText: button }).click();
  },

  status(...pieces) {
    return shows('a status item', pieces, this.editor.statusItem());
  },

  async 'status hover'(...pieces) {
    await this.editor.page.mouse.move(0, 0);
    await this.editor.statusItem().hover();
    await shows('a hover of the status item', pieces, this.editor.page.locator('.monaco-hover:not(.hidden)'));
    await this.editor.page.mouse.move(0, 0);
  },

  /** The commands that the palette lists, all of them. */
  async palette(...commands) {
    const { editor } = this;
    await openPalette(editor, 'azapi: ');
    const rows = editor.page.locator(`${PICKER} .monaco-list-row .label-name`);
    await until(`the palette lists ${commands}`, async () => {
      const labels = (await rows.allTextContents()).filter((label) => label.startsWith('azapi: '));
      if (labels.sort().join() !== commands.sort().join()) throw new Seen(labels);
      return true;
    });
    await editor.press('Escape');
  },

  async command(name) {
    const { editor } = this;
    await openPalette(editor, name);
    await editor.page.locator(`${PICKER} .monaco-list-row.focused`, { hasText: name }).waitFor();
    await editor.press('Enter');
  },

  /** The panel shows the server's log. What is in it cannot be seen here: code-server is installed without its log writer. */
  'log shown'() {
    return until('the log of azapi-ls is shown', async () => {
      const chosen = await this.editor.page.locator('.panel select').evaluateAll((all) => all.map((it) => it.selectedOptions[0]?.text));
      if (!chosen.includes('azapi-ls')) throw new Seen(chosen);
      return this.editor.page.locator('.panel .output-view').isVisible();
    });
  },

  async language(wanted) {
    await until(`the file's language is ${wanted}`, async () => {
      const language = await this.editor.ask('language');
      if (language !== wanted) throw new Seen(language);
      return true;
    });
  },

  /** The outline has these and no others. */
  async outline(...wanted) {
    await until(`the outline is ${wanted}`, async () => {
      const names = await this.editor.ask('outline');
      if (names.join() !== wanted.join()) throw new Seen(names);
      return true;
    });
  },

  /** The scope inspector tells this scope of the text behind the piece. */
  async scope(piece, ...scopes) {
    const { editor } = this;
    await this.put(piece);
    await editor.ask('run', { command: 'editor.action.inspectTMScopes' });
    await shows('the scopes', scopes, editor.page.locator('.token-inspect-widget'));
    await editor.press('Escape');
  },

  /** The list has opened while typing, and has this. */
  offered(label) {
    return shows('a list', [listedName(label)], this.editor.page.locator('.suggest-widget.visible .monaco-list-row .label-name'));
  },

  /** The file on the disk becomes this, though nobody saves it. */
  'saves itself'(name, wanted) {
    return this.settles(name, wanted, () => readFileSync(path.join(this.folder, name), 'utf8'));
  },

  'set editor'(settings) {
    return this.editor.configure(settings);
  },

  /** The type data inside the server's program, as a file of its own. */
  'write data'(name) {
    writeFileSync(path.join(this.folder, name), bundleOf(this.editor.place.server));
  },

  'use data'(name) {
    return this.editor.set({ data: path.join(this.folder, name) });
  },

  /** A newer program is put in the place of the stand-in. */
  repair(name) {
    repair(this.editor.standIns, name, this.editor.place.server);
  },

  /** The user trusts all that is open. */
  async trust() {
    const { editor } = this;
    await editor.ask('run', { command: 'workbench.trust.manage' });
    await editor.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ }).first().click();
    await editor.ask('run', { command: 'workbench.action.closeActiveEditor' });
  },

  /** Nothing is reported in a file that is not the server's. */
  async 'stays quiet'() {
    await sleep(700);
    const found = await this.editor.diagnostics();
    if (found.length > 0) throw new Seen(found);
  },

  press(key) {
    return this.editor.press(key);
  },
};
