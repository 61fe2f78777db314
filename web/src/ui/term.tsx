// A word whose definition shows on hover and on focus, and stays while the pointer is on it. Escape
// puts it away.

import { useId, useRef, useState } from 'preact/hooks';
import { both, t, word, type Key } from '../i18n';
import { en } from '../i18n/en';
import { lang, plan } from '../state/store';

export interface Definition {
  name: string;
  formula: string;
  key: string;
}

export function definitionOf(metric: string): Definition | null {
  const key = metric.replace(/_s$/, '');
  const kpi = plan.value?.kpis?.find((k) => k.key === key || k.key === metric);
  if (kpi) {
    const formula = both(kpi.formula, kpi.formula_zh);
    return { name: both(kpi.name, kpi.name_zh), formula, key: kpi.key };
  }
  const own = `define.${metric}`;
  if (own in en) return { name: word('metric', metric), formula: t(own as Key), key: metric };
  return null;
}

export function Term({ metric, label }: { metric: string; label?: string }) {
  const id = useId();
  const place = useRef<HTMLSpanElement>(null);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const text = label ?? word('metric', metric);
  const definition = definitionOf(metric);
  if (!definition) return <span class="term-plain">{text}</span>;
  const show = () => {
    const box = place.current?.getBoundingClientRect();
    if (box) setAt({ x: Math.min(box.left, innerWidth - 316), y: box.bottom + 6 });
  };
  const hide = () => setAt(null);
  return (
    <span class="term-place" onMouseEnter={show} onMouseLeave={hide}>
      <span
        ref={place}
        class="term"
        tabIndex={0}
        role="note"
        lang={lang.value === 'zh' ? 'zh-CN' : 'en'}
        aria-describedby={at ? id : undefined}
        onFocus={show}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !at) return;
          event.preventDefault();
          hide();
        }}
      >
        {text}
      </span>
      {at && (
        <span
          id={id}
          role="tooltip"
          class="tip"
          style={{ left: `${Math.max(8, at.x)}px`, top: `${at.y}px` }}
        >
          <strong>{definition.name}</strong>
          <span class="tip-formula">{definition.formula}</span>
        </span>
      )}
    </span>
  );
}
