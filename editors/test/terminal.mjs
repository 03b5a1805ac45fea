// A terminal for the editors that live in one: a tmux server of this run's own.

import { spawnSync } from 'node:child_process';
import { run } from './processes.mjs';

/** How many terminals this run has had: one that is being closed still holds its socket. */
let terminals = 0;

export class Terminal {
  /** @param name tells this run's terminals apart */
  constructor(tmux, name, folder) {
    this.tmux = tmux;
    this.args = ['-L', `azapi-ls-${process.pid}-${name}-${++terminals}`, '-f', '/dev/null'];
    this.folder = folder;
    this.environment = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' };
    delete this.environment.TMUX;
  }

  /** Opens a terminal of 140 × 27 that runs a program in it. */
  async open(program, args, environment = {}) {
    // Also when the run is interrupted: the tmux server is no child of this process.
    this.kill = () => spawnSync(this.tmux, [...this.args, 'kill-server']);
    process.once('exit', this.kill);
    await this.call('new-session', '-d', '-x', '140', '-y', '27', '-c', this.folder, 'sleep 600');
    // Colours as the program sends them, in the capture too.
    await this.call('set-option', '-g', 'default-terminal', 'tmux-256color');
    await this.call('set-option', '-ga', 'terminal-overrides', ',*:Tc');
    await this.call('set-option', '-g', 'status', 'off');
    await this.call('set-option', '-g', 'escape-time', '0');
    const variables = Object.entries({ COLORTERM: 'truecolor', ...environment }).map(([name, value]) => `${name}=${value}`);
    await this.call('respawn-pane', '-k', '-c', this.folder, 'env', ...variables, program, ...args);
  }

  call(...args) {
    return run(this.tmux, [...this.args, ...args], { env: this.environment });
  }

  /** Keys by their tmux names, such as `Escape` and `C-x`. */
  keys(...names) {
    return this.call('send-keys', ...names);
  }

  /** A text as it is. For tmux a semicolon at an argument's end would end the command. */
  type(text) {
    return this.call('send-keys', '-l', '--', text.replace(/;$/, '\\;'));
  }

  /** What the terminal shows. */
  screen() {
    return this.call('capture-pane', '-p');
  }

  /** The same with its colours, as escape sequences. */
  colouredScreen() {
    return this.call('capture-pane', '-p', '-e', '-N');
  }

  /** Ends the terminal and what runs in it. */
  async close() {
    await this.call('kill-server').catch(() => undefined);
    process.off('exit', this.kill);
  }
}
