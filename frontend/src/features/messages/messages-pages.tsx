/** The Message Center; not part of the first load, which has a budget. */
import '../../texts/messages';

export { BoxPage } from './box-page';
export { MessagesIndex } from './messages-index';
export { ThreadPage } from './thread-page';
