import { t } from '../i18n';
import { dismiss, notices } from '../state/store';
import { Icon } from './icon';

export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map(({ id, text, bad }) => (
        <p key={id} class={bad ? 'notice notice-bad' : 'notice'}>
          <Icon name={bad ? 'cross' : 'check'} />
          <span>{text}</span>
          <button
            type="button"
            class="tiny"
            aria-label={t('notice.dismiss')}
            onClick={() => dismiss(id)}
          >
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  );
}
