// What happened, newest first; a command can be gone back to.

import { useEffect, useRef, useState } from 'preact/hooks';
import { both, t, word } from '../i18n';
import { clockSeconds } from '../format';
import { undo } from '../state/actions';
import { log } from '../state/store';
import type { LogEntry } from '../protocol/types';
import { Icon } from '../ui/icon';
import { Card } from '../ui/parts';

// The number that undo wants: of the command, where the server says it, else of the entry.
export function commandSeq(entry: LogEntry): number {
  return typeof entry.command === 'number' ? entry.command : entry.seq;
}

function Entry({ entry }: { entry: LogEntry }) {
  const [asked, setAsked] = useState(false);
  const yes = useRef<HTMLButtonElement>(null);
  const arrow = useRef<HTMLButtonElement>(null);
  const before = useRef(false);
  // What had the focus goes away with each step, and the focus must not go with it.
  useEffect(() => {
    if (asked) yes.current?.focus();
    else if (before.current) arrow.current?.focus();
    before.current = asked;
  }, [asked]);
  const seq = commandSeq(entry);
  const undone = entry.undone === true;
  return (
    <li class={`entry entry-${entry.kind} ${undone ? 'entry-undone' : ''}`} data-kind={entry.kind}>
      <time>{clockSeconds(entry.at)}</time>
      <span class="entry-text">
        <span class={`kind kind-${entry.kind}`}>{word('kind', entry.kind)}</span>{' '}
        {both(entry.text, entry.text_zh)}
        {undone && <span class="dim"> ({t('log.undone')})</span>}
        {entry.note && <span class="dim entry-note">{entry.note}</span>}
        {asked && !undone && (
          <span class="ask" role="group" aria-label={t('log.undo')}>
            {t('log.confirm', { time: clockSeconds(entry.at) })}
            <button
              type="button"
              class="primary"
              ref={yes}
              onClick={(event) => {
                event.currentTarget.closest<HTMLElement>('.log')?.focus();
                before.current = false;
                setAsked(false);
                void undo(seq);
              }}
            >
              {t('log.confirm.yes')}
            </button>
            <button type="button" onClick={() => setAsked(false)}>
              {t('log.confirm.no')}
            </button>
          </span>
        )}
      </span>
      {typeof entry.command === 'number' && !undone && !asked && (
        <button
          type="button"
          class="tiny"
          ref={arrow}
          title={t('log.undo.title', { seq })}
          aria-label={`${t('log.undo')}: ${both(entry.text, entry.text_zh)}`}
          onClick={() => setAsked(true)}
        >
          <Icon name="undo" />
        </button>
      )}
    </li>
  );
}

export function LogCard() {
  const entries = [...log.value].reverse();
  return (
    <Card title={t('log.title')} name="log">
      {entries.length === 0 && <p class="quiet">{t('log.empty')}</p>}
      <div class="log" role="region" aria-label={t('log.title')} tabIndex={0}>
        <ol>
          {entries.map((entry) => (
            <Entry key={`${entry.kind} ${entry.seq}`} entry={entry} />
          ))}
        </ol>
      </div>
    </Card>
  );
}
