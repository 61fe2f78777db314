// Small parts that every view uses.

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './icon';

interface CardProps {
  title: string;
  name?: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

// A part of the page with a heading; `name` is its class, and what tests find it by.
export function Card({ title, name, aside, children }: CardProps) {
  const id = useId();
  return (
    <section class={`card ${name ?? ''}`} aria-labelledby={id} data-part={name}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

export type Status = 'met' | 'missed' | 'open';

// By shape and word, not by colour alone.
export function Mark({ status, bare = false }: { status: Status; bare?: boolean }) {
  const icon = status === 'met' ? 'check' : status === 'missed' ? 'cross' : 'dots';
  return (
    <span class={`mark mark-${status}`}>
      <Icon name={icon} />
      <span class={bare ? 'unseen' : ''}>{t(`board.${status}`)}</span>
    </span>
  );
}

// A table that scrolls sideways by itself, and can be reached to scroll it.
export function Scroller({ label, children }: { label: string; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const look = () => setMore(box.scrollLeft + box.clientWidth < box.scrollWidth - 2);
    const watch = new ResizeObserver(look);
    watch.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      watch.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div class={`scrolls ${more ? 'scrolls-more' : ''}`}>
      <div ref={place} class="scroller" role="region" aria-label={label} tabIndex={0}>
        {children}
      </div>
      {more && <p class="scroll-hint">{t('table.more')}</p>}
    </div>
  );
}

// 0..1 as a bar; what it says stands beside it in words.
export function Bar({ share, tone = '' }: { share: number; tone?: string }) {
  const width = `${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`;
  return (
    <span class={`bar ${tone}`} aria-hidden="true">
      <span style={{ width }} />
    </span>
  );
}

interface Choice<T extends string> {
  value: T;
  label: string;
}
interface SegmentsProps<T extends string> {
  label: string;
  choices: Choice<T>[];
  value: T;
  onChange: (value: T) => void;
}

// One of a few, as radio buttons that look like a strip.
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class="unseen">{props.label}</legend>
      {props.choices.map(({ value, label }) => (
        <label key={value} class={value === props.value ? 'on' : ''}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
