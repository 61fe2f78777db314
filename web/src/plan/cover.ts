// Requirement against staff, by interval: what the heatmap shows and the table says.

import type { Plan, Rate } from '../protocol/types';

export interface CoverRow {
  group: string;
  required: Rate[];
  staffed: number[];
  over: Rate[]; // on duty less required
}

export function coverOf(plan: Plan): CoverRow[] {
  return plan.groups
    .map(({ name }) => {
      const required = (plan.requirement?.[name] ?? []) as Rate[];
      const staffed = plan.staffed?.[name] ?? [];
      const over = staffed.map((n, i) => {
        const need = required[i];
        return need == null ? null : n - need;
      });
      return { group: name, required, staffed, over };
    })
    .filter((row) => row.staffed.length > 0);
}

export function starts(plan: Plan): number[] {
  if (plan.requirement?.start_s?.length) return plan.requirement.start_s;
  const n = Math.max(0, ...Object.values(plan.staffed ?? {}).map((row) => row.length));
  return Array.from({ length: n }, (_, i) => plan.opens + i * plan.interval_s);
}

// Short: 0, +3, −2; a tenth where it is below one.
export function overText(over: number): string {
  const rounded = Math.abs(over) < 1 ? Math.round(over * 10) / 10 : Math.round(over);
  if (rounded === 0) return '0';
  return rounded > 0 ? `+${rounded}` : `−${-rounded}`;
}
