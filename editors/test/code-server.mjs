// A window of VS Code: code-server with folders of its own, its page in Chromium, and a line to the inside.

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import * as path from 'node:path';
import { launch } from './pictures.mjs';
import { end, run, start } from './processes.mjs';
import { until } from './wait.mjs';

/** Without what VS Code itself adds to a user's keys, so that a story reads the same for each editor. */
const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'azapi.profile': 'companion',
  'editor.hover.delay': 100,
  'editor.autoClosingQuotes': 'never',
  'editor.autoClosingBrackets': 'never',
  'editor.autoIndent': 'none',
  'editor.stickyScroll.enabled': false,
  'editor.minimap.enabled': false,
  'explorer.autoReveal': false,
};

export class CodeServer {
  /** `folder` is made and holds all that VS Code writes. */
  constructor({ node, entry, chromium, playwright }, folder) {
    Object.assign(this, { node, entry, chromium, playwright, folder });
    this.socket = path.join(folder, 'inside.sock');
    this.extensions = path.join(folder, 'extensions');
  }

  /**
   * `extensions` are lists of packages, one list installed after the other; `folders` are open in the workspace, which has
   * `workspaceSettings`; `env` is for VS Code and what it starts.
   */
  async start({ extensions, folders, settings = {}, workspaceSettings = {}, env = {} }) {
    const data = path.join(this.folder, 'data');
    mkdirSync(path.join(data, 'User'), { recursive: true });
    writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
    const workspace = path.join(this.folder, 'stories.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: folders.map((it) => ({ path: it })), settings: workspaceSettings }));
    const xdg = path.join(this.folder, 'xdg');
    // With VSCODE_CLI the environment is this one, and not that of the user's login shell, which has another PATH.
    const environment = { ...process.env, VSCODE_CLI: '1', XDG_CONFIG_HOME: xdg, XDG_DATA_HOME: xdg, AZAPI_LS_TEST_SOCKET: this.socket, ...env };
    const common = [this.entry, '--user-data-dir', data, '--extensions-dir', this.extensions, '--config', path.join(this.folder, 'code-server.yaml')];
    for (const files of extensions) await run(this.node, [...common, ...files.flatMap((file) => ['--install-extension', file])], { env: environment });
    const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
    this.process = start(this.node, [...common, '--auth', 'none', '--bind-addr', '127.0.0.1:0', ...quiet], { env: environment });
    const [, address] = await until('code-server listens', () => /HTTP server listening on (http:\S+?)\/?\s/.exec(this.process.output), 60_000);
    await this.openPage(`${address}/?workspace=${workspace}`);
  }

  async openPage(address) {
    this.browser = await launch(this.playwright, this.chromium);
    const context = await this.browser.newContext({ viewport: { width: 1200, height: 760 }, permissions: ['clipboard-read', 'clipboard-write'] });
    this.page = await context.newPage();
    await this.page.goto(address);
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

  async stop() {
    await this.browser?.close();
    if (this.process) await end(this.process);
    rmSync(this.socket, { force: true });
  }
}
