import { useTexts } from '../../texts/context';
import { useDisclosure } from '../../ui/use-disclosure';
import type { Answer } from './thread-logic';

interface Props {
  id: string;
  /** For screen readers, where several stand on one page. */
  label?: string;
  solid?: boolean;
  onAnswer: (answer: Answer) => void;
}

const ANSWERS = [
  ['reply', 'thread.reply'],
  ['reply_all', 'thread.replyAll'],
  ['forward', 'thread.forward'],
] as const;

/** Reply, Reply all, Forward (MSG-5). */
export function ReplyMenu({ id, label, solid, onAnswer }: Props) {
  const { t } = useTexts();
  const { open, setOpen, button, around } = useDisclosure<HTMLDivElement>();
  return (
    <div className="p-menu" ref={around}>
      <button
        type="button"
        ref={button}
        id={id}
        className={`ds-c-button ${solid ? 'ds-c-button--solid' : 'ds-c-button--small'}`}
        aria-expanded={open}
        aria-controls={`${id}-menu`}
        onClick={() => setOpen(!open)}
      >
        {t('thread.replyMenu')}
        {label && <span className="ds-u-visibility--screen-reader"> {label}</span>}
        <span className="p-nav__arrow" aria-hidden="true" />
      </button>
      <ul id={`${id}-menu`} className="p-menu__list" hidden={!open}>
        {ANSWERS.map(([answer, text]) => (
          <li key={answer}>
            <button
              type="button"
              className="p-menu__item"
              onClick={() => {
                setOpen(false);
                onAnswer(answer);
              }}
            >
              {t(text)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
