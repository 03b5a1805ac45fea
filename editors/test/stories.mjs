// The stories: what a user does in an editor, and what the editor's buffer, list or saved file must then be.
//
// A story names its files (the first is opened) and the steps; `player.mjs` says what each step does. A place in a text
// is written as a piece of it: the cursor goes right behind its first occurrence.

export const resourceGroup = `resource "azapi_resource" "rg" {
  type     = "Microsoft.Resources/resourceGroups@2024-03-01"
  name     = "rg1"
  location = "westeurope"
}
`;
export const registry = `resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  parent_id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg1"
  name      = "registry1"
  location  = "westeurope"
}
`;
const wholeRegistry = `${resourceGroup}
resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-11-01"
  parent_id = azapi_resource.rg.id
  name      = "registry1"
  location  = "westeurope"
  body = {
    sku = {
      name = "Premium"
    }
  }
}
`;
export const token = (parent) => `resource "azapi_resource" "token" {
  type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
  parent_id = ${parent}
  name      = "puller"
}
`;
const id = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg1/providers/Microsoft.ContainerRegistry/registries/registry1';
export const importBlock = `import {
  to = azapi_resource.registry
  id = "${id}"
}
`;
export const wrongParent = { code: 'invalid-parent-id', message: 'must be a registry', on: 'azapi_resource.rg.id' };
export const typed = (type) => `resource "azapi_resource" "x" {\n  type = ${type}\n}\n`;

const manyRegistries = Array.from({ length: 830 }, (_, number) => registry.replace('"registry"', `"registry${number}"`)).join('');
const sentence = 'the quick brown fox jumps over the lazy dog, 0123456789 times; '.repeat(3);

/** The server of `beside/` that these stories run in the editor, too. */
const beside = 'terraform-ls';
const terminalEditors = ['neovim', 'helix'];

