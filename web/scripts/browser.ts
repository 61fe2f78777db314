// Debian's Chromium, driven by Playwright; nothing is downloaded.
import { chromium, type Browser } from '@playwright/test';

export const kChromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const kArgs = ['--no-sandbox', '--font-render-hinting=none', '--disable-gpu'];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: kChromium, args: kArgs });
