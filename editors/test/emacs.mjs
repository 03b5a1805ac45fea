// Emacs, in a terminal, with eglot and the file that the README says to load.

import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { run } from './processes.mjs';
import { TerminalEditor } from './terminal-editor.mjs';
import { Seen, sleep, until } from './wait.mjs';
import * as install from './install.mjs';

const file = path.resolve(import.meta.dirname, '../emacs/azapi-ls.el');
/** Emacs does not answer while it waits for a server. */
const LIMIT = { timeout: 10_000 };

export class Emacs extends TerminalEditor {
  static title = 'Emacs';

  static async install(mayInstall) {
    return { emacs: await install.emacs(mayInstall), tmux: await install.tmux(mayInstall) };
  }

  constructor({ emacs, tmux }, place) {
    super('emacs', tmux, place);
    this.emacs = emacs;
    this.socket = path.join(place.run, 'emacs.sock');
  }

  async start() {
    const folder = path.join(this.place.run, 'emacs.d');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'init.el'), this.config());
    await this.terminal.open(this.emacs.program, [...this.emacs.args, '-nw', '--init-directory', folder], { ...this.place.environment, ...this.emacs.env, HOME: this.place.run, PATH: this.place.path });
    await until('Emacs starts', () => this.lisp('t'));
  }

  /** What the README says, and what the stories ask of the editor. */
  config() {
    return `;; -*- lexical-binding: t -*-
(load ${quoted(file)})
(setq eglot-confirm-server-edits nil
      eldoc-idle-delay 0.1
      inhibit-startup-screen t
      make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      revert-without-query '(".*")
      kill-buffer-query-functions nil
      ;; It would need a compiler.
      native-comp-jit-compilation nil
      server-name ${quoted(this.socket)})
(server-start)
(defun stories-buffer ()
  "The file that is edited, also while Emacs asks something."
  (window-buffer (if (minibufferp (window-buffer)) (minibuffer-selected-window) (selected-window))))
(defun stories-diagnostics ()
  (apply #'vector
         (mapcar (lambda (it)
                   (list :message (flymake-diagnostic-text it)
                         :severity (substring (symbol-name (flymake-diagnostic-type it)) (length "eglot-"))
                         :on (buffer-substring-no-properties (flymake-diagnostic-beg it) (flymake-diagnostic-end it))))
                 (flymake-diagnostics))))
(defun stories-list ()
  "The items of the list that is shown, and the marked one."
  (if (not (get-buffer-window "*Completions*")) '(:items [])
    (with-current-buffer "*Completions*"
      (let ((items nil) (at (point-min)))
        (while at
          (when-let* ((item (get-text-property at 'completion--string))) (push (substring-no-properties item) items))
          (setq at (next-single-property-change at 'completion--string)))
        (list :items (apply #'vector (nreverse items))
              :marked (substring-no-properties (or (get-text-property (point) 'completion--string) "")))))))
`;
  }

  /** What an expression gives in the buffer that is edited. */
  async lisp(expression) {
    const json = `(base64-encode-string (encode-coding-string (json-encode (with-current-buffer (stories-buffer) ${expression})) 'utf-8) t)`;
    const { program, args } = this.emacs.client;
    const output = await run(program, [...args, '--socket-name', this.socket, '--eval', json], LIMIT);
    return JSON.parse(Buffer.from(output.trim().slice(1, -1), 'base64').toString());
  }

  keys(...names) {
    return this.terminal.keys(...names);
  }

  /** A command that is called by its name. */
  async command(name) {
    await this.keys('M-x');
    await this.terminal.type(name);
    await this.keys('Enter');
  }

  async open(name) {
    await this.keys('C-x', 'C-f');
    await this.terminal.type(name);
    await this.keys('Enter');
    await until('the file is open', async () => (await this.lisp('(buffer-file-name)')) === name);
    await this.attached();
    // Flymake begins with the first key after eglot has connected.
    await this.keys('Home');
  }

  attached() {
    return until('the server serves the buffer', () => this.lisp('(and (eglot-managed-p) t)'));
  }

  async openPage() {
    await this.command('azapi-ls-page');
    const page = `(seq-find (lambda (it) (string-prefix-p "*Microsoft." (buffer-name it))) (buffer-list))`;
    const text = await until('the page is shown', () => this.lisp(`(let ((page ${page})) (and page (get-buffer-window page) (with-current-buffer page (buffer-string))))`));
    await this.lisp(`(progn (kill-buffer ${page}) (delete-other-windows) t)`);
    return text;
  }

  diagnostics() {
    return this.lisp('(stories-diagnostics)');
  }

  text() {
    return this.lisp('(buffer-substring-no-properties (point-min) (point-max))');
  }

  async put(offset) {
    const signs = [...(await this.text()).slice(0, offset)].length;
    await this.keys('M-g', 'c');
    await this.terminal.type(String(signs + 1));
    await this.keys('Enter');
    await until('the cursor is there', async () => (await this.lisp('(point)')) === signs + 1);
  }

  type(text) {
    return this.terminal.type(text);
  }

  erase(count) {
    return this.keys(...Array(count).fill('BSpace'));
  }

  /** Asks until there is a list, at first Emacs writes what all items begin with; or until `other` gives something. */
  showList(other) {
    return until('a list is shown', async () => {
      await this.keys('C-M-i');
      await sleep(300);
      return (await this.lisp('(stories-list)')).items.length > 0 ? 'list' : other?.();
    });
  }

  line() {
    return this.lisp('(buffer-substring-no-properties (line-beginning-position) (line-end-position))');
  }

  async pick(label) {
    const before = await this.line();
    // The only thing there is, Emacs takes by itself.
    const taken = async () => {
      const now = await this.line();
      return now !== before && now.includes(label) && 'taken';
    };
    if ((await this.showList(taken)) === 'taken') return;
    const { items } = await this.lisp('(stories-list)');
    if (!items.includes(label)) throw new Seen(items);
    for (let step = 0; step <= items.length; step++) {
      await this.keys('M-Down');
      if ((await this.lisp('(stories-list)')).marked === label) break;
    }
    await this.keys('M-Enter');
    await until('the list closes', async () => (await this.lisp('(stories-list)')).items.length === 0);
  }

  /** Asks until there is something to show: Emacs asks the server once it is idle. */
  hover() {
    return until('a hover is shown', async () => {
      await this.keys('C-h', '.');
      await sleep(300);
      return this.lisp('(and (get-buffer-window "*eldoc*") (with-current-buffer "*eldoc*" (buffer-string)))');
    });
  }

  async closeHover() {
    await this.lisp('(progn (delete-other-windows) (when (get-buffer "*eldoc*") (kill-buffer "*eldoc*")) t)');
  }

  async act(title) {
    await this.command('eglot-code-actions');
    await until(`Emacs asks which action`, async () => (await this.look()).includes('Pick an action'));
    await this.terminal.type(title);
    await this.keys('Enter');
  }

  symbols() {
    return until('Emacs has an outline', () => this.lisp('(apply #\'vector (delete "*Rescan*" (mapcar #\'car (imenu--make-index-alist))))'));
  }

  async save() {
    await this.lisp('(progn (save-some-buffers t) t)');
  }

  /** Looks at the disk, as a user tells Emacs to. */
  async lookAtDisk() {
    await this.command('revert-buffer');
  }

  async set({ profile, severities }) {
    const list = Object.entries(severities).map(([code, severity]) => `:${code} ${quoted(severity)}`);
    const settings = `(:azapi (:profile ${quoted(profile)} :severities ${list.length > 0 ? `(${list.join(' ')})` : '#s(hash-table)'}))`;
    await this.lisp(`(progn (setq-default eglot-workspace-configuration '${settings}) (eglot-signal-didChangeConfiguration (eglot-current-server)) t)`);
  }

  /** Eglot starts a server again that had run for three seconds; else a user does. */
  async revive() {
    await sleep(300);
    if (this.servers().length === 0) await this.command('eglot');
    await this.attached();
  }

  /** What a story has opened is closed behind it, and so is its server. */
  async tidy() {
    await this.lisp('(progn (dolist (it (buffer-list)) (when (buffer-file-name it) (with-current-buffer it (set-buffer-modified-p nil)) (kill-buffer it))) (delete-other-windows) (eglot-shutdown-all) t)');
  }

  async recover() {
    await this.keys('C-g', 'C-g');
    await this.tidy();
  }

  leave() {
    return this.lisp('(kill-emacs)');
  }
}

/** A text as Lisp writes it. */
const quoted = (text) => JSON.stringify(text);
