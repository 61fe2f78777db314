// The head of the page: whose centre, which view, the connection, language and colours.

import { t } from '../i18n';
import { clock as hhmm } from '../format';
import {
  clock,
  helpOpen,
  kViews,
  lang,
  link,
  notify,
  remember,
  state,
  theme,
  view,
  whatIfOpen,
  type Theme,
} from '../state/store';
import { leaveSession } from '../state/connect';
import { Icon } from './icon';
import { Segments } from './parts';

export function setLang(next: 'en' | 'zh'): void {
  lang.value = next;
  remember('lang', next);
}

const kThemes: Theme[] = ['auto', 'dark', 'light'];

function Preferences() {
  const after = kThemes[(kThemes.indexOf(theme.value) + 1) % kThemes.length]!;
  return (
    <div class="prefs">
      <Segments
        label={t('prefs.language')}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'zh', label: '中文' },
        ]}
        value={lang.value}
        onChange={setLang}
      />
      <button
        type="button"
        class="quiet-button"
        title={`${t('prefs.theme')}: ${t(`prefs.theme.${theme.value}`)}`}
        aria-label={`${t('prefs.theme')}: ${t(`prefs.theme.${theme.value}`)}`}
        data-part="theme"
        onClick={() => {
          theme.value = after;
          remember('theme', after);
        }}
      >
        <Icon name="theme" />
      </button>
      <button
        type="button"
        class="quiet-button"
        aria-label={t('help.open')}
        title={t('help.open')}
        onClick={() => (helpOpen.value = true)}
      >
        <Icon name="help" />
      </button>
    </div>
  );
}

function LinkState() {
  const { kind } = link.value;
  return (
    <span class={`link-state link-${kind}`} role="status" data-link={kind}>
      <i aria-hidden="true" />
      {t(`link.${kind}`)}
    </span>
  );
}

const leave = (): Promise<void> =>
  leaveSession().catch((error: Error) => notify(error.message, true));

export function Header() {
  const known = state.value;
  return (
    <header class="top">
      <a class="skip" href="#board">
        {t('skip')}
      </a>
      <div class="brand">
        <img src="./icon.svg" alt="" width="26" height="26" />
        <h1>
          {known?.session.title ?? 'callmill'}
          {known && <span class="session-id"> {known.session.id}</span>}
        </h1>
        <LinkState />
        {known && (
          <button type="button" class="link" onClick={() => void leave()}>
            {t('start.others')}
          </button>
        )}
      </div>
      {known && (
        <nav aria-label={t('nav.views')}>
          {kViews.map((name) => (
            <button
              key={name}
              type="button"
              class={view.value === name ? 'on' : ''}
              aria-current={view.value === name ? 'page' : undefined}
              onClick={() => showView(name)}
            >
              {t(`view.${name}`)}
            </button>
          ))}
          <button
            type="button"
            class="fork"
            aria-expanded={whatIfOpen.value}
            onClick={() => (whatIfOpen.value = !whatIfOpen.value)}
          >
            <Icon name="fork" /> {t('whatif.open')}
          </button>
        </nav>
      )}
      <Preferences />
    </header>
  );
}

export function showView(name: (typeof kViews)[number]): void {
  view.value = name;
  remember('view', name);
}

// Shown while the server is away; the figures stay, and say that they are old.
export function LostBanner() {
  const { kind, retryMs } = link.value;
  if (kind !== 'lost') return null;
  const at = clock.value;
  const text = at
    ? t('link.lost.long', {
        s: Math.max(1, Math.round(retryMs / 1000)),
        time: at.text ?? hhmm(at.now),
      })
    : t('link.lost.first');
  return (
    <p class="banner" role="alert" data-part="lost">
      {text}
    </p>
  );
}
