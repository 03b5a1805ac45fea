// VS Code: code-server with the packed extension, its page driven in Chromium.

import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { CodeServer } from './code-server.mjs';
import { processesOf, run } from './processes.mjs';
import { Seen, sleep, until } from './wait.mjs';
import * as install from './install.mjs';
import { writeStandIns } from './stand-ins.mjs';
import { listedName, steps } from './vscode-steps.mjs';
import { takePictures } from './vscode-pictures.mjs';
import { Packages } from './vscode-packages.mjs';
import { stories } from './vscode-stories.mjs';

const extension = path.resolve(import.meta.dirname, '../vscode');

export class VsCode {
  static title = 'VS Code';
  /** Played beside those that all editors play. */
  static stories = stories;
  steps = steps;

  static async install(mayInstall) {
    const programs = { ...(await install.codeServer(mayInstall)), chromium: await install.chromium(mayInstall), playwright: await install.playwright(mayInstall) };
    if (!existsSync(path.join(extension, 'node_modules'))) {
      if (!mayInstall) throw new install.Missing('what the extension is built with is not there (npm ci in editors/vscode)');
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: extension });
    }
    return programs;
  }

  constructor(programs, place, packages = new Packages(path.join(place.run, 'vsix'), place.server)) {
    Object.assign(this, { programs, place, packages });
    this.changed = {};
  }

  async start({ extensions = ['universal'], path: searched, settings = { 'azapi.server.path': this.place.server }, workspaceSettings } = {}) {
    this.window = new CodeServer(this.programs, mkdtempSync(path.join(this.place.run, 'window-')));
    this.standIns = path.join(this.window.folder, 'stand-ins');
    writeStandIns(this.standIns, this.place.server);
    await this.window.start({
      extensions: await this.lists(extensions),
      folders: [this.place.stories, this.place.second],
      settings: this.resolve(settings),
      workspaceSettings: this.resolve(workspaceSettings),
      env: { ...this.place.environment, ...(searched === undefined ? {} : { PATH: searched }) },
    });
  }

  /** Each is installed by itself, but for the one that looks inside. */
  async lists(extensions) {
    const inside = await this.packages.get('inside');
    const files = await Promise.all(extensions.map((name) => this.packages.get(name)));
    return files.map((file, at) => (at === 0 ? [file, inside] : [file]));
  }

  /** A window of its own for a story. The next story has it too if it wants the same, and nothing went wrong there. */
  async windowFor(window) {
    if (this.other?.wanted === window && !this.other.failed) return this.other;
    await this.other?.stop();
    this.other = new VsCode(this.programs, this.place, this.packages);
    await this.other.start(window);
    this.other.wanted = window;
    return this.other;
  }

  get page() {
    return this.window.page;
  }

  ask(ask, rest) {
    return this.window.ask(ask, rest);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  async open(file) {
    await this.closeWidgets();
    await this.ask('open', { file });
    const name = path.basename(file);
    await this.page.waitForSelector(`.tab.active:has-text("${name}")`);
    await this.page.locator('.editor-instance .monaco-editor .view-lines').first().waitFor();
    await this.ask('run', { command: 'workbench.action.focusActiveEditorGroup' });
  }

  async closeWidgets() {
    for (const widget of ['.suggest-widget.visible', '.action-widget', '.monaco-hover:not(.hidden)']) {
      if (await this.page.locator(widget).count()) await this.press('Escape');
    }
  }

  /** The status bar tells the server's version. */
  attached() {
    return until('the status bar shows the server', async () => {
      const item = await this.statusItem().textContent({ timeout: 1_000 });
      if (!/azapi \d+\.\d+/.test(item)) throw new Seen(item);
      return true;
    });
  }

  statusItem() {
    return this.page.locator('.statusbar-item[id*="azapi"]').first();
  }

  diagnostics() {
    return this.ask('diagnostics');
  }

  text() {
    return this.ask('text');
  }

  async put(offset) {
    await this.closeWidgets();
    await this.ask('put', { offset });
    await this.ask('run', { command: 'workbench.action.focusActiveEditorGroup' });
    await sleep(50);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  async erase(count) {
    for (let i = 0; i < count; i++) await this.press('Backspace');
  }

  async pick(label) {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    const listed = async () => {
      const labels = await rows.locator('.label-name').allTextContents();
      if (!labels.includes(listedName(label))) throw new Seen(labels);
      return true;
    };
    await until(`“${label}” is offered`, listed, 1_000).catch(async () => {
      await this.press('Escape');
      await this.press('Control+Space');
      return until(`“${label}” is offered`, listed);
    });
    const marked = this.page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
    for (let step = 0; step < 60; step++) {
      if ((await marked.count()) && (await marked.first().textContent()) === listedName(label)) return this.take();
      await this.press('ArrowDown');
      await sleep(30);
    }
    throw new Seen(`“${label}” cannot be marked`);
  }

  /** Takes the marked item. VS Code asks the server for the rest of it first, and keys that come meanwhile get in between. */
  async take() {
    // What is shown, not what the extensions know: they hear of keys later.
    const shown = () => this.page.locator('.editor-instance .monaco-editor .view-lines').first().textContent();
    const before = await shown();
    await this.press('Enter');
    // What was typed may be all of the item.
    await until('the item is taken', async () => (await shown()) !== before, 3_000).catch(() => undefined);
  }

  nextStop() {
    return this.press('Tab');
  }

  async hover() {
    await this.press('Control+k');
    await this.press('Control+i');
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents, .monaco-resizable-hover .hover-contents');
    return until('a hover is shown', async () => {
      const text = (await hover.allTextContents()).join('\n');
      if (text.trim() === '' || text.includes('Loading')) throw new Seen(text);
      return text;
    });
  }

  closeHover() {
    return this.press('Escape');
  }

  /** Imports are one action, which opens a list of them. */
  async act(title) {
    const [, how] = /^Import: (.*)$/.exec(title) ?? [];
    await this.actOf(how === undefined ? title : 'Import this resource…');
    if (how === undefined) return;
    const row = this.page.locator('.quick-input-widget:not([style*="display: none"]) .monaco-list-row', { hasText: how }).first();
    await row.waitFor();
    await row.click();
  }

  async actOf(title) {
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: title });
    await until(`“${title}” is offered`, async () => {
      if (await row.count()) return true;
      await this.closeWidgets();
      await this.press('Control+.');
      await sleep(400);
      return (await row.count()) > 0;
    });
    await row.first().click();
  }

  async save() {
    await this.closeWidgets();
    await this.press('Control+s');
    await this.ask('run', { command: 'workbench.action.files.saveAll' });
  }

  /** VS Code watches the disk by itself. */
  async lookAtDisk() {}

  set(settings) {
    return this.configure(Object.fromEntries(Object.entries(settings).map(([name, value]) => [`azapi.${name}`, value])));
  }

  /** Settings of the workspace; they last until the story ends. `null` takes one back. */
  async configure(settings) {
    for (const name of Object.keys(settings)) this.changed[name] = null;
    await this.ask('set', { settings: this.resolve(settings) });
  }

  /** `stand-in:NAME` in a setting is the path of that program. */
  resolve(settings = {}) {
    const path = (value) => (typeof value === 'string' ? value.replace('stand-in:', `${this.standIns}/`) : value);
    return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, path(value)]));
  }

  /** Leaves nothing for the next story: no open file, no setting, no notification. */
  async tidy() {
    // A file that is not saved would be asked about.
    for (const command of ['files.saveAll', 'closeAllEditors']) await this.ask('run', { command: `workbench.action.${command}` });
    await this.ask('set', { settings: this.changed });
    this.changed = {};
    await this.ask('run', { command: 'notifications.clearAll' });
  }

  servers() {
    return processesOf(this.place.server);
  }

  /** The extension starts the server again by itself. */
  async revive() {}

  async copyImportCommand() {
    await this.ask('run', { command: 'azapi.copyImportCommand' });
    return this.ask('clipboard');
  }

  /** The text behind the preview, whose tab is beside the file's. */
  async openPage() {
    await this.ask('run', { command: 'azapi.openPage' });
    await this.page.locator('.tab', { hasText: /^Preview .*\.md/ }).waitFor();
    const text = await until('the page is there', () => this.ask('page'));
    await this.ask('run', { command: 'workbench.action.closeEditorsInOtherGroups' });
    return text;
  }

  async recover() {
    this.failed = true;
    for (let i = 0; i < 3; i++) await this.press('Escape');
    await this.tidy();
  }

  /** All of them lie beside `file`. */
  picture(file, programs) {
    return takePictures(this, path.dirname(file), programs);
  }

  async look() {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'azapi-ls-vscode-failed-')), 'window.png');
    await this.page.screenshot({ path: file });
    return `picture: ${file}`;
  }

  async stop() {
    await this.other?.stop();
    await this.window?.stop();
  }
}
