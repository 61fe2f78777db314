// A group's agents as marks: one path a state, however many agents there are.

import { useMemo, useRef } from 'preact/hooks';
import { assignSeats, ordered, perMark, scaled, shape } from './seats';

// Marks shrink where there are many.
const pitchOf = (marks: number): number => (marks <= 80 ? 22 : marks <= 200 ? 18 : 14);
const radiusOf = (pitch: number): number => pitch * 0.33;

interface MarksProps {
  counts: Record<string, number>;
  width: number;
  most?: number;
  label: string;
}

export function Marks({ counts, width, most = 240, label }: MarksProps) {
  const before = useRef<string[]>([]);
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const per = perMark(total, most);
  const pitch = pitchOf(total / per);
  const columns = Math.max(8, Math.floor(width / pitch));
  const paths = useMemo(() => {
    const seats = assignSeats(before.current, scaled(counts, per));
    before.current = seats;
    const byState = new Map<string, string>();
    seats.forEach((state, i) => {
      const x = (i % columns) * pitch + pitch / 2;
      const y = Math.floor(i / columns) * pitch + pitch / 2;
      byState.set(state, (byState.get(state) ?? '') + shape(state, x, y, radiusOf(pitch)));
    });
    return { byState: [...byState], rows: Math.max(1, Math.ceil(seats.length / columns)) };
  }, [counts, columns, per, pitch]);
  return (
    <svg
      class="marks"
      role="img"
      aria-label={label}
      width={columns * pitch}
      height={paths.rows * pitch}
      viewBox={`0 0 ${columns * pitch} ${paths.rows * pitch}`}
    >
      {paths.byState.map(([state, d]) => (
        <path key={state} class={`s-${state}`} d={d} />
      ))}
    </svg>
  );
}

export function Key({ state }: { state: string }) {
  return (
    <svg class="key" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <path class={`s-${state}`} d={shape(state, 7, 7, 4.6)} />
    </svg>
  );
}

// "42 talk, 3 available": what the picture says.
export function statesText(
  counts: Record<string, number>,
  name: (state: string) => string,
): string {
  return ordered(counts)
    .map(([state, n]) => `${n} ${name(state)}`)
    .join(', ');
}
