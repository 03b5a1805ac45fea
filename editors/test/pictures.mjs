// The pictures for the README: one scene, shown in each editor.

import { writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

/** A wrong parent, a key to hover over, and an api-version to complete. */
export const scene = `resource "azapi_resource" "group" {
  type = "Microsoft.Resources/resourceGroups@2025-04-01"
}

resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  parent_id = azapi_resource.group.id
  body = {
    properties = {
      publicNetworkAccess = "Enabled"
    }
  }
}

resource "azapi_resource" "token" {
  type      = "Microsoft.ContainerRegistry/registries/tokens@2025-04-01"
  parent_id = azapi_resource.group.id
}

resource "azapi_resource" "vault" {
  type = "Microsoft.KeyVault/vaults@"
}
`;
/** Behind this piece the list of api-versions is opened. */
export const completed = 'vaults@';
/** This key is hovered over. */
export const hovered = 'publicNetworkAccess';

/** The scene's file in a folder of its own. */
export function writeScene(place) {
  const folder = path.join(place.stories, 'registry');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '.terraform.lock.hcl'), '');
  writeFileSync(path.join(folder, 'main.tf'), scene);
  return path.join(folder, 'main.tf');
}

export const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Playwright's Chromium; the caller closes it. */
export function launch(playwright, executablePath) {
  const { chromium } = createRequire(path.join(playwright, 'package.json'))('playwright-core');
  return chromium.launch({ executablePath, args: chromiumFlags });
}

/** Pictures of one size, each with the milliseconds that it is shown, as a GIF file that begins anew at its end. */
export async function animate(sharpFolder, frames, file) {
  const sharp = createRequire(path.join(sharpFolder, 'package.json'))('sharp');
  await sharp(
    frames.map(({ png }) => png),
    { join: { animated: true } },
  )
    .gif({ delay: frames.map(({ shown }) => shown), loop: 0, interFrameMaxError: 4, colours: 128 })
    .toFile(file);
}

/** Draws terminal captures, one under the other, as a PNG file. */
export async function drawTerminal(browser, captures, file) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 400 } });
  const screens = captures.map((capture) => `<pre>${toHtml(capture)}</pre>`).join('');
  await page.setContent(`<style>
    body { margin: 0; background: #14161b; display: inline-block }
    pre { margin: 0; padding: 8px; font: 13px/17px "DejaVu Sans Mono", monospace; color: #e0e2ea; background: #14161b }
    span { padding: 1px 0 }
    pre + pre { border-top: 2px solid #4f5258 }
  </style>${screens}`);
  await page.locator('body').screenshot({ path: file });
  await page.close();
}

const BASIC = ['#07080d', '#ffc0b9', '#b3f6c0', '#fce094', '#a6dbff', '#ffcaff', '#8cf8f7', '#eef1f8'];

function paletteColour(number) {
  if (number < 16) return BASIC[number % 8];
  if (number > 231) return `rgb(${Array(3).fill(8 + 10 * (number - 232)).join()})`;
  const level = (step) => (step ? 55 + 40 * step : 0);
  const rest = number - 16;
  return `rgb(${[Math.floor(rest / 36), Math.floor(rest / 6) % 6, rest % 6].map(level).join()})`;
}

/** Text with escape sequences for colours as HTML. */
function toHtml(text) {
  let style = {};
  let html = '';
  for (const [, codes, piece] of `\x1b[m${text.replace(/\s+$/, '')}`.matchAll(/\x1b\[([\d;:]*)m([^\x1b]*)/g)) {
    style = applyCodes(style, codes.split(/[;:]/).map(Number));
    const [front, back] = style.reverse ? [style.back ?? '#14161b', style.front ?? '#e0e2ea'] : [style.front, style.back];
    const css = [front && `color:${front}`, back && `background:${back}`, style.bold && 'font-weight:bold', style.italic && 'font-style:italic', style.underline && 'text-decoration:underline'];
    const safe = piece.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    html += `<span style="${css.filter(Boolean).join(';')}">${safe}</span>`;
  }
  return html;
}

function applyCodes(before, codes) {
  let style = { ...before };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) {
      style.underline = true;
      // `4:3` is a curly line; the number behind says only which kind.
      if (codes[at + 1] === 3) at++;
    } else if (code === 7) style.reverse = true;
    else if (code === 22) style.bold = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.underline = false;
    else if (code === 27) style.reverse = false;
    else if (code === 39) style.front = undefined;
    else if (code === 49) style.back = undefined;
    else if (code >= 30 && code < 38) style.front = BASIC[code - 30];
    else if (code >= 40 && code < 48) style.back = BASIC[code - 40];
    else if (code >= 90 && code < 98) style.front = BASIC[code - 90];
    else if (code >= 100 && code < 108) style.back = BASIC[code - 100];
    else if ([38, 48, 58].includes(code)) {
      const isTrue = codes[at + 1] === 2;
      const colour = isTrue ? `rgb(${codes.slice(at + 2, at + 5).join()})` : paletteColour(codes[at + 2]);
      at += isTrue ? 4 : 2;
      if (code !== 58) style[code === 38 ? 'front' : 'back'] = colour;
    }
  }
  return style;
}
