// Before there is a board: no token, no session chosen, or nothing heard yet.

import { t } from '../i18n';
import { endSession, openSession, startSession } from '../state/connect';
import { notify, scenarios, sessions } from '../state/store';

export function Refused() {
  return (
    <main class="entry" id="board">
      <h2>{t('refused.title')}</h2>
      <p>{t('refused.text')}</p>
      <code>callmill live scenario.yaml</code>
    </main>
  );
}

function start(id: string): void {
  startSession(id).catch((error: Error) => notify(error.message, true));
}

function end(id: string): void {
  endSession(id).catch((error: Error) => notify(error.message, true));
}

export function Choose() {
  const running = sessions.value ?? [];
  return (
    <main class="entry" id="board">
      <h2>{t('start.title')}</h2>
      {running.length > 0 && <h3>{t('start.running')}</h3>}
      <ul class="choose">
        {running.map((row) => (
          <li key={row.id}>
            <span>
              <b>{row.title || row.scenario}</b> <span class="dim">{row.clock}</span>
            </span>
            <span class="pair">
              <button type="button" class="primary" onClick={() => openSession(row.id)}>
                {t('start.open')}
              </button>
              <button type="button" onClick={() => end(row.id)}>
                {t('start.end')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      <h3>{t('start.new')}</h3>
      <ul class="choose">
        {scenarios.value.map((row) => (
          <li key={row.id}>
            <b>{row.title}</b>
            <button type="button" onClick={() => start(row.id)}>
              {t('start.begin')}
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}

export function Waiting() {
  return (
    <main class="entry" id="board">
      <p role="status">{t('start.wait')}</p>
    </main>
  );
}
