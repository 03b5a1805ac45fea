// Neovim, in a terminal, with the plugin of this repository set up as its README says.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { run } from './processes.mjs';
import { TerminalEditor } from './terminal-editor.mjs';
import { Seen, sleep, until } from './wait.mjs';
import * as install from './install.mjs';

const plugin = path.resolve(import.meta.dirname, '../neovim');
/** Neovim does not answer while it asks its user something. */
const LIMIT = { timeout: 10_000 };
/** As nvim-lspconfig has it. */
const TERRAFORM_LS = `
vim.lsp.config('terraformls', { cmd = { 'terraform-ls', 'serve' }, filetypes = { 'terraform', 'terraform-vars' }, root_markers = { '.terraform', '.git' } })
vim.lsp.enable('terraformls')`;
const quoted = (text) => `[==[${text}]==]`;

export class Neovim extends TerminalEditor {
  static title = 'Neovim';

  static async install(mayInstall) {
    return { nvim: await install.neovim(mayInstall), tmux: await install.tmux(mayInstall) };
  }

  constructor(programs, place) {
    super('neovim', programs.tmux, place);
    this.nvim = programs.nvim;
    this.socket = path.join(place.run, 'nvim.sock');
  }

  async start() {
    const config = path.join(this.place.run, 'init.lua');
    writeFileSync(config, this.config());
    const folders = Object.fromEntries(['CONFIG', 'DATA', 'STATE'].map((name) => {
      const folder = path.join(this.place.run, 'xdg', name.toLowerCase());
      mkdirSync(folder, { recursive: true });
      return [`XDG_${name}_HOME`, folder];
    }));
    await this.terminal.open(this.nvim, ['--listen', this.socket, '-u', config, '-n'], { ...this.place.environment, ...folders, PATH: this.place.path });
    await until('Neovim starts', () => existsSync(this.socket));
    await until('Neovim is ready', () => this.lua('return _G.stories ~= nil'));
  }

  /** What the README says, and what the stories ask of the editor. */
  config() {
    return `
vim.opt.runtimepath:append(${quoted(plugin)})
vim.lsp.config('azapi_ls', {
  cmd = { ${quoted(this.place.server)}, 'serve' },
  settings = { azapi = { profile = '${this.place.beside ? 'companion' : 'standalone'}' } },
})
vim.lsp.enable('azapi_ls')
${this.place.beside ? TERRAFORM_LS : ''}
vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
  end,
})
vim.diagnostic.config({ virtual_text = true })
vim.opt.completeopt = { 'menuone', 'noselect', 'popup' }
vim.opt.autoread, vim.opt.shortmess, vim.opt.more = true, 'aoOtTIcFW', false
vim.opt.clipboard = ''
_G.stories = {}
function stories.diagnostics()
  local found = {}
  for _, it in ipairs(vim.diagnostic.get(0)) do
    local on = vim.api.nvim_buf_get_text(0, it.lnum, it.col, it.end_lnum, it.end_col, {})
    table.insert(found, { code = it.code, message = it.message, severity = vim.diagnostic.severity[it.severity], on = table.concat(on, '\\n'), line = it.lnum + 1 })
  end
  return #found > 0 and found or vim.empty_dict()
end
function stories.text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\\n') .. '\\n'
end
function stories.put(line, column)
  vim.cmd.stopinsert()
  vim.api.nvim_win_set_cursor(0, { line, column })
end
function stories.items()
  local info = vim.fn.complete_info({ 'items', 'selected', 'pum_visible' })
  return { at = info.selected, words = vim.tbl_map(function(item) return item.abbr end, info.items) }
end
function stories.float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\\n')
    end
  end
  return ''
end
function stories.act(title)
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title == title end })
  return true
end
function stories.set(settings)
  for _, client in ipairs(vim.lsp.get_clients({ name = 'azapi_ls' })) do
    client.settings = { azapi = settings }
    client:notify('workspace/didChangeConfiguration', { settings = client.settings })
  end
  return true
end
`;
  }

  /** Runs Lua and gives what it returns. */
  async lua(code) {
    const encoded = Buffer.from(`local it = (function() ${code} end)() return it == nil and 'null' or vim.json.encode(it)`).toString('base64');
    const output = await run(this.nvim, ['--server', this.socket, '--remote-expr', `luaeval('loadstring(vim.base64.decode(_A))()', '${encoded}')`], LIMIT);
    return output.trim() === '' || output.trim() === 'null' ? null : JSON.parse(output);
  }

  keys(keys) {
    return run(this.nvim, ['--server', this.socket, '--remote-send', keys], LIMIT);
  }

  async open(file) {
    await this.keys('<Esc>');
    await this.lua(`vim.cmd('silent edit ' .. vim.fn.fnameescape(${quoted(file)}))`);
    await this.attached();
  }

  attached() {
    const names = ['azapi_ls', ...(this.place.beside ? ['terraformls'] : [])].map((name) => `'${name}'`);
    return until('the server serves the buffer', () => this.lua(`
      return vim.iter({ ${names.join(', ')} }):all(function(name)
        local client = vim.lsp.get_clients({ name = name, bufnr = 0 })[1]
        return client ~= nil and client.initialized == true
      end)`));
  }

  diagnostics() {
    return this.lua('return stories.diagnostics()').then((found) => (Array.isArray(found) ? found : []));
  }

  text() {
    return this.lua('return stories.text()');
  }

  async put(offset) {
    const before = (await this.text()).slice(0, offset).split('\n');
    const column = Buffer.byteLength(before.at(-1));
    await this.lua(`stories.put(${before.length}, ${column})`);
    this.insertBefore = column > 0 ? 'a' : 'i';
    // In normal mode the cursor is on a character: the one before the place.
    if (column > 0) await this.lua(`stories.put(${before.length}, ${column - Buffer.byteLength(before.at(-1).slice(-1))})`);
  }

