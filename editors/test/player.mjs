// Plays a story in an editor: what each step of the table does.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Seen, Unmet, sleep, until } from './wait.mjs';

const write = (folder, files) => {
  mkdirSync(folder, { recursive: true });
  // Marks the folder as a project of its own.
  writeFileSync(path.join(folder, '.terraform.lock.hcl'), '');
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
};

/** Plays one story; throws `Unmet` where something else happens. */
export async function play(editor, place, story, number) {
  const name = `${String(number).padStart(2, '0')}-${story.name.replace(/[^a-z0-9]+/gi, '-').slice(0, 30)}`;
  const player = new Player(editor, path.join(place.stories, name), path.join(place.second, name));
  write(player.folder, story.files);
  if (story.second) write(player.second, story.second);
  await player.step('open', [Object.keys(story.files)[0]]);
  for (const [step, ...args] of story.play) await player.step(step, args);
  await editor.leaveInsert?.();
  await editor.tidy?.();
}

class Player {
  constructor(editor, folder, second) {
    Object.assign(this, { editor, folder, second });
  }

  step(step, args) {
    const play = this[step] ?? this.editor.steps?.[step];
    if (!play) throw new Error(`there is no step “${step}”`);
    return play.apply(this, args);
  }

  async open(name) {
    this.file = path.join(this.folder, name);
    await this.editor.open(this.file);
  }

  async 'open second'(name) {
    this.file = path.join(this.second, name);
    await this.editor.open(this.file);
  }

  attached() {
    return this.editor.attached();
  }

  /** The cursor stands right behind the piece. */
  async put(piece) {
    const text = await this.editor.text();
    const at = text.indexOf(piece);
    if (at < 0) throw new Unmet(`the buffer has no “${piece}”:\n${text}`);
    await this.editor.put(at + piece.length);
  }

  type(text) {
    return this.editor.type(text);
  }

  /** A piece is deleted with the backspace key, and another typed. */
  async replace(piece, by) {
    await this.put(piece);
    await this.editor.erase(piece.length);
    await this.editor.type(by);
  }

  /** To the next tab stop of what was taken. */
  next() {
    return this.editor.nextStop();
  }

  /** An item of the completion list is taken. */
  pick(label) {
    return this.editor.pick(label);
  }

  /** The buffer is this, and so is the file once it is saved. */
  async text(wanted) {
    await this.settles('the buffer', wanted, () => this.editor.text());
    await this.editor.save();
    await this.saved(path.basename(this.file), wanted);
  }

  async 'text has'(piece) {
    await until(`the buffer has “${piece}”`, async () => {
      const text = await this.editor.text();
      if (!text.includes(piece)) throw new Seen(text.slice(0, 2_000));
      return true;
    });
  }

  /** The file on the disk is this, once all is saved; `forSome` has the texts of editors with their own way. */
  async saved(name, forAll, forSome) {
    const wanted = forSome?.[this.editor.constructor.title] ?? forAll;
    const file = path.join(path.dirname(this.file), name);
    await this.settles(name, wanted, async () => {
      await this.editor.save();
      return readFileSync(file, 'utf8');
    });
  }

  settles(what, wanted, look) {
    return until(`${what} is\n${wanted}`, async () => {
      const text = await look();
      if (text !== wanted) throw new Seen(`\n${text}`);
      return true;
    });
  }

  /** The editor shows a diagnostic; `on` is the text it stands under. */
  async diagnostic({ code, message, on, severity }) {
    await until(`a diagnostic ${code} (… ${message} …)${on ? ` on “${on}”` : ''}`, async () => {
      const found = await this.editor.diagnostics(message);
      const hit = found.some((it) =>
        it.message.includes(message) &&
        (it.code === undefined || it.code === code) &&
        (on === undefined || it.on === on) &&
        (severity === undefined || it.severity === undefined || it.severity.toLowerCase() === severity));
      if (!hit) throw new Seen(found);
      return true;
    });
  }

  /** No diagnostic is shown, and none comes. */
  async 'no diagnostics'() {
    await this.editor.attached();
    await this['no diagnostics shown']();
    await sleep(200);
    await this['no diagnostics shown'](0);
  }

  /** No diagnostic is shown, whether a server runs or not. */
  async 'no diagnostics shown'(limit) {
    await until('no diagnostic is shown', async () => {
      const found = await this.editor.diagnostics();
      if (found.length > 0) throw new Seen(found);
      return true;
    }, limit);
  }

  hover(pieces) {
    return this.hovers(pieces, '', (count) => count > 0);
  }

  /** Each of the pieces is in the hover as often as it should be. */
  async hovers(pieces, often, holds) {
    await until(`a hover with “${pieces.join('” and “')}”${often}`, async () => {
      const shown = (await this.editor.hover()).replace(/\s+/g, ' ');
      await this.editor.closeHover?.();
      if (!pieces.every((piece) => holds(shown.split(piece).length - 1))) throw new Seen(shown);
      return true;
    });
  }

  /** Each of the labels is in the completion list, and once. */
  async 'offers once'(labels) {
    await until(`“${labels.join('” and “')}” are offered, once each`, async () => {
      const counts = await this.editor.listed(labels);
      if (!counts.every((count) => count === 1)) throw new Seen(counts);
      return true;
    });
  }

  /** A hover in which each of the pieces stands once. */
  'hover once'(pieces) {
    return this.hovers(pieces, ', once each', (count) => count === 1);
  }

  /** The outline of the file is these names. */
  async symbols(wanted) {
    await this.settles('the outline', wanted.join('\n'), async () => (await this.editor.symbols()).join('\n'));
  }

  /** The definition of what the cursor is on is in this line, from 1. */
  async definition(line) {
    const at = await this.editor.definition();
    if (at !== line) throw new Unmet(`a definition in line ${line}, but the cursor is in line ${at}`);
  }

  async encodings(wanted) {
    await this.settles('the encodings of positions', wanted.join(), async () => (await this.editor.encodings()).join());
  }

  format() {
    return this.editor.format();
  }

  act(title) {
    return this.editor.act(title);
  }

  async 'import command'(wanted) {
    await this.settles('the copied command', wanted, () => this.editor.copyImportCommand());
  }

  /** The page of the block's type opens, and has these pieces. */
  async page(...pieces) {
    const text = await this.editor.openPage();
    for (const piece of pieces) {
      if (!text.includes(piece)) throw new Unmet(`a page with “${piece}”, but it is:\n${text}`);
    }
  }

  async health(pieces) {
    const text = await this.editor.health();
    for (const piece of pieces) {
      if (!text.includes(piece)) throw new Unmet(`a health check with “${piece}”, but it is:\n${text}`);
    }
  }

  /** Another program writes the file; the editor looks at the disk when it usually does. */
  async 'on disk'(name, text) {
    writeFileSync(path.join(this.folder, name), text);
    await this.editor.lookAtDisk();
  }

  set(settings) {
    return this.editor.set(settings);
  }

  /** The server dies; then what a user does in this editor to have it back. */
  async kill() {
    const killed = await until('a server runs', () => this.editor.servers().length > 0 && this.editor.servers());
    killed.forEach((id) => process.kill(id, 'SIGKILL'));
    await until('the server is gone', () => !this.editor.servers().some((id) => killed.includes(id)));
    await this.editor.revive();
    await until('another server runs', () => this.editor.servers().length > 0);
  }
}
