// What the editors in a terminal have in common: the terminal, their pictures, and the server they run.

import { completed, drawTerminal, hovered, launch, scene, writeScene } from './pictures.mjs';
import { processesOf } from './processes.mjs';
import { Terminal } from './terminal.mjs';
import { sleep } from './wait.mjs';

export class TerminalEditor {
  /** @param name tells this editor's terminal from others of the run */
  constructor(name, tmux, place) {
    this.place = place;
    this.terminal = new Terminal(tmux, name, place.stories);
  }

  look() {
    return this.terminal.screen();
  }

  servers() {
    return processesOf(this.place.server);
  }

  /** A hover and the diagnostics; under it the list of api-versions. */
  async picture(file, { chromium, playwright }) {
    await this.open(writeScene(this.place));
    const captures = [];
    const capture = async (pause) => {
      await sleep(pause);
      captures.push(await this.terminal.colouredScreen());
    };
    await this.put(scene.indexOf(hovered) + 4);
    await this.hover();
    await capture(300);
    await this.closeHover();
    await this.put(scene.indexOf(completed) + completed.length);
    await this.showList();
    await capture(500);
    const browser = await launch(playwright, chromium);
    await drawTerminal(browser, captures, file);
    await browser.close();
  }

  /** Ends the terminal, and the editor with it. */
  async stop() {
    await this.leave().catch(() => undefined);
    await this.terminal.close();
  }
}
