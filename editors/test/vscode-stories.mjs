// Stories of VS Code alone: what it shows around the text, and where it, the server or another extension is not as
// usual. Rows as in `stories.mjs`; `vscode-steps.mjs` has their further steps. `window` asks for a window of its own:
// its extensions in the order in which they are installed, its `settings` (the user's) and `workspaceSettings`, and the
// `path` on which programs are searched; rows in succession that want the same share one. `stand-in:NAME` is a program
// of `stand-ins.mjs`.

import { readFileSync } from 'node:fs';
import { importBlock, registry, resourceGroup, token, typed, wrongParent } from './stories.mjs';

const wrong = resourceGroup + token('azapi_resource.rg.id');
/** Nothing says where a server is, and none is found: neither one of the user's nor one of the system's. */
const unsaid = { settings: {}, path: '/nonexistent' };
/** No setting says what is offered. */
const alone = { ...unsaid, settings: { 'azapi.profile': null }, extensions: ['carried'] };
const afterHashiCorps = { ...alone, extensions: ['hashicorp.terraform', 'carried'] };
const beforeOpenTofus = { ...unsaid, extensions: ['universal', 'opentofu.vscode-opentofu'] };
const unclosed = 'name = "\n';
const manifest = JSON.parse(readFileSync(new URL('../vscode/package.json', import.meta.url), 'utf8'));
/** The palette lists the extension's commands: all, or those that need nothing of the server. */
const listed = (all) => [
  'palette',
  ...manifest.contributes.commands
    .filter(({ enablement = '' }) => all || !enablement.includes('.served'))
    .map(({ category, title }) => `${category}: ${title}`),
];

/** Theirs are the colours and the comments; ours are the types, which come while typing. */
const besideOther = (language, ...first) => ({
  files: { 'main.tf': typed('""') },
  play: [
    ...first,
    ['attached'],
    ['language', language],
    ['scope', 'res', `source.${language}`, 'keyword.other'],
    ['press', 'Control+/'],
    ['text has', `// ${typed('""')}`],
    ['press', 'Control+/'],
    ['text', typed('""')],
    ['put', 'type = "'],
    ['type', 'registries/tok'],
    ['offered', 'Microsoft.ContainerRegistry/registries/tokens'],
  ],
});

