// Two futures side by side: as it is, and with a change that nobody has made yet.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t, word } from '../i18n';
import { clock as hhmm, parseClock, percent } from '../format';
import { CommandForm } from '../controls/command-form';
import { sentence } from '../controls/sentence';
import { faultText, runFutures, sendAll, type FuturesRequest } from '../state/actions';
import { clock, follows, lang, targets, whatIf, whatIfOpen } from '../state/store';
import type { Bands, SeriesKey } from '../protocol/types';
import { FanChart } from '../timeline/chart';
import { chartData, range } from '../timeline/series';
import { kSeries, madeText, rowsAt, seriesText, systemLook } from '../timeline/timeline';
import { Icon } from '../ui/icon';
import { Segments } from '../ui/parts';
import { targetOf } from '../wallboard/judge';
import { AdvicePart } from './advice';
import { addCommand, alternative, keepAlternative, removeCommand } from './alternative';
import { DayFigures, Differences } from './differences';

function Chosen() {
  const commands = alternative.value;
  if (!commands.length) return <p class="quiet">{t('whatif.none')}</p>;
  return (
    <ul class="chosen">
      {commands.map((command, i) => (
        <li key={i}>
          <span>{sentence(command)}</span>
          <button
            type="button"
            class="tiny"
            aria-label={t('whatif.remove', { command: sentence(command) })}
            onClick={() => removeCommand(i)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function RunForm() {
  const [until, setUntil] = useState('');
  const [paths, setPaths] = useState('200');
  const commands = alternative.value;
  const running = whatIf.value?.state === 'running';
  const run = (event: Event) => {
    event.preventDefault();
    if (running) return;
    const n = Math.min(2000, Math.max(20, Math.round(Number(paths) || 200)));
    const request: FuturesRequest = { with: commands, paths: n };
    if (parseClock(until) != null) request.until = until.trim().padStart(5, '0');
    void runFutures(request);
  };
  return (
    <form class="run" onSubmit={run}>
      <label>
        {t('whatif.until')}
        <input
          type="text"
          size={6}
          placeholder={hhmm(clock.value?.closes ?? 86400)}
          value={until}
          onInput={(e) => setUntil(e.currentTarget.value)}
        />
      </label>
      <label>
        {t('whatif.paths')}
        <input
          type="text"
          inputMode="numeric"
          size={5}
          value={paths}
          onInput={(e) => setPaths(e.currentTarget.value)}
        />
      </label>
      <button
        type="submit"
        class="primary"
        disabled={!commands.length}
        aria-disabled={running}
        data-part="run-futures"
      >
        <Icon name="fork" /> {t('whatif.run')}
      </button>
      <button
        type="button"
        disabled={!commands.length}
        title={t('whatif.keep.title')}
        data-part="keep"
        onClick={keepAlternative}
      >
        {t('whatif.keep')}
      </button>
      {!follows.value && (
        <button type="button" disabled={!commands.length} onClick={() => void sendAll(commands)}>
          {t('whatif.apply')}
        </button>
      )}
    </form>
  );
}

interface SideProps {
  side: 'without' | 'with';
  bands: Bands;
  metric: SeriesKey;
  scale: [number, number];
  goal: number | null;
}

function Side({ side, bands, metric, scale, goal }: SideProps) {
  const made = bands.made_at;
  const { columns } = useMemo(
    () =>
      chartData({
        metric,
        now: made,
        current: null,
        intervalStart: made,
        history: null,
        samples: [],
        without: side === 'without' ? bands : null,
        with: side === 'with' ? bands : null,
      }),
    [metric, bands, side],
  );
  const l = lang.value;
  const text = (v: number) => seriesText(metric, v, l);
  const title = t(`whatif.side.${side}`);
  return (
    <figure class={`side side-${side}`} data-side={side}>
      <figcaption>
        <i class={`line line-${side}`} /> {title}
      </figcaption>
      <FanChart
        columns={columns}
        now={made}
        goal={goal}
        from={made}
        to={Math.max(made + 60, bands.until)}
        scale={scale}
        height={190}
        label={`${title}: ${t('time.label', { metric: word('metric', metric) })}`}
        look={systemLook()}
        show={{ past: false, without: side === 'without', with: side === 'with' }}
        value={text}
        time={hhmm}
        readout={(i) => ({ time: hhmm(columns[0][i] ?? 0), rows: rowsAt(columns, i, text) })}
      />
    </figure>
  );
}

// The scale of both sides together, so that heights can be compared.
function commonScale(metric: SeriesKey, a: Bands, b: Bands, goal: number | null): [number, number] {
  const values = [a, b].flatMap((bands) => {
    const fan = bands.series?.[metric];
    return fan ? [...fan.p10, ...fan.p50, ...fan.p90] : [];
  });
  return range(metric, [[], values], goal);
}

function Result() {
  const [metric, setMetric] = useState<SeriesKey>('service_level');
  const found = whatIf.value;
  if (!found) return null;
  if (found.state === 'running') {
    const p = percent(found.progress ?? 0, lang.value, 0);
    return (
      <p class="quiet" role="status">
        {t('whatif.running', { p })}
      </p>
    );
  }
  if (!found.bands || !found.without) {
    const why = (found.errors ?? []).map(faultText).join(' · ');
    return <p class="fault">{why || t('whatif.failed')}</p>;
  }
  const goal = targetOf(targets.value, metric)?.goal ?? null;
  const scale = commonScale(metric, found.without, found.bands, goal);
  const choices = kSeries.map((value) => ({ value, label: word('metric', value) }));
  return (
    <section class="result" data-part="what-if-result" aria-label={t('whatif.differences')}>
      <p class="result-of">{found.with.map(sentence).join(' · ')}</p>
      <p class="dim" data-part="what-if-made">
        {madeText(found.bands, lang.value)}
      </p>
      <Segments label={t('time.metric')} choices={choices} value={metric} onChange={setMetric} />
      <div class="sides">
        <Side side="without" bands={found.without} metric={metric} scale={scale} goal={goal} />
        <Side side="with" bands={found.bands} metric={metric} scale={scale} goal={goal} />
      </div>
      <h3>{t('whatif.differences')}</h3>
      <DayFigures without={found.without.day ?? {}} withIt={found.bands.day ?? {}} />
      <Differences rows={found.differences ?? []} />
    </section>
  );
}

export function Drawer() {
  const place = useRef<HTMLElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current = document.activeElement;
    place.current?.focus();
    return () => (opener.current as HTMLElement | null)?.focus?.();
  }, []);
  const close = () => (whatIfOpen.value = false);
  return (
    <section
      ref={place}
      class="drawer"
      role="dialog"
      aria-labelledby="drawer-title"
      tabIndex={-1}
      data-part="drawer"
    >
      <header class="drawer-head">
        <h2 id="drawer-title">{t('whatif.title')}</h2>
        <button type="button" aria-label={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="drawer-body">
        <p class="quiet">{t('whatif.text')}</p>
        <section class="change" aria-labelledby="change-title">
          <h3 id="change-title">{t('whatif.alternative')}</h3>
          <Chosen />
          <RunForm />
        </section>
        <Result />
        <details open={!alternative.value.length}>
          <summary>{t('act.add')}</summary>
          <CommandForm onTry={addCommand} tryLabel={t('act.add')} />
        </details>
        <AdvicePart />
      </div>
    </section>
  );
}
