import './messages';
import { addTexts } from './index';
import en from './compose.en.json';
import es from './compose.es.json';

addTexts({ en, es });
