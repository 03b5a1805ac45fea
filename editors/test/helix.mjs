// Helix, in a terminal, with the languages.toml of this repository for azapi-ls alone.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { run } from './processes.mjs';
import { TerminalEditor } from './terminal-editor.mjs';
import { Seen, sleep, until } from './wait.mjs';
import * as install from './install.mjs';

const folder = path.resolve(import.meta.dirname, '../helix');

export class Helix extends TerminalEditor {
  static title = 'Helix';

  static async install(mayInstall) {
    return { helix: await install.helix(mayInstall), tmux: await install.tmux(mayInstall) };
  }

  constructor({ helix, tmux }, place) {
    super('helix', tmux, place);
    this.helix = helix;
    this.config = path.join(place.run, 'config', 'helix');
    this.out = path.join(place.run, 'out');
  }

  async start() {
    mkdirSync(this.config, { recursive: true });
    writeFileSync(path.join(this.config, 'config.toml'), `theme = "onedark"
[editor]
end-of-line-diagnostics = "hint"
idle-timeout = 50
completion-timeout = 5
auto-pairs = false
bufferline = "never"
`);
    this.writeLanguages({ profile: this.place.beside ? 'companion' : 'standalone' });
    await this.terminal.open(this.helix.program, this.helix.args, this.environment());
    await until('Helix starts', async () => (await this.look()).includes('NOR'));
  }

  environment() {
    return { ...this.place.environment, ...this.helix.env, PATH: this.place.path, XDG_CONFIG_HOME: path.dirname(this.config) };
  }

  /** The file that the README says to copy, with the program and the settings of this run. */
  writeLanguages(settings) {
    const toml = Object.entries(settings.severities ?? {}).map(([code, severity]) => `${code} = "${severity}"`);
    const config = `{ azapi = { profile = "${settings.profile}", severities = { ${toml.join(', ')} } } }`;
    const text = readFileSync(path.join(folder, this.place.beside ? 'languages.toml' : 'alone.toml'), 'utf8').replace('command = "azapi-ls"', `command = "${this.place.server}"`).replace(/^config = .*$/m, `config = ${config}`);
    writeFileSync(path.join(this.config, 'languages.toml'), text);
  }

  async mode() {
    return /^ ?(NOR|INS|SEL)/m.exec(await this.look())?.[1];
  }

  async leaveInsert() {
    await until('Helix is in normal mode', async () => {
      if ((await this.mode()) === 'NOR') return true;
      await this.terminal.keys('Escape');
      await sleep(40);
      return false;
    });
  }

  async command(text) {
    await this.leaveInsert();
    await this.terminal.type(`:${text}`);
    await this.terminal.keys('Enter');
  }

  async open(file) {
    await this.command(`open ${file}`);
    const tail = file.split('/').slice(-2).join('/');
    await until('the file is open', async () => (await this.look()).includes(tail));
    await this.terminal.type('gg');
    this.insertBefore = 'i';
  }

  attached() {
    return until('a server runs', () => this.servers().length > 0);
  }

  /** The selected text, or with `all` the buffer; read by handing it to a program. */
  async selected(all) {
    rmSync(this.out, { force: true });
    await this.leaveInsert();
    if (all) await this.terminal.type('%');
    await this.command(`pipe-to cat > ${this.out}.part && mv ${this.out}.part ${this.out}`);
    return until('Helix hands over its text', () => existsSync(this.out) && readFileSync(this.out, 'utf8') + ' ').then((text) => text.slice(0, -1));
  }

  async text() {
    const text = await this.selected(true);
    await this.terminal.keys(';');
    return text;
  }

  /** What the pane shows at the lines' ends; where it stands is what `]d` then selects. */
  async diagnostics(message) {
    const pane = (await this.look()).replace(/\s+/g, ' ');
    // Messages are cut at the pane's edge and marked by a bullet before them.
    const shown = /[●■▲]/.test(pane.slice(0, pane.lastIndexOf('NOR')));
    if (!shown) return [];
    if (message === undefined) return [{ message: pane }];
    await this.leaveInsert();
    await this.terminal.type('gg');
    await this.terminal.type(']d');
    await sleep(60);
    return [{ message: pane, on: await this.selected(false) }];
  }

  async put(offset) {
    const before = (await this.text()).slice(0, offset).split('\n');
    await this.terminal.type(`${before.length}gg`);
    const column = [...before.at(-1)].length;
    if (column > 1) await this.terminal.type(`${column - 1}l`);
    this.insertBefore = column > 0 ? 'a' : 'i';
  }

  async insert() {
    if ((await this.mode()) === 'INS') return;
    await this.terminal.type(this.insertBefore);
    await until('Helix is in insert mode', async () => (await this.mode()) === 'INS');
  }

