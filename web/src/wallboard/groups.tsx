// Groups: their agents by state as a bar with the numbers, and two buttons for one more or one
// fewer.

import { t, word } from '../i18n';
import { number, percent } from '../format';
import { Key, statesText } from '../floor/marks';
import { ordered } from '../floor/seats';
import { follows, groups, lang } from '../state/store';
import { send } from '../state/actions';
import { tryCommand } from '../whatif/alternative';
import type { Group } from '../protocol/types';
import { Icon } from '../ui/icon';
import { Card, Scroller } from '../ui/parts';
import { Term } from '../ui/term';

export const onDuty = (group: Group): Record<string, number> => {
  const { off: _, ...rest } = group.agents;
  return rest;
};

function StateBar({ group }: { group: Group }) {
  const counts = onDuty(group);
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return (
    <span class="statebar" role="img" aria-label={statesText(counts, (s) => word('state', s))}>
      {ordered(counts).map(([state, n]) => (
        <span key={state} class={`b-${state}`} style={{ flexGrow: String(n / Math.max(1, total)) }}>
          {n / total > 0.08 ? n : ''}
        </span>
      ))}
    </span>
  );
}

function Row({ name, group }: { name: string; group: Group }) {
  const l = lang.value;
  const by = (n: number): void => {
    const command = { do: 'agents', group: name, by: n } as const;
    if (follows.value) tryCommand(command);
    else void send(command);
  };
  const lent = group.lent_in > 0 || group.lent_out > 0;
  return (
    <tr>
      <th scope="row">
        {name}
        {lent && (
          <span class="sub">{t('board.lent', { in: group.lent_in, out: group.lent_out })}</span>
        )}
      </th>
      <td class="wide">
        <StateBar group={group} />
      </td>
      <td class="n big">{number(group.agents.available ?? 0, l)}</td>
      <td class="n">{number(group.staffed, l)}</td>
      <td class="n dim">{number(group.spare, l)}</td>
      <td class="n">{percent(group.occupancy, l)}</td>
      <td class="pair">
        <button
          type="button"
          class="tiny"
          aria-label={t('board.fewer', { group: name })}
          onClick={() => by(-1)}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          class="tiny"
          aria-label={t('board.more', { group: name })}
          onClick={() => by(1)}
        >
          <Icon name="plus" />
        </button>
      </td>
    </tr>
  );
}

export function Legend() {
  const seen = new Set<string>();
  for (const group of Object.values(groups.value)) {
    for (const [state, n] of Object.entries(onDuty(group))) if (n > 0) seen.add(state);
  }
  const states = ordered(Object.fromEntries([...seen].map((s) => [s, 1])));
  return (
    <ul class="legend">
      {states.map(([state]) => (
        <li key={state}>
          <Key state={state} /> {word('state', state)}
        </li>
      ))}
    </ul>
  );
}

export function Groups() {
  return (
    <Card title={t('board.groups')} name="groups" aside={<Legend />}>
      <Scroller label={t('board.groups')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('board.group')}</th>
              <th scope="col">{t('board.agents')}</th>
              <th scope="col" class="n">
                {t('state.available')}
              </th>
              <th scope="col" class="n">
                {t('board.staffed')}
              </th>
              <th scope="col" class="n">
                {t('board.spare')}
              </th>
              <th scope="col" class="n">
                <Term metric="occupancy" />
              </th>
              <th scope="col">
                <span class="unseen">{t('do.agents')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(groups.value).map(([name, group]) => (
              <Row key={name} name={name} group={group} />
            ))}
          </tbody>
        </table>
      </Scroller>
    </Card>
  );
}
