// The README's pictures of VS Code: one for each feature, and a moving one of a resource being written.

import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { animate } from './pictures.mjs';
import { sleep, until } from './wait.mjs';

const group = `resource "azapi_resource" "group" {
  type     = "Microsoft.Resources/resourceGroups@2025-04-01"
  name     = "rg-registry"
  location = "westeurope"
}
`;
const registry = `
resource "azapi_resource" "registry" {
  type      = var.resource_types.registry
  parent_id = azapi_resource.group.id
  name      = "exampleregistry"
  location  = azapi_resource.group.location
  body = {
    sku = { name = "Premium" }
    properties = {
      publicNetworkAccess = "Enabled"
    }
  }
}
`;
const types = `variable "resource_types" {
  type = object({
    registry = optional(string, "Microsoft.ContainerRegistry/registries@2025-04-01")
  })
  default = {}
}

`;
const token = (parent, body) => `
resource "azapi_resource" "token" {
  type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
  parent_id = ${parent}
  name      = "puller"
  body = {
    properties = {
${body}    }
  }
}
`;

const LIST = '.suggest-widget.visible .monaco-list-row';
const listed = (editor) => editor.page.locator(LIST).first().waitFor();
/** The list's description beside it. */
async function described(editor) {
  const details = editor.page.locator('.suggest-details-container .suggest-details');
  if (!(await details.isVisible())) await editor.press('Control+Space');
  await sleep(400);
}
const behind = (editor, text, piece) => editor.put(text.indexOf(piece) + piece.length);

/** Each is a file `vscode-NAME.png`: the text, what is done before the picture is taken, and the window's height. */
const scenes = [
  {
    name: 'body',
    height: 560,
    text: types + group + registry.replace('      publicNetworkAccess = "Enabled"\n', '      \n'),
    async play(editor, text) {
      await behind(editor, text, 'properties = {\n      ');
      await editor.type('pub');
      await listed(editor);
      await described(editor);
    },
  },
  {
    name: 'diagnostics',
    height: 640,
    text: group + token('azapi_resource.group.id', '      statuss = "enabledd"\n'),
    async play(editor, text) {
      await editor.ask('run', { command: 'workbench.actions.view.problems' });
      await until('the diagnostics are listed', async () => (await editor.page.locator('.markers-panel .monaco-list-row').count()) > 1);
      await behind(editor, text, 'statu');
      await editor.press('Control+.');
      await editor.page.locator('.action-widget .monaco-list-row').first().waitFor();
      await sleep(300);
    },
  },
  {
    name: 'hover',
    height: 560,
    text: types + group + registry,
    async play(editor, text) {
      await behind(editor, text, 'var.resource_ty');
      await editor.hover();
      await sleep(300);
    },
  },
  {
    name: 'import',
    height: 560,
    text: group + registry.replace('var.resource_types.registry', '"Microsoft.ContainerRegistry/registries@2025-04-01"'),
    async play(editor, text) {
      await behind(editor, text, 'resource "azapi_resource" "regis');
      await editor.press('Control+.');
      await editor.page.locator('.action-widget .monaco-list-row', { hasText: 'Import this resource' }).click();
      await editor.page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
      await sleep(300);
    },
  },
];

/** What is done for the moving picture, each followed by a picture that stands so many milliseconds. */
const writing = [
  ['type', 'azapi', 1200],
  ['press', 'Enter', 700],
  ['type', 'registry', 500],
  ['press', 'Tab', 700],
  ['type', 'acr', 1400],
  ['press', 'Enter', 1200],
  ['press', 'Enter', 700],
  ['press', 'Tab', 500],
  ['type', 'gro', 1200],
  ['press', 'Enter', 700],
  ['press', 'Tab', 500],
  ['type', 'exampleregistry', 500],
  ['press', 'Tab', 500],
  ['type', 'weste', 1000],
  ['press', 'Enter', 700],
  ['press', 'Tab', 500],
  ['type', 'req', 1200],
  ['press', 'Enter', 1200],
  ['press', 'ArrowDown', 400],
  ['press', 'ArrowDown', 400],
  ['press', 'Enter', 3000],
];

async function show(editor, text, height) {
  await editor.page.setViewportSize({ width: 1000, height });
  for (const command of ['workbench.action.files.saveAll', 'workbench.action.closeAllEditors', 'workbench.action.closeSidebar', 'workbench.action.closePanel', 'notifications.clearAll']) await editor.ask('run', { command });
  const folder = path.join(editor.place.stories, `picture-${height}-${text.length}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'main.tf'), text);
  await editor.open(path.join(folder, 'main.tf'));
  await editor.attached();
}

/** Takes the pictures into `folder`. */
export async function takePictures(editor, folder, { sharp }) {
  for (const { name, height, text, play } of scenes) {
    await show(editor, text, height);
    await play(editor, text);
    await editor.page.screenshot({ path: path.join(folder, `vscode-${name}.png`) });
    for (let i = 0; i < 3; i++) await editor.press('Escape');
  }
  await show(editor, group, 620);
  await editor.put(group.length);
  const frames = [];
  const take = async (shown) => frames.push({ png: await editor.page.screenshot(), shown });
  await take(600);
  for (const [step, what, shown] of writing) {
    if (step === 'press') await editor.press(what);
    else {
      for (const letter of what) {
        await editor.type(letter);
        await sleep(120);
        await take(90);
      }
    }
    await sleep(500);
    await take(shown);
  }
  await animate(sharp, frames, path.join(folder, 'writing.gif'));
}
