// The clock and what governs it: pause, step, speed, run on to a time.

import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { clock as hhmm, clockSeconds, number, parseClock, speed as speedText } from '../format';
import { changeSpeed, setClock, togglePause } from '../state/actions';
import { clock, follows, lang, notify, realTime } from '../state/store';
import { Icon } from '../ui/icon';
import { TwinBadge } from '../ui/twin';

// The slider is a logarithm: 0.1x at 0, 10,000x at 100.
export const toSlider = (value: number | 'max'): number =>
  value === 'max' ? 100 : Math.round(20 * (Math.log10(value) + 1));
export const fromSlider = (at: number): number => {
  const exact = 10 ** (at / 20 - 1);
  const digits = exact < 1 ? 1 : exact < 100 ? 0 : exact < 1000 ? -1 : -2;
  const unit = 10 ** -digits;
  return Number(Math.max(0.1, Math.round(exact / unit) * unit).toFixed(1));
};

export function TimeNow() {
  const at = clock.value;
  if (!at) return null;
  const status = at.ended ? 'ended' : at.paused ? 'paused' : 'running';
  return (
    <div class="time-now">
      <time class="time-big" aria-label={t('clock.label')} role="timer" aria-live="off">
        {at.text ?? clockSeconds(at.now)}
      </time>
      <span class="time-side">
        <span>{at.date ?? t('clock.day', { n: at.day + 1 })}</span>
        <span class={`run run-${status}`}>{t(`clock.${status}`)}</span>
      </span>
    </div>
  );
}

function Speed() {
  const at = clock.value!;
  return (
    <div class="speed">
      <button type="button" aria-label={t('clock.slower')} onClick={() => changeSpeed(-1)}>
        <Icon name="slower" />
      </button>
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        value={toSlider(at.speed)}
        aria-label={t('clock.speed')}
        aria-valuetext={speedText(at.speed, lang.value)}
        onChange={(e) => void setClock({ speed: fromSlider(Number(e.currentTarget.value)) })}
      />
      <button type="button" aria-label={t('clock.faster')} onClick={() => changeSpeed(1)}>
        <Icon name="faster" />
      </button>
      <output class="speed-text" data-part="speed">
        {at.speed === 'max' ? '' : speedText(at.speed, lang.value)}
      </output>
      <button
        type="button"
        class={at.speed === 'max' ? 'on' : ''}
        aria-pressed={at.speed === 'max'}
        title={t('clock.max')}
        onClick={() => void setClock({ speed: at.speed === 'max' ? 60 : 'max' })}
      >
        {lang.value === 'zh' ? '最快' : 'max'}
      </button>
    </div>
  );
}

function Step() {
  const steps: [string, 'event' | 'interval' | number][] = [
    [t('clock.step.minute'), 60],
    [t('clock.step.interval'), 'interval'],
  ];
  if (!follows.value) steps.unshift([t('clock.step.event'), 'event']);
  return (
    <div class="step">
      <span id="step-label">
        <Icon name="step" /> {t('clock.step')}
      </span>
      <div role="group" aria-labelledby="step-label">
        {steps.map(([name, step]) => (
          <button key={name} type="button" onClick={() => void setClock({ step })}>
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

function Jump() {
  const [text, setText] = useState('');
  const at = clock.value!;
  const go = (event: Event) => {
    event.preventDefault();
    const time = parseClock(text);
    if (time == null) {
      notify(t('clock.jump.bad'), true);
      return;
    }
    void setClock({ until: text.trim().padStart(5, '0') });
  };
  return (
    <form class="jump" onSubmit={go}>
      <label for="jump-time">{t('clock.jump')}</label>
      <input
        id="jump-time"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        placeholder={hhmm(at.interval?.end ?? at.closes)}
        value={text}
        onInput={(e) => setText(e.currentTarget.value)}
      />
      <button type="submit">{t('clock.jump.go')}</button>
    </form>
  );
}

export function ClockBar() {
  const at = clock.value;
  if (!at) return null;
  const lag = Math.round(at.lag_ms);
  if (realTime.value)
    return (
      <section class="clock-bar" aria-label={t('clock.controls')}>
        <TimeNow />
        <TwinBadge />
      </section>
    );
  return (
    <section class="clock-bar" aria-label={t('clock.controls')}>
      <TimeNow />
      <button
        type="button"
        class="primary pause"
        disabled={at.ended}
        onClick={togglePause}
        data-part="pause"
      >
        <Icon name={at.paused ? 'run' : 'pause'} />
        {t(at.paused ? 'clock.resume' : 'clock.pause')}
      </button>
      <Speed />
      <Step />
      <Jump />
      <TwinBadge />
      <span class={`lag ${lag > 100 ? 'late' : ''}`} title={t('clock.lag.title')}>
        {t('clock.lag', { ms: number(lag, lang.value) })}
      </span>
    </section>
  );
}
