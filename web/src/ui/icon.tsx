// Icons as strokes on a 16 x 16 field; always beside or instead of words that say the same.
const kPaths = {
  pause: 'M5 3v10M11 3v10',
  run: 'M4.5 2.8v10.4l8-5.2z',
  step: 'M4 3v10l6-5zM12.5 3v10',
  faster: 'M2.5 3.5v9l5-4.5zM8.5 3.5v9l5-4.5z',
  slower: 'M13.5 3.5v9l-5-4.5zM7.5 3.5v9l-5-4.5z',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.3 3.3L13 4.8',
  cross: 'M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  undo: 'M3 6.5h6.5a3.5 3.5 0 010 7H7M3 6.5l3-3M3 6.5l3 3',
  fork: 'M3 13c0-5 4-5 10-9M3 13c3-2 6-2 10 0',
  help: 'M6 6.2a2 2 0 114 0c0 1.4-2 1.6-2 3.2M8 12.3v.01',
  theme: 'M8 2.5v11M8 2.5a5.5 5.5 0 010 11 5.5 5.5 0 010-11z',
  arrow: 'M3 8h9M9 4.5L12.5 8 9 11.5',
} as const;

export type IconName = keyof typeof kPaths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={kPaths[name]} />
    </svg>
  );
}
