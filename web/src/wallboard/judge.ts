// Which way an indicator is better, and how a value stands against its target.

import { isShare, metric as text, number, wait, type Lang } from '../format';
import type { Rate, Target } from '../protocol/types';
import type { Status } from '../ui/parts';

const kLessIsBetter = [
  'loss_rate',
  'abandon_rate',
  'abandoned',
  'blocked',
  'asa',
  'asa_s',
  'waiting',
  'mean_wait',
  'longest_wait',
  'longest',
  'cost',
  'network_loss_rate',
  'backlog',
  'gave_up',
];
const kNeither = [
  'occupancy',
  'offered',
  'attempts',
  'aht',
  'aht_s',
  'answered',
  'trunk_occupancy',
];

// +1: more is better, -1: less is better, 0: neither by itself.
export function direction(metric: string): 1 | -1 | 0 {
  if (kNeither.includes(metric)) return 0;
  return kLessIsBetter.includes(metric) ? -1 : 1;
}

export function judge(metric: string, value: Rate | undefined, goal: number): Status {
  if (value == null) return 'open';
  const better = direction(metric) < 0 ? value <= goal : value >= goal;
  return better ? 'met' : 'missed';
}

export const isWhole = (scope: string | null | undefined): boolean => !scope || scope === 'total';

export function targetOf(targets: Target[], metric: string): Target | undefined {
  return targets.find((t) => t.metric === metric && isWhole(t.scope));
}

// The target that a tile of the whole centre shows: its own, else of queues or lines the one that
// is missed, else the first.
export function tileTarget(targets: Target[], metric: string): Target | undefined {
  const all = targets.filter((t) => t.metric === metric);
  return targetOf(all, metric) ?? all.find((t) => t.met === false) ?? all[0];
}

export function goalText(metric: string, goal: number, lang: Lang): string {
  const sign = direction(metric) < 0 ? '≤' : '≥';
  if (isShare(metric)) return `${sign} ${number(100 * goal, lang, (goal * 100) % 1 ? 1 : 0)}%`;
  return `${sign} ${metric.startsWith('asa') ? wait(goal) : text(metric, goal, lang)}`;
}
