import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A sheet over the page; Escape, the button and a press beside it close it. */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const { t } = useTranslation('shared');
  const dialog = useRef<HTMLDialogElement>(null);
  // Before anything is focused: while a sheet is open, nothing beside it can be.
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={({ target }) => target === dialog.current && close()}
    >
      <div className="stack">
        <div className="row spread sheet-head">
          <h2>{title}</h2>
          <button className="button quiet small" onClick={close}>
            {t('close')}
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