export const stories = [
  {
    name: 'a file is opened and the server is there',
    files: { 'main.tf': registry },
    play: [['attached'], ['no diagnostics']],
  },
  {
    name: 'a diagnostic stands right behind an emoji and a tab',
    files: { 'main.tf': resourceGroup + token('/* 😀é */\tazapi_resource.rg.id') },
    play: [['diagnostic', wrongParent]],
  },
  {
    name: 'a type by part of its name, then its api-version, before a closing quote',
    files: { 'main.tf': typed('""') },
    play: [
      ['put', 'type = "'],
      ['type', 'registries/tok'],
      ['pick', 'Microsoft.ContainerRegistry/registries/tokens'],
      ['pick', '2025-04-01'],
      ['text', typed('"Microsoft.ContainerRegistry/registries/tokens@2025-04-01"')],
    ],
  },
  {
    // Emacs takes snippets with yasnippet alone.
    name: 'a whole resource is written from an empty line',
    editors: ['vscode', 'neovim', 'helix'],
    files: { 'main.tf': `${resourceGroup}\n\n` },
    play: [
      ['put', `${resourceGroup}\n`],
      ['type', 'azapi'],
      ['pick', 'resource "azapi_resource"'],
      ['type', 'registry'],
      ['next'],
      ['type', 'acr'],
      ['pick', 'Microsoft.ContainerRegistry/registries'],
      ['pick', '2025-11-01'],
      ['next'],
      ['type', 'azapi'],
      ['pick', 'azapi_resource.rg.id'],
      ['next'],
      ['type', 'registry1'],
      ['next'],
      ['type', 'weste'],
      ['pick', 'westeurope'],
      ['next'],
      ['type', 'req'],
      ['pick', 'required properties'],
      ['pick', 'Premium'],
      ['no diagnostics'],
      ['text', wholeRegistry],
    ],
  },
  {
    // Without yasnippet, what is taken has no tab stops: one moves there.
    name: 'a whole resource is written from an empty line, without snippets',
    editors: ['emacs'],
    files: { 'main.tf': `${resourceGroup}\n\n` },
    play: [
      ['put', `${resourceGroup}\n`],
      ['type', 'azapi'],
      ['pick', 'resource "azapi_resource"'],
      ['replace', 'resource "azapi_resource" "name', 'resource "azapi_resource" "registry'],
      ['put', 'type      = "'],
      ['type', 'ContainerRegistry/regi'],
      ['pick', 'Microsoft.ContainerRegistry/registries'],
      ['pick', '2025-11-01'],
      ['put', 'parent_id = '],
      ['pick', 'azapi_resource.rg.id'],
      ['put', 'registries@2025-11-01"\n  parent_id = azapi_resource.rg.id\n  name      = "'],
      ['type', 'registry1'],
      ['put', '  location  = "'],
      ['type', 'weste'],
      ['pick', 'westeurope'],
      ['put', 'body = {\n    '],
      ['pick', 'required properties'],
      ['no diagnostics'],
      ['text', wholeRegistry.replace('Premium', 'Classic')],
    ],
  },
  {
    name: 'an api-version is taken for another inside the quotes',
    files: { 'main.tf': typed('"Microsoft.ContainerRegistry/registries@2025"') },
    play: [
      ['put', '@2025'],
      ['pick', '2025-04-01'],
      ['text', typed('"Microsoft.ContainerRegistry/registries@2025-04-01"')],
    ],
  },
  {
    name: 'an api-version where the quote is not closed yet',
    files: { 'main.tf': typed('"Microsoft.ContainerRegistry/registries@') },
    play: [
      ['put', 'registries@'],
      ['pick', '2025-04-01'],
      ['text has', 'type = "Microsoft.ContainerRegistry/registries@2025-04-01'],
    ],
  },
  {
    name: 'hover on a type',
    files: { 'main.tf': registry },
    play: [['put', 'ContainerRegistry/reg'], ['hover', ['Microsoft.ContainerRegistry/registries', '2025-04-01']]],
  },
  {
    name: 'hover on a key of body and on one of its values',
    files: { 'main.tf': registry.replace('}\n', '  body = {\n    sku = { name = "Premium" }\n    properties = { publicNetworkAccess = "Enabled" }\n  }\n}\n') },
    play: [
      ['put', 'publicNetw'],
      ['hover', ['properties.publicNetworkAccess', 'Disabled']],
      ['put', '= "Enab'],
      ['hover', ['is one of the allowed values']],
    ],
  },
  {
    name: 'a wrong parent is reported while it is typed and no more once it is fixed',
    files: { 'main.tf': resourceGroup + registry + token('azapi_resource.') },
    play: [
      ['put', 'parent_id = azapi_resource.'],
      ['type', 'rg.id'],
      ['diagnostic', wrongParent],
      ['replace', 'azapi_resource.rg.id', 'azapi_resource.registry.id'],
      ['no diagnostics'],
      ['text', resourceGroup + registry + token('azapi_resource.registry.id')],
    ],
  },
  {
    name: 'an import as a comment',
    files: { 'main.tf': registry },
    play: [
      ['put', '"registry'],
      ['act', 'Import: insert the command as a comment above'],
      ['text', `# terraform import azapi_resource.registry '${id}'\n${registry}`],
    ],
  },
  {
    name: 'an import block above',
    files: { 'main.tf': registry },
    play: [['put', '"registry'], ['act', 'Import: insert an import block above'], ['text', `${importBlock}\n${registry}`]],
  },
  {
    // Eglot lets no server make files.
    name: 'an import block in a new file imports.tf',
    editors: ['vscode', 'neovim', 'helix'],
    files: { 'main.tf': registry },
    play: [
      ['put', '"registry'],
      ['act', 'Import: add an import block to imports.tf'],
      // Neovim 0.11 leaves an empty line where a text that ends its line is put into an empty buffer.
      ['saved', 'imports.tf', importBlock, { Neovim: `${importBlock}\n` }],
      ['saved', 'main.tf', registry],
    ],
  },
  {
    name: 'an import block in the imports.tf that is there',
    files: { 'main.tf': registry, 'imports.tf': '# imports\n' },
    play: [
      ['put', '"registry'],
      ['act', 'Import: add an import block to imports.tf'],
      ['saved', 'imports.tf', `# imports\n\n${importBlock}`],
    ],
  },
  {
    // Eglot of Emacs 29 and Helix 25.01 show no documents.
    name: 'what is added to imports.tf is shown',
    editors: ['vscode', 'neovim'],
    files: { 'main.tf': registry, 'imports.tf': '# imports\n' },
    play: [
      ['put', '"registry'],
      ['act', 'Import: add an import block to imports.tf'],
      ['text has', `# imports\n\n${importBlock}`],
    ],
  },
  {
    name: 'the page of a type opens beside the file',
    editors: ['vscode', 'neovim', 'emacs'],
    files: { 'main.tf': registry },
    play: [['put', '"registry'], ['page', '# Microsoft.ContainerRegistry/registries@2025-04-01', '## Example', 'azapi_resource.resource_group.id', '## Import']],
  },
  {
    name: 'the import command is copied',
    editors: ['vscode', 'neovim'],
    files: { 'main.tf': registry },
    play: [['put', '"registry'], ['import command', `terraform import azapi_resource.registry '${id}'`]],
  },
  {
    name: 'the health check tells program, filetype and client',
    editors: ['neovim'],
    files: { 'main.tf': registry },
    play: [['health', ['azapi-ls', 'an empty `.tf` file has the filetype `terraform`', 'serves']]],
  },
  {
    name: 'the health check ticks the server',
    editors: ['helix'],
    files: { 'main.tf': registry },
    play: [['health', ['✓ azapi-ls']]],
  },
  {
    name: 'an empty file is served too',
    files: { 'main.tf': '' },
    play: [['attached'], ['type', 'resource "azapi_resource" "x'], ['diagnostic', { code: 'syntax-error', message: 'quote' }]],
  },
  {
    name: 'an OpenTofu file is served too',
    files: { 'main.tofu': resourceGroup + token('azapi_resource.rg.id') },
    play: [['diagnostic', wrongParent]],
  },
  {
    name: 'another program changes the open file',
    files: { 'main.tf': resourceGroup + registry + token('azapi_resource.registry.id') },
    play: [
      ['no diagnostics'],
      ['on disk', 'main.tf', resourceGroup + registry + token('azapi_resource.rg.id')],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'another program changes another file of the folder',
    files: { 'main.tf': token('azapi_resource.parent.id'), 'parent.tf': registry.replace('"registry"', '"parent"') },
    play: [
      ['no diagnostics'],
      ['on disk', 'parent.tf', resourceGroup.replace('"rg"', '"parent"')],
      ['diagnostic', { ...wrongParent, on: 'azapi_resource.parent.id' }],
    ],
  },
  {
    name: 'settings change while the server runs',
    files: { 'main.tf': resourceGroup + token('azapi_resource.rg.id') },
    play: [
      ['diagnostic', { ...wrongParent, severity: 'error' }],
      ['set', { profile: 'companion', severities: { 'invalid-parent-id': 'off' } }],
      ['no diagnostics'],
      ['set', { profile: 'companion', severities: {} }],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'the server is killed and comes back',
    files: { 'main.tf': resourceGroup + registry + token('azapi_resource.registry.id') },
    play: [
      ['no diagnostics'],
      ['kill'],
      ['replace', 'azapi_resource.registry.id', 'azapi_resource.rg.id'],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'two folders are open at once, each with its own names',
    files: { 'main.tf': token('azapi_resource.parent.id'), 'parent.tf': resourceGroup.replace('"rg"', '"parent"') },
    second: { 'main.tf': token('azapi_resource.parent.id'), 'parent.tf': registry.replace('"registry"', '"parent"') },
    play: [
      ['diagnostic', { ...wrongParent, on: 'azapi_resource.parent.id' }],
      ['open second', 'main.tf'],
      ['no diagnostics'],
      ['open', 'main.tf'],
      ['diagnostic', { ...wrongParent, on: 'azapi_resource.parent.id' }],
    ],
  },
  {
    name: 'a file of 5,000 lines is typed in without a lost character',
    files: { 'main.tf': `${resourceGroup}${manyRegistries}\n# here:\n${token('azapi_resource.registry7.id')}` },
    play: [
      ['put', '# here:'],
      ['type', `  ${sentence}`],
      ['text has', `# here:  ${sentence}\nresource`],
      ['replace', 'azapi_resource.registry7.id', 'azapi_resource.rg.id'],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'alone, the name of an argument is completed',
    files: { 'main.tf': typed('"Microsoft.ContainerRegistry/registries@2025-04-01"').replace('\n}', '\n  \n}') },
    play: [
      ['set', { profile: 'standalone', severities: {} }],
      ['put', '2025-04-01"\n  '],
      ['type', 'parent'],
      ['pick', 'parent_id'],
      ['text has', '  parent_id = "'],
      ['set', { profile: 'companion', severities: {} }],
    ],
  },
  {
    name: 'alone, a file has an outline',
    editors: ['neovim', 'helix', 'emacs'],
    files: { 'main.tf': 'resource "azapi_resource" "rg" {}\n' },
    play: [['set', { profile: 'standalone', severities: {} }], ['symbols', ['azapi_resource.rg']]],
  },
  {
    name: 'beside terraform-ls, diagnostics of both are shown',
    beside,
    editors: terminalEditors,
    files: { 'main.tf': resourceGroup + token('azapi_resource.rg.id') },
    play: [['diagnostic', wrongParent], ['diagnostic', { message: 'diagnostic from terraform-ls' }]],
  },
  {
    name: 'beside terraform-ls, a list has the items of both and none twice',
    beside,
    editors: terminalEditors,
    files: { 'main.tf': typed('"Microsoft.Resources/deploymentStacks@"') },
    play: [['put', 'deploymentStacks@'], ['offers once', ['2024-03-01', 'from_terraform_ls', 'parent_id']]],
  },
  {
    name: 'beside terraform-ls, argument names are listed once',
    beside,
    editors: terminalEditors,
    files: { 'main.tf': registry.replace('  location', '  \n  location') },
    play: [['put', '"registry1"\n  '], ['offers once', ['body', 'parent_id', 'type']]],
  },
  {
    name: 'beside terraform-ls, a hover has the answers of both and none twice',
    beside,
    editors: ['neovim'],
    files: { 'main.tf': registry },
    play: [['put', 'ContainerRegistry/reg'], ['hover once', ['Newer api-versions', 'hover from terraform-ls']]],
  },
  {
    // Helix 25.01 asks one server.
    name: 'beside terraform-ls, a hover on a type is that of azapi-ls',
    beside,
    editors: ['helix'],
    files: { 'main.tf': registry },
    play: [['put', 'ContainerRegistry/reg'], ['hover once', ['Newer api-versions']]],
  },
  {
    name: 'beside terraform-ls, imports are offered',
    beside,
    editors: terminalEditors,
    files: { 'main.tf': registry },
    play: [['put', '"registry'], ['act', 'Import: insert an import block above'], ['text has', `${importBlock}\n${registry}`]],
  },
  {
    name: 'beside terraform-ls, outline, definitions and formatting are left to it',
    beside,
    editors: terminalEditors,
    files: { 'main.tf': resourceGroup + token('azapi_resource.rg.id') },
    play: [
      ['symbols', ['symbol from terraform-ls']],
      ['put', '= azapi_resource.r'],
      ['definition', 1],
      ['format'],
      ['text', `# format from terraform-ls\n${resourceGroup}${token('azapi_resource.rg.id')}`],
    ],
  },
  {
    name: 'beside terraform-ls, both speak of the same positions',
    beside,
    editors: ['neovim'],
    files: { 'main.tf': registry },
    play: [['attached'], ['encodings', ['utf-16', 'utf-16']]],
  },
];
