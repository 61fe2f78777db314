// Before there is a board: no token, no session chosen, or nothing heard yet.

import { useState } from 'preact/hooks';
import { speed as speedText } from '../format';
import { t } from '../i18n';
import { sayProblem } from '../state/actions';
import { endSession, openSession, startSession, type Wish } from '../state/connect';
import { lang, notify, scenarios, sessions } from '../state/store';

export function Refused() {
  return (
    <main class="entry" id="board">
      <h2>{t('refused.title')}</h2>
      <p>{t('refused.text')}</p>
      <code>callmill live scenario.yaml</code>
    </main>
  );
}

function end(id: string): void {
  endSession(id).catch(sayProblem);
}

interface Begin {
  seed: string;
  at: string;
  speed: string;
}

// What is left empty is as the program was told, or as the scenario has it.
export function wishOf(scenario: string, { seed, at, speed }: Begin): Wish | null {
  const wish: Wish = { scenario, speed: speed === 'max' ? 'max' : Number(speed) };
  if (seed.trim()) wish.seed = Number(seed);
  if (wish.seed !== undefined && !Number.isSafeInteger(wish.seed)) return null;
  if (at.trim()) wish.at = at.trim().padStart(5, '0');
  return wish;
}

const kStartSpeeds = ['1', '2', '5', '10', '60', '300', 'max'];

function StartFields({ value, onChange }: { value: Begin; onChange: (value: Begin) => void }) {
  const l = lang.value;
  return (
    <div class="run" data-part="start-fields">
      <label>
        {t('start.at')}
        <input
          type="text"
          size={6}
          placeholder="HH:MM"
          value={value.at}
          onInput={(e) => onChange({ ...value, at: e.currentTarget.value })}
        />
      </label>
      <label>
        {t('start.seed')}
        <input
          type="text"
          inputMode="numeric"
          size={8}
          value={value.seed}
          onInput={(e) => onChange({ ...value, seed: e.currentTarget.value })}
        />
      </label>
      <label>
        {t('start.speed')}
        <select
          value={value.speed}
          onChange={(e) => onChange({ ...value, speed: e.currentTarget.value })}
        >
          {kStartSpeeds.map((one) => (
            <option key={one} value={one}>
              {speedText(one === 'max' ? 'max' : Number(one), l)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

export function Choose() {
  const running = sessions.value ?? [];
  const [begin, setBegin] = useState<Begin>({ seed: '', at: '', speed: '1' });
  const start = (id: string) => {
    const wish = wishOf(id, begin);
    if (wish) startSession(wish).catch(sayProblem);
    else notify(t('start.seed.wrong'), true);
  };
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
      <StartFields value={begin} onChange={setBegin} />
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
