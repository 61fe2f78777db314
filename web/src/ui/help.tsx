import { useEffect, useRef } from 'preact/hooks';
import { t, type Key } from '../i18n';
import { helpOpen } from '../state/store';

const kKeys: [string[], Key][] = [
  [['Space'], 'help.pause'],
  [['+', '−'], 'help.speed'],
  [['.'], 'help.step'],
  [['1', '2', '3'], 'help.views'],
  [['w'], 'help.whatif'],
  [['?'], 'help.help'],
  [['Esc'], 'help.close'],
];

export function Help() {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => place.current?.showModal(), []);
  const close = () => (helpOpen.value = false);
  return (
    <dialog ref={place} class="help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">{t('help.title')}</h2>
      <dl>
        {kKeys.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{t('help.text')}</p>
      <button type="button" class="primary" onClick={close}>
        {t('close')}
      </button>
    </dialog>
  );
}
