// Agents as seats. The state says how many of a group are in each state, not who: a seat keeps
// its state as long as the numbers allow, so that the picture changes only where somebody did
// something.

export const kStates = [
  'talk',
  'chat',
  'hold',
  'desk',
  'wrap',
  'dialling',
  'dial',
  'ringing',
  'available',
  'aux',
  'off',
] as const;

// In the order of the picture; states of a newer server come last.
export function ordered(counts: Record<string, number>): [string, number][] {
  const rank = (name: string) => {
    const at = (kStates as readonly string[]).indexOf(name);
    return at < 0 ? kStates.length : at;
  };
  return Object.entries(counts)
    .filter(([, n]) => n > 0)
    .sort(([a], [b]) => rank(a) - rank(b));
}

export function assignSeats(before: string[], counts: Record<string, number>): string[] {
  const left = new Map(Object.entries(counts).filter(([, n]) => n > 0));
  let total = 0;
  for (const n of left.values()) total += n;
  const seats = before.slice(0, total);
  const free: number[] = [];
  seats.forEach((state, i) => {
    const n = left.get(state) ?? 0;
    if (n > 0) left.set(state, n - 1);
    else free.push(i);
  });
  for (let i = seats.length; i < total; ++i) free.push(i);
  const coming: string[] = [];
  for (const [state] of ordered(Object.fromEntries(left))) {
    for (let k = left.get(state) ?? 0; k > 0; --k) coming.push(state);
  }
  free.forEach((i, k) => (seats[i] = coming[k]!));
  return seats;
}

// As many agents a mark as keeps a group below `most` marks.
export function perMark(agents: number, most: number): number {
  if (agents <= most) return 1;
  return [2, 5, 10, 20, 50, 100].find((k) => agents / k <= most) ?? Math.ceil(agents / most);
}

// Largest remainders: the marks add up to the agents by `per`, rounded up.
export function scaled(counts: Record<string, number>, per: number): Record<string, number> {
  if (per === 1) return counts;
  const rows = Object.entries(counts).filter(([, n]) => n > 0);
  const total = Math.ceil(rows.reduce((sum, [, n]) => sum + n, 0) / per);
  const marks = rows.map(([name, n]) => ({ name, n: Math.floor(n / per), rest: (n / per) % 1 }));
  let missing = total - marks.reduce((sum, m) => sum + m.n, 0);
  for (const mark of [...marks].sort((a, b) => b.rest - a.rest)) {
    if (missing-- > 0) mark.n += 1;
  }
  return Object.fromEntries(marks.map((m) => [m.name, m.n]));
}

// The mark of a state about (x, y), of radius r: a shape of its own, so that colour is not needed.
export function shape(state: string, x: number, y: number, r: number): string {
  const box = (h: number) => `M${x - h} ${y - h}h${2 * h}v${2 * h}h${-2 * h}z`;
  switch (state) {
    case 'talk':
      return box(r);
    case 'hold':
      return (
        `M${x - r} ${y - r}h${r * 0.8}v${2 * r}h${-r * 0.8}zM${x + r * 0.2} ${y - r}` +
        `h${r * 0.8}v${2 * r}h${-r * 0.8}z`
      );
    case 'chat':
      return (
        `M${x - r} ${y - r}h${2 * r}v${1.4 * r}h${-r}l${-0.7 * r} ${0.6 * r}v${-0.6 * r}` +
        `h${-0.3 * r}z`
      );
    case 'desk':
      return (
        `M${x - r} ${y - r}h${2 * r}v${0.6 * r}h${-2 * r}zM${x - r} ${y}h${2 * r}v${r}` +
        `h${-2 * r}z`
      );
    case 'wrap':
      return `M${x - r} ${y + r}v${-2 * r}l${2 * r} ${2 * r}z`;
    case 'dialling':
    case 'dial':
      return (
        `M${x} ${y - r * 1.15}l${r * 1.15} ${r * 1.15}l${-r * 1.15} ${r * 1.15}` +
        `l${-r * 1.15} ${-r * 1.15}z`
      );
    case 'ringing':
      return `M${x} ${y - r}l${r} ${2 * r}h${-2 * r}z`;
    case 'available': {
      const inner = r * 0.55;
      return (
        `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z` +
        `M${x - inner} ${y}a${inner} ${inner} 0 1 1 ${2 * inner} 0` +
        `a${inner} ${inner} 0 1 1 ${-2 * inner} 0z`
      );
    }
    case 'aux':
      return `M${x - r} ${y - r * 0.3}h${2 * r}v${r * 0.6}h${-2 * r}z`;
    default:
      return box(r * 0.3);
  }
}
