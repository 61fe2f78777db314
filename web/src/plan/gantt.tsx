// Shifts as bars with their breaks left open; how many people work each stands at its side.

import { useMemo } from 'preact/hooks';
import { t } from '../i18n';
import { clock as hhmm } from '../format';
import { lang } from '../state/store';
import type { Plan, Shift } from '../protocol/types';
import { colour, Figure, textLook, tipOf, tooltipLook } from './figure';
import type { EChartsCoreOption } from './echarts';

interface Api {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
  size(point: [number, number]): [number, number];
}

const kPalette = ['--shift-1', '--shift-2', '--shift-3', '--shift-4'];

const nameOf = (shift: Shift): string => `${shift.name} × ${shift.agents}`;

function barsOf(shift: Shift, row: number, api: Api, fill: string) {
  const height = Math.max(6, Math.min(18, api.size([0, 1])[1] * 0.62));
  const box = (from: number, to: number, style: Record<string, unknown>, inset = 0) => {
    const [x, y] = api.coord([from, row]);
    const [end] = api.coord([to, row]);
    return {
      type: 'rect',
      shape: {
        x,
        y: y - height / 2 + inset,
        width: Math.max(1, end - x),
        height: height - 2 * inset,
        r: inset ? 0 : 3,
      },
      style,
    };
  };
  const pause = { fill: colour('--panel'), stroke: fill, lineWidth: 1 };
  return {
    type: 'group',
    children: [
      box(shift.start, shift.end, { fill }),
      ...(shift.breaks ?? []).map(([from, to]) => box(from, to, pause, 2)),
    ],
  };
}

function optionOf(plan: Plan, shifts: Shift[]): EChartsCoreOption {
  const groups = [...new Set(shifts.map((shift) => shift.group))];
  const fills = kPalette.map(colour);
  const from = Math.min(plan.opens, ...shifts.map((s) => s.start));
  const to = Math.max(plan.closes, ...shifts.map((s) => s.end));
  return {
    animation: false,
    grid: { left: 4, right: 16, top: 6, bottom: 4, containLabel: true },
    tooltip: {
      ...tooltipLook(),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const shift = shifts[dataIndex]!;
        const breaks = (shift.breaks ?? []).map(
          ([a, b]) => `${t('plan.break')} ${hhmm(a)}–${hhmm(b)}`,
        );
        return tipOf(`${shift.name} ${hhmm(shift.start)}–${hhmm(shift.end)}`, [
          `${shift.group}: ${t('plan.agents', { n: shift.agents })}`,
          ...breaks,
        ]);
      },
    },
    xAxis: {
      type: 'value',
      min: Math.floor(from / 3600) * 3600,
      max: Math.ceil(to / 3600) * 3600,
      interval: 7200,
      axisLabel: { ...textLook(), formatter: (v: number) => hhmm(v), hideOverlap: true },
      splitLine: { lineStyle: { color: colour('--grid') } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: shifts.map(nameOf),
      axisLabel: textLook(),
      axisTick: { show: false },
      axisLine: { show: false },
    },
    series: [
      {
        type: 'custom',
        encode: { x: [0, 1], y: 2 },
        data: shifts.map((shift, row) => [shift.start, shift.end, row]),
        renderItem: (params: { dataIndex: number }, api: Api) => {
          const shift = shifts[params.dataIndex]!;
          const fill = fills[groups.indexOf(shift.group) % fills.length]!;
          return barsOf(shift, params.dataIndex, api, fill);
        },
      },
    ],
  };
}

export function Gantt({ plan, look }: { plan: Plan; look: string }) {
  const shifts = useMemo(
    () =>
      [...(plan.shifts ?? [])].sort(
        (a, b) => a.group.localeCompare(b.group) || a.start - b.start || a.end - b.end,
      ),
    [plan],
  );
  const option = useMemo(() => optionOf(plan, shifts), [plan, shifts, look, lang.value]);
  if (!shifts.length) return <p class="quiet">{t('plan.shifts.none')}</p>;
  const height = 40 + 24 * Math.min(60, shifts.length);
  return <Figure option={option} height={height} label={t('plan.shifts')} />;
}

export function ShiftTable({ plan }: { plan: Plan }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('plan.shifts')}</th>
          <th scope="col">{t('plan.group')}</th>
          <th scope="col" class="n">
            {t('field.agents')}
          </th>
          <th scope="col">{t('time.time')}</th>
          <th scope="col">{t('plan.break')}</th>
        </tr>
      </thead>
      <tbody>
        {plan.shifts.map((shift, i) => (
          <tr key={i}>
            <th scope="row">{shift.name}</th>
            <td>{shift.group}</td>
            <td class="n">{shift.agents}</td>
            <td>
              {hhmm(shift.start)}–{hhmm(shift.end)}
            </td>
            <td>{shift.breaks.map(([a, b]) => `${hhmm(a)}–${hhmm(b)}`).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
