// Measured by the browser itself: first paint, and the frames of the chart with a day of data while
// the pointer walks over it and the centre runs.
//
//   vite-node scripts/measure.ts        (./dev web measure)

import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { kToken, open } from '../e2e/centre';
import { launch } from './browser';

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  args?: { data?: { type?: string } };
}

const kSeconds = 5;

async function firstPaint(browser: Browser, url: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 5; ++i) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${url}/#token=${kToken}`);
    await page.locator('[data-part="tiles"]').waitFor();
    const paint = await page.evaluate(() => ({
      first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      board: performance.now(),
    }));
    times.push(paint.first);
    console.log(`first paint ${paint.first.toFixed(0)} ms, board ${paint.board.toFixed(0)} ms`);
    await context.close();
  }
  return times.sort((a, b) => a - b);
}

// The pointer goes over the chart, one move a frame, for so long.
async function walk(page: Page): Promise<void> {
  const box = (await page.locator('[data-part="timeline"] .u-over').boundingBox())!;
  await page.evaluate(
    ([seconds, x, y, width]) =>
      new Promise<void>((done) => {
        const over = document.querySelector('[data-part="timeline"] .u-over')!;
        const start = performance.now();
        const move = () => {
          const at = performance.now() - start;
          if (at > seconds! * 1000) return done();
          const clientX = x! + width! * ((at / 1000) % 1);
          const where = { clientX, clientY: y!, bubbles: true };
          over.dispatchEvent(new MouseEvent('mousemove', where));
          requestAnimationFrame(move);
        };
        over.dispatchEvent(new MouseEvent('mouseenter', { clientX: x!, clientY: y! }));
        move();
      }),
    [kSeconds, box.x, box.y + 40, box.width],
  );
}

async function frames(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}/#token=${kToken}`);
  await page.getByLabel(/Run on to|快进至/).fill('23:00');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await page.waitForFunction(
    () => /^23:/.test(document.querySelector('.time-big')?.textContent ?? ''),
    undefined,
    { timeout: 120_000 },
  );
  await page.getByRole('radio', { name: 'Waiting' }).check();
  await page.keyboard.press('Space');
  await page.waitForTimeout(1000);
  const path = '../build/web/trace.json';
  const timeline = 'devtools.timeline';
  await browser.startTracing(page, { path, categories: [timeline, `${timeline}.frame`] });
  await walk(page);
  await browser.stopTracing();
  const { traceEvents } = JSON.parse(readFileSync(path, 'utf8')) as { traceEvents: TraceEvent[] };
  const moments = traceEvents
    .filter((e) => e.name === 'AnimationFrame::Presentation' && e.ph !== 'E')
    .map((e) => e.ts / 1000)
    .sort((a, b) => a - b);
  const gaps = moments.slice(1).map((at, i) => at - moments[i]!);
  gaps.sort((a, b) => a - b);
  const at = (q: number) => gaps[Math.floor(q * (gaps.length - 1))]!.toFixed(1);
  const span = (moments[moments.length - 1]! - moments[0]!) / 1000;
  const rate = ((moments.length - 1) / span).toFixed(1);
  console.log(`frames ${moments.length} in ${span.toFixed(1)} s: ${rate} a second`);
  console.log(`between frames: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`);
  const scripts = traceEvents.filter((e) => e.name === 'FunctionCall' && e.dur);
  const busy = scripts.reduce((sum, e) => sum + e.dur!, 0) / 1000;
  console.log(`script ${(busy / span / 10).toFixed(1)} % of one core`);
}

async function main(): Promise<void> {
  const centre = await open();
  console.log(centre.real ? 'in front of the program' : 'in front of the made-up centre');
  const browser = await launch();
  const paints = await firstPaint(browser, centre.url);
  console.log(`first paint, median of 5: ${paints[2]!.toFixed(0)} ms`);
  await frames(browser, centre.url);
  await browser.close();
  await centre.stop();
  process.exit(0);
}

void main();
