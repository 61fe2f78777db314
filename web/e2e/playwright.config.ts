import { defineConfig } from '@playwright/test';
import { kArgs, kChromium } from '../scripts/browser';

export default defineConfig({
  testDir: '.',
  outputDir: '../../build/web/e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: kChromium, args: kArgs },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
  },
});
