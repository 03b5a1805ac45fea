// Draws icon.png: three lines between angle brackets, the middle one marked. `node icon.mjs`

import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 128;
/** Samples a side for each pixel, for smooth edges. */
const SAMPLES = 4;

/** Whether a point is in a rectangle with round corners. */
const inBox = (x, y, [left, top, width, height, radius]) => {
  const dx = Math.max(left + radius - x, x - (left + width - radius), 0);
  const dy = Math.max(top + radius - y, y - (top + height - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
};
/** Whether a point is nearer than `half` to the line from a to b. */
const onLine = (x, y, [ax, ay, bx, by, half]) => {
  const [vx, vy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * vx + (y - ay) * vy) / (vx * vx + vy * vy)));
  return Math.hypot(x - ax - along * vx, y - ay - along * vy) <= half;
};

// Painted in this order: ground, brackets, then the lines.
const shapes = [
  [inBox, [4, 4, 120, 120, 26], [22, 50, 79]],
  [onLine, [34, 34, 22, 64, 5], [120, 190, 255]],
  [onLine, [22, 64, 34, 94, 5], [120, 190, 255]],
  [onLine, [94, 34, 106, 64, 5], [120, 190, 255]],
  [onLine, [106, 64, 94, 94, 5], [120, 190, 255]],
  [inBox, [45, 36, 38, 12, 6], [232, 240, 248]],
  [inBox, [45, 58, 38, 12, 6], [255, 176, 64]],
  [inBox, [45, 80, 24, 12, 6], [232, 240, 248]],
];

function colour(x, y) {
  let found = [0, 0, 0, 0];
  for (const [contains, shape, rgb] of shapes) {
    if (contains(x, y, shape)) found = [...rgb, 255];
  }
  return found;
}

function pixel(x, y) {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const [r, g, b, a] = colour(x + ((i % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES);
    [r * a, g * a, b * a, a].forEach((value, index) => (sum[index] += value));
  }
  const alpha = sum[3];
  return [...sum.slice(0, 3).map((value) => (alpha ? Math.round(value / alpha) : 0)), Math.round(alpha / (SAMPLES * SAMPLES))];
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const rows = Array.from({ length: SIZE }, (_, y) => [0, ...Array.from({ length: SIZE }, (_, x) => pixel(x, y)).flat()]);
const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE, 0);
header.writeUInt32BE(SIZE, 4);
// Eight bits each of red, green, blue and alpha.
header.set([8, 6, 0, 0, 0], 8);
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const image = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })), chunk('IEND', Buffer.alloc(0))];
writeFileSync(new URL('icon.png', import.meta.url), Buffer.concat([signature, ...image]));
