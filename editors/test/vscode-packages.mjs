// The extensions that are installed, packed as a user gets them: ours, the one that looks inside, and ones that stand in
// for other extensions of Terraform.

import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { run } from './processes.mjs';

const extension = path.resolve(import.meta.dirname, '../vscode');

/** What the extensions of this name contribute, as far as ours could get into its way. */
const OTHERS = {
  'hashicorp.terraform': { terraform: ['.tf'], 'terraform-vars': ['.tfvars'] },
  'opentofu.vscode-opentofu': { opentofu: ['.tf', '.tofu'] },
};

export class Packages {
  /** `folder` gets the packages; `server` is carried by ours. */
  constructor(folder, server) {
    Object.assign(this, { folder, server, made: new Map() });
    mkdirSync(folder);
  }

  /** The package's path: `universal`, `carried`, `inside`, or an id of `OTHERS`. Each is made once. */
  get(name) {
    if (!this.made.has(name)) this.made.set(name, this.make(name));
    return this.made.get(name);
  }

  async make(name) {
    if (name === 'universal' || name === 'carried') return (await this.own())[name];
    return this.pack(name === 'inside' ? path.join(import.meta.dirname, 'inside-vscode') : this.writeOther(name), name);
  }

  own() {
    const args = [path.join(extension, 'package.mjs'), '--out', this.folder, '--server', this.server];
    this.ours ??= run('node', args).then((made) => {
      const [universal, carried] = made.trim().split('\n');
      return { universal, carried };
    });
    return this.ours;
  }

  async pack(folder, name) {
    const file = path.join(this.folder, `${name}.vsix`);
    const vsce = path.join(extension, 'node_modules/@vscode/vsce/vsce');
    await run('node', [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file], { cwd: folder });
    return file;
  }

  /** Colours of its own, and `//` to comment a line out, where ours says `#`. */
  writeOther(id) {
    const [publisher, name] = id.split('.');
    const languages = Object.entries(OTHERS[id]);
    const folder = path.join(this.folder, id);
    const write = (file, content) => writeFileSync(path.join(folder, file), JSON.stringify(content));
    mkdirSync(folder, { recursive: true });
    write('package.json', {
      name,
      publisher,
      version: '2.0.0',
      description: `Stands in for ${id}`,
      license: 'MIT',
      engines: { vscode: '^1.91.0' },
      files: ['*.json'],
      contributes: {
        languages: languages.map(([language, extensions]) => ({ id: language, extensions, configuration: './configuration.json' })),
        // VS Code must put ours for the same language beside them.
        configurationDefaults: Object.fromEntries(languages.map(([language]) => [`[${language}]`, { 'editor.tabSize': 2 }])),
        grammars: languages.map(([language]) => ({ language, scopeName: `source.${language}`, path: `./${language}.json` })),
      },
    });
    write('configuration.json', { comments: { lineComment: '//' } });
    for (const [language] of languages) {
      write(`${language}.json`, {
        scopeName: `source.${language}`,
        patterns: [{ name: 'string.quoted.double.other', begin: '"', end: '"' }, { name: 'keyword.other', match: '\\b[a-z]+\\b' }],
      });
    }
    return folder;
  }
}