export const stories = [
  {
    name: 'the status item tells version, type data and date, and the commands are listed',
    files: { 'main.tf': registry },
    play: [
      ['attached'],
      ['status hover', 'azapi-ls 0.', 'Azure.Bicep.Types.Az', 'Newest api-version: 20', 'Bundled', 'Restart', 'Log', 'Type data'],
      listed(true),
      ['command', 'azapi: Show Type Data in Use'],
      ['notified', 'Azure.Bicep.Types.Az', 'Newest api-version: 20'],
      ['command', 'azapi: Show Log'],
      ['log shown'],
      ['command', 'azapi: Restart Server'],
      ['attached'],
      ['status hover', 'Azure.Bicep.Types.Az'],
    ],
  },
  {
    name: 'the type data in use is shown again when a setting changes and in another folder',
    files: { 'main.tf': registry },
    second: { 'main.tf': registry },
    play: [
      ['write data', 'other.bundle'],
      ['attached'],
      ['status hover', 'Bundled with azapi-ls'],
      ['use data', 'other.bundle'],
      ['status hover', 'From /', 'other.bundle'],
      ['set', { data: null }],
      ['status hover', 'Bundled with azapi-ls'],
      ['on disk', '.azapi-ls.toml', 'data = "other.bundle"\n'],
      ['status hover', 'From /', 'other.bundle'],
      ['open second', 'main.tf'],
      ['status hover', 'Bundled with azapi-ls'],
      ['open', 'main.tf'],
      ['status hover', 'From /', 'other.bundle'],
    ],
  },
  {
    name: 'the outline comes and goes with the profile while the server runs',
    files: { 'main.tf': registry },
    play: [
      ['attached'],
      ['outline'],
      ['set', { profile: 'standalone' }],
      ['outline', 'azapi_resource.registry'],
      ['set', { profile: 'companion' }],
      ['outline'],
    ],
  },
  {
    name: 'without another Terraform extension everything is offered unless a setting says otherwise',
    window: alone,
    files: { 'main.tf': registry },
    play: [
      ['attached'],
      ['outline', 'azapi_resource.registry'],
      ['set', { profile: 'companion' }],
      ['outline'],
      ['set', { profile: null }],
      ['outline', 'azapi_resource.registry'],
    ],
  },
  {
    name: 'a program that is not there is reported, and runs once the setting is fixed',
    files: { 'main.tf': wrong },
    play: [
      ['diagnostic', wrongParent],
      ['set', { 'server.path': 'stand-in:missing' }],
      ['notified', 'azapi.server.path', 'not a program that can be started'],
      ['status', 'not running'],
      ['status hover', 'not a program that can be started', 'Restart', 'Log'],
      ['no diagnostics shown'],
      listed(false),
      ['set', { 'server.path': null }],
      ['attached'],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'another program in place of the server is reported',
    files: { 'main.tf': registry },
    play: [['set', { 'server.path': 'stand-in:other' }], ['notified', 'is not azapi-ls', 'GNU hello 2.12'], ['status', 'not running']],
  },
  {
    name: 'a program that cannot start is reported',
    files: { 'main.tf': registry },
    play: [['set', { 'server.path': 'stand-in:broken' }], ['notified', 'broken cannot be started'], ['status', 'not running']],
  },
  {
    name: 'a server older than the extension is warned of, and works',
    files: { 'main.tf': wrong },
    play: [
      ['set', { 'server.path': 'stand-in:older' }],
      ['notified', 'azapi-ls 0.0.1', 'older than this extension'],
      ['status', 'azapi 0.0.1'],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'commands that a server cannot do are not listed',
    files: { 'main.tf': registry },
    play: [['set', { 'server.path': 'stand-in:mute' }], ['status', 'azapi 99.0.0'], ['status hover', 'mute'], listed(false)],
  },
  {
    name: 'lists come by themselves at the stops of a whole block',
    files: { 'main.tf': `${resourceGroup}\n\n` },
    play: [
      ['put', `${resourceGroup}\n`],
      ['type', 'azapi'],
      ['pick', 'resource "azapi_resource"'],
      ['type', 'registry'],
      ['press', 'Tab'],
      ['offered', 'Microsoft.Resources/resourceGroups'],
      ['type', 'acr'],
      ['pick', 'Microsoft.ContainerRegistry/registries'],
      ['pick', '2025-11-01'],
      ['press', 'Tab'],
      ['offered', 'azapi_resource.rg.id'],
      ['pick', 'azapi_resource.rg.id'],
      ['press', 'Tab'],
      ['offered', 'aaaaa'],
      ['type', 'registry1'],
      ['press', 'Tab'],
      ['text has', 'name      = "registry1"'],
    ],
  },
  {
    name: 'files save themselves while a type is completed and an import is put into another file',
    files: { 'main.tf': registry.replace('"Microsoft.ContainerRegistry/registries@2025-04-01"', '""'), 'imports.tf': '# imports\n' },
    play: [
      ['set editor', { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 }],
      ['put', 'type      = "'],
      ['type', 'containerregistry/registries'],
      ['pick', 'Microsoft.ContainerRegistry/registries'],
      ['pick', '2025-04-01'],
      ['saves itself', 'main.tf', registry],
      ['put', '"registry'],
      ['act', 'Import: add an import block to imports.tf'],
      ['saves itself', 'imports.tf', `# imports\n\n${importBlock}`],
      ['saves itself', 'main.tf', registry],
      ['no diagnostics'],
    ],
  },
  {
    name: 'every kind of file has its language and our colours, and is served only where it can be',
    files: { 'main.tf': registry, 'wrong.tofu': wrong, 'values.tfvars': unclosed, 'main.tftest.hcl': unclosed },
    play: [
      ['language', 'terraform'],
      ['scope', 'res', 'source.azapi.terraform'],
      ['open', 'wrong.tofu'],
      ['language', 'opentofu'],
      ['scope', 'res', 'source.azapi.opentofu'],
      ['diagnostic', wrongParent],
      ['open', 'values.tfvars'],
      ['language', 'terraform-vars'],
      ['scope', 'na', 'source.azapi.vars'],
      ['stays quiet'],
      ['open', 'main.tftest.hcl'],
      ['language', 'terraform-test'],
      ['scope', 'na', 'source.azapi.test'],
      ['stays quiet'],
    ],
  },
  {
    name: 'in a workspace that is not trusted, its own program is not started until it is',
    window: {
      settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'azapi.server.path': 'stand-in:older' },
      workspaceSettings: { 'azapi.server.path': 'stand-in:newer' },
    },
    files: { 'main.tf': wrong },
    play: [['status', 'azapi 0.0.1'], ['diagnostic', wrongParent], ['trust'], ['status', 'azapi 99.0.0'], ['diagnostic', wrongParent]],
  },
  {
    name: 'the package for this platform brings its server',
    window: afterHashiCorps,
    files: { 'main.tf': wrong },
    play: [['attached'], ['status hover', 'extensions/azapi-ls.azapi-ls-'], ['diagnostic', wrongParent]],
  },
  {
    name: 'beside another Terraform extension nothing is offered that it serves, unless a setting says otherwise',
    window: afterHashiCorps,
    files: { 'main.tf': registry },
    play: [
      ['attached'],
      ['outline'],
      ['set', { profile: 'standalone' }],
      ['outline', 'azapi_resource.registry'],
    ],
  },
  {
    name: "HashiCorp's extension, installed before ours, keeps its colours and comments",
    window: afterHashiCorps,
    ...besideOther('terraform'),
  },
  {
    name: 'a server that ends each time is started again, later each time, and in the end by the user',
    window: afterHashiCorps,
    files: { 'main.tf': wrong },
    play: [
      ['set', { 'server.path': 'stand-in:crashing' }],
      ['status hover', 'azapi-ls ended and starts again in 4 s'],
      ['notified', 'azapi-ls ended 5 times within 3 minutes and is not started again'],
      ['status', 'not running'],
      ['repair', 'crashing'],
      ['choose', 'Start Again'],
      ['status', 'azapi 99.0.0'],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'a server that never responds is not waited for when the setting is fixed',
    window: afterHashiCorps,
    files: { 'main.tf': wrong },
    play: [
      ['set', { 'server.path': 'stand-in:silent' }],
      ['status hover', 'azapi-ls is starting', 'Restart'],
      ['set', { 'server.path': 'stand-in:newer' }],
      ['status', 'azapi 99.0.0'],
      ['diagnostic', wrongParent],
    ],
  },
  {
    name: 'the universal package tells that it brings none',
    window: beforeOpenTofus,
    files: { 'main.tf': wrong },
    play: [['notified', 'azapi-ls was not found', 'Put it on PATH'], ['status', 'not running']],
  },
  {
    name: "OpenTofu's extension, installed after ours, keeps its colours and comments",
    window: beforeOpenTofus,
    ...besideOther('opentofu', ['set', { 'server.path': 'stand-in:newer' }]),
  },
];