  async type(text) {
    await this.insert();
    await this.terminal.type(text);
  }

  async erase(count) {
    await this.insert();
    await this.terminal.keys(...Array(count).fill('BSpace'));
  }

  async pick(label) {
    await this.insert();
    const listed = async () => {
      const lines = (await this.look()).split('\n');
      const at = lines.findIndex((line) => new RegExp(`(^|\\s)${escaped(label)}\\s`).test(line));
      if (at < 0) throw new Seen(lines.join('\n'));
      return true;
    };
    await until(`“${label}” is offered`, listed, 700).catch(async () => {
      // Helix 25.01 does not ask again while one types, and not while its list is open.
      await this.leaveInsert();
      await this.terminal.type('a');
      await this.terminal.keys('C-x');
      return until(`“${label}” is offered`, listed);
    });
    await this.choose(label);
  }

  nextStop() {
    return this.terminal.keys('Tab');
  }

  /** How often each of the labels is in the list: a row has the item's kind behind its label. */
  async listed(labels) {
    await this.showList();
    await sleep(400);
    const pane = await this.look();
    return labels.map((label) => [...pane.matchAll(new RegExp(`(?<=^|\\s)${escaped(label)} +(property|constant|class|field)\\b`, 'gm'))].length);
  }

  /** Goes through a list until the label is marked, and takes it. */
  async choose(label) {
    for (let step = 0; step < 60; step++) {
      await this.terminal.keys('C-n');
      await sleep(60);
      if (await this.isMarked(label)) {
        await this.terminal.keys('Enter');
        await sleep(60);
        return;
      }
    }
    throw new Seen(`“${label}” cannot be marked:\n${await this.look()}`);
  }

  /** Whether the label stands on the ground of the marked item. */
  async isMarked(label) {
    const rows = (await this.terminal.colouredScreen()).split('\n').filter((line) => line.replace(/\x1b\[[\d;:]*m/g, '').match(new RegExp(`(^|\\s)${escaped(label)}\\s`)));
    const marked = new RegExp(`\x1b\\[[\\d;:]*48[;:]2[;:]+${SELECTED}[^\x1b]*?${escaped(label)}`);
    return rows.some((row) => marked.test(row));
  }

  async showList() {
    await this.insert();
    await this.terminal.keys('C-x');
  }

  async hover() {
    await this.leaveInsert();
    await this.terminal.keys('Space', 'k');
    await sleep(400);
    return (await this.look()).replace(/[│┃|]/g, ' ');
  }

  async closeHover() {
    await this.terminal.keys('Escape');
  }

  async symbols() {
    await this.leaveInsert();
    await this.terminal.keys('Space', 's');
    await sleep(400);
    const pane = await this.look();
    await this.terminal.keys('Escape');
    await until('the outline is closed', async () => !(await this.look()).includes('┌'));
    return [...pane.matchAll(/│[ >]+(?:class|module|namespace|object|property|struct|variable) +(\S.*?)\s*│/g)].map(([, name]) => name);
  }

  /** The line that the definition is on, from 1. */
  async definition() {
    await this.leaveInsert();
    await this.terminal.type('gd');
    await sleep(200);
    return Number(/(\d+):\d+\s*$/m.exec(await this.look())?.[1]);
  }

  async format() {
    await this.command('format');
  }

  async act(title) {
    await this.leaveInsert();
    await this.terminal.keys('Space', 'a');
    await until(`“${title}” is offered`, async () => (await this.look()).includes(title));
    await this.choose(title);
  }

  async save() {
    await this.command('write-all');
    await sleep(80);
  }

  /** Reloads from the disk: Helix does it only on request. */
  async lookAtDisk() {
    await this.command('reload-all');
    await this.command('write!');
  }

  async set(settings) {
    this.writeLanguages(settings);
    await this.command('config-reload');
    await this.command('lsp-restart');
  }

  async revive() {
    await this.command('lsp-restart');
  }

  health() {
    return run(this.helix.program, [...this.helix.args, '--health', 'hcl'], { env: { ...process.env, ...this.environment() } }).then((text) => text.replaceAll(this.place.server, 'azapi-ls').replace(/\x1b\[[\d;]*m/g, ''));
  }

  /** What a story has opened is closed behind it. */
  async tidy() {
    await this.command('buffer-close-all!');
  }

  async recover() {
    for (let i = 0; i < 3; i++) await this.terminal.keys('Escape');
    await this.command('buffer-close-all!');
  }

  leave() {
    return this.command('quit-all!');
  }
}

/** The ground of the marked item in the theme "onedark", as the numbers of an escape sequence. */
const SELECTED = '97[;:]175[;:]239';
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