  async type(text) {
    // The text of a tab stop is selected, and what is typed takes its place.
    if (!/^[is]/.test(await this.lua('return vim.api.nvim_get_mode().mode'))) await this.keys(this.insertBefore);
    await this.keys(text.replaceAll('<', '<lt>'));
  }

  async erase(count) {
    if (!(await this.lua('return vim.api.nvim_get_mode().mode')).startsWith('i')) await this.keys(this.insertBefore);
    await this.keys('<BS>'.repeat(count));
  }

  async leaveInsert() {
    await this.keys('<Esc>');
    await until('Neovim leaves insert mode', async () => (await this.lua('return vim.api.nvim_get_mode().mode')) === 'n');
  }

  async pick(label) {
    if (!(await this.lua('return vim.api.nvim_get_mode().mode')).startsWith('i')) await this.keys(this.insertBefore);
    const listed = async () => {
      // Neovim puts the list off while it is being asked things.
      await sleep(400);
      const { words } = await this.lua('return stories.items()');
      if (!words.includes?.(label)) throw new Seen(words);
      return { at: words.indexOf(label) };
    };
    const { at } = await until(`“${label}” is offered`, listed, 500).catch(async () => {
      await this.keys('<C-x><C-o>');
      return until(`“${label}” is offered`, listed);
    });
    const selected = (await this.lua('return stories.items()')).at;
    await this.keys('<C-n>'.repeat(at - selected) + '<C-y>');
    // What comes behind it may be listed at once.
    const isTaken = async () =>
      (await this.lua('return vim.fn.pumvisible()')) === 0 || !(await this.lua('return stories.items()')).words.includes?.(label);
    await until('the list closes', isTaken);
  }

  nextStop() {
    return this.keys('<Tab>');
  }

  async showList() {
    await this.keys(`${this.insertBefore}<C-x><C-o>`);
  }

  /** How often each of the labels is in the list. */
  async listed(labels) {
    await this.leaveInsert();
    await this.showList();
    const words = await until('a list is shown', async () => {
      const it = await this.lua('return stories.items()');
      return it.words.length > 0 && it.words;
    });
    return labels.map((label) => words.filter((word) => word === label).length);
  }

  async symbols() {
    await this.leaveInsert();
    await this.keys('gO');
    const found = await until('symbols are listed', async () => {
      const texts = await this.lua('return vim.tbl_map(function(it) return it.text end, vim.fn.getloclist(0))');
      return texts.length > 0 && texts;
    });
    await this.keys(':lclose<CR>');
    return found.map((text) => text.replace(/^\[\w+\] /, '').trim());
  }

  /** The line that the definition is on, from 1. */
  async definition() {
    await this.leaveInsert();
    await this.keys('<C-]>');
    await sleep(200);
    return this.lua('return vim.fn.line(".")');
  }

  /** How each server of the buffer counts positions. */
  encodings() {
    return this.lua('return vim.tbl_map(function(client) return client.offset_encoding end, vim.lsp.get_clients({ bufnr = 0 }))');
  }

  async format() {
    await this.leaveInsert();
    await this.lua('vim.lsp.buf.format() return true');
  }

  async hover() {
    await this.leaveInsert();
    await this.lua('vim.lsp.buf.hover() return true');
    const text = await until('a hover is shown', () => this.lua('return stories.float()'));
    return text;
  }

  async closeHover() {
    await this.lua("for _, w in ipairs(vim.api.nvim_list_wins()) do if vim.api.nvim_win_get_config(w).relative ~= '' then vim.api.nvim_win_close(w, true) end end");
  }

  async act(title) {
    await this.leaveInsert();
    await this.lua(`return stories.act(${quoted(title)})`);
  }

  async save() {
    await this.leaveInsert();
    await this.lua("vim.cmd('silent wall')");
  }

  /** Looks at the disk, as Neovim does when its window comes to the front. */
  async lookAtDisk() {
    await this.lua("vim.cmd('silent checktime') vim.cmd('silent write')");
  }

  async set(settings) {
    await this.lua(`return stories.set(vim.json.decode(${quoted(JSON.stringify(settings))}))`);
  }

  /** What a user does after the server has died. */
  async revive() {
    // Neovim's message that the server quit may need a key.
    await until('Neovim asks for a key', async () => (await this.look()).includes('Press ENTER'), 2_000).catch(() => undefined);
    await this.keys('<CR>');
    await sleep(100);
    await this.lua("vim.cmd('silent edit')");
    await this.attached();
  }

  async copyImportCommand() {
    await this.lua("vim.cmd('AzapiImport a')");
    return until('a command is copied', () => this.lua("return vim.fn.getreg('a') ~= '' and vim.fn.getreg('a') or nil"));
  }

  async openPage() {
    await this.lua("vim.cmd('AzapiPage')");
    const text = await until('the page is shown', () =>
      this.lua("return vim.bo.filetype == 'markdown' and table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n') or nil"));
    await this.lua("vim.cmd('bwipeout!')");
    return text;
  }

  async health() {
    await this.lua("vim.cmd('silent checkhealth azapi_ls')");
    const text = await until('the health check is done', () => this.text());
    await this.lua("vim.cmd('bwipeout!')");
    return text;
  }

  async picture(file, painter) {
    await this.lua("vim.o.pumheight, vim.o.statusline = 4, ' %t %= %l,%c '");
    await super.picture(file, painter);
  }

  async recover() {
    await this.keys('<Esc><Esc>');
    await this.lua("vim.cmd('silent! %bwipeout!')");
  }

  leave() {
    return this.keys('<Esc>:qa!<CR>');
  }
}
