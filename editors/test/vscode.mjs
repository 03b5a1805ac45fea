// VS Code: code-server with the packed extension, its page driven in Chromium.

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { end, freePort, processesOf, run, start } from './processes.mjs';
import { Seen, sleep, until } from './wait.mjs';
import * as install from './install.mjs';
import { completed, hovered, launch, scene, writeScene } from './pictures.mjs';

const extension = path.resolve(import.meta.dirname, '../vscode');

/** Without what VS Code itself adds to a user's keys, so that a story reads the same for each editor. */
const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'editor.hover.delay': 100,
  'editor.autoClosingQuotes': 'never',
  'editor.autoClosingBrackets': 'never',
  'editor.autoIndent': 'none',
  'editor.stickyScroll.enabled': false,
  'editor.minimap.enabled': false,
};

export class VsCode {
  static title = 'VS Code';

  static async install(mayInstall) {
    const programs = { ...(await install.codeServer(mayInstall)), chromium: await install.chromium(mayInstall), playwright: await install.playwright(mayInstall) };
    if (!existsSync(path.join(extension, 'node_modules'))) {
      if (!mayInstall) throw new install.Missing('what the extension is built with is not there (npm ci in editors/vscode)');
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: extension });
    }
    return programs;
  }

  constructor(programs, place) {
    Object.assign(this, programs, { place });
    this.socket = path.join(place.run, 'inside.sock');
  }

  async start() {
    const packed = await this.pack();
    const data = path.join(this.place.run, 'data');
    mkdirSync(path.join(data, 'User'), { recursive: true });
    writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify({ ...SETTINGS, 'azapi.server.path': this.place.server }));
    const environment = { ...process.env, XDG_CONFIG_HOME: path.join(this.place.run, 'xdg'), XDG_DATA_HOME: path.join(this.place.run, 'xdg'), AZAPI_LS_TEST_SOCKET: this.socket };
    const common = [this.entry, '--user-data-dir', data, '--extensions-dir', path.join(this.place.run, 'extensions'), '--config', path.join(this.place.run, 'code-server.yaml')];
    for (const file of packed) await run(this.node, [...common, '--install-extension', file], { env: environment });
    this.port = await freePort();
    this.codeServer = start(this.node, [...common, '--auth', 'none', '--bind-addr', `127.0.0.1:${this.port}`, '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'], { env: environment });
    await until('code-server listens', () => this.codeServer.output.includes('HTTP server listening'), 30_000);
    await this.openPage();
  }

  /** Both extensions as a user gets them: packed. */
  async pack() {
    const out = path.join(this.place.run, 'vsix');
    const universal = await run('node', [path.join(extension, 'package.mjs'), '--out', out]);
    const inside = path.join(import.meta.dirname, 'inside-vscode');
    const vsce = path.join(extension, 'node_modules/@vscode/vsce/vsce');
    await run('node', [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', path.join(out, 'inside.vsix')], { cwd: inside });
    return [universal.trim(), path.join(out, 'inside.vsix')];
  }

  async openPage() {
    this.browser = await launch(this.playwright, this.chromium);
    const workspace = path.join(this.place.run, 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: this.place.stories }, { path: this.place.second }] }));
    const context = await this.browser.newContext({ viewport: { width: 1200, height: 760 }, permissions: ['clipboard-read', 'clipboard-write'] });
    this.page = await context.newPage();
    await this.page.goto(`http://127.0.0.1:${this.port}/?workspace=${workspace}`);
    await this.page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    await until('the extensions run', () => existsSync(this.socket), 60_000);
  }

  /** Asks VS Code from inside. */
  ask(ask, rest = {}) {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(this.socket, () => socket.write(`${JSON.stringify({ ask, ...rest })}\n`));
      socket.setTimeout(10_000, () => socket.destroy(new Error(`VS Code does not answer “${ask}”`)));
      socket.on('data', (data) => (text += data));
      socket.on('error', reject);
      socket.on('end', () => {
        const { answer, error } = JSON.parse(text);
        if (error === undefined) resolve(answer);
        else reject(new Error(error));
      });
    });
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
      const item = await this.page.locator('.statusbar-item[id*="azapi"]').first().textContent({ timeout: 1_000 });
      if (!/azapi \d+\.\d+/.test(item)) throw new Seen(item);
      return true;
    });
  }

  findings() {
    return this.ask('findings');
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
      if (!labels.includes(label)) throw new Seen(labels);
      return true;
    };
    await until(`“${label}” is offered`, listed, 1_000).catch(async () => {
      await this.press('Escape');
      await this.press('Control+Space');
      return until(`“${label}” is offered`, listed);
    });
    const marked = this.page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
    for (let step = 0; step < 60; step++) {
      if ((await marked.count()) && (await marked.first().textContent()) === label) return this.press('Enter');
      await this.press('ArrowDown');
      await sleep(30);
    }
    throw new Seen(`“${label}” cannot be marked`);
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

  async act(title) {
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
    return this.ask('set', { settings });
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

  async recover() {
    for (let i = 0; i < 3; i++) await this.press('Escape');
    await this.ask('run', { command: 'workbench.action.files.revert' });
  }

  /** The list of api-versions is open, the problem is listed, a key is hovered over. */
  async picture(file) {
    await this.page.setViewportSize({ width: 1120, height: 960 });
    for (const command of ['workbench.action.files.saveAll', 'workbench.action.closeAllEditors', 'workbench.action.closeSidebar', 'notifications.clearAll']) await this.ask('run', { command });
    await this.open(writeScene(this.place));
    await this.ask('run', { command: 'workbench.actions.view.problems' });
    await until('the finding is listed', () => this.page.locator('.markers-panel .monaco-list-row', { hasText: 'cannot live under' }).count());
    await this.put(scene.indexOf(completed) + completed.length);
    await this.press('Control+Space');
    await this.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    await this.page.locator('.view-line', { hasText: hovered }).locator('span span', { hasText: hovered }).first().hover({ force: true, timeout: 5_000 });
    await until('the hover is shown', async () => (await this.page.locator('.monaco-hover:not(.hidden)').allTextContents()).join().includes(hovered));
    await sleep(300);
    await this.page.screenshot({ path: file });
  }

  async look() {
    const file = path.join(tmpdir(), 'azapi-ls-vscode-failed.png');
    await this.page.screenshot({ path: file });
    return `picture: ${file}`;
  }

  async stop() {
    await this.browser?.close();
    if (this.codeServer) await end(this.codeServer);
    rmSync(this.socket, { force: true });
  }
}
