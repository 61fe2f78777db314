// What happened, newest first; a command can be gone back to.

import { useState } from 'preact/hooks';
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
  const seq = commandSeq(entry);
  return (
    <li class={`entry entry-${entry.kind}`} data-kind={entry.kind}>
      <time>{clockSeconds(entry.at)}</time>
      <span class="entry-text">
        <span class={`kind kind-${entry.kind}`}>{word('kind', entry.kind)}</span>{' '}
        {both(entry.text, entry.text_zh)}
        {asked && (
          <span class="ask" role="group" aria-label={t('log.undo')}>
            {t('log.confirm', { time: clockSeconds(entry.at) })}
            <button
              type="button"
              class="primary"
              onClick={() => {
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
      {entry.kind === 'command' && !asked && (
        <button
          type="button"
          class="tiny"
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
