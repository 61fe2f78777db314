// Beside every view: commands, what is in force, and the log.

import { both, t } from '../i18n';
import { clock as hhmm } from '../format';
import { LogCard } from '../log/log';
import { send } from '../state/actions';
import { active, follows } from '../state/store';
import { Card } from '../ui/parts';
import { tryCommand } from '../whatif/alternative';
import { CommandForm } from './command-form';
import { sentence } from './sentence';

function InForce() {
  const rows = active.value;
  return (
    <Card title={t('act.active')} name="active">
      {rows.length === 0 && <p class="quiet">{t('act.active.none')}</p>}
      <ul class="active">
        {rows.map((row) => (
          <li key={`${row.kind} ${row.seq} ${row.text} ${row.since}`}>
            <span>
              {both(row.text, row.text_zh) || (row.command ? sentence(row.command) : '')}
              <span class="sub">
                {t('act.since', { time: hhmm(row.since) })}
                {row.until != null && ` · ${t('act.until', { time: hhmm(row.until) })}`}
              </span>
            </span>
            {row.seq != null && (
              <button type="button" onClick={() => void send({ do: 'end', command: row.seq! })}>
                {t('act.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Rail() {
  return (
    <div class="rail">
      <Card title={t('act.title')} name="commands">
        {follows.value && <p class="quiet">{t('twin.ask')}</p>}
        <CommandForm
          onDo={follows.value ? undefined : send}
          onTry={tryCommand}
          tryLabel={t('act.try')}
        />
      </Card>
      <InForce />
      <LogCard />
    </div>
  );
}
