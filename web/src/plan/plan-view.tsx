// The plan: what each interval needs, who is there, where there are too many or too few, and
// shifts.

import { useMemo, useState } from 'preact/hooks';
import { both, t } from '../i18n';
import { clock as hhmm, number } from '../format';
import { lang, plan } from '../state/store';
import { systemLook } from '../timeline/timeline';
import type { Plan } from '../protocol/types';
import { Card, Scroller, Segments } from '../ui/parts';
import { coverOf, overText, starts, type CoverRow } from './cover';
import { Gantt, ShiftTable } from './gantt';
import { Heatmap } from './heatmap';
import { Steps, StepsLegend } from './requirement';

function CoverTable({ row, times }: { row: CoverRow; times: number[] }) {
  const l = lang.value;
  return (
    <Scroller label={t('plan.requirement')}>
      <table class="tall">
        <thead>
          <tr>
            <th scope="col">{t('time.time')}</th>
            <th scope="col" class="n">
              {t('plan.required')}
            </th>
            <th scope="col" class="n">
              {t('plan.staffed')}
            </th>
            <th scope="col" class="n">
              {t('plan.heatmap')}
            </th>
          </tr>
        </thead>
        <tbody>
          {times.map((at, i) => (
            <tr key={at}>
              <th scope="row">{hhmm(at)}</th>
              <td class="n">{number(row.required[i], l, 1)}</td>
              <td class="n">{number(row.staffed[i], l)}</td>
              <td class="n">{row.over[i] == null ? '' : overText(row.over[i]!)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function Toggle({ on, flip }: { on: boolean; flip: () => void }) {
  return (
    <button type="button" class="link" onClick={flip}>
      {on ? t('time.chart') : t('time.table')}
    </button>
  );
}

function Requirement({ of }: { of: Plan }) {
  const rows = useMemo(() => coverOf(of), [of]);
  const times = useMemo(() => starts(of), [of]);
  const [group, setGroup] = useState('');
  const [asTable, setAsTable] = useState(false);
  const row = rows.find((r) => r.group === group) ?? rows[0];
  return (
    <Card
      title={t('plan.requirement')}
      name="requirement"
      aside={<Toggle on={asTable} flip={() => setAsTable(!asTable)} />}
    >
      {!row && <p class="quiet">{t('plan.none')}</p>}
      {row && (
        <>
          <Segments
            label={t('plan.group')}
            choices={rows.map((r) => ({ value: r.group, label: r.group }))}
            value={row.group}
            onChange={setGroup}
          />
          {asTable ? (
            <CoverTable row={row} times={times} />
          ) : (
            <Steps
              times={times}
              step={of.interval_s}
              required={row.required}
              staffed={row.staffed}
              look={systemLook()}
              label={`${t('plan.requirement')}: ${row.group}`}
            />
          )}
          <div class="card-foot">
            <StepsLegend />
          </div>
        </>
      )}
    </Card>
  );
}

function Shifts({ of }: { of: Plan }) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Card
      title={t('plan.shifts')}
      name="shifts"
      aside={of.shifts?.length ? <Toggle on={asTable} flip={() => setAsTable(!asTable)} /> : null}
    >
      {asTable ? (
        <Scroller label={t('plan.shifts')}>
          <ShiftTable plan={of} />
        </Scroller>
      ) : (
        <Gantt plan={of} look={systemLook()} />
      )}
    </Card>
  );
}

function Definitions({ of }: { of: Plan }) {
  return (
    <Card title={t('plan.kpis')} name="definitions">
      <Scroller label={t('plan.kpis')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('time.metric')}</th>
              <th scope="col">{t('plan.formula')}</th>
            </tr>
          </thead>
          <tbody>
            {of.kpis.map((kpi) => (
              <tr key={kpi.key}>
                <th scope="row">{both(kpi.name, kpi.name_zh)}</th>
                <td class="formula">{both(kpi.formula, kpi.formula_zh)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </Card>
  );
}

export default function PlanView() {
  const of = plan.value;
  if (!of) return <p class="quiet">{t('plan.wait')}</p>;
  return (
    <div class="plan">
      <Requirement of={of} />
      <Card title={t('plan.heatmap')} name="heatmap">
        <p class="quiet">{t('plan.heatmap.text')}</p>
        <Heatmap plan={of} look={systemLook()} />
      </Card>
      <Shifts of={of} />
      <Definitions of={of} />
    </div>
  );
}
